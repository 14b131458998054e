/** sideBySide: an answer and the right one next to each other, with the wrong numbers marked. */
import { type NumberPart, tellingIndices } from "./compare.ts";

/** No more rows than this are shown, and no wider blocks: a reply is read, not studied. */
const [mostRows, mostWidth] = [10, 76];

/**
 * The lines of two blocks of text, next to each other or, if they are wide, one below the other; undefined for single
 * numbers and for what has more than three axes. A wrong number has a `!` after it.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const got = { shape: [2, 2], numbers: [1, 2, 3, 5] }, expected = { shape: [2, 2], numbers: [1, 2, 3, 4] };
 * assertEquals(sideBySide(got, expected, 1e-5), ["  yours   expected", "  1  2    1  2", "  3  5!   3  4"]);
 * ```
 */
export function sideBySide(got: NumberPart, expected: NumberPart, tolerance: number): string[] | undefined {
  const rank = expected.shape.length;
  if (rank === 0 || rank > 3 || got.numbers.length === 0) return undefined;
  const [left, right] = [block(got, tellingIndices(got, expected, tolerance)), block(expected, [])];
  const width = Math.max("yours".length, ...left.map((line) => line.length));
  if (width + Math.max(...right.map((line) => line.length)) > mostWidth - 3) {
    return ["  yours", ...left.map((line) => `  ${line}`), "  expected", ...right.map((line) => `  ${line}`)];
  }
  const lines = Array.from(
    { length: Math.max(left.length, right.length) },
    (_, i) => `  ${(left[i] ?? "").padEnd(width)}   ${right[i] ?? ""}`.trimEnd(),
  );
  return [`  ${"yours".padEnd(width)}   expected`, ...lines];
}

/** The numbers of a part, a row to a line; an empty line between the planes of a tensor with three axes. */
function block({ shape, numbers }: NumberPart, wrong: readonly number[]): string[] {
  const marked = new Set(wrong),
    columns = Math.max(1, shape.at(-1) ?? 1),
    plane = shape.length === 3 ? shape[1] : Infinity;
  const rows = Math.ceil(numbers.length / columns), shown = Math.min(rows, mostRows);
  const text = (i: number) => `${short(numbers[i])}${marked.has(i) ? "!" : " "}`;
  const lines = Array.from({ length: shown }, () => "");
  for (let column = 0; column < Math.min(columns, numbers.length); column++) {
    const cells = lines.map((_, row) => text(row * columns + column)),
      width = Math.max(...cells.map((cell) => cell.length));
    if (lines[0].length + width + 3 > mostWidth) {
      lines.forEach((line, row) => lines[row] = `${line} …`);
      break;
    }
    lines.forEach((line, row) => lines[row] = `${line}${column > 0 ? " " : ""}${cells[row].padStart(width)}`);
  }
  const planes = lines.flatMap((line, row) => row > 0 && row % plane === 0 ? ["", line.trimEnd()] : [line.trimEnd()]);
  return shown < rows ? [...planes, "…"] : planes;
}

/** A number with three digits. */
function short(value: number): string {
  return String(Number.isInteger(value) ? value : Number(value.toPrecision(3))).replace("Infinity", "∞");
}
