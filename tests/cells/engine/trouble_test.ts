// Problems around a lesson: each shows one clear line, and the lesson continues. In a real pseudo-terminal.
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { testWith, withTempDir } from "../../support.ts";
import { lessonArgs, openLesson } from "../../commands/command.ts";
import { Pty } from "../../fronts/terminal/pty.ts";

const NEEDS = { read: true, write: true, run: true } as const;
const ENTER = "\r";

interface Saved {
  lessons: Record<string, { cell: number; guesses?: Record<string, string> }>;
}
const saved = (directory: string): Saved => JSON.parse(Deno.readTextFileSync(`${directory}/.gradually/progress.json`));

testWith(
  NEEDS,
  "trouble: a full disk is reported once, and the lesson continues",
  () =>
    withTempDir(async (directory) => {
      // A limit of 0 blocks for every written file: to a program, this looks like a full disk.
      const limited = ["/bin/sh", "-c", 'trap "" XFSZ; ulimit -f 0; exec "$@"', "sh", Deno.execPath()];
      await using pty = new Pty(lessonArgs(directory, ["5"]), { cwd: directory, rows: 40, command: limited });
      await pty.see(/your place cannot be saved in \.gradually/);
      await pty.press(ENTER, /Enter next/);
      await pty.press(ENTER, /Enter check/);
      await pty.press("e", /^Your answer cannot be saved in|^Open \.gradually/);
      await pty.press("h", /^Hint 1 of 2/);
      await pty.press(ENTER, /○ twice-it is still open/);
      await pty.press(ENTER, /Your guess: /);
      await pty.press("84" + ENTER, /Enter run/);
      await pty.press(ENTER, /^42\n\nYour guess was: 84$/);
      assertEquals((await pty.text(true)).match(/your place cannot be saved/g)?.length, 1);
    }),
);

testWith(
  NEEDS,
  "trouble: a progress file of a newer version is left unchanged and reported, and the lesson continues",
  () =>
    withTempDir(async (directory) => {
      Deno.mkdirSync(`${directory}/.gradually`);
      const newer = JSON.stringify({
        format: "gradually-progress",
        version: 99,
        lessons: { "05_exercises": { cell: 2, cells: 10 } },
      });
      Deno.writeTextFileSync(`${directory}/.gradually/progress.json`, newer);
      await using pty = openLesson(directory, ["5"], { rows: 40 });
      await pty.see(/written by a newer version of the\s+course/);
      await pty.see(/^── 2 of 6/);
      await pty.press(ENTER, /○ twice-it is still open/);
      assertEquals(Deno.readTextFileSync(`${directory}/.gradually/progress.json`), newer);
    }),
);

testWith(
  NEEDS,
  "trouble: a read-only folder, and progress fields of the wrong type, stop nothing",
  () =>
    withTempDir(async (directory) => {
      Deno.mkdirSync(`${directory}/.gradually`);
      const odd = { cell: 2, cells: 10, guesses: 7, exercises: "many", kept: "x" };
      const progress = { format: "gradually-progress", version: 1, lessons: { "05_exercises": odd } };
      Deno.writeTextFileSync(`${directory}/.gradually/progress.json`, JSON.stringify(progress));
      {
        await using pty = openLesson(directory, ["5"], { rows: 40 });
        await pty.press(ENTER, /○ twice-it is still open/);
        await pty.press("h", /^Hint 1 of 2/);
        await pty.press(ENTER, /Your guess: /);
        await pty.press("1" + ENTER, /Enter run/);
      }
      assertEquals(saved(directory).lessons["05_exercises"].guesses, { "how-much": "1" });
      // No permission to write at all: the same as a folder that belongs to somebody else.
      const args = lessonArgs(directory, ["5"]).filter((arg) => !arg.startsWith("--allow-write"));
      await using pty = new Pty(args, { cwd: directory, rows: 40 });
      await pty.see(/your place cannot be saved/);
      await pty.press("g2" + ENTER, /^── 2 of 6[^]*○ twice-it is still open[^]*e edit/);
      await pty.press("r", /○ twice-it is still open[^]*○ twice-it is still open[^]*e write/);
      await pty.press("e", /^Your answer cannot be saved in/);
    }),
);

testWith(
  NEEDS,
  "trouble: an editor that does not exist or fails is reported, with the path of the answer",
  () =>
    withTempDir(async (directory) => {
      for (
        const [editor, said] of [[`${Deno.execPath()} eval Deno.exit(3) --`, /ended\s+with\s+code\s+3/], [
          "no-such-editor",
          /no-such-editor\s+(is\s+not\s+among|cannot be)/,
        ]] as const
      ) {
        await using pty = openLesson(directory, ["5"], { rows: 40, env: { EDITOR: editor } });
        await pty.press("g2" + ENTER, /Enter check/);
        await pty.press("e", said);
        await pty.see(/Open\s+\.gradually\/answers\/05_exercises\/twice-it\.ts\s+yourself/);
      }
    }),
);

testWith(
  NEEDS,
  "trouble: after a kill at a random moment, nothing from before the last key is lost",
  () =>
    withTempDir(async (directory) => {
      const source = Array.from(
        { length: 30 },
        (_, i) => `// %% tags=["predict"] id="q${i}"\n// ${i}?\n\n// %%\n${i};\n`,
      ).join("\n");
      Deno.mkdirSync(`${directory}/lessons`);
      Deno.writeTextFileSync(`${directory}/lessons/01_made.ts`, source);
      const rounds = 12;
      let guesses = 0;
      for (let round = 0; round < rounds; round++) {
        const pty = openLesson(directory, ["1"], { lessons: `${directory}/lessons`, rows: 30 });
        await pty.see(/Your guess: ?$|Enter run/);
        // A few questions and answers, each seen on the screen; then a key whose effect nobody waits for, and the kill.
        for (let i = Math.floor(Math.random() * 3); i >= 0 && guesses < 28; i--) {
          if (/Enter run/.test(await pty.text())) await pty.press(ENTER, /Enter next/);
          if (/Enter next/.test(await pty.text())) await pty.press(ENTER, /Your guess: ?$/);
          await pty.press(`g${guesses}` + ENTER, /Enter run/);
          guesses++;
          await pty.press(ENTER, /Enter next/);
        }
        await pty.type(ENTER);
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 30));
        await pty.signal("SIGKILL");
        await pty.exit();
        await pty.close();
        const { cell, guesses: kept = {} } = saved(directory).lessons["01_made"];
        assertEquals(Object.values(kept).slice(0, guesses), Array.from({ length: guesses }, (_, i) => `g${i}`));
        assert(cell >= 2 * guesses, `cell ${cell} after ${guesses} questions`);
      }
      const journal = Deno.readTextFileSync(`${directory}/.gradually/journal/01_made.jsonl`);
      assertMatch(journal, /"type":"guess"/);
      assertStringIncludes(journal, `"guess":"g${guesses - 1}"`);
    }),
);
