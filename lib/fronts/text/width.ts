/**
 * How much room text takes at most on a screen. `visibleWidth` is the one measure of width; what is redrawn in place needs a
 * bound on it, because terminals do not agree on emoji and rare scripts.
 */

import { graphemesOf } from "../../text/graphemes.ts";
import { NARROW } from "../../text/narrow.ts";
import { Pen, RESET } from "./pen.ts";

// deno-lint-ignore no-control-regex
const COLORS = /\x1b\[[\d;:]*m/g;
// deno-lint-ignore no-control-regex
const PIECE = /\x1b\[([\d;:]*)m|([^\x1b]+)/g;

/**
 * The most columns that a line can take. Terminals do not agree on emoji, marks and rare scripts; a line at most this wide fits in
 * all of them.
 */
export function mostColumns(line: string): number {
  const text = uncolored(line);
  if (NARROW.test(text)) return text.length;
  let columns = 0;
  for (const character of text) columns += mostOf(character);
  return columns;
}

function mostOf(character: string): number {
  if (NARROW.test(character) || character === "\ufe0f") return 1; // the latter makes the one before it wide
  return character === "\u200d" || (character >= "\u0300" && character <= "\u036f") ? 0 : 2;
}

function uncolored(text: string): string {
  return text.includes("\x1b") ? text.replace(COLORS, "") : text;
}

/** How many rows a text takes, including an unfinished last row. */
export function mostRows(text: string, columns: number): number {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines.reduce((rows, line) => rows + Math.max(1, Math.ceil(mostColumns(line) / columns)), 0);
}

/**
 * The text with a line break wherever terminals may not agree on where a row ends. Other long lines are left to the terminal, which can then
 * wrap them again when its width changes.
 */
export function withCertainRows(text: string, columns: number): string {
  return text.split("\n").map((line) => {
    const plain = uncolored(line);
    return NARROW.test(plain) || mostColumns(plain) <= columns ? line : intoRows(line, columns).join("\n");
  }).join("\n");
}

/** The rows of a line. Each has its own colors. */
export function intoRows(line: string, columns: number): string[] {
  if (NARROW.test(line)) return line.match(new RegExp(`.{1,${columns}}`, "g")) ?? [""];
  const rows: string[] = [];
  const pen = new Pen();
  let row = "";
  let width = 0;
  const put = (piece: string, wide: number): void => {
    if (width > 0 && width + wide > columns) {
      rows.push(pen.plain ? row : row + RESET);
      row = String(pen);
      width = 0;
    }
    row += piece;
    width += wide;
  };
  for (const [, parameters, text] of line.matchAll(PIECE)) {
    if (text === undefined) row += pen.apply(parameters);
    else if (NARROW.test(text)) { for (const character of text) put(character, 1); }
    else {
      for (const { segment } of graphemesOf(text)) {
        const wide = mostColumns(segment);
        if (wide <= columns) put(segment, wide);
        else for (const character of segment) put(character, mostOf(character));
      }
    }
  }
  return [...rows, row];
}

/** The start of a line, no wider than `columns`; the line may contain colors, and no character of several parts is torn apart. */
export function cut(text: string, columns: number): string {
  if (mostColumns(text) <= columns) return text;
  let result = "";
  let width = 0;
  for (const [code, , words] of text.matchAll(PIECE)) {
    if (words === undefined) {
      result += code;
      continue;
    }
    for (const { segment } of graphemesOf(words)) {
      width += mostColumns(segment);
      if (width > columns - 1) return result + "…\x1b[0m";
      result += segment;
    }
  }
  return result;
}
