/** Finds the next token of a source where the tree does not say its place. */

const BETWEEN = /(?:\s|\/\/[^\n\r\u2028\u2029]*|\/\*[^]*?\*\/)*/y;
const WORD = /[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/uy;

/**
 * The offset of the first character from `offset` on that is neither space nor comment.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(nextToken("a /* b *\/ ?: c", 1), 10);
 * ```
 */
export function nextToken(source: string, offset: number): number {
  BETWEEN.lastIndex = offset;
  BETWEEN.test(source);
  return BETWEEN.lastIndex;
}

/** The word that begins at an offset, or "". */
export function wordAt(source: string, offset: number): string {
  WORD.lastIndex = offset;
  return WORD.exec(source)?.[0] ?? "";
}
