// kill -9 at any moment, training and saving, then go on: nothing is lost, and no bit differs.
import { assert, assertEquals } from "@std/assert";
import { Journal } from "../../lib/course/progress/journal.ts";
import { Progress } from "../../lib/course/progress/progress.ts";
import { Random } from "../../mod.ts";

/** When to end: after so many kills, or so many seconds. */
export interface Until {
  readonly kills?: number;
  readonly seconds?: number;
}

const child = (file: string) => new URL(`./${file}`, import.meta.url).pathname;

function start(file: string, args: readonly string[], folder: string): Deno.ChildProcess {
  const permissions = ["--allow-read", `--allow-write=${folder}`, "--allow-env", "--allow-sys"];
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", "--no-check", ...permissions, child(file), ...args],
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Runs until `after` milliseconds since its first line, then kills it; what it printed, and whether it was killed. */
async function runAndKill(process: Deno.ChildProcess, after: number): Promise<{ text: string; killed: boolean }> {
  let [text, killed] = ["", false];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const decoder = new TextDecoder();
  for await (const bytes of process.stdout) {
    text += decoder.decode(bytes, { stream: true });
    timer ??= setTimeout(() => {
      killed = true;
      try {
        process.kill("SIGKILL");
      } catch {
        killed = false; // it has just ended
      }
    }, after);
  }
  const { success } = await process.status;
  clearTimeout(timer);
  const errors = await new Response(process.stderr).text();
  assert(success || killed, errors);
  return { text, killed: !success };
}

const last = (text: string) => text.trimEnd().split("\n").at(-1)!;

/** How many times a training was killed; each time the end is the same to the bit, whatever the number of threads. */
export async function killTraining(folder: string, { kills = Infinity, seconds = Infinity }: Until): Promise<number> {
  const random = new Random(Date.now()), started = performance.now();
  const whole = last((await runAndKill(start("training_child.ts", ["-", "1"], folder), 1e9)).text);
  assertEquals(JSON.parse(whole).losses.length, 36);
  let done = 0;
  while (done < kills && performance.now() - started < seconds * 1000) {
    const path = `${folder}/${done}-${random.integer(1e6)}.safetensors`;
    for (let killedHere = 0;;) {
      // Half of the time it is killed soon, and may be killed again after it has gone on
      const after = killedHere < 3 && done < kills ? random.uniform(0, 250) : 1e9;
      const threads = String([1, 2, 4][random.integer(3)]);
      const { text, killed } = await runAndKill(start("training_child.ts", [path, threads], folder), after);
      if (killed) {
        done++;
        killedHere++;
        continue;
      }
      assertEquals(last(text), whole);
      if (after < 1e9) done++; // it was about to be killed at its very end
      break;
    }
    for (const { name } of Deno.readDirSync(folder)) Deno.removeSync(`${folder}/${name}`);
  }
  return done;
}

/** How many times the saving of progress was killed; each time everything is there that was saved before. */
export async function killSaving(folder: string, { kills = Infinity, seconds = Infinity }: Until): Promise<number> {
  const random = new Random(Date.now()), started = performance.now();
  Deno.mkdirSync(`${folder}/journal`);
  let done = 0;
  for (; done < kills && performance.now() - started < seconds * 1000; done++) {
    const { text, killed } = await runAndKill(start("saving_child.ts", [folder], folder), random.uniform(0, 150));
    assert(killed);
    const saved = Number(last(text.slice(0, text.lastIndexOf("\n") + 1)));
    const progress = new Progress(folder), journal = new Journal(`${folder}/journal/a.jsonl`);
    assertEquals([...progress.notices, ...journal.notices], []);
    const { guesses, exercises, cell } = progress.lesson("a")!;
    // The work after the last line may be there, too, in part
    const found = [Number(guesses!.number), exercises!.x.tries, cell];
    for (const number of found) assert(number === saved || number === saved + 1, `${found} after ${saved}`);
    const answers = journal.entries.flatMap((entry) => entry.type === "answer" ? [entry.source] : []);
    assert(answers.includes(`const answer = ${saved};`), `answer ${saved} is lost`);
  }
  return done;
}
