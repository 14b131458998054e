// A whole number below n: the words that would make small numbers come more often are drawn again.
import { assertEquals } from "@std/assert";
import { Random } from "../../mod.ts";

Deno.test("a word of the last, incomplete run of n is drawn again", () => {
  for (const n of [3 * 2 ** 30, 2 ** 31 + 1, 2 ** 32 - 1, 5, 2 ** 16]) {
    const [words, random] = [new Random(42), new Random(42)];
    const limit = Math.floor(2 ** 32 / n) * n;
    const expected = Array.from({ length: 200 }, () => words.integer(2 ** 32)).filter((word) => word < limit);
    assertEquals(expected.map(() => random.integer(n)), expected.map((word) => word % n), `n = ${n}`);
  }
});

Deno.test("the first word of that run is drawn again, the word before it counts", () => {
  /** A source whose next word is this one: a word is the sum of the first, second and fourth number of the state. */
  const before = (word: number) => {
    const random = new Random(1);
    random.state = [(word - 1) | 0, 0, 0, 1, null];
    return random;
  };
  const n = 3 * 2 ** 30;
  assertEquals(before(n - 1).integer(n), n - 1);
  const words = before(n);
  assertEquals(words.integer(2 ** 32), n);
  const after = Array.from({ length: 9 }, () => words.integer(2 ** 32)).find((word) => word < n);
  assertEquals(before(n).integer(n), after);
});
