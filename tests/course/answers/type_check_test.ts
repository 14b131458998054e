// Type errors in an answer, as deno check reports them, located in the learner's file.
import { assertEquals } from "@std/assert";
import { errorsOf, typeCheck } from "../../../lib/course/answers/type_check.ts";
import { parseLesson } from "../../../lib/course/lesson.ts";
import { testWith, withTempDir } from "../../support.ts";

Deno.test("type errors are found in the output of deno check", () => {
  const output =
    "TS2322 [ERROR]: Type 'string' is not assignable to type 'number'.\n  const x: number = \"a\";\n        ~\n" +
    "    at file:///a%20b/c.ts:3:9\n\nTS2304 [ERROR]: Cannot find name 'y'.\n  y\n  ^\n    at file:///other.ts:1:1\n\nFound 2 errors.\n";
  const message = "Type 'string' is not assignable to type 'number'.";
  assertEquals(errorsOf(output, "/a b/c.ts"), [{ code: "TS2322", message, line: 3, column: 9 }]);
});

testWith(
  { read: true, write: true, run: true },
  "types: a check that is canceled by the next save does not disturb the new check, and leaves no file",
  () =>
    withTempDir(async (directory) => {
      const source = '// %% tags=["exercise"] id="twice"\nfunction twice(x: number): number {\n  return x;\n}\n';
      const { cells } = parseLesson(source, "01_x.ts");
      const options = { url: `file://${directory}/01_x.ts`, cells, cell: cells[0], path: "twice.ts", directory };
      const canceled = new AbortController();
      const first = typeCheck({
        ...options,
        answer: "function twice(x: number): number {\n  return 7 * x;\n}\n",
        signal: canceled.signal,
      });
      canceled.abort();
      const second = typeCheck({ ...options, answer: "function twice(x: number): string {\n  return 2 * x;\n}\n" });
      assertEquals(await first, []);
      assertEquals((await second).map(({ name, place }) => [name, place]), [
        ["TS2322", { file: "twice.ts", line: 2, column: 3 }],
      ]);
      assertEquals(Array.from(Deno.readDirSync(directory)), []);
    }),
);
