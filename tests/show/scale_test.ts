// Axes: which numbers stand beside them, and where a value stands between their ends.
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { scale } from "../../lib/show/scale.ts";

const labels = (from: number, to: number, count: number, nice = false) =>
  scale(from, to, { count, nice }).ticks.map(({ label }) => label);

Deno.test("the steps of an axis are 1, 2 or 5 times a power of ten", () => {
  assertEquals(labels(0, 50, 10), ["0", "5", "10", "15", "20", "25", "30", "35", "40", "45", "50"]);
  assertEquals(labels(0, 20, 10), ["0", "2", "4", "6", "8", "10", "12", "14", "16", "18", "20"]);
  assertEquals(labels(0, 1, 4), ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
  assertEquals(labels(-0.1, 0.1, 2), ["-0.1", "0.0", "0.1"]);
  assertEquals(labels(20_000, 40_000, 4), ["20,000", "25,000", "30,000", "35,000", "40,000"]);
});

Deno.test("an axis with nice ends reaches the next steps, another one its own ends", () => {
  const ends = (nice: boolean) => {
    const { from, to } = scale(0.3, 9.2, { count: 5, nice });
    return [from, to];
  };
  assertEquals([ends(false), ends(true)], [[0.3, 9.2], [0, 10]]);
});

Deno.test("a value stands between the ends by its distance, on a logarithmic axis by its ratio", () => {
  const linear = scale(10, 30, { count: 4 }), log = scale(0.01, 100, { count: 4, log: true });
  assertEquals([10, 15, 30, 0].map((value) => linear.at(value)), [0, 0.25, 1, -0.5]);
  for (const [value, place] of [[0.01, 0], [0.1, 0.25], [1, 0.5], [100, 1]]) assertAlmostEquals(log.at(value), place);
  assertEquals(log.ticks.map(({ label }) => label), ["0.01", "0.1", "1", "10", "100"]);
});
