// The step-through in a real pseudo-terminal: the tests press keys and read the screen.
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { testWith, withTempDir } from "../../support.ts";
import { FIXTURES, openLesson } from "../../commands/command.ts";

const NEEDS = { read: true, write: true, run: true } as const;
const ENTER = "\r";
const COLOR = new RegExp("\x1b\\[[\\d;]*m");
const CTRL_C = "\x03";
const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

interface Saved {
  last: string;
  lessons: Record<string, { cell: number; done: boolean }>;
}
/** Waits until the saved progress is as expected; it is written right after the screen. */
async function eventually(directory: string, fits: (saved: Saved) => boolean): Promise<void> {
  for (let i = 0; i < 50 && !fits(saved(directory)); i++) await wait(20);
  assert(fits(saved(directory)), JSON.stringify(saved(directory)));
}
const saved = (directory: string): Saved => JSON.parse(Deno.readTextFileSync(`${directory}/.gradually/progress.json`));

function lessonIn(directory: string, source: string): string {
  Deno.mkdirSync(`${directory}/lessons`, { recursive: true });
  Deno.writeTextFileSync(`${directory}/lessons/01_made.ts`, source);
  return `${directory}/lessons`;
}

testWith(
  NEEDS,
  "terminal: the course, the first cell, its output, the next, and the end of the lesson",
  () =>
    withTempDir(async (directory) => {
      await using pty = openLesson(directory, []);
      await pty.see(/^Enter run · q leave · \? keys$/);
      const first = await pty.text(true);
      assertStringIncludes(first, "→  1 [ ] First steps  5 min");
      assertMatch(first, /^── 1 of 5 · A sum ─+ 1 First steps ──$/m);
      assertStringIncludes(first, "A sum of two numbers, a + b, and a formula: y = w² x + bᵢ.");
      assertStringIncludes(first, " 24 │ add(...pair);");
      await pty.press(ENTER, /^3\n\nEnter next · r run again · q leave · p play · v variables · \? keys$/);
      await pty.press(ENTER, /^── 2 of 5/);
      await pty.press(" ", /^hello \{ a: \[ 1, 2, 3 \] \}\n42\n\nEnter next/);
      await pty.press(ENTER, /^ 38 │ \/\/ What is total\?\n\nYour guess: \nEnter saves it · Esc skips/);
      await pty.press("41?" + ENTER, /^── 4 of 5/);
      await pty.press(ENTER, /^line 2\n\nYour guess was: 41\?\n\nEnter next/);
      await pty.press(ENTER, /^The end\.\n\nEnter finish/);
      await pty.press(ENTER, /^✓ Lesson 1, First steps, is done$/);
      await pty.see(/^Enter next lesson · l lessons · b back · q leave · p play · \? keys$/);
      await eventually(directory, ({ lessons }) => lessons["01_first"].done);
      await pty.press(ENTER, /^── 1 of 3 ─+ 2 A cell that throws ──$/);
      await pty.type("q");
      assertEquals(await pty.exit(), 0);
      assertEquals(saved(directory).last, "02_errors");
    }),
);

testWith(
  NEEDS,
  "terminal: a key pressed when the output appears counts, even if the cell is not quite done; a key pressed much earlier does not",
  () =>
    withTempDir(async (directory) => {
      const busy = (name: string, milliseconds: number): string =>
        `// %%\nconsole.log("${name}");\nfor (const from = performance.now(); performance.now() - from < ${milliseconds};);\n\n`;
      const folder = lessonIn(directory, busy("short", 150) + busy("long", 3000) + "// %%\n5;\n");
      await using pty = openLesson(directory, ["1"], { lessons: folder });
      await pty.press(ENTER, /^short\n/);
      await pty.press(ENTER, /^── 2 of 3[^]*Enter run/);
      await pty.press(ENTER, /^long\n/);
      await pty.press(ENTER, /^Enter next · b back · r run again/);
      await wait(100);
      assertEquals((await pty.text(true)).includes("── 3 of 3"), false);
      await pty.press(ENTER, /^── 3 of 3/);
    }),
);

testWith(
  NEEDS,
  "terminal: b goes back and shows the earlier outputs, and Enter goes forward without running",
  () =>
    withTempDir(async (directory) => {
      const folder = lessonIn(
        directory,
        "// %%\nlet n = 0;\n\n// %%\nn += 1;\nconsole.log(`n is ${n}`);\n\n// %%\nn;\n",
      );
      await using pty = openLesson(directory, ["1"], { lessons: folder });
      await pty.press(ENTER, /Enter next/);
      await pty.press(ENTER, /Enter run/);
      await pty.press(ENTER, /^n is 1\n\nEnter next/);
      await pty.press(ENTER, /^── 3 of 3/);
      await pty.press("b", /^── 2 of 3 · review[^]*n is 1\n\nEnter next · b back/);
      await pty.press("b", /^── 1 of 3 · review/);
      await pty.press(ENTER, /^── 2 of 3 · review[^]*── 2 of 3 · review/);
      await pty.press(ENTER, /^Enter run/);
      await pty.press(ENTER, /^1\n\nEnter finish/);
    }),
);

