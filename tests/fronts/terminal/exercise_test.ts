// Exercises in a real pseudo-terminal: the answer's file, its checks, hints, the solution.
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { testWith, withTempDir } from "../../support.ts";
import { openLesson } from "../../commands/command.ts";
import type { Pty } from "./pty.ts";

const NEEDS = { read: true, write: true, run: true } as const;
const ENTER = "\r";
const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
const answerIn = (directory: string, id = "twice-it"): string =>
  `${directory}/.gradually/answers/05_exercises/${id}.ts`;

interface Saved {
  lessons: Record<string, { cell: number; exercises: Record<string, Record<string, unknown>> }>;
}
const saved = (directory: string): Saved => JSON.parse(Deno.readTextFileSync(`${directory}/.gradually/progress.json`));

/** Opens the fixture lesson and goes to its first exercise. */
async function openExercise(directory: string, env: Record<string, string> = {}, columns = 80): Promise<Pty> {
  const pty = openLesson(directory, ["5"], { env, columns, rows: 40 });
  await pty.press(ENTER, /Enter next/);
  await pty.press(ENTER, /^e write your answer · h hint · Enter check/);
  return pty;
}

testWith(
  NEEDS,
  "exercise: without an editor, the path is shown, and each save is checked: mistake, type error, wrong, right",
  () =>
    withTempDir(async (directory) => {
      await using pty = await openExercise(directory, { EDITOR: "vi", npm_command: "exec" }); // npx sets vi, the user did not choose it
      await pty.press("e", /^Open \.gradually\/answers\/05_exercises\/twice-it\.ts in an editor/);
      const text = Deno.readTextFileSync(answerIn(directory));
      assertStringIncludes(text, "// Lesson 05_exercises, exercise twice-it.");
      assertStringIncludes(text, "What is **twice** x?");
      const answer = (body: string): void =>
        Deno.writeTextFileSync(answerIn(directory), text.replace("return blank(x);", body));
      answer("return x * x;");
      await pty.see(/^✗ twice-it: That is x times itself: the square$/);
      answer("return 7 * x;");
      await pty.see(/^✗ twice-it, try 2: Your answer is the right one times 3\.5/);
      answer("const s: string = x;\n  return 2 * x + (s ? 0 : 0);");
      await pty.see(/^✓ twice-it, try 3: Right, in every trial$/);
      await pty.see(
        /^✗ TS2322: Type 'number' is not assignable to type 'string'\.\n {2}at \.gradually\/answers\/05_exercises\/twice-it\.ts:6:9/,
        60_000,
      );
      answer("throw new RangeError(`no ${x > 0}`);");
      await pty.see(
        /^✗ twice-it, try 4: Your code stopped with RangeError: no (true|false)\nThat was with x -?[\d.]+\n {2}at \.gradually\/answers\/05_exercises\/twice-it\.ts:6:9$/,
      );
      answer("return 2 * (x;");
      await pty.see(/^✗ SyntaxError: .*\n {2}at \.gradually\/answers\/05_exercises\/twice-it\.ts:6:16$/);
      answer("return x + x;");
      await pty.see(/✓ twice-it, try 6: Right, in every trial\n\nEnter next · s compare with the solution/);
      assertEquals(saved(directory).lessons["05_exercises"].exercises["twice-it"].passed, true);
      await pty.press(
        "s",
        /^Your answer\nfunction twice\(x: number\): number \{\n {2}return x \+ x;\n\}\nThe solution\n[^]*Twice is two times: a factor of 2\.$/,
      );
      assertEquals(
        (await pty.text(true)).match(/^── \d of 6/gm)?.at(-1),
        "── 2 of 6",
        "the lesson must not move on by itself",
      );
    }),
);

