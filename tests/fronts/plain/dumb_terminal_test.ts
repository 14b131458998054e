// A terminal that can only print gets no escape sequence at all, in a real pseudo-terminal.
import { assertEquals, assertStringIncludes } from "@std/assert";
import { testWith, withTempDir } from "../../support.ts";
import { lessonArgs } from "../../commands/command.ts";
import { Pty } from "../terminal/pty.ts";

const NEEDS = { read: true, write: true, run: true } as const;

/** The number of escape characters that a command writes, what it writes, and its exit code. */
async function written(directory: string, args: readonly string[], term: string) {
  const command = ["/usr/bin/env", `TERM=${term}`, Deno.execPath()];
  await using pty = new Pty(lessonArgs(directory, args), { cwd: directory, columns: 60, command });
  const code = await pty.exit(40_000);
  const raw = await pty.raw();
  return { escapes: raw.split("\x1b").length - 1, raw: raw.replaceAll("\r\n", "\n"), code };
}

for (const term of ["dumb", "", "no-such-terminal", "../../etc/passwd"]) {
  testWith(
    NEEDS,
    `TERM=${term}: a lesson is plain text, without one escape sequence`,
    () =>
      withTempDir(async (directory) => {
        const live = await written(directory, ["4"], term);
        assertEquals([live.code, live.escapes], [0, 0]);
        assertStringIncludes(live.raw, "This terminal can only print");
        assertStringIncludes(live.raw, "bar 20 of 20\n");
        assertStringIncludes(live.raw, "100 % done\n");
        const failed = await written(directory, ["2", "--run"], term);
        assertEquals([failed.code, failed.escapes], [1, 0]);
        assertStringIncludes(failed.raw, "✗ RangeError: add takes finite numbers and got NaN");
        const list = await written(directory, ["--list"], term);
        assertEquals([list.code, list.escapes], [0, 0]);
      }),
  );
}

testWith(
  NEEDS,
  "TERM=vt100: a terminal that understands escape sequences is drawn on",
  () =>
    withTempDir(async (directory) => {
      const { escapes, code, raw } = await written(directory, ["4", "--run"], "vt100");
      assertEquals([escapes > 100, code, raw.includes("This terminal can only print")], [true, 0, false]);
    }),
);
