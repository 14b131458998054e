// A run without pauses of a lesson with answers: what is shown, what runs, and how an answer that does not work is reported.
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { testWith, withTempDir } from "../../support.ts";
import { runLesson } from "../../commands/command.ts";

const NEEDS = { read: true, write: true, run: true } as const;

function answer(directory: string, id: string, source: string): void {
  const folder = `${directory}/.gradually/answers/05_exercises`;
  Deno.mkdirSync(folder, { recursive: true });
  Deno.writeTextFileSync(`${folder}/${id}.ts`, source);
}

testWith(
  NEEDS,
  "an answer is shown instead of its blank, with the line numbers of its own file",
  () =>
    withTempDir(async (directory) => {
      answer(
        directory,
        "twice-it",
        "// Lesson 05.\n//\n// What is twice x?\n\nfunction twice(x: number) {\n  return 2 * x;\n}\n",
      );
      const { code, stdout } = await runLesson(directory, ["5", "--run"]);
      assertEquals(code, 0);
      assertMatch(
        stdout,
        /\nYour answer, \.gradually\/answers\/05_exercises\/twice-it\.ts:\n {2}5 │ function twice\(x: number\) \{\n {2}6 │ {3}return 2 \* x;/,
      );
      assertEquals(stdout.includes("return blank(x)"), false);
      assertStringIncludes(stdout, "33 │ const answer: number = blank();");
      assertStringIncludes(stdout, "✓ twice-it: ");
      assertStringIncludes(stdout, "○ a-number is still open. ");
    }),
);

testWith(
  NEEDS,
  "an answer that does not parse is reported once, with file, line and column, and the run continues",
  () =>
    withTempDir(async (directory) => {
      answer(directory, "twice-it", "function twice(x: number) {\n  return 2 * ;\n}\n");
      answer(directory, "a-number", "const answer: number = null.x;\n");
      const { code, stdout } = await runLesson(directory, ["5", "--run"]);
      assertEquals(code, 0);
      assertMatch(
        stdout,
        /\n○ twice-it is still open: the answer does not run\n✗ SyntaxError: Unexpected token ';'\n {2}at \.gradually\/answers\/05_exercises\/twice-it\.ts:2:14\n/,
      );
      assertStringIncludes(stdout, "> 2 |   return 2 * ;");
      assertEquals(stdout.includes("twice is not defined"), false);
      assertMatch(stdout, /✗ TypeError: .*\n {2}at \.gradually\/answers\/05_exercises\/a-number\.ts:1:29\n/);
      assertMatch(stdout, /\nthe lesson went on\n+$/);
    }),
);
