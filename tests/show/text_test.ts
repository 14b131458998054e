import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { center, flow, padEnd, padStart, truncate } from "../../lib/show/text.ts";
import { visibleWidth } from "../../lib/text/visible_width.ts";

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
