// The command `deno task lesson recap`, after a session in a real pseudo-terminal.
import { assertEquals, assertStringIncludes } from "@std/assert";
import { testWith, withTempDir } from "../support.ts";
import { openLesson, runLesson } from "./command.ts";

const NEEDS = { read: true, write: true, run: true } as const;
const ENTER = "\r";

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
