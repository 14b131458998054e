import { assertEquals } from "@std/assert";
import fc from "fast-check";
import stringWidth from "string-width";
import { visibleWidth } from "../../lib/text/visible_width.ts";

function agree(line: string): void {
  if (visibleWidth(line) !== stringWidth(line)) {
    assertEquals(visibleWidth(line), stringWidth(line), JSON.stringify(line));
  }
}

Deno.test("visibleWidth agrees with string-width on every script and symbol, and on samples of the large blocks", () => {
  let characters = 0;
  for (let code = 0; code <= 0x10ffff; code++) {
    const character = String.fromCodePoint(code);
    if (/\p{Cn}/u.test(character)) continue; // not assigned: no terminal knows it
    if (/[\p{Co}\p{Script=Han}\p{Script=Hangul}]/u.test(character) && code % 32 > 0) continue; // 250,000 alike
    agree(character);
    characters++;
  }
  assertEquals(characters > 50_000, true, `only ${characters} were tried`);
});

Deno.test("a letter below thousands of marks is measured at once", () => {
  const from = performance.now();
  assertEquals(visibleWidth("👩" + "\u200d\u0301".repeat(20_000)), 2);
  assertEquals(performance.now() - from < 2000, true);
});

Deno.test("visibleWidth agrees with string-width on the characters of pictures and lessons", () => {
  const pieces = "a|A9|#| |é|e\u0301|数|字|한|ｗ|▀|█|⠿|✓|✗|→|×|…|∞|░|┤|😀|👩‍🚀|🇩🇪|\x1b[31m|\x1b[0m|\u200b|\t".split("|");
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 30 }), (parts) => agree(parts.join(""))),
    { seed: 1, numRuns: 500 },
  );
});

Deno.test("visibleWidth agrees with string-width wherever characters join: accents, emoji, flags, Korean, Indic", () => {
  const accents = ["\u0301", "\u20dd", "\u20e3", "\ufe0e", "\ufe0f", "\u200d", "\u200c", "\u034f", "\u0600"];
  const emoji = ["❤", "☺", "✂", "😀", "👩", "🚀", "👍", "🏽", "🏳", "🌈", "🏴", "\u{e0067}", "\u{e007f}", "1", "#"];
  const flags = ["🇩", "🇪", "🇯", "🇵"];
  const korean = ["\u1100", "\ua960", "\u115f", "\u1161", "\ud7b0", "\u1160", "\u11a8", "\ud7cb", "가", "각", "\u302e"];
  const indic = ["क", "ि", "ी", "்", "क्षि", "ഽ", "ൎ", "ข", "ำ", "တ", "ေ", "ا", "ل", "ﷺ"];
  const japanese = ["か", "\u3099", "ﾊ", "ﾞ", "ﾟ", "\uffa0", "ｶ", "ｗ", "￠", "㋿", "〈"];
  const stray = ["\ud83d", "\ude00", "\r", "\n", "\x07", "\x7f", "\u2028"];
  const pieces = [...accents, ...emoji, ...flags, ...korean, ...indic, ...japanese, ...stray, "a", "é"];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 8 }), (parts) => agree(parts.join(""))),
    { seed: 1, numRuns: 20_000 },
  );
});

Deno.test("visibleWidth agrees with string-width on any graphemes, with and without escape codes between them", () => {
  const escapes = ["\x1b[1;31m", "\x1b[38;2;1;2;3m", "\x1b[4:3m", "\x1b[2K", "\x1b[10;3H", "\x1b[?25l", "\x9b0m"];
  const links = [
    "\x1b]8;;https://a.example/?x=1\x07",
    "\x1b]8;;\x1b\\",
    "\x1b]0;a title\x07",
    "\x1b(B",
    "\x1bM",
    "\x1b7",
  ];
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom(...escapes, ...links))),
      (parts) => agree(parts.join("")),
    ),
    { seed: 1, numRuns: 2_000 },
  );
});
