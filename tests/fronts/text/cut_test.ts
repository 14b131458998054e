import { assertEquals } from "@std/assert";
import { cut, mostColumns } from "../../../lib/fronts/text/width.ts";
import { NARROW } from "../../../lib/text/narrow.ts";
import { visibleWidth } from "../../../lib/text/visible_width.ts";

Deno.test("a line is cut at the edge, with a mark, and never in the middle of a wide character", () => {
  assertEquals([cut("abcd", 4), cut("abcde", 4), cut("数数数", 4)], ["abcd", "abc…\x1b[0m", "数…\x1b[0m"]);
});

Deno.test("a cut line keeps its colors and whole emoji; one that a terminal may draw as two counts as two", () => {
  assertEquals(cut("\x1b[31mred\x1b[39m and more", 5), "\x1b[31mred\x1b[39m …\x1b[0m");
  // Some terminals draw this emoji as two, four columns wide.
  const astronauts = "👩‍🚀👩‍🚀👩‍🚀";
  assertEquals([12, 11, 5, 4].map((columns) => cut(astronauts, columns)), [
    astronauts,
    "👩‍🚀👩‍🚀…\x1b[0m",
    "👩‍🚀…\x1b[0m",
    "…\x1b[0m",
  ]);
});

Deno.test("what a line takes at most is never less than what it is measured to take, and the same where all terminals agree", () => {
  const samples = ["e\u0301", "👩‍🚀", "❤️", "🇩🇪", "각", "की", "1️⃣", "ﾊﾟ", "a\u200db"];
  for (let code = 0x20; code <= 0x3ffff; code += code < 0x3400 ? 1 : 7) { // the rest are large blocks of one kind
    if (code < 0xd800 || code > 0xdfff) samples.push(String.fromCodePoint(code));
  }
  const wrong = samples.filter((text) =>
    mostColumns(text) < visibleWidth(text) || NARROW.test(text) && mostColumns(text) !== visibleWidth(text)
  );
  assertEquals(wrong.slice(0, 20), []);
});
