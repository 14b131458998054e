/** mnistImage: brings ink of any size to 28 × 28, as MNIST's makers did it. */

/** The height and width of an image of MNIST. */
export const SIDE = 28;
/** The longest side of the ink in it. */
const INK = 20;
/** The row and the column of its center of mass. */
const CENTER = 14;

/** A gray picture: rows of numbers from 0 for paper to 1 for ink. */
export interface Ink {
  readonly width: number;
  readonly height: number;
  /** height × width numbers, row by row. */
  readonly data: ArrayLike<number>;
}

/** The columns and rows that hold ink; the last ones count. */
interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * The ink as an image of MNIST: its box is scaled until its longest side is 20 pixels, each of which is the mean of the
 * area that it covers. Then it is moved by whole pixels until its center of mass is within half a pixel of row 14,
 * column 14, but never so far that ink is lost.
 *
 * @param ink A picture of any size.
 * @returns 28 × 28 numbers in 0…1, row by row; undefined for an empty sheet.
 *
 * @example A square becomes a square of 20 × 20, however small it was
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const image = mnistImage({ width: 3, height: 2, data: [0, 1, 1, 0, 1, 1] })!;
 * assertEquals(Math.round(image.reduce((sum, v) => sum + v)), 400);
 * ```
 */
export function mnistImage(ink: Ink): Float32Array<ArrayBuffer> | undefined {
  const box = boxOf(ink);
  if (!box) return undefined;
  const scaled = scaleToInk(ink, box);
  const [row, column] = centerOfMass(scaled);
  const top = shift(CENTER - row, scaled.height);
  const left = shift(CENTER - column, scaled.width);
  const image = new Float32Array(SIDE * SIDE);
  for (let y = 0; y < scaled.height; y++) {
    for (let x = 0; x < scaled.width; x++) {
      image[(top + y) * SIDE + left + x] = scaled.data[y * scaled.width + x];
    }
  }
  return image;
}

/** The smallest box around everything that is not paper; undefined for an empty sheet. */
export function boxOf({ width, height, data }: Ink): Box | undefined {
  let [left, right, top, bottom] = [width, -1, height, -1];
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      if (data[at] === 0) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
    }
  }
  return right < 0 ? undefined : { left, right, top, bottom };
}

/** The mean row and column of the ink, each pixel weighted by its ink. */
export function centerOfMass({ width, height, data }: Ink): [row: number, column: number] {
  let [sum, rows, columns] = [0, 0, 0];
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      sum += data[at];
      rows += y * data[at];
      columns += x * data[at];
    }
  }
  return [rows / sum, columns / sum];
}

/** The ink in its box, scaled to 20 pixels on its longest side; the shorter side keeps its proportion exactly. */
function scaleToInk(ink: Ink, { left, right, top, bottom }: Box): Ink & { data: Float64Array } {
  const [boxWidth, boxHeight] = [right - left + 1, bottom - top + 1];
  const step = Math.max(boxWidth, boxHeight) / INK; // how many old pixels a new one covers
  const [width, height] = [boxWidth, boxHeight].map((side) => Math.min(INK, Math.ceil(side / step - 1e-9)));
  const data = new Float64Array(width * height);
  // The mean over an area is a mean over columns of means over rows
  const narrow = new Float64Array(width * boxHeight);
  for (let x = 0; x < width; x++) {
    eachCovered(x * step, step, boxWidth, (from, share) => {
      for (let y = 0; y < boxHeight; y++) {
        narrow[y * width + x] += share * ink.data[(top + y) * ink.width + left + from];
      }
    });
  }
  for (let y = 0; y < height; y++) {
    eachCovered(y * step, step, boxHeight, (from, share) => {
      for (let x = 0; x < width; x++) data[y * width + x] += share * narrow[from * width + x];
    });
  }
  return { width, height, data };
}

/** Visits what a new pixel covers of the old ones, with the share that each has in its mean. */
function eachCovered(start: number, step: number, side: number, visit: (from: number, share: number) => void): void {
  const end = start + step;
  for (let from = Math.floor(start); from < Math.min(end, side); from++) {
    const covered = Math.min(end, from + 1) - Math.max(start, from);
    if (covered > 0) visit(from, covered / step);
  }
}

/** The whole number of pixels to move, so that all of the ink stays in the image. */
function shift(by: number, side: number): number {
  return Math.max(0, Math.min(SIDE - side, Math.round(by)));
}
