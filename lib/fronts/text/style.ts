/** Defines the styles of text in the terminal. Color is never the only sign: each style also has its own shape or place. */

/** Marks a piece of text; without colors, returns it unchanged. */
export type Mark = (text: string) => string;

/** The styles, by purpose. */
export interface Style {
  readonly color: boolean;
  bold: Mark;
  dim: Mark;
  italic: Mark;
  underline: Mark;
  heading: Mark;
  code: Mark;
  keyword: Mark;
  string: Mark;
  number: Mark;
  comment: Mark;
  name: Mark;
  error: Mark;
  good: Mark;
}

/**
 * The styles, with or without colors. They use only the sixteen colors that every terminal has, so that its theme, light or dark, decides how
 * they look.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(styleOf(false).bold("x"), "x");
 * assertEquals(styleOf(true).bold("x"), "\x1b[1mx\x1b[22m");
 * ```
 */
export function styleOf(color: boolean): Style {
  const mark = (on: string, off: string): Mark => (text) => color && text ? `\x1b[${on}m${text}\x1b[${off}m` : text;
  return {
    color,
    bold: mark("1", "22"),
    dim: mark("2", "22"),
    italic: mark("3", "23"),
    underline: mark("4", "24"),
    heading: mark("1;36", "22;39"),
    code: mark("36", "39"),
    keyword: mark("35", "39"),
    string: mark("32", "39"),
    number: mark("33", "39"),
    comment: mark("2;3", "22;23"),
    name: mark("34", "39"),
    error: mark("1;31", "22;39"),
    good: mark("32", "39"),
  };
}
