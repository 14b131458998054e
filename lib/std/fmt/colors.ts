/**
 * Colors and styles of text in a terminal, with the names and the behavior of `jsr:@std/fmt/colors`, for machines that
 * cannot reach JSR.
 *
 * It has only what this project uses. `deno.json` declares the real package and links this one instead.
 *
 * @module
 */

const enabled = !Deno.noColor;

/** Turns a style on before the text and off after it; where another of its kind ends inside, it is turned on again. */
function mark(text: string, on: number, off: number): string {
  if (!enabled) return text;
  const [open, close] = [`\x1b[${on}m`, `\x1b[${off}m`];
  return open + text.replaceAll(close, open) + close;
}

/** Bold text. With NO_COLOR set, this and all others return the text as it is. */
export function bold(text: string): string {
  return mark(text, 1, 22);
}

/** Dim text. */
export function dim(text: string): string {
  return mark(text, 2, 22);
}

/** Italic text. */
export function italic(text: string): string {
  return mark(text, 3, 23);
}

/** Underlined text. */
export function underline(text: string): string {
  return mark(text, 4, 24);
}

/** Red text. */
export function red(text: string): string {
  return mark(text, 31, 39);
}

/** Green text. */
export function green(text: string): string {
  return mark(text, 32, 39);
}

/** Yellow text. */
export function yellow(text: string): string {
  return mark(text, 33, 39);
}

/** Blue text. */
export function blue(text: string): string {
  return mark(text, 34, 39);
}

/** Magenta text. */
export function magenta(text: string): string {
  return mark(text, 35, 39);
}

/** Cyan text. */
export function cyan(text: string): string {
  return mark(text, 36, 39);
}
