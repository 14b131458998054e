/** windowsOf: what a convolution or a pooling layer looked at for one number of its output. */

import { AvgPool2D, Conv2D, type MaxPool2D } from "../../../layers/mod.ts";
import type { Tensor } from "../../../tensor/mod.ts";

/** A part of one channel of the input. */
export interface Window {
  readonly channel: number;
  /** Its upper left corner; outside the input in the padding. */
  readonly top: number;
  readonly left: number;
  /** Its numbers; those in the padding are 0. */
  readonly values: readonly (readonly number[])[];
  /** What they are multiplied by, for a convolution. */
  readonly kernel?: readonly (readonly number[])[];
  /** The row and column of the maximum in it, for max pooling; the first of equals. */
  readonly chosen?: readonly [row: number, column: number];
  /** The sum of the products, the maximum, or the mean. */
  readonly result: number;
}

/**
 * The windows for the number at this place in the output of one sample, and the channel of the output that it is in.
 *
 * @param x The input of one sample, `[1, C, H, W]`.
 */
export function windowsOf(
  layer: Conv2D | MaxPool2D | AvgPool2D,
  x: Tensor,
  at: number,
): { channel: number; windows: Window[] } {
  const [, , height, width] = layer.outputShape(x.shape);
  const channel = Math.floor(at / (height * width));
  const [padTop, padLeft] = layer instanceof Conv2D ? layer.padding : [0, 0];
  const top = layer.stride[0] * Math.floor(at / width % height) - padTop;
  const left = layer.stride[1] * (at % width) - padLeft;
  const channels = layer instanceof Conv2D ? Array.from({ length: layer.inChannels }, (_, c) => c) : [channel];
  const windows = channels.map((inChannel): Window => {
    const values = cut(x, inChannel, [top, left], layer.kernelSize);
    const place = { channel: inChannel, top, left, values };
    if (layer instanceof Conv2D) {
      const kernel = kernelOf(layer, channel, inChannel);
      return { ...place, kernel, result: sumOf(values.map((row, u) => row.map((v, k) => v * kernel[u][k]))) };
    }
    if (layer instanceof AvgPool2D) {
      return { ...place, result: sumOf(values) / (layer.kernelSize[0] * layer.kernelSize[1]) };
    }
    const flat = values.flat();
    const result = flat.reduce((a, b) => Math.max(a, b));
    const first = flat.indexOf(result);
    return { ...place, result, chosen: [Math.floor(first / layer.kernelSize[1]), first % layer.kernelSize[1]] };
  });
  return { channel, windows };
}

function cut(
  x: Tensor,
  channel: number,
  [top, left]: readonly [number, number],
  [rows, columns]: readonly [number, number],
): number[][] {
  const [, , height, width] = x.shape;
  return Array.from({ length: rows }, (_, u) =>
    Array.from({ length: columns }, (_, v) => {
      const [row, column] = [top + u, left + v];
      const isInside = row >= 0 && row < height && column >= 0 && column < width;
      return isInside ? x.data[(channel * height + row) * width + column] : 0;
    }));
}

function kernelOf({ kernelSize: [rows, columns], inChannels, weight }: Conv2D, out: number, from: number): number[][] {
  const start = (out * inChannels + from) * rows * columns;
  return Array.from(
    { length: rows },
    (_, u) => Array.from({ length: columns }, (_, v) => weight.value.data[start + u * columns + v]),
  );
}

function sumOf(rows: readonly (readonly number[])[]): number {
  return rows.flat().reduce((sum, v) => sum + v, 0);
}
