/** Turns offsets of a text into lines and columns, and back, by V8's idea of what ends a line. */

/**
 * The lines of a text. Lines and columns count from 1.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const lines = new LineTable("ab\r\ncd");
 * assertEquals(lines.place(5), { line: 2, column: 2 });
 * assertEquals(lines.offset(2, 2), 5);
 * ```
 */
export class LineTable {
  readonly #starts: number[] = [0];

  constructor(text: string) {
    for (const { 0: end, index } of text.matchAll(/\r\n|[\n\r\u2028\u2029]/g)) this.#starts.push(index + end.length);
  }

  /** The line and the column of an offset. */
  place(offset: number): { line: number; column: number } {
    let low = 0, high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle] <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - this.#starts[low] + 1 };
  }

  /** The offset of a line and a column. */
  offset(line: number, column: number): number {
    return (this.#starts[Math.min(line, this.#starts.length) - 1] ?? 0) + column - 1;
  }
}
