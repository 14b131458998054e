// What was trained is still there in the next session, in a real pseudo-terminal.
import { testWith, withTempDir } from "../../support.ts";
import { openLesson } from "../../commands/command.ts";

const NEEDS = { read: true, write: true, run: true } as const;
const ENTER = "\r";
const ESC = "\x1b";

testWith(
  NEEDS,
  "remember: a learner who comes back gets the trained model without training, and running the cell trains",
  () =>
    withTempDir(async (directory) => {
      {
        await using pty = openLesson(directory, ["7"], { rows: 60 });
        await pty.see(/Enter run/);
        await pty.press("g5" + ENTER, /^42 2,1 next 0\.\d+\n[^]*── 5 of 5/);
      }
      const said = /next (0\.\d+)/.exec(Deno.readTextFileSync(`${directory}/.gradually/journal/07_remember.jsonl`))![1];
      await using pty = openLesson(directory, ["7"], { rows: 60 });
      await pty.press("p", /^›/);
      await pty.press("[trainings, history.losses, random.uniform() > 0]" + ENTER, /^\[ 0, \[ 2, 1 \], true \]$/);
      await pty.press(ESC, /k keep/);
      await pty.press("d", /^Dropped/);
      await pty.press("b", /^── 4 of 5 · review/);
      await pty.press("r", new RegExp(`^42 2,1 next ${said}\\n[^]*^42 2,1 next 0`));
      await pty.press("b", /^── 3 of 5 · review[^]*trained 1/);
      await pty.press("r", /trained 1[^]*trained 1\n/);
    }),
);
