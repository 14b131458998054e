/** Shows handwritten digits side by side, with their labels and the predictions of a network. */
import { expectNumbers } from "../tensor/expect_number.ts";
import { brief } from "./expect_tensor.ts";
import { gridSvg, gridText, type Tile } from "./grid.ts";
import { Picture } from "./picture.ts";
import { type Plane, rangeOf } from "./plane.ts";
import { isNumbers, isTensorLike, sizeOf, type TensorLike } from "./tensor_like.ts";

/** What to write below the digits, and how to lay them out. */
export interface DigitsOptions {
  /** The label of each digit. */
  labels?: ArrayLike<number | string>;
  /** The prediction for each digit: wrong ones are marked with ✗ and a frame. */
  predictions?: ArrayLike<number | string>;
  /** How many to show, from the first; 10 by default. */
  limit?: number;
  /** How many to show in a row; as many as fit by default. */
  perRow?: number;
  /** A line above them. */
  title?: string;
}

/**
 * A grid of images of 28 × 28 pixels: `[N, 1, 28, 28]`, `[N, 28, 28]`, `[N, 784]`, or bytes, 784 for each image. Other
 * sizes work with a shape of `[N, 1, H, W]` or `[N, H, W]`.
 *
 * @throws {RangeError} If the numbers do not make whole images, or there are fewer labels than images shown.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * const picture = digits(new Uint8Array(2 * 784), { labels: [7, 2], predictions: [7, 3] });
 * assertStringIncludes(picture.text(), "7 ✓");
 * assertStringIncludes(picture.text(), "✗ 3, is 2");
 * ```
 */
export function digits(images: TensorLike | ArrayLike<number>, options: DigitsOptions = {}): Picture {
  const { labels, predictions, limit = 10, perRow, title } = options;
  expectNumbers("digits", { limit, perRow });
  const { count, height, width, data } = imagesIn(images);
  const shown = Math.min(count, Math.max(0, limit));
  for (const [name, list] of [["labels", labels], ["predictions", predictions]] as const) {
    if (list && list.length < shown) {
      throw new RangeError(
        `digits takes ${name} for all ${shown} images and got ${list.length}: pass one for each image`,
      );
    }
  }
  const size = height * width;
  const { low, high } = rangeOf(first(data, shown * size), "ink");
  const tiles: Tile[] = Array.from({ length: shown }, (_, i) => {
    const values = Array.from({ length: size }, (_, j) => data[i * size + j]);
    const plane: Plane = { width, height, channels: 1, values, palette: "ink", low, high };
    return { plane, ...captionOf(labels?.[i], predictions?.[i]) };
  });
  const foot = shown < count ? [`${shown} of ${count.toLocaleString("en-US")} images`] : [];
  const grid = { head: title === undefined ? [] : [title], foot, perRow };
  const label = title ?? `${shown} images of ${width} × ${height} pixels`;
  return new Picture({ text: (screen) => gridText(tiles, screen, grid), svg: () => gridSvg(tiles, label, grid) });
}

// Copies no more than what is shown: the whole data set has 47 million pixels.
function first(data: ArrayLike<number>, length: number): ArrayLike<number> {
  return ArrayBuffer.isView(data) ? (data as Uint8Array).subarray(0, length) : Array.from(data).slice(0, length);
}

function captionOf(label?: number | string, prediction?: number | string): Pick<Tile, "caption" | "verdict"> {
  if (prediction === undefined) return label === undefined ? {} : { caption: String(label) };
  if (label === undefined) return { caption: `→ ${prediction}` };
  return String(label) === String(prediction)
    ? { caption: `${label} ✓`, verdict: "right" }
    : { caption: `✗ ${prediction}, is ${label}`, verdict: "wrong" };
}

function imagesIn(images: TensorLike | ArrayLike<number>): {
  count: number;
  height: number;
  width: number;
  data: ArrayLike<number>;
} {
  if (isTensorLike(images)) {
    const { shape, data } = images;
    const [n, ...rest] = shape.length === 2 && shape[1] !== 784 ? [1, ...shape] : shape;
    if (rest.length === 1 && rest[0] === 784) return { count: n, height: 28, width: 28, data };
    if (rest.length === 3 && rest[0] === 1) rest.shift();
    if (rest.length === 2 && sizeOf(rest) > 0) return { count: n, height: rest[0], width: rest[1], data };
    if (shape.length === 1 && shape[0] === 784) return { count: 1, height: 28, width: 28, data };
    throw new RangeError(
      `digits takes [N, 1, H, W], [N, H, W] or [N, 784] and got [${shape.join(", ")}]: reshape it, or use image`,
    );
  }
  if (!isNumbers(images)) throw new TypeError(`digits takes a tensor or bytes and got ${brief(images)}`);
  if (images.length % 784 !== 0) {
    throw new RangeError(`digits takes 784 bytes for each image (28 × 28) and got ${images.length} bytes`);
  }
  return { count: images.length / 784, height: 28, width: 28, data: images };
}
