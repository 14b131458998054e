/** Puts a text between quotes, with what cannot be seen as escapes. */

const ESCAPES: Record<string, string> = {
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
  "\\": "\\\\",
};

/**
 * The text in the first of the quotes that it does not hold itself.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(quoted('say "hi"\n'), `'say "hi"\\n'`);
 * ```
 */
export function quoted(text: string, quotes: readonly string[] = ['"', "'", "`"]): string {
  const quote = quotes.find((each) => !text.includes(each)) ?? quotes[0];
  const escaped = text.replace(
    // deno-lint-ignore no-control-regex
    /[\x00-\x1f\x7f-\x9f\\]/g,
    (character) => ESCAPES[character] ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
  return `${quote}${escaped.replaceAll(quote, `\\${quote}`)}${quote}`;
}
