// Edits of the lesson while it is open, in a real pseudo-terminal.
import { assertStringIncludes } from "@std/assert";
import { testWith, withTempDir } from "../../support.ts";
import { openLesson } from "../../commands/command.ts";

const NEEDS = { read: true, write: true, run: true } as const;
const ENTER = "\r";

function lessonIn(directory: string, source: string): string {
  Deno.mkdirSync(`${directory}/lessons`, { recursive: true });
  Deno.writeTextFileSync(`${directory}/lessons/01_made.ts`, source);
  return `${directory}/lessons`;
}

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
