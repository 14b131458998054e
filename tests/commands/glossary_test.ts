// `deno task lesson glossary` says what a term means, and which lesson builds it.
import { assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import { entriesLike, readGlossary } from "../../lib/course/glossary.ts";
import { readOptions } from "../../lib/commands/lesson/options.ts";
import { testWith, withTempDir } from "../support.ts";
import { runLesson } from "./command.ts";

const NEEDS = { read: true, write: true, run: true } as const;

testWith(
  NEEDS,
  "a term is explained with the lesson that builds it, and without one all terms are",
  () =>
    withTempDir(async (directory) => {
      const one = await runLesson(directory, ["glossary", "feature", "maps"]);
      assertEquals([one.code, one.stderr], [0, ""]);
      assertMatch(one.stdout, /^feature map: the picture that one kernel makes of an image \(lesson 13\b.*\)\n$/);
      const all = await runLesson(directory, ["glossary"]);
      assertEquals(all.code, 0);
      assertStringIncludes(all.stdout, "\nkink: ");
      assertEquals([...Deno.readDirSync(directory)].length, 0, "it must write no files");
    }),
);

testWith(
  NEEDS,
  "a term that is not there ends with code 2 and the nearest one",
  () =>
    withTempDir(async (directory) => {
      const near = await runLesson(directory, ["glossary", "paddin"]);
      assertEquals([near.code, near.stderr], [0, ""]); // part of a term is enough
      const far = await runLesson(directory, ["glossary", "strude"]);
      assertEquals([far.code, far.stdout], [2, ""]);
      assertEquals(far.stderr, 'the glossary does not have "strude"; did you mean stride?\n');
    }),
);

Deno.test("the command line is read as a term, not as a lesson", () => {
  assertEquals(readOptions(["glossary", "batch", "norm"]).glossary, "batch norm");
  assertEquals(readOptions(["glossary"]).glossary, "");
  assertEquals("glossary" in readOptions(["16"]), false);
});

Deno.test("a bar in a meaning is not a column, and a row of another shape is refused", () => {
  const head = "| term | what it means | lesson |\n| --- | --- | --- |\n";
  assertEquals(readGlossary(`# Title\n\n${head}| size | \\|x\\| | 2 |\n`), [{
    term: "size",
    meaning: "|x|",
    lesson: "2",
  }]);
  assertThrows(() => readGlossary(`${head}| size | 2 |\n`), SyntaxError, 'a lesson and got "| size | 2 |"');
  assertThrows(() => readGlossary(`${head}| size | |x| | 2 |\n`), SyntaxError);
  assertEquals(entriesLike(readGlossary(`${head}| size | large | 2 |\n`), "length"), []);
});
