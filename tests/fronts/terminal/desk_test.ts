// Play, variables, frames, going to other steps and lessons, and edits of the lesson, in a real pseudo-terminal.
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { testWith, withTempDir } from "../../support.ts";
import { openLesson, runLesson } from "../../commands/command.ts";

const NEEDS = { read: true, write: true, run: true } as const;
const ENTER = "\r";
const ESC = "\x1b";
const RIGHT = "\x1b[C";

function lessonIn(directory: string, source: string): string {
  Deno.mkdirSync(`${directory}/lessons`, { recursive: true });
  Deno.writeTextFileSync(`${directory}/lessons/01_made.ts`, source);
  return `${directory}/lessons`;
}

testWith(
  NEEDS,
  "keys: ? shows all of them, and an exercise key in a step without an exercise says so",
  () =>
    withTempDir(async (directory) => {
      await using pty = openLesson(directory, ["1"], { rows: 40 });
      await pty.see(/Enter run · q leave · \? keys$/);
      await pty.press("?", /^Ctrl-C +stop the cell that is running, and nothing else$/);
      await pty.press("h", /^There is no exercise in this step$/);
    }),
);

testWith(
  NEEDS,
  "variables: type, shape, min, mean, max, NaN, and Enter shows one as a picture",
  () =>
    withTempDir(async (directory) => {
      await using pty = openLesson(directory, ["6"], { rows: 40 });
      await pty.press(ENTER, /Enter next/);
      await pty.press("v", /^ {2}name +type +shape +min +mean +max +NaN$/);
      const list = await pty.text();
      assertMatch(list, /^ {2}image +Tensor float32 +\[3, 3\] +1 +4\.5 +8 +1$/m);
      assertMatch(list, /^ {2}count +number +3$/m);
      assertMatch(list, /^ {2}words +Object +\{ a: 1 \}$/m);
      assertEquals(/^[ →]+(show|Tensor) /m.test(list), false, "functions are left out");
      await pty.press("j" + ENTER, /^image\n.*\[3, 3\] +min 1 +mean 4\.5 +max 8 +NaN 1\n/);
      await pty.press(ESC, /^Enter next · r run again/);
    }),
);

testWith(
  NEEDS,
  "frames: a convolution is shown stop by stop, in place",
  () =>
    withTempDir(async (directory) => {
      await using pty = openLesson(directory, ["6"], { rows: 40 });
      await pty.press(ENTER, /Enter next/);
      await pty.press(ENTER, /Enter run/);
      await pty.press(ENTER, /^stop 1 of 4: row 0, column 0[^]*Enter next · Esc leave · 1 of 4$/);
      await pty.press(" ", /^stop 2 of 4: row 0, column 1/);
      await pty.press(RIGHT, /^stop 3 of 4/);
      await pty.press("b", /^stop 2 of 4/);
      assertEquals((await pty.text(true)).match(/^stop \d of 4/gm), ["stop 2 of 4"], "one place, not a row of them");
      await pty.press(ENTER, /^stop 3 of 4/);
      await pty.press(ENTER, /^stop 4 of 4[^]*Enter continue · ← back · 4 of 4$/);
      await pty.press(ENTER, /^stop 4 of 4[^]*^Enter next · b back/);
      await pty.press("r", /^stop 1 of 4[^]*1 of 4$/);
      await pty.press(ESC, /^stop 1 of 4[^]*^Enter next · b back/);
    }),
);

testWith(
  NEEDS,
  "play: TypeScript, several lines, history, values as in a cell, errors, and Ctrl-C",
  () =>
    withTempDir(async (directory) => {
      await using pty = openLesson(directory, ["6"], { rows: 60 });
      await pty.press(ENTER, /Enter next/);
      await pty.press("p", /^› $|^›$/);
      await pty.press("const twice: number = count * 2;" + ENTER, /^› const twice: number = count \* 2;\n[^]*^›/);
      await pty.press("twice" + ENTER, /^› twice\n6$/);
      await pty.press("image" + ENTER, /^.*\[3, 3\] +min 1/);
      await pty.press(
        "for (let i = 0; i < 2; i++) {" + ENTER + "console.log('row', i);" + ENTER + "}" + ENTER,
        /^row 0\nrow 1$/,
      );
      await pty.press("nothing.there" + ENTER, /✗ ReferenceError: nothing is not defined\n {2}at play:1:1/);
      await pty.press("\x1b[A\x1b[A", /^· \}$/m);
      await pty.press("\x03", /^› *\nEnter runs/);
      await pty.press("while (true);" + ENTER, /Ctrl-C stops$/);
      await new Promise((resolve) => setTimeout(resolve, 300));
      await pty.press("\x03", /^Stopped\. The earlier code will be run again/);
      await pty.press("count" + ENTER, /^› count\n3$/);
      await pty.press(ESC, /^k keep your changes · d drop them/);
      await pty.press("k", /^Enter next · r run again/);
    }),
);

