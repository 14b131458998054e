// Random: known numbers, the same for the same seed, and with the right distributions.
import { assert, assertAlmostEquals, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { FC, Random, Tensor } from "../../mod.ts";

const draws = <T>(count: number, draw: () => T): T[] => Array.from({ length: count }, draw);

Deno.test("known numbers: sfc32 as its author defines it, computed by an independent implementation in Python", () => {
  const uniform = (seed: number) => {
    const random = new Random(seed);
    return draws(3, () => random.uniform());
  };
  assertEquals(uniform(1), [0.5636718679005344, 0.8959073764796452, 0.2723428282056589]);
  assertEquals(uniform(2), [0.25974003565568415, 0.14045834125869994, 0.7800210945038594]);
  assertEquals(uniform(12345), [0.7162950756177394, 0.4881075591406817, 0.07068873464564407]);
  const random = new Random(42);
  assertEquals(draws(12, () => random.integer(10)), [3, 2, 2, 0, 8, 6, 9, 4, 0, 4, 9, 6]);
  const words = new Random(42);
  assertEquals(draws(4, () => words.integer(2 ** 32)), [1959603763, 2423114712, 2466933512, 4144396390]);
});

Deno.test("the same seed gives the same numbers, another seed others", () => {
  const all = (seed: number) => {
    const random = new Random(seed);
    return [
      draws(5, () => random.uniform()),
      draws(5, () => random.normal()),
      [...random.permutation(9)],
      random.fork().normal(),
    ];
  };
  const seeds = [0, 1, 2, -1, -2, -3, 2 ** 32, 2 ** 32 + 1, 2 ** 52, -(2 ** 40)];
  for (const seed of seeds) assertEquals(all(seed), all(seed));
  assertEquals(new Set(seeds.map((seed) => JSON.stringify(all(seed)))).size, seeds.length);
});

Deno.test("uniform numbers: mean, variance, limits, and as many in each of 20 bins", () => {
  const random = new Random(3);
  const numbers = draws(100_000, () => random.uniform(-2, 4));
  const mean = numbers.reduce((sum, v) => sum + v) / numbers.length;
  const variance = numbers.reduce((sum, v) => sum + (v - mean) ** 2, 0) / numbers.length;
  assertAlmostEquals(mean, 1, 0.02);
  assertAlmostEquals(variance, 3, 0.03);
  assert(numbers.every((v) => v >= -2 && v < 4));
  assert(chiSquare(numbers.map((v) => Math.floor((v + 2) / 6 * 20)), 20) < 50); // 19 degrees: 50 is 1 in 7,000
});

Deno.test("normal numbers: mean, variance, skewness, kurtosis, tails, and independent neighbors", () => {
  const random = new Random(4);
  const n = 100_000;
  const z = draws(n, () => random.normal());
  const moment = (power: number) => z.reduce((sum, v) => sum + v ** power, 0) / n;
  assertAlmostEquals(moment(1), 0, 0.015);
  assertAlmostEquals(moment(2), 1, 0.02);
  assertAlmostEquals(moment(3), 0, 0.05);
  assertAlmostEquals(moment(4), 3, 0.1);
  assertAlmostEquals(z.filter((v) => Math.abs(v) > 1.959964).length / n, 0.05, 0.004);
  assertAlmostEquals(z.slice(1).reduce((sum, v, i) => sum + v * z[i], 0) / n, 0, 0.015);
  const shifted = new Random(4);
  assertAlmostEquals(shifted.normal(5, 2), 5 + 2 * z[0], 1e-12);
});

Deno.test("whole numbers are evenly distributed, even if n does not divide 2^32", () => {
  const random = new Random(5);
  for (const n of [1, 2, 3, 7, 10]) {
    const numbers = draws(20_000, () => random.integer(n));
    assert(numbers.every((v) => Number.isInteger(v) && v >= 0 && v < n));
    assert(chiSquare(numbers, n) < 35);
  }
  assert(draws(100, () => random.integer(3 * 2 ** 30)).some((v) => v >= 2 ** 31));
});

Deno.test("a permutation holds each number once, and every order is as likely as any other", () => {
  const random = new Random(6);
  assertEquals([...random.permutation(1000)].sort((a, b) => a - b), draws(1000, ((i) => () => i++)(0)));
  assertEquals([...random.permutation(0)], []);
  const orders = ["012", "021", "102", "120", "201", "210"];
  assert(chiSquare(draws(12_000, () => orders.indexOf([...random.permutation(3)].join(""))), 6) < 25);
  const array = ["a", "b", "c"];
  assert(random.shuffle(array) === array);
  assertEquals(array.toSorted(), ["a", "b", "c"]);
});

Deno.test("a fork does not change what is drawn from the source", () => {
  const [one, other] = [new Random(7), new Random(7)];
  const fork = one.fork();
  other.fork();
  draws(10, () => fork.normal());
  assertEquals(one.uniform(), other.uniform());
  assertNotEquals(fork.uniform(), one.uniform());
});

Deno.test("random tensors and initial weights come from the source that is passed", () => {
  const tensor = (seed: number) => Tensor.randn([3, 4], { random: new Random(seed) }).toArray();
  assertEquals(tensor(1), tensor(1));
  assertNotEquals(tensor(1), tensor(2));
  assertEquals(Tensor.randn([2], { random: new Random(1) }).dtype, "float32");
  const uniform = Tensor.uniform([1000], { random: new Random(1), low: 2, high: 3, dtype: "float64" });
  assert(uniform.min() >= 2 && uniform.max() < 3);
  const weights = (seed?: number) =>
    new FC({ inFeatures: 3, outFeatures: 2, random: seed === undefined ? undefined : new Random(seed) }).weight.value
      .toArray();
  assertEquals(weights(), weights());
  assertEquals(weights(1), weights(1));
  assertNotEquals(weights(1), weights(2));
});

Deno.test("errors tell what is taken and what was received", () => {
  assertThrows(() => new Random(1.5), RangeError, "takes an integer as its seed and got 1.5");
  assertThrows(() => new Random("1" as unknown as number), TypeError, 'got the text "1"');
  assertThrows(() => new Random(NaN), RangeError, "got NaN");
  const random = new Random(1);
  for (const n of [0, -1, 1.5, 2 ** 32 + 1, NaN]) assertThrows(() => random.integer(n), RangeError, `got ${n}`);
  assertThrows(() => Tensor.randn([2], {} as { random: Random }), TypeError, "{ random: new Random(1) }");
});

/** How far the counts of 0 … bins - 1 are from equal. */
function chiSquare(numbers: number[], bins: number): number {
  const counts = new Array(bins).fill(0);
  for (const number of numbers) counts[number]++;
  const expected = numbers.length / bins;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

/** A source whose next draw is as close to 1 as a draw can be. */
function nearlyOne(): Random {
  const random = new Random(1), word = 0xffffffff;
  // Two draws of all ones: sfc32 adds a, b and its counter, then mixes them (see Random).
  const b = 12345, a = (word - b - 1) | 0, mixed = b ^ (b >>> 9);
  const inverseOfNine = 954437177; // 9 · 954437177 = 1 modulo 2³²
  random.state = [a, b, Math.imul(inverseOfNine, word - mixed - 2), 1, null];
  return random;
}

Deno.test("a uniform number never is the end of its range, however close the draw", () => {
  assertEquals(nearlyOne().uniform(), 1 - 2 ** -53);
  for (const [low, high] of [[1, 2], [0, 3], [-1, 1], [1e9, 1e9 + 1]]) {
    const value = nearlyOne().uniform(low, high);
    assert(value >= low && value < high, `${low} to ${high}: ${value}`);
  }
  assertEquals(nearlyOne().uniform(5, 5), 5);
});

Deno.test("a tensor of uniform numbers never holds the end of its range, in float32 as in float64", () => {
  for (const dtype of ["float32", "float64"] as const) {
    for (const [low, high] of [[0, 1], [1, 2], [-3, 0.7]]) {
      const [value] = Tensor.uniform([1], { random: nearlyOne(), low, high, dtype }).data;
      assert(value >= low && value < high, `${dtype}, ${low} to ${high}: ${value}`);
    }
  }
  assertEquals(Tensor.uniform([2], { random: new Random(1), low: 5, high: 5 }).toArray(), [5, 5]);
});
