// The list of variables in a real pseudo-terminal.
import { assertEquals, assertMatch } from "@std/assert";
import { testWith, withTempDir } from "../../support.ts";
import { openLesson } from "../../commands/command.ts";

const NEEDS = { read: true, write: true, run: true } as const;
const ENTER = "\r";
const ESC = "\x1b";

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