testWith(
  NEEDS,
  "play: changes are dropped or kept, and kept changes are still there in the next session",
  () =>
    withTempDir(async (directory) => {
      const folder = lessonIn(directory, "// %%\nlet n = 1;\n\n// %%\nconsole.log(`n is ${n}`);\n\n// %%\n2;\n");
      {
        await using pty = openLesson(directory, ["1"], { lessons: folder, rows: 60 });
        await pty.press(ENTER, /Enter next/);
        await pty.press("p", /^›/);
        await pty.press("n = 100;" + ENTER, /^› n = 100;\n100$/);
        await pty.press(ESC, /k keep/);
        await pty.press("d", /^Dropped/);
        await pty.press(ENTER, /Enter run/);
        await pty.press(ENTER, /^n is 1\n\nEnter next/);
        await pty.press("p", /^›/);
        await pty.press("n = 7;" + ENTER, /^› n = 7;\n7$/);
        await pty.press(ESC, /k keep/);
        await pty.press("k", /^Kept/);
        await pty.press("r", /^n is 7\n\nEnter next/);
        await pty.press(ENTER, /Enter run/);
      }
      await using pty = openLesson(directory, ["1"], { lessons: folder, rows: 60 });
      await pty.press("p", /^›/);
      await pty.press("n" + ENTER, /^› n\n7$/);
    }),
);

testWith(
  NEEDS,
  "other steps: g runs everything in between, c goes to the end and stops at an error, l opens a different lesson",
  () =>
    withTempDir(async (directory) => {
      await using pty = openLesson(directory, ["6"], { rows: 60 });
      await pty.see(/Enter run/);
      await pty.press("g9" + ENTER, /^There is no step "9": choose a number from 1 to 4$/);
      await pty.press("g4" + ENTER, /^count is 4[^]*── 4 of 4[^]*Enter run/);
      await pty.press("g1" + ENTER, /^── 1 of 4 · review/);
      await pty.press("c", /^the end\n[^]*✓ Lesson 6, Values, is done/);
      await pty.press("l", /^lesson: /);
      assertMatch(await pty.text(), /6 \[✓\] Values/);
      await pty.press("errros" + ENTER, /^no lesson "errros"; did you mean errors\?$/);
      await pty.press("l", /lesson: /);
      await pty.press("2" + ENTER, /2 A cell that throws ──/);
      await pty.press("c", /✗ RangeError: add takes finite numbers/);
      await pty.see(/^Enter next · b back/);
      assertEquals((await pty.text(true)).match(/^── 3 of 3/gm), null, "it stops where a cell throws");
    }),
);

testWith(
  NEEDS,
  "an edit of the lesson: the changed cell runs again, later cells are stale, other variables stay",
  () =>
    withTempDir(async (directory) => {
      const source =
        "// %%\nlet a = 1;\n\n// %%\nconst b = a + 1;\nconsole.log(`b is ${b}`);\n\n// %%\nconsole.log(`sum ${a + b}`);\n\n// %%\n5;\n";
      const folder = lessonIn(directory, source);
      await using pty = openLesson(directory, ["1"], { lessons: folder, rows: 60 });
      await pty.press("g4" + ENTER, /^sum 3[^]*Enter run/);
      const save = (text: string): void => Deno.writeTextFileSync(`${folder}/01_made.ts`, text);
      save(source.replace("a + 1", "a + 10"));
      await pty.see(/^b is 11\n\nEnter next/);
      assertStringIncludes(await pty.text(), "The lesson's file has changed, from step 2 on");
      await pty.press(ENTER, /^── 3 of 4 · stale/);
      await pty.press(ENTER, /^sum 12$/);
      save(source.replace("a + 1", "a + "));
      await pty.see(/✗ SyntaxError/);
      save("// %% tags=[x]\n1;\n");
      await pty.see(/✗ SyntaxError: .*tags/);
      save(source);
      await pty.see(/^b is 2$/);
    }),
);

testWith(
  NEEDS,
  "recap: everything that was run, guessed and answered is in a readable file",
  () =>
    withTempDir(async (directory) => {
      {
        await using pty = openLesson(directory, ["1"], { rows: 40 });
        await pty.press("c", /^✓ Lesson 1, First steps, is done\n[^]*Enter next lesson/);
        await pty.press("g4" + ENTER, /^── 4 of 5/);
      }
      const { code, stdout } = await runLesson(directory, ["recap"]);
      assertEquals([code, stdout], [0, "What you ran, guessed and answered is now in .gradually/recap.md\n"]);
      const recap = Deno.readTextFileSync(`${directory}/.gradually/recap.md`);
      assertStringIncludes(recap, "## Lesson 1: First steps");
      assertStringIncludes(recap, '```ts\nconsole.log("hello", { a: [1, 2, 3] });');
      assertStringIncludes(recap, "```text\nhello { a: [ 1, 2, 3 ] }\n42\n```");
    }),
);

testWith(
  NEEDS,
  "remember: a learner who comes back gets the trained model without training, and running the cell trains",
  () =>
    withTempDir(async (directory) => {
      {
        await using pty = openLesson(directory, ["7"], { rows: 60 });
        await pty.see(/Enter run/);
        await pty.press("g5" + ENTER, /^42 2,1 next 0\.\d+\n[^]*── 5 of 5/);
      }
      const said = /next (0\.\d+)/.exec(Deno.readTextFileSync(`${directory}/.gradually/journal/07_remember.jsonl`))![1];
      await using pty = openLesson(directory, ["7"], { rows: 60 });
      await pty.press("p", /^›/);
      await pty.press("[trainings, history.losses, random.uniform() > 0]" + ENTER, /^\[ 0, \[ 2, 1 \], true \]$/);
      await pty.press(ESC, /k keep/);
      await pty.press("d", /^Dropped/);
      await pty.press("b", /^── 4 of 5 · review/);
      await pty.press("r", new RegExp(`^42 2,1 next ${said}\\n[^]*^42 2,1 next 0`));
      await pty.press("b", /^── 3 of 5 · review[^]*trained 1/);
      await pty.press("r", /trained 1[^]*trained 1\n/);
    }),
);
