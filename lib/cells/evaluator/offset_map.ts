/** Finds where each character of a rewritten text stood in the original. */

/**
 * A list of stretches, in the order of the new text.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const map = new OffsetMap(); // "ab" became "a" + "xyz" + "b"
 * map.add(0, 0, true);
 * map.add(1, 1, false);
 * map.add(4, 1, true);
 * assertEquals([0, 1, 2, 4].map((offset) => map.original(offset)), [0, 1, 1, 1]);
 * ```
 */
export class OffsetMap {
  readonly #starts: number[] = [];
  readonly #originals: number[] = [];
  readonly #same: boolean[] = [];

  /**
   * Adds a stretch behind the others.
   *
   * @param start Where it begins in the new text.
   * @param original Where its text, or what it replaces, begins in the original.
   * @param same Whether it goes on in both alike; if not, all of it stands for one place.
   */
  add(start: number, original: number, same: boolean): void {
    this.#starts.push(start);
    this.#originals.push(original);
    this.#same.push(same);
  }

  /** The offset in the original of an offset in the new text. */
  original(offset: number): number {
    let low = 0, high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle] <= offset) low = middle;
      else high = middle - 1;
    }
    return this.#originals[low] + (this.#same[low] ? offset - this.#starts[low] : 0);
  }
}
