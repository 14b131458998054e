// The ends of a histogram: the largest number belongs to the last bar, and what is beyond is counted below.
import { assertEquals, assertStringIncludes } from "@std/assert";
import { histogram } from "../../lib/show/mod.ts";
import type { HistogramOptions } from "../../lib/show/histogram.ts";
import { elements, parseSvg } from "./pictures.ts";

/** What the bars say: `from … to: count`, the empty ones left out. */
function bars(values: number[], options: HistogramOptions): string[] {
  const root = parseSvg(histogram(values, options).svg()!);
  return elements(root, "rect").flatMap((rect) => elements(rect, "title")).map(({ text }) => text);
}

Deno.test("the largest number belongs to the last bar, the others to the bar that begins with them", () => {
  const range = [0, 1] as const;
  assertEquals(bars([0, 0.5, 0.75, 1, 1], { bins: 2, range }), ["0 … 0.5: 1", "0.5 … 1: 4"]);
  assertStringIncludes(histogram([0, 0.5, 1], { bins: 2, range }).text(), "3 numbers  mean 0.5");
  assertEquals(histogram([0, 0.5, 1], { bins: 2, range }).text().includes("outside"), false);
});

Deno.test("numbers beyond the ends that were given are counted as outside, on both sides", () => {
  const options = { bins: 4, range: [0, 1] as const };
  assertEquals(bars([-0.01, 0, 1, 1.01, 7], options), ["0 … 0.25: 1", "0.75 … 1: 1"]);
  assertStringIncludes(histogram([-0.01, 0, 1, 1.01, 7], options).text(), "3 outside");
});

Deno.test("the deviation is that of the numbers themselves", () => {
  assertStringIncludes(histogram([1, 1, 5, 5]).text(), "4 numbers  mean 3  deviation 2");
});

Deno.test("a whole number stands in the middle of its bar", () => {
  assertEquals(bars([0, 1, 1, 3], {}), ["-0.5 … 0.5: 1", "0.5 … 1.5: 2", "2.5 … 3.5: 1"]);
});
