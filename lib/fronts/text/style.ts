/** Defines the styles of text in the terminal. Color is never the only sign: each style also has its own shape or place. */

import { blue, bold, cyan, dim, green, italic, magenta, red, underline, yellow } from "@std/fmt/colors";

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
  const mark = (style: Mark): Mark => (text) => color && text ? style(text) : text;
  return {
    color,
    bold: mark(bold),
    dim: mark(dim),
    italic: mark(italic),
    underline: mark(underline),
    heading: mark((text) => bold(cyan(text))),
    code: mark(cyan),
    keyword: mark(magenta),
    string: mark(green),
    number: mark(yellow),
    comment: mark((text) => dim(italic(text))),
    name: mark(blue),
    error: mark((text) => bold(red(text))),
    good: mark(green),
  };
}
