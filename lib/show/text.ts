/** Text in a terminal: how many columns it takes, and how to truncate and pad it. */

// deno-lint-ignore no-control-regex -- these are what it looks for
const ESCAPES = /\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)/g;
const NO_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}\p{Cc}]+$/u;
const EMOJI = /^(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F|\p{Regional_Indicator}{2})/u;
// East Asian wide and full-width forms, by block: scripts, kana, Hangul, full-width Latin, and the ideographic planes.
const WIDE = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x1b000, 0x1b2ff],
  [0x20000, 0x3fffd],
];
const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** The text without its escape codes. */
export function stripAnsi(text: string): string {
  return text.includes("\x1b") ? text.replace(ESCAPES, "") : text;
}

/**
 * The columns that a line takes in a terminal: 2 for a wide character or an emoji, none for accents and escape codes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * assertEquals(visibleWidth("é ▀ ⠿"), 5);
 * assertEquals(visibleWidth("\x1b[31m数字\x1b[0m"), 4);
 * ```
 */
export function visibleWidth(line: string): number {
  const text = stripAnsi(line);
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += graphemeWidth(segment);
  return width;
}

function graphemeWidth(grapheme: string): number {
  const code = grapheme.codePointAt(0)!;
  if (code >= 0x20 && code < 0x7f) return 1;
  if (NO_WIDTH.test(grapheme)) return 0;
  if (code >= 0x1100 && WIDE.some(([from, to]) => code >= from && code <= to)) return 2;
  return EMOJI.test(grapheme) ? 2 : 1;
}

/** Truncates a line to a width, with … at its end. A truncated line loses its escape codes. */
export function truncate(line: string, width: number): string {
  if (visibleWidth(line) <= width) return line;
  if (width < 1) return "";
  let kept = "";
  let used = 0;
  for (const { segment } of graphemes.segment(stripAnsi(line))) {
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
