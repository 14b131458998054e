// The list of keys, going to other steps, and to other lessons, in a real pseudo-terminal.
import { assertEquals, assertMatch } from "@std/assert";
import { testWith, withTempDir } from "../../support.ts";
import { openLesson } from "../../commands/command.ts";

const NEEDS = { read: true, write: true, run: true } as const;
const ENTER = "\r";

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