testWith(
  NEEDS,
  "exercise: e opens $EDITOR in the terminal, and the answer is checked when it ends",
  () =>
    withTempDir(async (directory) => {
      const script = decodeURIComponent(new URL("./fake_editor.ts", import.meta.url).pathname);
      Deno.writeTextFileSync(`${directory}/typed.ts`, "function twice(x: number): number {\n  return x + 2;\n}\n");
      const editor = `${Deno.execPath()} run --quiet --allow-read --allow-write ${script} ${directory}/typed.ts`;
      await using pty = await openExercise(directory, { EDITOR: editor });
      await pty.press("e", /^editing twice-it\.ts$/);
      await pty.see(/^✗ twice-it: You added 2 where a factor is asked\n\ne edit · h hint/);
      await pty.press("h", /^Hint 1 of 2 How much is twice 1\?/);
      await pty.press("s", /^You can see the solution once your answer passes/);
      await pty.press("h", /^Hint 2 of 2 Multiply\n[^]*That was the last hint; s shows the solution/);
      await pty.press("s", /^The solution\nfunction twice\(x: number\): number \{/);
    }),
);

testWith(
  NEEDS,
  "exercise: an open one stops nothing, the answer is kept, and a deleted answer is reported",
  () =>
    withTempDir(async (directory) => {
      {
        await using pty = await openExercise(directory);
        await pty.press(ENTER, /^○ twice-it is still open\.[^]*Enter next \(it stays open\)/);
        await pty.press("e", /in an editor/);
        Deno.writeTextFileSync(answerIn(directory), "function twice(x: number): number {\n  return 2 * x;\n}\n");
        await pty.see(/✓ twice-it[^]*Enter next/);
        await pty.press(ENTER, /^Your guess: /);
        await pty.press("42" + ENTER, /Enter run/);
        await pty.press(ENTER, /^42\n\nYour guess was: 42\n\nEnter next/);
        await pty.press(ENTER, /^── 5 of 6[^]*Enter check/);
        await pty.press("h", /^Hint 1 of 2 Think of a book/);
        await pty.press(ENTER, /^○ a-number is still open/);
        await pty.press(ENTER, /Enter run/);
        await pty.press(ENTER, /^the lesson went on\n\nEnter finish/);
        await pty.press(ENTER, /you have read all of it\nStill open: a-number \(step \d+\)/);
        await pty.signal("SIGKILL");
        await pty.exit();
      }
      Deno.removeSync(answerIn(directory));
      await using pty = openLesson(directory, ["5"], { rows: 40 });
      await pty.press("g2" + ENTER, /^── 2 of 6/);
      await pty.press("r", /^Your answer .*twice-it\.ts is gone or empty: the\s+exercise\s+is\s+open\s+again/);
      await pty.see(/○ twice-it is still open/);
    }),
);

testWith(
  NEEDS,
  "exercise: an answer that deletes files, opens a connection or never ends is blocked or stopped, and reported",
  () =>
    withTempDir(async (directory) => {
      Deno.writeTextFileSync(`${directory}/precious`, "x");
      await using pty = await openExercise(directory);
      await pty.press("e", /in an editor/);
      const answer = (body: string): void =>
        Deno.writeTextFileSync(
          answerIn(directory),
          `function twice(x: number): number {\n  ${body}\n  return 2 * x;\n}\n`,
        );
      answer(`Deno.removeSync("${directory}/precious");`);
      await pty.see(/NotCapable: Requires\s+write\s+access\s+to[^]*lessons\s+are\s+sandboxed:\s+add/);
      assertEquals(Deno.statSync(`${directory}/precious`).isFile, true);
      answer(
        'Deno.connect({ hostname: "127.0.0.1", port: 9 }).catch((error) => console.error(String(error.message)));',
      );
      await pty.see(/net\s+access[^]*✓ twice-it/);
      answer('new Deno.Command("/bin/rm").outputSync();');
      await pty.see(/run\s+access/);
      answer("while (true);");
      await pty.see(/running … Ctrl-C stops/);
      await wait(300);
      const took = await pty.press("\x03", /^Stopped\. The cells before/);
      // It takes a little over 150 ms, which tests/bench/terminal.ts measures; here the machine may be busy.
      assert(took < 3000, `it took ${took} ms to stop`);
      answer("");
      await pty.see(/✓ twice-it, try \d: Right, in every trial\n\nEnter next/);
    }),
);

testWith(
  NEEDS,
  "exercise: x starts an answer over, or starts the lesson over and keeps the answers",
  () =>
    withTempDir(async (directory) => {
      await using pty = await openExercise(directory);
      await pty.press("e", /in an editor/);
      Deno.writeTextFileSync(answerIn(directory), "const twice = (x: number): number => x + x;\n");
      await pty.see(/✓ twice-it/);
      await pty.press("xa", /^Your answer is now in .*twice-it\.old\.ts/);
      assertEquals(Deno.statSync(answerIn(directory).replace(".ts", ".old.ts")).isFile, true);
      await pty.press("r", /○ twice-it is still open/);
      await pty.press("xx", /^The lesson starts over[^]*── 1 of 6[^]*Enter run/);
      assertEquals(saved(directory).lessons["05_exercises"].cell, 0);
      await pty.press(ENTER, /Enter next/);
    }),
);

testWith(
  NEEDS,
  "exercise: a folder that cannot be written is reported, and the lesson continues",
  () =>
    withTempDir(async (directory) => {
      Deno.writeTextFileSync(`${directory}/.gradually`, "in the way");
      await using pty = openLesson(directory, ["5"], { rows: 40 });
      await pty.see(/your place cannot be saved/);
      await pty.press(ENTER, /Enter next/);
      await pty.press(ENTER, /Enter check/);
      await pty.press("e", /^Your answer cannot be saved in/);
      await pty.press(ENTER, /○ twice-it is still open/);
      await pty.press(ENTER, /Your guess: /);
    }),
);
