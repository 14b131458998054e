import { assertEquals } from "@std/assert";
import { stripAnsi } from "../../lib/text/strip_ansi.ts";

Deno.test("stripAnsi removes colors and links, and nothing else", () => {
  assertEquals(stripAnsi("\x1b[38;5;12mred\x1b[0m \x1b]8;;x\x1b\\link\x1b]8;;\x1b\\ [3m]"), "red link [3m]");
});

Deno.test("stripAnsi removes every kind of escape code, one at a time", () => {
  const codes = [
    ...["\x1b[m", "\x1b[4:3m", "\x1b[38:2::255:0:0m", "\x1b[?2026h", "\x1b[2J", "\x1b[10A", "\x1b[1 q", "\x9b31m"],
    ...[
      "\x1b]0;a title\x07",
      "\x1b]8;;https://a.example\x1b\\",
      "\x1b]4;1\x9c",
      "\x1b(B",
      "\x1b#8",
      "\x1bM",
      "\x1b7",
      "\x1bc",
    ],
  ];
  for (const code of codes) assertEquals(stripAnsi(`a${code}b`), "ab", JSON.stringify(code));
  for (const text of ["a\x1b", "[31m", "a]0;b\x07", "é\u0301"]) assertEquals(stripAnsi(text), text);
});