testWith(
  NEEDS,
  "terminal: the place is saved; in the next session, earlier cells are run again silently and can be reviewed",
  () =>
    withTempDir(async (directory) => {
      const folder = lessonIn(
        directory,
        "// %%\nconst a = 40;\nconsole.log('first output');\n\n// %%\na + 2;\n\n// %%\na + 3;\n",
      );
      {
        await using pty = openLesson(directory, [], { lessons: folder });
        await pty.press(ENTER, /^first output\n\nEnter next/);
        await pty.press(ENTER, /Enter run/);
        await pty.press(ENTER, /^42\n/);
        await eventually(directory, ({ lessons }) => lessons["01_made"].cell === 2);
        await pty.signal("SIGKILL"); // no chance to save anything at the end
        await pty.exit();
      }
      assertEquals(saved(directory).lessons["01_made"].cell, 2);
      await using pty = openLesson(directory, [], { lessons: folder });
      await pty.see(/^── 3 of 3 ─/);
      assertStringIncludes(await pty.text(true), "at step 3 of 3");
      assertEquals((await pty.text(true)).includes("first output"), false);
      await pty.press(ENTER, /^43\n/);
      await pty.press("bb", /^── 1 of 3 · review[^]*first output/);
    }),
);

testWith(
  NEEDS,
  "terminal: an error shows the learner's line; r runs the cell again, Enter continues",
  () =>
    withTempDir(async (directory) => {
      await using pty = openLesson(directory, ["2"]);
      await pty.press(ENTER, /Enter next/);
      await pty.press(ENTER, /Enter run/);
      await pty.press(ENTER, /✗ RangeError: add takes finite numbers and got NaN/);
      await pty.see(/02_errors\.ts:13:10/);
      await pty.see(/^Enter next · b back · r run again · q leave · p play · v variables · \? keys$/);
      await eventually(directory, ({ lessons }) => lessons["02_errors"].cell === 1); // a cell that failed is shown again later
      await pty.press("r", /✗ RangeError[^]*✗ RangeError[^]*Enter next/);
      await pty.press(ENTER, /^── 3 of 3/);
      await pty.press(ENTER, /^7\n/);
    }),
);

testWith(
  NEEDS,
  "terminal: Ctrl-C stops training after its batch and keeps the variables, and ends an endless loop",
  () =>
    withTempDir(async (directory) => {
      await using pty = openLesson(directory, ["3"]);
      await pty.press(ENTER, /Enter next/);
      await pty.press(ENTER, /Enter run/);
      await pty.press(ENTER, /^training\n\nrunning … Ctrl-C stops$/);
      await wait(300);
      await pty.press(CTRL_C, /^stopped early\nStopped; the variables are kept as they are$/);
      await pty.press(ENTER, /Enter run/);
      await pty.press(ENTER, /^batches kept: true, runs 1\n\nEnter next/);
      await pty.press(ENTER, /Enter run/);
      await pty.press(ENTER, /^looping$/);
      await wait(300);
      const took = await pty.press(CTRL_C, /^Stopped\. The cells before this one/);
      // It takes a little over 150 ms, which tests/bench/terminal.ts measures; here the machine may be busy.
      assert(took < 3000, `an endless loop took ${took} ms to stop`);
      await pty.press(ENTER, /^Enter run · b back · q leave/);
      await pty.press(ENTER, /^after the loop, runs 1\n\nEnter finish/);
      await pty.press(CTRL_C, /q leaves the lesson/); // Ctrl-C stops a cell and nothing else
      await pty.type("q");
      assertEquals(await pty.exit(), 0);
    }),
);

testWith(
  NEEDS,
  "terminal: live displays are drawn in place, scroll away once, and are complete at the end",
  () =>
    withTempDir(async (directory) => {
      await using pty = openLesson(directory, ["4"]);
      await pty.press(ENTER, /^line at 20\n\nEnter next/);
      assertEquals((await pty.text(true)).match(/^bar \d+ of 20$/gm), ["bar 20 of 20"]);
      await pty.press(ENTER, /Enter run/);
      await pty.press(ENTER, /^row 60\n(long 60 of 60\n)?\nEnter next/);
      const rows = (await pty.text(true)).match(/^row \d+$/gm);
      assertEquals(rows, Array.from({ length: 61 }, (_, i) => `row ${i}`));
      assertMatch(await pty.text(), /^long 60 of 60$/m);
      await pty.press(ENTER, /Enter run/);
      await pty.press(ENTER, /^tall 5, row 39\n\nEnter next/);
      assertEquals((await pty.text(true)).match(/^tall \d, row \d+$/gm)?.length, 40);
      await pty.press(ENTER, /Enter run/);
      await pty.press(ENTER, /^100 % done\nno escape {7}may clear the screen, 数字 wide\n/);
    }),
);

