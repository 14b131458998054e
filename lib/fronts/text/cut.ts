/** Cuts a line at the edge of the screen. */

import { graphemes } from "../../text/graphemes.ts";
import { graphemeWidth, visibleWidth } from "../../text/visible_width.ts";

/** The start of a line, no wider than `columns`; the line may contain colors. */
export function cut(text: string, columns: number): string {
  if (visibleWidth(text) <= columns) return text;
  let result = "";
  let width = 0;
  // deno-lint-ignore no-control-regex
  for (const piece of text.split(/(\x1b\[[\d;]*m)/)) {
    if (piece.startsWith("\x1b")) {
      result += piece;
      continue;
    }
    for (const { segment } of graphemes.segment(piece)) {
      width += graphemeWidth(segment);
      if (width > columns - 1) return result + "…\x1b[0m";
      result += segment;
    }
  }
  return result;
}
