/** Shows a matrix as colors with zero in the middle, so that the sign stands out. */
import { expectNumbers } from "../tensor/expect_number.ts";
import { type Cell, type CellsOptions, cellsSvg, cellsText } from "./cells.ts";
import { ink } from "./color.ts";
import { expectTensor } from "./expect_tensor.ts";
import { formatColumn, formatNumber } from "./format.ts";
import { gridSvg, gridText, type Tile } from "./grid.ts";
import { Picture } from "./picture.ts";
import { colorAt, type Palette, paletteFor, type Plane, rangeOf } from "./plane.ts";
import type { Screen } from "./screen.ts";
import { sizeOf, statistics, type TensorLike } from "./tensor_like.ts";

/** How to color and label a heat map. */
export interface HeatmapOptions {
  /** A line above it. */
  title?: string;
  /** "diverging" (blue, white at zero, red) for signed numbers, "ink" (black to white) for others, by default. */
  palette?: Palette;
  /** The absolute value that gets the full color. */
  limit?: number;
  /** The labels of the rows. */
  rows?: readonly string[];
  /** The labels of the columns. */
  columns?: readonly string[];
  /** How many maps of a tensor with more than two axes to show; 16 by default. */
  maps?: number;
}

/**
 * A heat map of a matrix, of a row of numbers, or of the first few matrices of a tensor with more axes. A small matrix
 * shows its numbers, too.
 *
 * @throws {TypeError} If it is not a tensor.
 * @throws {RangeError} If there are no numbers.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * const edges = heatmap({ shape: [1, 3], data: [-1, 0, 1] }, { title: "An edge filter" });
 * assertStringIncludes(edges.svg()!, "An edge filter");
 * ```
 */
export function heatmap(tensor: TensorLike, options: HeatmapOptions = {}): Picture {
  expectTensor(tensor, "heatmap");
  expectNumbers("heatmap", { limit: options.limit, maps: options.maps });
  const { shape, data } = tensor;
  if (data.length === 0) {
    throw new RangeError(`heatmap takes at least one number and got the shape [${shape.join(", ")}]`);
  }
  const palette = options.palette ?? paletteFor(data);
  const range = options.limit === undefined
    ? rangeOf(data, palette)
    : { low: palette === "diverging" ? -options.limit : 0, high: options.limit };
  const maps = planesOf(tensor, palette, range, options.maps ?? 16);
  const head = options.title === undefined ? [] : [options.title];
  const label = options.title ?? `a heat map of [${shape.join(", ")}]`;
  const { min, max, nan } = statistics(data);
  const foot = [
    `min ${formatNumber(min)}  max ${formatNumber(max)}` + (nan > 0 ? `  NaN ${nan}` : "") +
    (maps.length < maps.total ? `  ·  ${maps.length} of ${maps.total.toLocaleString("en-US")} maps` : ""),
  ];
  const [only] = maps;
  if (maps.length === 1 && only.plane.width <= 10 && only.plane.height <= 16) {
    const cells = cellsOf(only.plane);
    const around: CellsOptions = { head, rows: options.rows, columns: options.columns };
    return new Picture({
      text: (screen) => cellsText(cells, screen, around),
      svg: () => cellsSvg(cells, label, { ...around, foot: scaleNote(palette, foot) }),
    });
  }
  return new Picture({
    text: (screen) => gridText(maps, screen, { head, foot: [...legend(palette, range, screen), ...foot] }),
    svg: () => gridSvg(maps, label, { head, foot: scaleNote(palette, foot) }),
  });
}

/** Each matrix of a tensor as a tile; if there are several, the index is the caption. */
export function planesOf(
  { shape, data }: TensorLike,
  palette: Palette,
  range: { low: number; high: number },
  limit: number,
): Tile[] & { total: number } {
  const [height, width] = shape.length >= 2 ? shape.slice(-2) : [1, shape[0] ?? 1];
  const leading = shape.slice(0, -2);
  const total = sizeOf(leading);
  const tiles = Array.from({ length: Math.min(total, limit) }, (_, i): Tile => {
    const values = Float64Array.from({ length: height * width }, (_, j) => data[i * height * width + j]);
    const plane: Plane = { width, height, channels: 1, values, palette, ...range };
    return total > 1 ? { plane, caption: `[${indexOf(i, leading).join(", ")}]` } : { plane };
  });
  return Object.assign(tiles, { total });
}

/** The index along each axis of the i-th element, row-major. */
export function indexOf(i: number, shape: readonly number[]): number[] {
  const index: number[] = [];
  for (const size of [...shape].reverse()) {
    index.unshift(i % size);
    i = Math.floor(i / size);
  }
  return index;
}

function cellsOf(plane: Plane): Cell[][] {
  const texts = formatColumn(plane.values);
  return Array.from({ length: plane.height }, (_, y) =>
    Array.from({ length: plane.width }, (_, x) => ({
      text: texts[y * plane.width + x],
      color: colorAt(plane, x, y),
    })));
}

// A strip of colors with the numbers at its ends; text without colors has a legend in words.
function legend(palette: Palette, { low, high }: { low: number; high: number }, screen: Screen): string[] {
  const ends = [formatNumber(low, 3), formatNumber(high, 3)];
  if (screen.colors === "none") {
    return palette === "diverging"
      ? [`9 is ${ends[1]}, -9 is ${ends[0]}, · is about zero`]
      : [`space is ${ends[0]}, @ is ${ends[1]}`];
  }
  const steps = 16;
  const values = Float64Array.from({ length: steps }, (_, i) => low + (high - low) * i / (steps - 1));
  const plane: Plane = { width: steps, height: 1, channels: 1, values, palette, low, high };
  const strip = Array.from({ length: steps }, (_, x) => ink(screen, colorAt(plane, x, 0), "█")).join("");
  return [`${ends[0]} ${strip} ${ends[1]}`];
}

function scaleNote(palette: Palette, foot: readonly string[]): string[] {
  return palette === "diverging" ? [`${foot[0]}  ·  blue below zero, red above`] : [...foot];
}
