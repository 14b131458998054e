/** Shows a convolution at work: the window slides over the image, and each stop gives one number of the output. */
import { expectInteger, refusal } from "../tensor/expect_number.ts";
import { type Cell, type CellsOptions, cellsSvg, cellsText } from "./cells.ts";
import { diverging } from "./color.ts";
import { expectTensor } from "./expect_tensor.ts";
import { formatColumn, formatNumber } from "./format.ts";
import { Picture } from "./picture.ts";
import type { Screen } from "./screen.ts";
import { SVG_WIDTH, svgDocument } from "./svg.ts";
import { flow, truncate } from "./text.ts";
import type { TensorLike } from "./tensor_like.ts";

/** How the window slides. */
export interface SlideOptions {
  /** How far it moves with each step; 1 by default. */
  stride?: number;
  /** How many zeros surround the image on each side; 0 by default. */
  padding?: number;
  /** Which stops to show, counted from 0, negative ones from the end; [0, 1, -1] by default. */
  stops?: readonly number[];
}

interface Matrix {
  readonly rows: number;
  readonly columns: number;
  at(y: number, x: number): number;
}

interface Walk {
  readonly image: Matrix;
  readonly kernel: Matrix;
  readonly output: Matrix;
  readonly stride: number;
  readonly padding: number;
}

// With more numbers than this in a row, only the part around the window is shown.
const MAX_SHOWN = 9;

/**
 * A convolution as networks compute it (the kernel is not flipped), stop by stop: the image with the window in
 * brackets, the window times the kernel, and the output up to this stop. Image and kernel are `[H, W]`, with or without
 * leading ones.
 *
 * @throws {TypeError} If one of them is not a tensor.
 * @throws {RangeError} If the kernel is larger than the image, or a stop does not exist.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * const image = { shape: [3, 3], data: [1, 2, 3, 4, 5, 6, 7, 8, 9] };
 * const kernel = { shape: [2, 2], data: [1, 0, 0, -1] };
 * const text = slide(image, kernel, { stops: [0] }).text();
 * assertStringIncludes(text, "stop 1 of 4: row 0, column 0");
 * assertStringIncludes(text, "sum -4");
 * ```
 */
export function slide(image: TensorLike, kernel: TensorLike, options: SlideOptions = {}): Picture {
  const walk = walkOf(image, kernel, options);
  const count = walk.output.rows * walk.output.columns;
  const stops = [
    ...new Set(
      (options.stops ?? [0, 1, -1].filter((stop) => stop < count)).map((stop) => stop < 0 ? stop + count : stop),
    ),
  ];
  for (const stop of stops) {
    if (!Number.isInteger(stop) || stop < 0 || stop >= count) {
      throw refusal(`slide takes stops from 0 to ${count - 1}`, stop);
    }
  }
  return new Picture({
    text: (screen) => stops.flatMap((stop, i) => [...(i > 0 ? [""] : []), ...frameText(walk, stop, screen)]),
    svg: () => framesSvg(walk, stops),
    // In a front end where a key goes from stop to stop, the window visits all of them, unless some are given.
    frames: options.stops
      ? { count: stops.length, text: (i, screen) => frameText(walk, stops[i], screen) }
      : { count, text: (i, screen) => frameText(walk, i, screen) },
  });
}

function walkOf(image: TensorLike, kernel: TensorLike, { stride = 1, padding = 0 }: SlideOptions): Walk {
  for (const [name, value, min] of [["stride", stride, 1], ["padding", padding, 0]] as const) {
    expectInteger("slide", name, value, min);
  }
  const [inner, weights] = [matrixOf("image", image), matrixOf("kernel", kernel)];
  const padded: Matrix = {
    rows: inner.rows + 2 * padding,
    columns: inner.columns + 2 * padding,
    at(y, x) {
      const [row, column] = [y - padding, x - padding];
      return row < 0 || column < 0 || row >= inner.rows || column >= inner.columns ? 0 : inner.at(row, column);
    },
  };
  if (weights.rows > padded.rows || weights.columns > padded.columns) {
    throw new RangeError(
      `slide takes a kernel that fits into the image and got ${weights.rows} × ${weights.columns} for ` +
        `${padded.rows} × ${padded.columns}${
          padding > 0 ? ", padding included" : ""
        }: take a smaller kernel or more padding`,
    );
  }
  const output: Matrix = {
    rows: Math.floor((padded.rows - weights.rows) / stride) + 1,
    columns: Math.floor((padded.columns - weights.columns) / stride) + 1,
    at(y, x) {
      let sum = 0;
      for (let i = 0; i < weights.rows; i++) {
        for (let j = 0; j < weights.columns; j++) sum += padded.at(y * stride + i, x * stride + j) * weights.at(i, j);
      }
      return sum;
    },
  };
  return { image: padded, kernel: weights, output, stride, padding };
}

