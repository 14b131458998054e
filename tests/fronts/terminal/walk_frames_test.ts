// A picture with frames, one by one, in a real pseudo-terminal.
import { assertEquals } from "@std/assert";
import { testWith, withTempDir } from "../../support.ts";
import { openLesson } from "../../commands/command.ts";

const NEEDS = { read: true, write: true, run: true } as const;
const ENTER = "\r";
const ESC = "\x1b";
const RIGHT = "\x1b[C";

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
