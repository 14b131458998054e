/** Random numbers from a seed: the same seed gives the same numbers, bit for bit, on every machine. */

import { expectInteger, expectNumber, refusal, within } from "./expect_number.ts";

/**
 * A seeded source of random numbers. Nothing in this library draws from a global source: everything random takes one of
 * these.
 *
 * The generator is sfc32 (Chris Doty-Humphrey, PractRand), 128 bits of state, seeded through splitmix32.
 *
 * @example The same seed gives the same numbers
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Random } from "@gradually/gradually";
 *
 * assertEquals(new Random(7).uniform(), new Random(7).uniform());
 * ```
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter: number;
  #spare: number | undefined;

  /**
   * A source that starts at this seed.
   * @param seed Any integer; the lower 53 bits count.
   * @throws {RangeError} If the seed is not an integer.
   * @throws {TypeError} If it is not a number.
   */
  constructor(seed: number) {
    if (!Number.isSafeInteger(seed)) {
      throw refusal("Random takes an integer as its seed", seed, "pass for example new Random(1)");
    }
    let state = (seed | 0) + Math.imul(Math.floor(seed / 2 ** 32), 0x9e3779b1) | 0; // so that -3 is not 2 again
    const next = (): number => {
      state = (state + 0x9e3779b9) | 0;
      let z = state ^ (state >>> 16);
      z = Math.imul(z, 0x21f0aaad);
      z ^= z >>> 15;
      z = Math.imul(z, 0x735a2d97);
      return z ^ (z >>> 15);
    };
    [this.#a, this.#b, this.#c, this.#counter] = [next(), next(), next(), 1];
    for (let i = 0; i < 12; i++) this.#next();
  }

  /** The state of the source: assigned to another source, it continues from there. */
  get state(): readonly (number | null)[] {
    return [this.#a, this.#b, this.#c, this.#counter, this.#spare ?? null];
  }

  set state(state: readonly (number | null)[]) {
    const [a, b, c, counter, spare] = state;
    if (state.length !== 5 || [a, b, c, counter].some((word) => !Number.isInteger(word))) {
      throw new RangeError(`Random takes the state of another Random and got [${state}]`);
    }
    [this.#a, this.#b, this.#c, this.#counter] = [a!, b!, c!, counter!];
    this.#spare = spare ?? undefined;
  }

  #next(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum | 0;
    return sum >>> 0;
  }

  /** A number from the uniform distribution over `[low, high)`. */
  uniform(low = 0, high = 1): number {
    expectNumber("uniform", "low", low);
    expectNumber("uniform", "high", high);
    while (true) {
      // 53 bits: 21 from one draw, 32 from the next.
      const unit = ((this.#next() >>> 11) * 2 ** 32 + this.#next()) / 2 ** 53;
      const value = low + (high - low) * unit;
      if (value < high || !(low < high)) return value; // else rounding has reached the end, which does not belong
    }
  }

  /** A number from the normal distribution (Box and Muller 1958: two uniform numbers give two normal ones). */
  normal(mean = 0, std = 1): number {
    expectNumber("normal", "mean", mean);
    expectNumber("normal", "std", std);
    let z = this.#spare;
    if (z === undefined) {
      const radius = Math.sqrt(-2 * Math.log(1 - this.uniform())); // 1 - u is never 0
      const angle = 2 * Math.PI * this.uniform();
      z = radius * Math.cos(angle);
      this.#spare = radius * Math.sin(angle);
    } else {
      this.#spare = undefined;
    }
    return mean + std * z;
  }

  /**
   * An integer from 0 to `n - 1`, each equally likely.
   * @throws {RangeError} If `n` is not an integer from 1 to 2³².
   */
  integer(n: number): number {
    if (!Number.isInteger(n) || !within(n, 1, 2 ** 32)) {
      throw refusal("integer(n) takes an integer n from 1 to 2^32", n, "it draws from 0 to n - 1");
    }
    // The last run of n numbers is incomplete: kept, it would make small numbers a little more likely.
    const limit = 2 ** 32 - (2 ** 32 % n);
    let draw = this.#next();
    while (draw >= limit) draw = this.#next();
    return draw % n;
  }

  /** Shuffles `array` in place and returns it (Fisher and Yates). */
  shuffle<A extends { length: number; [index: number]: unknown }>(array: A): A {
    for (let i = array.length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const kept = array[i];
      array[i] = array[j];
      array[j] = kept;
    }
    return array;
  }

  /**
   * The numbers 0 to `n - 1` in random order.
   * @throws {RangeError} If `n` is not a whole number of at least 0.
   */
  permutation(n: number): Uint32Array {
    expectInteger("permutation", "n", n, 0);
    const order = new Uint32Array(n);
    for (let i = 0; i < n; i++) order[i] = i;
    return this.shuffle(order);
  }

  /** An independent source, seeded from this one: drawing from it does not change what is drawn here. */
  fork(): Random {
    return new Random(this.#next());
  }
}
