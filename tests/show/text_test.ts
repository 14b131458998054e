import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import stringWidth from "string-width";
import { center, flow, padEnd, padStart, stripAnsi, truncate, visibleWidth } from "../../lib/show/text.ts";

Deno.test("visibleWidth agrees with string-width on the characters of pictures and lessons", () => {
  const pieces = [
    "a",
    " ",
    "é",
    "e\u0301",
    "数",
    "字",
    "한",
    "ｗ",
    "▀",
    "█",
    "⠿",
    "✓",
    "✗",
    "→",
    "×",
    "…",
    "∞",
    "░",
    "┤",
    "😀",
    "👩‍🚀",
    "🇩🇪",
    "\x1b[31m",
    "\x1b[0m",
    "\u200b",
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 30 }), (parts) => {
      const line = parts.join("");
      assertEquals(visibleWidth(line), stringWidth(line), JSON.stringify(line));
    }),
    { seed: 1, numRuns: 500 },
  );
});

Deno.test("truncate never exceeds the width, keeps whole characters, and marks the cut", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), fc.integer({ min: 1, max: 30 }), (line, width) => {
      const cut = truncate(line, width);
      assert(visibleWidth(cut) <= width);
      if (visibleWidth(line) > width) assert(cut.endsWith("…"));
      else assertEquals(cut, line);
    }),
    { seed: 1, numRuns: 500 },
  );
  assertEquals(truncate("数字数字", 4), "数…");
  assertEquals(truncate("anything", 0), "");
});

Deno.test("padding fills up to a width, wide characters counted", () => {
  assertEquals(padEnd("数", 4), "数  ");
  assertEquals(padStart("数", 4), "  数");
  assertEquals(center("数", 5), " 数  ");
});

Deno.test("flow lays blocks side by side, and below where they do not fit", () => {
  assertEquals(flow([["a", "b"], ["cc"]], 10), ["a  cc", "b"]);
  assertEquals(flow([["aaaa"], ["bbbb"]], 8), ["aaaa", "", "bbbb"]);
});

Deno.test("stripAnsi removes colors and links, and nothing else", () => {
  assertEquals(stripAnsi("\x1b[38;5;12mred\x1b[0m \x1b]8;;x\x1b\\link\x1b]8;;\x1b\\ [3m]"), "red link [3m]");
});
