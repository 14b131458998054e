/** wrap: breaks lines between words, and takes their colors to the next row. */

import { graphemesOf } from "../../text/graphemes.ts";
import { NARROW } from "../../text/narrow.ts";
import { ESCAPES } from "../../text/strip_ansi.ts";
import { graphemeWidth, visibleWidth } from "../../text/visible_width.ts";
import { Pen } from "./pen.ts";

/** How lines are broken. */
interface WrapOptions {
  /** Whether a word that is wider than a row is broken, too; otherwise it sticks out. */
  readonly hard?: boolean;
  /** Whether spaces at both ends of a row are left out. True by default. */
  readonly trim?: boolean;
}

/** What stands between two spaces: its text with escape codes, and its pieces without and with them. */
interface Word {
  readonly pieces: { readonly text: string; readonly code: boolean }[];
  width: number;
}

/**
 * The text in rows of at most this many columns. Each row ends the colors that it has, and the next one begins them again.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * assertEquals(wrap("one two three", 7), "one two\nthree");
 * assertEquals(wrap("\x1b[31mone two\x1b[39m", 5), "\x1b[31mone\x1b[39m\n\x1b[31mtwo\x1b[39m");
 * ```
 */
export function wrap(text: string, columns: number, options: WrapOptions = {}): string {
  return text.split("\n").map((line) => wrapLine(line, columns, options)).join("\n");
}

function wrapLine(line: string, columns: number, { hard = false, trim = true }: WrapOptions): string {
  const rows: string[] = [], pen = new Pen();
  let [row, width, spaces] = ["", 0, 0]; // the spaces before the next word, if it comes into the same row
  const breakRow = (): void => {
    rows.push(row + pen.end);
    [row, width, spaces] = [String(pen), 0, 0];
  };
  const put = (text: string, wide: number): void => {
    row += " ".repeat(spaces) + text;
    [width, spaces] = [width + spaces + wide, 0];
  };
  const putCode = (code: string): void => {
    row += code;
    if (code.endsWith("m")) pen.apply(code.slice(code.startsWith("\x1b") ? 2 : 1, -1));
  };
  for (const [i, word] of wordsOf(line).entries()) {
    if (i > 0) {
      if (!trim && width + spaces >= columns) breakRow();
      if (!trim || width > 0) spaces++;
      if (!trim) put("", 0);
    }
    const long = hard && word.width > columns;
    if (
      long ? fewerRowsBelow(word.width, columns, width + spaces) : width > 0 && width + spaces + word.width > columns
    ) {
      if (word.width > 0) breakRow();
    }
    const certain = long ? width + spaces + 2 <= columns : word.width > 0; // a row may still break before a long word
    if (certain) put("", 0); // the spaces come before the colors of the word
    for (const { text, code } of word.pieces) {
      if (code) putCode(text);
      else if (!long) put(text, visibleWidth(text));
      else {
        for (const part of NARROW.test(text) ? text : graphemes(text)) {
          const wide = part.length === 1 ? visibleWidth(part) : graphemeWidth(part);
          if (wide > 0 && width > 0 && width + spaces + wide > columns) breakRow();
          put(part, wide);
        }
      }
    }
  }
  return [...rows, row].join("\n");
}

/** Whether a long word needs fewer rows if it begins in the next one. */
function fewerRowsBelow(width: number, columns: number, taken: number): boolean {
  return Math.floor((width - 1) / columns) < 1 + Math.floor((width - (columns - taken) - 1) / columns);
}

function* graphemes(text: string): Iterable<string> {
  for (const { segment } of graphemesOf(text)) yield segment;
}

/** The words of a line. A space inside an escape code does not separate any. */
function wordsOf(line: string): Word[] {
  const words: Word[] = [{ pieces: [], width: 0 }];
  const plain = (text: string): void => {
    for (const [i, part] of text.split(" ").entries()) {
      if (i > 0) words.push({ pieces: [], width: 0 });
      if (part !== "") words.at(-1)!.pieces.push({ text: part, code: false });
    }
  };
  let at = 0;
  for (const { 0: code, index } of line.matchAll(ESCAPES)) {
    if (index > at) plain(line.slice(at, index));
    words.at(-1)!.pieces.push({ text: code, code: true });
    at = index + code.length;
  }
  if (at < line.length) plain(line.slice(at));
  for (const word of words) {
    for (const { text, code } of word.pieces) if (!code) word.width += visibleWidth(text);
  }
  return words;
}
