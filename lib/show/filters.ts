/** Shows what a convolution looks for: each of its filters as an image. */
import { expectNumbers } from "../tensor/expect_number.ts";
import { expectTensor } from "./expect_tensor.ts";
import { gridSvg, gridText } from "./grid.ts";
import { planesOf } from "./heatmap.ts";
import { formatNumber } from "./format.ts";
import { Picture } from "./picture.ts";
import { rangeOf } from "./plane.ts";
import type { TensorLike } from "./tensor_like.ts";

/** How to show filters. */
export interface FiltersOptions {
  /** A line above them. */
  title?: string;
  /** How many to show; 16 by default. */
  limit?: number;
  /** How many to show in a row; as many as fit by default. */
  perRow?: number;
}

/**
 * The filters of a convolution, `[out, in, kh, kw]`: blue where a weight is negative, white at zero, red where it is
 * positive. All share one scale. The caption is the index `[out, in]`.
 *
 * @throws {TypeError} If it is not a tensor.
 * @throws {RangeError} If the shape does not have four axes.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * const weight = { shape: [2, 1, 1, 3], data: [-1, 0, 1, 1, 0, -1] };
 * assertStringIncludes(filters(weight).text(), "-9  ·  9");
 * ```
 */
export function filters(weight: TensorLike, { title, limit = 16, perRow }: FiltersOptions = {}): Picture {
  expectTensor(weight, "filters");
  expectNumbers("filters", { limit, perRow });
  const { shape, data } = weight;
  if (shape.length !== 4 || data.length === 0) {
    throw new RangeError(
      `filters takes the weight of a convolution, [out, in, kh, kw], and got [${shape.join(", ")}]: ` +
        `show other shapes with heatmap`,
    );
  }
  const range = rangeOf(data, "diverging");
  const tiles = planesOf(weight, "diverging", range, limit);
  const left = tiles.length < tiles.total ? `${tiles.length} of ${tiles.total.toLocaleString("en-US")} filters, ` : "";
  const foot = [`${left}[out, in]; full color is ±${formatNumber(range.high, 3)}; blue below zero, red above`];
  const plain = [`${left}[out, in]; 9 is ${formatNumber(range.high, 3)}, · is about zero`];
  const head = title === undefined ? [] : [title];
  return new Picture({
    text: (screen) => gridText(tiles, screen, { head, foot: screen.colors === "none" ? plain : foot, perRow }),
    svg: () => gridSvg(tiles, title ?? `filters [${shape.join(", ")}]`, { head, foot, perRow }),
  });
}
