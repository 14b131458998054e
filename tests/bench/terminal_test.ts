import { assertEquals } from "@std/assert";
import { testWith } from "../support.ts";

testWith(
  { read: true, run: true },
  "the measurements of the step-through refuse a lesson that does not exist",
  async () => {
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "--quiet",
        "--no-prompt",
        "--no-check",
        "--allow-read",
        "tests/bench/terminal.ts",
        "no-such-lesson",
      ],
      cwd: decodeURIComponent(new URL("../..", import.meta.url).pathname),
      env: { NO_COLOR: "1" },
      stdin: "null",
    }).output();
    const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
    assertEquals([code, text(stdout), text(stderr)], [2, "", 'no lesson "no-such-lesson"; --list shows the lessons\n']);
  },
);
