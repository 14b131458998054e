/** Shows one image: gray or color, from a tensor or from bytes. */
import { expectNumbers } from "../tensor/expect_number.ts";
import { brief } from "./expect_tensor.ts";
import { gridSvg, gridText } from "./grid.ts";
import { Picture } from "./picture.ts";
import { type Plane, rangeOf } from "./plane.ts";
import { isNumbers, isTensorLike, type TensorLike } from "./tensor_like.ts";

/** How to read and label an image. */
export interface ImageOptions {
  /** Pixels in a row, for bytes without a shape; by default the image is square. */
  width?: number;
  /** Rows, for bytes without a shape. */
  height?: number;
  /** The number that is black; by default 0, or the smallest number if that is negative. */
  low?: number;
  /** The number that is white; by default 1, 255 for bytes, or the largest number. */
  high?: number;
  /** A line above it. */
  title?: string;
  /** A line below it. */
  caption?: string;
}

/**
 * One image: `[H, W]`, `[1, H, W]`, `[3, H, W]` (red, green, blue), any of these with leading ones, or bytes, row by
 * row.
 *
 * @throws {RangeError} If the numbers do not make one image.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * const cross = image({ shape: [4, 4], data: [1, 0, 0, 1, 0, 1, 1, 0, 0, 1, 1, 0, 1, 0, 0, 1] });
 * assertEquals(cross.text().split("\n"), ["@@    @@", "  @@@@", "  @@@@", "@@    @@"]);
 * ```
 */
export function image(pixels: TensorLike | ArrayLike<number>, options: ImageOptions = {}): Picture {
  const { width, height, low, high } = options;
  expectNumbers("image", { width, height, low, high });
  const plane = imagePlane(pixels, options);
  const grid = { head: options.title === undefined ? [] : [options.title] };
  const tiles = [{ plane, caption: options.caption }];
  const label = options.title ?? options.caption ?? `an image of ${plane.width} × ${plane.height} pixels`;
  return new Picture({ text: (screen) => gridText(tiles, screen, grid), svg: () => gridSvg(tiles, label, grid) });
}

function imagePlane(pixels: TensorLike | ArrayLike<number>, options: ImageOptions): Plane {
  const tensor = isTensorLike(pixels) ? pixels : { shape: shapeOf(pixels, options), data: pixels };
  let shape = tensor.shape;
  while (shape.length > 3 && shape[0] === 1) shape = shape.slice(1);
  if (shape.length === 2) shape = [1, ...shape];
  const [channels, height, width] = shape;
  if (shape.length !== 3 || (channels !== 1 && channels !== 3) || height < 1 || width < 1) {
    throw new RangeError(
      `image takes [H, W], [1, H, W] or [3, H, W] and got [${tensor.shape.join(", ")}]: take one image out, or show ` +
        `several with digits`,
    );
  }
  const { low, high } = rangeOf(tensor.data, "ink");
  const values = tensor.data;
  return { width, height, channels, values, palette: "ink", low: options.low ?? low, high: options.high ?? high };
}

function shapeOf(pixels: unknown, { width, height }: ImageOptions): number[] {
  if (!isNumbers(pixels)) {
    throw new TypeError(`image takes a tensor or a list of numbers and got ${brief(pixels)}`);
  }
  const { length } = pixels;
  width ??= height === undefined ? Math.sqrt(length) : length / height;
  height ??= length / width;
  if (Number.isInteger(width) && Number.isInteger(height) && width * height === length) return [height, width];
  throw new RangeError(
    `image got ${length} numbers, which make no picture of ${width.toFixed(1)} × ${
      height.toFixed(1)
    }: give width and ` +
      `height whose product is ${length}`,
  );
}
