/** Prepares a piece of a file for an error message. */

/** Longer pieces are cut. */
const MAX_SHOWN = 60;

/**
 * The text in one short line, without characters that steer a terminal or change the direction of writing.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(shown("title: A"), "title: A");
 * assertEquals(shown("\x1b]0;title\x07"), "�]0;title�");
 * assertEquals(shown("x".repeat(1000)).length, 62);
 * ```
 */
export function shown(text: string): string {
  const cut = text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)} …` : text;
  return cut.replace(/[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu, "�");
}