testWith(
  NEEDS,
  "terminal: text longer than the screen is shown in pages, on a small screen, too",
  () =>
    withTempDir(async (directory) => {
      const text = Array.from({ length: 40 }, (_, i) => `// Paragraph ${i} of the text.\n//\n`).join("");
      const folder = lessonIn(directory, `// %% [markdown]\n${text}\n// %%\n"ran";\n`);
      await using pty = openLesson(directory, ["1"], { lessons: folder, rows: 12 });
      await pty.see(/^Enter more · q leave · \? keys$/);
      assertStringIncludes(await pty.text(), "Paragraph 0 of");
      for (let page = 0; page < 20 && !/Enter run/.test(await pty.text()); page++) {
        await pty.type(ENTER);
        await wait(50);
      }
      const shown = (await pty.text(true)).match(/Paragraph \d+ of/g)?.map((words) => Number(words.split(" ")[1]));
      assertEquals(shown, Array.from({ length: 40 }, (_, i) => i));
      await pty.press(ENTER, /^"ran"\n/);
    }),
);

testWith(
  NEEDS,
  "terminal: a resize keeps one line of keys, and later text has the new width",
  () =>
    withTempDir(async (directory) => {
      await using pty = openLesson(directory, ["1"], { columns: 100, rows: 30 });
      await pty.press(ENTER, /^3\n\nEnter next/);
      await pty.resize(40, 30);
      await wait(200);
      assertEquals((await pty.text()).match(/Enter next/g)?.length, 1);
      await pty.press(ENTER, /^── 2 of 5/);
      const lines = await pty.lines();
      const list = lines.slice(lines.findIndex((line) => line.startsWith("── 2 of 5")));
      assertStringIncludes(list.join("\n"), "• second, which is a rather long point\n  of a list");
      await pty.resize(100, 30);
      await wait(200);
      assertEquals((await pty.text()).match(/Enter run/g)?.length, 1);
    }),
);

testWith(
  NEEDS,
  "terminal: NO_COLOR removes colors and loses nothing; with colors, only the terminal's own are used",
  () =>
    withTempDir(async (directory) => {
      {
        await using pty = openLesson(directory, ["1"], { env: { NO_COLOR: "1" } });
        await pty.press(ENTER, /^3\n\nEnter next/);
        assertEquals(COLOR.test(await pty.raw()), false);
        assertStringIncludes(await pty.text(true), "A sum of two numbers, `a + b`");
      }
      await using pty = openLesson(directory, ["2"]);
      await pty.see(/Enter run/);
      assertStringIncludes(await pty.raw(), "\x1b[35mimport\x1b[39m");
    }),
);

testWith(
  NEEDS,
  "terminal: a progress file that is corrupt or cannot be written is reported, and the lesson continues",
  () =>
    withTempDir(async (directory) => {
      Deno.mkdirSync(`${directory}/.gradually`);
      Deno.writeTextFileSync(`${directory}/.gradually/progress.json`, "{ oops");
      {
        await using pty = openLesson(directory, ["1"]);
        await pty.see(/Enter run/);
        assertStringIncludes((await pty.text(true)).replaceAll("\n", ""), ".gradually/progress.json could not be read");
        await pty.press(ENTER, /^3\n/);
        await eventually(directory, ({ lessons }) => lessons["01_first"].cell === 2);
      }
      Deno.removeSync(`${directory}/.gradually`, { recursive: true });
      Deno.writeTextFileSync(`${directory}/.gradually`, "in the way");
      await using pty = openLesson(directory, ["1"]);
      await pty.see(/your place cannot be saved in \.gradually/);
      await pty.press(ENTER, /^3\n/);
      assertEquals((await pty.text(true)).match(/cannot be saved/g)?.length, 1);
    }),
);

testWith(
  NEEDS,
  "terminal: a cell that does not parse is reported as soon as the lesson opens",
  () =>
    withTempDir(async (directory) => {
      const folder = lessonIn(directory, "// %%\n1;\n\n// %%\nconst a: number = ;\n");
      await using pty = openLesson(directory, ["1"], { lessons: folder });
      await pty.see(/✗ SyntaxError: Unexpected token ';'\n {2}at lessons\/01_made\.ts:5:19/);
      await pty.press(ENTER, /^1\n\nEnter next/);
    }),
);

testWith(
  NEEDS,
  "terminal: q and SIGTERM both restore the terminal",
  () =>
    withTempDir(async (directory) => {
      for (const leave of ["q", "SIGTERM"]) {
        await using pty = openLesson(directory, ["1"]);
        await pty.see(/Enter run/);
        if (leave === "q") await pty.type("q");
        else await pty.signal("SIGTERM");
        assertEquals(await pty.exit(), leave === "q" ? 0 : 143);
        assertEquals((await pty.text()).includes("q leave"), false, "the line of keys is gone");
        assertEquals((await pty.raw()).endsWith("\x1b[?25h\x1b[?2026l"), true, "the cursor is shown");
      }
      assert(Deno.statSync(FIXTURES).isDirectory);
    }),
);

testWith(
  NEEDS,
  "terminal: a terminal that reports 0 × 0 is treated as 80 × 24",
  () =>
    withTempDir(async (directory) => {
      await using pty = openLesson(directory, ["1"], { sayNoSize: true });
      await pty.see(/^── 1 of 5 · A sum ─{40,} 1 First steps ──$/);
      await pty.press(ENTER, /^3\n/);
    }),
);
