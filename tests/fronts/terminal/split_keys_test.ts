// Keys whose bytes arrive one after the other, as over a slow line.
import { openLesson } from "../../commands/command.ts";
import { testWith, withTempDir } from "../../support.ts";

const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

testWith(
  { read: true, write: true, run: true },
  "terminal: an arrow key whose bytes arrive apart is an arrow key; Escape alone is still Escape",
  () =>
    withTempDir(async (directory) => {
      await using pty = openLesson(directory, ["1"]);
      await pty.see(/Enter run|Enter next/);
      await pty.press("g", /step \(1 to \d+\): /);
      await pty.press("12", /step \(1 to \d+\): 12/);
      await pty.type("\x1b");
      await wait(20);
      await pty.type("[");
      await wait(20);
      await pty.type("D");
      await pty.press("3", /step \(1 to \d+\): 132/);
      await pty.press("\x1b", /Enter (run|next)/);
    }),
);
