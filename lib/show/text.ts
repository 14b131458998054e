/** Lines of text in a terminal: how to truncate, pad and arrange them. */
import { graphemesOf } from "../text/graphemes.ts";
import { stripAnsi } from "../text/strip_ansi.ts";
import { graphemeWidth, visibleWidth } from "../text/visible_width.ts";

/** Truncates a line to a width, with … at its end. A truncated line loses its escape codes. */
export function truncate(line: string, width: number): string {
  if (visibleWidth(line) <= width) return line;
  if (width < 1) return "";
  let kept = "";
  let used = 0;
  for (const { segment } of graphemesOf(stripAnsi(line))) {
    const next = graphemeWidth(segment);
    if (used + next > width - 1) break;
    kept += segment;
    used += next;
  }
  return kept + "…";
}

/** Pads a line with spaces on the right, to a width. */
export function padEnd(line: string, width: number): string {
  return line + " ".repeat(Math.max(0, width - visibleWidth(line)));
}

/** Pads a line with spaces on the left, to a width. */
export function padStart(line: string, width: number): string {
  return " ".repeat(Math.max(0, width - visibleWidth(line))) + line;
}

/** Pads a line with spaces on both sides, to a width. */
export function center(line: string, width: number): string {
  const missing = Math.max(0, width - visibleWidth(line));
  return " ".repeat(missing >> 1) + line + " ".repeat(missing - (missing >> 1));
}

/** Lays out blocks of lines side by side; blocks that do not fit go below. */
export function flow(blocks: readonly (readonly string[])[], columns: number, gap = 2): string[] {
  const lines: string[] = [];
  let row: (readonly string[])[] = [];
  let used = 0;
  const flush = () => {
    if (row.length === 0) return;
    if (lines.length > 0) lines.push("");
    const widths = row.map((block) => Math.max(0, ...block.map(visibleWidth)));
    const height = Math.max(...row.map((block) => block.length));
    for (let y = 0; y < height; y++) {
      lines.push(row.map((block, i) => padEnd(block[y] ?? "", widths[i])).join(" ".repeat(gap)).trimEnd());
    }
    row = [];
    used = 0;
  };
  for (const block of blocks) {
    const width = Math.max(0, ...block.map(visibleWidth));
    if (row.length > 0 && used + gap + width > columns) flush();
    used += (row.length > 0 ? gap : 0) + width;
    row.push(block);
  }
  flush();
  return lines;
}
