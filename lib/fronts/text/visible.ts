/** Shows every character of text that we quote in lines of our own: code, and the names of files, variables and functions. */

/** The longest text in one line. */
const MAX_LENGTH = 1000;
/** Controls, marks that turn the order of text around, line breaks of Unicode, halves of characters. */
const HIDDEN =
  // deno-lint-ignore no-control-regex
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]/gu;

/**
 * The text with a sign for each character that a terminal would obey or hide. Line feeds and tabs stay, and the number of characters, too:
 * so that a column in it is still the same column.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(visible('a = "\x1b[2J";\r\nb = "\u202e";'), 'a = "␛[2J";\nb = "\ufffd";');
 * ```
 */
export function visible(text: string): string {
  return text.replaceAll("\r\n", "\n").replace(HIDDEN, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? "\u2421" : "\ufffd";
  });
}

/**
 * The same in one line, which is cut if it is very long.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(visibleLine("two\nlines"), "two␊lines");
 * ```
 */
export function visibleLine(text: string): string {
  const short = text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH - 1)}…` : text;
  return visible(short).replaceAll("\n", "␊").replaceAll("\t", " ");
}
