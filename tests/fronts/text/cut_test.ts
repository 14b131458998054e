import { assertEquals } from "@std/assert";
import { cut } from "../../../lib/fronts/text/width.ts";

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
