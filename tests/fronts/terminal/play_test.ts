// Play in a real pseudo-terminal: the learner's own code, with the variables of the lesson.
import { testWith, withTempDir } from "../../support.ts";
import { openLesson } from "../../commands/command.ts";

const NEEDS = { read: true, write: true, run: true } as const;
const ENTER = "\r";
const ESC = "\x1b";

function lessonIn(directory: string, source: string): string {
  Deno.mkdirSync(`${directory}/lessons`, { recursive: true });
  Deno.writeTextFileSync(`${directory}/lessons/01_made.ts`, source);
  return `${directory}/lessons`;
}

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
        await pty.press("r", /^n is 7\nNot the same as before: r runs[^]*Enter next/);
        await pty.press(ENTER, /Enter run/);
      }
      await using pty = openLesson(directory, ["1"], { lessons: folder, rows: 60 });
      await pty.press("p", /^›/);
      await pty.press("n" + ENTER, /^› n\n7$/);
    }),
);
