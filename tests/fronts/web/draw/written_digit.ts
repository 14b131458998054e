// A digit that the stroke generator of `data` writes, as strokes on the pad.
import { digitLines } from "../../../../data/digit_lines.ts";
import type { PadPoint } from "../../../../lib/fronts/web/draw/drawing.ts";
import type { Random } from "../../../../lib/tensor/random.ts";

/** Where on the pad a digit is written, in parts of its side. */
export interface Place {
  /** The middle of the digit. */
  x: number;
  y: number;
  /** The longer side of its box. */
  size: number;
}

/** A large digit in the middle. */
export const LARGE: Place = { x: 0.5, y: 0.5, size: 0.7 };

/** The points of each stroke. */
export function writtenDigit(digit: number, random: Random, { x, y, size }: Place): PadPoint[][] {
  const lines = digitLines(digit, random);
  const [left, right] = extent(lines, 0), [top, bottom] = extent(lines, 1);
  const scale = size / Math.max(right - left, bottom - top);
  return lines.map((line) =>
    Array.from({ length: line.length / 2 }, (_, i): PadPoint => [
      x + scale * (line[2 * i] - (left + right) / 2),
      y + scale * (line[2 * i + 1] - (top + bottom) / 2),
    ])
  );
}

function extent(lines: readonly Float64Array[], axis: number): [number, number] {
  const values = lines.flatMap((line) => Array.from(line).filter((_, i) => i % 2 === axis));
  return [Math.min(...values), Math.max(...values)];
}
