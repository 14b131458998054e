/** Measures the height of text on a screen. */
import { visibleWidth } from "./visible_width.ts";

/**
 * How many rows a text takes, including an unfinished last row.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * assertEquals(rowsOf("one row\na line that wraps", 10), 3);
 * ```
 */
export function rowsOf(text: string, columns: number): number {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines.reduce((rows, line) => rows + Math.max(1, Math.ceil(visibleWidth(line) / columns)), 0);
}
