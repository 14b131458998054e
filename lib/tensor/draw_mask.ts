/** Draws the mask of a dropout: the draws of a source of random numbers, without a call for each. */
import type { FloatArray } from "../kernel/storage.ts";
import type { Random } from "./random.ts";

/**
 * Sets each number to 0 with probability `rate`, and to 1 / (1 - rate) otherwise. The source draws what as many calls of
 * `uniform` would have drawn; in one loop that takes a third of the time.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Random } from "@gradually/gradually";
 *
 * const mask = new Float64Array(3);
 * drawMask(new Random(1), mask, 0.5);
 * const random = new Random(1);
 * assertEquals([...mask], [0, 0, 0].map(() => random.uniform() < 0.5 ? 0 : 2));
 * ```
 */
export function drawMask(random: Random, mask: FloatArray, rate: number): void {
  let [a, b, c, counter] = random.state as number[];
  const spare = random.state[4], kept = 1 / (1 - rate);
  // A draw is 53 bits, 21 from one step of `Random` and 32 from the next: the first ones alone decide almost always.
  const upperLimit = Math.floor(rate * 2 ** 21), lowerLimit = (rate * 2 ** 21 - upperLimit) * 2 ** 32;
  for (let i = 0; i < mask.length; i++) {
    let sum = (a + b + counter) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum | 0;
    const upper = sum >>> 11;
    sum = (a + b + counter + 1) | 0;
    counter = (counter + 2) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum | 0;
    mask[i] = upper < upperLimit || (upper === upperLimit && (sum >>> 0) < lowerLimit) ? 0 : kept;
  }
  random.state = [a, b, c, counter, spare];
}
