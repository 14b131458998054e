/** Removes the escape codes from text for a terminal. */

/** Colors and cursor movements; titles and links, up to their end; choices of a character set; and codes of two characters. */
export const ESCAPES: RegExp =
  // deno-lint-ignore no-control-regex -- these are what it looks for
  /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)|\x1b[ -/]+[0-~]|\x1b[0-Z\\^-~]/g;

/**
 * The text without its escape codes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * assertEquals(stripAnsi("\x1b[1;31mred\x1b[0m \x1b]8;;https://a.example\x07link\x1b]8;;\x07"), "red link");
 * ```
 */
export function stripAnsi(text: string): string {
  return text.includes("\x1b") || text.includes("\x9b") ? text.replace(ESCAPES, "") : text;
}
