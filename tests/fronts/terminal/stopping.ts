// Stops cells that would never end, in a real pseudo-terminal, and measures what the learner then has: keys, an idle processor, a sane terminal.
import { assertEquals } from "@std/assert";
import { lessonArgs } from "../../commands/command.ts";
import { Pty } from "./pty.ts";

const ENTER = "\r";
const CTRL_C = "\x03";

/** A way in which a cell does not end. */
interface Endless {
  code: string;
  /** How the learner gets the keys back: with one Ctrl-C; with two, if the cell says that it will stop and does not; or the cell ends by itself. */
  by: "Ctrl-C" | "two Ctrl-C" | "itself";
}

const FLAG = 'const flag = (globalThis as any)[Symbol.for("gradually.interrupt")];\n';
const WASM = "0,97,115,109,1,0,0,0,1,4,1,96,0,0,3,2,1,0,7,5,1,1,102,0,0,10,9,1,7,0,3,64,12,0,11,11";
const GREEDY = "const all = []; while (true) all.push(new Array(1e6).fill(all.length));";

/** Every way, by name. */
export const ENDLESS: Readonly<Record<string, Endless>> = {
  "awaits": { code: "await new Promise(() => {});", by: "Ctrl-C" },
  "polls, and stops when asked": {
    code: `${FLAG}while (Atomics.load(flag, 0) === 0) {
  Atomics.add(flag, 1, 1);
  await new Promise((resolve) => setTimeout(resolve, 20));
}`,
    by: "Ctrl-C",
  },
  "polls, and goes on": {
    code:
      `${FLAG}while (true) {\n  Atomics.add(flag, 1, 1);\n  await new Promise((resolve) => setTimeout(resolve, 5));\n}`,
    by: "two Ctrl-C",
  },
  "loops": { code: "while (true);", by: "Ctrl-C" },
  "loops with timers": { code: "while (true) await new Promise((resolve) => setTimeout(resolve, 0));", by: "Ctrl-C" },
  "loops with await": { code: "while (true) await null;", by: "Ctrl-C" },
  "loops in microtasks": {
    code: "const again = (): unknown => Promise.resolve().then(again);\nagain();\nawait new Promise(() => {});",
    by: "Ctrl-C",
  },
  "loops in WebAssembly": {
    code:
      `const bytes = new Uint8Array([${WASM}]);\n(new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports.f as () => void)();`,
    by: "Ctrl-C",
  },
  "waits in Atomics.wait": { code: "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);", by: "Ctrl-C" },
  "allocates without end": { code: GREEDY, by: "Ctrl-C" },
  "allocates until the memory is used up": {
    code: "const all = []; while (true) all.push(new Array(2 ** 24).fill(0.5));",
    by: "itself",
  },
};

/** What a learner has after a stop. */
export interface Stop {
  /** From the last Ctrl-C, or from the line that says why the cell has ended, until a key is answered, in milliseconds. */
  keysBack: number;
  /** How much of one core all processes of the lesson use, from one second after the stop on, in percent. */
  used: number;
  /** How many processes there are then. */
  processes: number;
}

/**
 * Runs an endless cell and gets the keys back, several times in one lesson; then the next cell must run, and leaving must leave a sane
 * terminal.
 *
 * @param seconds How long the use of the processor is measured.
 */
export async function stopRepeatedly(
  directory: string,
  { code, by }: Endless,
  times: number,
  seconds: number,
): Promise<Stop[]> {
  const lessons = `${directory}/lessons`;
  Deno.mkdirSync(lessons, { recursive: true });
  const cells = ["const kept = 41;", `console.log("begun");\n${code}`, "kept + 1;"];
  Deno.writeTextFileSync(`${lessons}/01_endless.ts`, cells.map((cell) => `// %%\n${cell}\n`).join("\n"));
  const command = [
    "/bin/sh",
    "-c",
    '"$@"; echo "ended with $?"; stty -a | tr -d ";" | xargs -n1',
    "sh",
    Deno.execPath(),
  ];
  await using pty = new Pty(lessonArgs(directory, ["1"], lessons), { cwd: directory, columns: 120, rows: 60, command });
  await pty.see(/^Enter run/);
  await pty.press(ENTER, /^Enter next/);
  await pty.press(ENTER, /^── 2 of 3[^]*^Enter run/);
  const stops: Stop[] = [];
  for (let i = 0; i < times; i++) {
    await pty.press(i === 0 ? ENTER : "r", /^begun\n\nrunning … Ctrl-C stops$|^begun\n\n✗/);
    stops.push(await stop(pty, by, seconds));
  }
  await pty.press(ENTER, /^── 3 of 3[^]*^Enter run/);
  await pty.press(ENTER, /^42\n\nEnter finish/);
  await pty.press("q", /^ended with 0$/);
  await pty.see(/^icanon$[^]*^echo$/);
  assertEquals((await pty.raw()).lastIndexOf("\x1b[?25h") > (await pty.raw()).lastIndexOf("\x1b[?25l"), true);
  return stops;
}

async function stop(pty: Pty, by: Endless["by"], seconds: number): Promise<Stop> {
  let keysBack = 0;
  if (by === "itself") await pty.see(/the cells have used up the memory\n\nEnter next · b back · r run again/, 120_000);
  else {
    await pause(500);
    if (by === "two Ctrl-C") {
      await pty.press(CTRL_C, /^stopping/);
      await pause(500); // a terminal may send Ctrl-C twice: the second one counts a while after the first
    }
    keysBack += await pty.press(CTRL_C, /^Stopped[^\n]*\n\nEnter next · b back · r run again/);
  }
  const stopped = performance.now();
  keysBack += await pty.press("g", /^step \(1 to 3\): $/);
  await pty.press("\x1b", /^Enter next · b back · r run again/);
  await pause(1000 - (performance.now() - stopped));
  const before = await pty.load();
  const from = performance.now();
  await pause(1000 * seconds);
  const { ticks, processes } = await pty.load();
  return { keysBack, used: 1000 * (ticks - before.ticks) / (performance.now() - from), processes };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds)));
}
