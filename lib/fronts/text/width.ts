/** Measures how much room text takes on a screen. */

import stringWidth from "string-width";

/** How many rows a text takes, including an unfinished last row. */
export function rowsOf(text: string, columns: number): number {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines.reduce((rows, line) => rows + Math.max(1, Math.ceil(stringWidth(line) / columns)), 0);
}

/** The start of a line, no wider than `columns`; the line may contain colors. */
export function cut(text: string, columns: number): string {
  if (stringWidth(text) <= columns) return text;
  let result = "";
  let width = 0;
  // deno-lint-ignore no-control-regex
  for (const [piece] of text.matchAll(/\x1b\[[\d;]*m|[\s\S]/gu)) {
    const wide = piece.startsWith("\x1b") ? 0 : stringWidth(piece);
    if (width + wide > columns - 1) return result + "…\x1b[0m";
    result += piece;
    width += wide;
  }
  return result;
}
