// `@std/fmt/colors`: text in colour, by ANSI escape codes; plain where NO_COLOR is set.
import { stripVTControlCharacters } from "node:util";

/** A colour by its red, green and blue parts, 0 to 255 each. */
export interface Rgb {
  /** Red, 0 to 255. */
  r: number;
  /** Green, 0 to 255. */
  g: number;
  /** Blue, 0 to 255. */
  b: number;
}

let enabled = !Deno.noColor;

/**
 * Turns colours on or off. Does nothing where NO_COLOR is set: then they stay off.
 *
 * @example
 * ```ts
 * import { bold, getColorEnabled, setColorEnabled } from "@std/fmt/colors";
 * import { assertEquals } from "@std/assert";
 *
 * const before = getColorEnabled();
 * setColorEnabled(false);
 * assertEquals(bold("plain"), "plain");
 * setColorEnabled(before);
 * ```
 */
export function setColorEnabled(value: boolean): void {
  if (!Deno.noColor) enabled = value;
}

/** Whether colours are on. */
export function getColorEnabled(): boolean {
  return enabled;
}

/**
 * Wraps `text` between two codes. Where the text itself closes the same style, the style is opened again, so that
 * `red("a" + red("b") + "c")` is red to its end.
 */
function wrap(text: string, open: string, close: number): string {
  if (!enabled) return text;
  return `\x1b[${open}m${text.replaceAll(`\x1b[${close}m`, `\x1b[${open}m`)}\x1b[${close}m`;
}

/** Text with every style taken off. */
export function reset(str: string): string {
  return wrap(str, "0", 0);
}

/** Bold text. */
export function bold(str: string): string {
  return wrap(str, "1", 22);
}

/** Faint text. */
export function dim(str: string): string {
  return wrap(str, "2", 22);
}

/** Italic text. */
export function italic(str: string): string {
  return wrap(str, "3", 23);
}

/** Underlined text. */
export function underline(str: string): string {
  return wrap(str, "4", 24);
}

/** Text with its two colours exchanged. */
export function inverse(str: string): string {
  return wrap(str, "7", 27);
}

/** Text struck out. */
export function strikethrough(str: string): string {
  return wrap(str, "9", 29);
}

/** Black text. */
export function black(str: string): string {
  return wrap(str, "30", 39);
}

/** Red text. */
export function red(str: string): string {
  return wrap(str, "31", 39);
}

/** Green text. */
export function green(str: string): string {
  return wrap(str, "32", 39);
}

/** Yellow text. */
export function yellow(str: string): string {
  return wrap(str, "33", 39);
}

/** Blue text. */
export function blue(str: string): string {
  return wrap(str, "34", 39);
}

/** Magenta text. */
export function magenta(str: string): string {
  return wrap(str, "35", 39);
}

/** Cyan text. */
export function cyan(str: string): string {
  return wrap(str, "36", 39);
}

/** White text. */
export function white(str: string): string {
  return wrap(str, "37", 39);
}

/** Gray text. */
export function gray(str: string): string {
  return brightBlack(str);
}

/** Bright black text. */
export function brightBlack(str: string): string {
  return wrap(str, "90", 39);
}

/** Bright red text. */
export function brightRed(str: string): string {
  return wrap(str, "91", 39);
}

/** Bright green text. */
export function brightGreen(str: string): string {
  return wrap(str, "92", 39);
}

/** Bright yellow text. */
export function brightYellow(str: string): string {
  return wrap(str, "93", 39);
}

/** Bright blue text. */
export function brightBlue(str: string): string {
  return wrap(str, "94", 39);
}

/** Bright magenta text. */
export function brightMagenta(str: string): string {
  return wrap(str, "95", 39);
}

/** Bright cyan text. */
export function brightCyan(str: string): string {
  return wrap(str, "96", 39);
}

/** Bright white text. */
export function brightWhite(str: string): string {
  return wrap(str, "97", 39);
}

/** Text on black. */
export function bgBlack(str: string): string {
  return wrap(str, "40", 49);
}

/** Text on red. */
export function bgRed(str: string): string {
  return wrap(str, "41", 49);
}

/** Text on green. */
export function bgGreen(str: string): string {
  return wrap(str, "42", 49);
}

/** Text on yellow. */
export function bgYellow(str: string): string {
  return wrap(str, "43", 49);
}

/** Text on blue. */
export function bgBlue(str: string): string {
  return wrap(str, "44", 49);
}

/** Text on magenta. */
export function bgMagenta(str: string): string {
  return wrap(str, "45", 49);
}

/** Text on cyan. */
export function bgCyan(str: string): string {
  return wrap(str, "46", 49);
}

/** Text on white. */
export function bgWhite(str: string): string {
  return wrap(str, "47", 49);
}

/** Text on bright black. */
export function bgBrightBlack(str: string): string {
  return wrap(str, "100", 49);
}

/** Text on bright red. */
export function bgBrightRed(str: string): string {
  return wrap(str, "101", 49);
}

/** Text on bright green. */
export function bgBrightGreen(str: string): string {
  return wrap(str, "102", 49);
}

/** Text on bright yellow. */
export function bgBrightYellow(str: string): string {
  return wrap(str, "103", 49);
}

/** Text on bright blue. */
export function bgBrightBlue(str: string): string {
  return wrap(str, "104", 49);
}

/** Text on bright magenta. */
export function bgBrightMagenta(str: string): string {
  return wrap(str, "105", 49);
}

/** Text on bright cyan. */
export function bgBrightCyan(str: string): string {
  return wrap(str, "106", 49);
}

/** Text on bright white. */
export function bgBrightWhite(str: string): string {
  return wrap(str, "107", 49);
}

/** Text in one of the 256 colours of the terminal's palette. */
export function rgb8(str: string, color: number): string {
  return wrap(str, `38;5;${byte(color)}`, 39);
}

/** Text on one of the 256 colours of the terminal's palette. */
export function bgRgb8(str: string, color: number): string {
  return wrap(str, `48;5;${byte(color)}`, 49);
}

/**
 * Text in any colour, as `0xRRGGBB` or by its parts.
 *
 * @example
 * ```ts
 * import { getColorEnabled, rgb24 } from "@std/fmt/colors";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(rgb24("a", 0xff8000), getColorEnabled() ? "\x1b[38;2;255;128;0ma\x1b[39m" : "a");
 * ```
 */
export function rgb24(str: string, color: number | Rgb): string {
  return wrap(str, `38;2;${parts(color)}`, 39);
}

/** Text on any colour, as `0xRRGGBB` or by its parts. */
export function bgRgb24(str: string, color: number | Rgb): string {
  return wrap(str, `48;2;${parts(color)}`, 49);
}

/**
 * The text without its escape codes.
 *
 * @example
 * ```ts
 * import { red, stripAnsiCode } from "@std/fmt/colors";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(stripAnsiCode(red("loss")), "loss");
 * ```
 */
export function stripAnsiCode(string: string): string {
  return stripVTControlCharacters(string);
}

function parts(color: number | Rgb): string {
  const { r, g, b } = typeof color === "number"
    ? { r: (color >> 16) & 0xff, g: (color >> 8) & 0xff, b: color & 0xff }
    : color;
  return `${byte(r)};${byte(g)};${byte(b)}`;
}

function byte(value: number): number {
  return Math.trunc(Math.min(255, Math.max(0, value)));
}