function matrixOf(what: string, value: TensorLike): Matrix {
  expectTensor(value, "slide", `for the ${what}`);
  const { shape, data } = value;
  const [rows, columns] = shape.slice(-2);
  if (shape.length < 2 || shape.slice(0, -2).some((size) => size !== 1) || !(rows > 0 && columns > 0)) {
    throw new RangeError(
      `slide takes one ${what}, [H, W], and got [${shape.join(", ")}]: take out one channel of one ${what}`,
    );
  }
  return { rows, columns, at: (y, x) => data[y * columns + x] };
}

interface Block {
  readonly cells: Cell[][];
  readonly head: string;
}

// The four matrices of one stop: image, kernel, products, output.
function blocksOf({ image, kernel, output, stride }: Walk, stop: number): { title: string; blocks: Block[] } {
  const [row, column] = [Math.floor(stop / output.columns), stop % output.columns];
  const [top, left] = [row * stride, column * stride];
  const inWindow = (y: number, x: number) =>
    y >= top && y < top + kernel.rows && x >= left && x < left + kernel.columns;
  const products: Matrix = { ...kernel, at: (i, j) => image.at(top + i, left + j) * kernel.at(i, j) };
  const sum = output.at(row, column);
  const done = (y: number, x: number) => y * output.columns + x <= stop;
  const here = (y: number, x: number) => y === row && x === column;
  return {
    title: `stop ${stop + 1} of ${output.rows * output.columns}: row ${row}, column ${column}`,
    blocks: [
      { head: "image", cells: cellsOf(image, { marked: inWindow, around: [top, left, kernel.rows, kernel.columns] }) },
      { head: "× kernel", cells: cellsOf(kernel, { colored: true }) },
      { head: "= products", cells: cellsOf(products, {}) },
      {
        head: `sum ${formatNumber(sum)}`,
        cells: cellsOf(output, { marked: here, shown: done, around: [row, column, 1, 1] }),
      },
    ],
  };
}

function cellsOf(matrix: Matrix, { marked, shown, colored, around = [0, 0, 0, 0] }: {
  marked?(y: number, x: number): boolean;
  shown?(y: number, x: number): boolean;
  colored?: boolean;
  around?: readonly [number, number, number, number];
}): Cell[][] {
  const [top, rows] = part(matrix.rows, around[0], around[2]);
  const [left, columns] = part(matrix.columns, around[1], around[3]);
  const places = Array.from({ length: rows * columns }, (_, i) => [top + Math.floor(i / columns), left + i % columns]);
  const values = places.map(([y, x]) => matrix.at(y, x));
  const texts = formatColumn(values);
  const largest = Math.max(1e-300, ...values.map(Math.abs));
  return Array.from({ length: rows }, (_, y) =>
    Array.from({ length: columns }, (_, x): Cell => {
      const [i, at] = [y * columns + x, places[y * columns + x]];
      const hidden = shown && !shown(at[0], at[1]);
      return {
        text: hidden ? "·" : texts[i],
        marked: marked?.(at[0], at[1]),
        color: colored ? diverging(values[i] / largest) : undefined,
      };
    }));
}

// The first index and the number of what is shown: everything, or the part around the window.
function part(size: number, at: number, extent: number): [number, number] {
  if (size <= MAX_SHOWN) return [0, size];
  const count = Math.min(size, Math.max(MAX_SHOWN, extent));
  return [Math.max(0, Math.min(size - count, at - ((count - extent) >> 1))), count];
}

function frameText(walk: Walk, stop: number, screen: Screen): string[] {
  const { title, blocks } = blocksOf(walk, stop);
  const drawn = blocks.map(({ head, cells }) => [head, ...cellsText(cells, screen, {})]);
  const heading = [title + note(walk)].flatMap((line) =>
    line.length <= screen.columns ? [line] : [title, note(walk).trim()]
  )
    .map((line) => truncate(line, screen.columns));
  return [...heading, ...flow(drawn, screen.columns, 3)];
}

function note({ image, stride, padding }: Walk): string {
  const parts = [`stride ${stride}`, `padding ${padding}`];
  if (image.rows > MAX_SHOWN || image.columns > MAX_SHOWN) {
    parts.push(`a part of ${image.rows} × ${image.columns} is shown`);
  }
  return ` (${parts.join(", ")})`;
}

function framesSvg(walk: Walk, stops: readonly number[]): string {
  const parts: string[] = [];
  let y = 0, widest = 0;
  for (const stop of stops) {
    const { title, blocks } = blocksOf(walk, stop);
    let x = 0, height = 0;
    const heading = cellsSvg([], title, { head: [title + note(walk)] });
    parts.push(heading.replace("<svg ", `<svg y="${y}" `));
    y += 30;
    for (const { head, cells } of blocks) {
      const options: CellsOptions = { head: [head] };
      const svg = cellsSvg(cells, head, options);
      const [, w, h] = /width="(\d+)" height="(\d+)"/.exec(svg)!.map(Number);
      if (x > 0 && x + w > SVG_WIDTH + 120) [x, y, height] = [0, y + height, 0];
      parts.push(svg.replace("<svg ", `<svg x="${x}" y="${y}" `));
      x += w;
      height = Math.max(height, h);
      widest = Math.max(widest, x);
    }
    y += height + 6;
  }
  return svgDocument(Math.max(widest, 360), y, "a convolution, stop by stop", parts.join(""));
}
