/** sideBySide: an answer and the right one next to each other, with the wrong numbers marked. */
import type { NumberPart } from "./compare.ts";
import { tellingIndices } from "./compare.ts";

/** No more rows and columns than this are shown; a reply is read, not studied. */
const [mostRows, mostWidth] = [10, 34];

/**
 * Two blocks of text next to each other, and whether everything fits; undefined for single numbers and what has more than
 * two axes. Wrong numbers have a `!` after them.
 */
export function sideBySide(got: NumberPart, expected: NumberPart, tolerance: number): string[] | undefined {
  const rank = expected.shape.length;
  if (rank === 0 || rank > 3 || got.numbers.length === 0) return undefined;
  const [left, right] = [block(got, tellingIndices(got, expected, tolerance)), block(expected, [])];
  const width = Math.max("yours".length, ...left.map((line) => line.length));
  const lines = Array.from(
    { length: Math.max(left.length, right.length) },
    (_, i) => `  ${(left[i] ?? "").padEnd(width)}   ${right[i] ?? ""}`.trimEnd(),
  );
  return [`  ${"yours".padEnd(width)}   expected`, ...lines];
}

/** The numbers of a part, a row to a line; an empty line between the planes of a tensor with three axes. */
function block({ shape, numbers }: NumberPart, wrong: readonly number[]): string[] {
  const marked = new Set(wrong), columns = shape.at(-1) ?? 1, rows = columns === 0 ? 0 : numbers.length / columns;
  const texts = Array.from(numbers, (value, i) => `${short(value)}${marked.has(i) ? "!" : " "}`);
  const cell = Math.max(...texts.map((text) => text.length)), fit = Math.max(1, Math.floor(mostWidth / (cell + 1)));
  const lines: string[] = [], plane = shape.length === 3 ? shape[1] : Infinity;
  for (let row = 0; row < rows; row++) {
    if (row > 0 && row % plane === 0) lines.push("");
    const line = texts.slice(row * columns, row * columns + Math.min(columns, fit)).map((text) => text.padStart(cell));
    lines.push(line.join(" ").trimEnd() + (columns > fit ? " …" : ""));
  }
  return lines.length > mostRows ? [...lines.slice(0, mostRows), "…"] : lines;
}

function short(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return String(Number(value.toPrecision(3))).replace("Infinity", "∞");
}
