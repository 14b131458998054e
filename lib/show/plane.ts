/** A rectangle of numbers, and the colors that represent them. */
import { blues, diverging, gray, NAN_COLOR, type RGB } from "./color.ts";
import { statistics } from "./tensor_like.ts";

/** The colors that represent numbers: black to white, blue to red with white at zero, or white to blue. */
export type Palette = "ink" | "diverging" | "blues";

/** Numbers of one picture, row-major, `[channels, height, width]`. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  /** 1, or 3 for red, green and blue. */
  readonly channels: 1 | 3;
  readonly values: ArrayLike<number>;
  readonly palette: Palette;
  /** The number at the dark end, or at the blue end of a diverging palette. */
  readonly low: number;
  /** The number at the light end, or at the red end of a diverging palette, in which `low` is `-high`. */
  readonly high: number;
}

/** The range of a palette for these numbers: 0…1 stays 0…1, and signed numbers get zero in the middle. */
export function rangeOf(data: ArrayLike<number>, palette: Palette): { low: number; high: number } {
  if (data instanceof Uint8Array || data instanceof Uint8ClampedArray) return { low: 0, high: 255 };
  let min = Infinity, max = -Infinity;
  for (let i = 0; i < data.length; i++) {
    const value = data[i];
    if (value < min && value !== -Infinity) min = value;
    if (value > max && value !== Infinity) max = value;
  }
  if (min > max) return palette === "diverging" ? { low: -1, high: 1 } : { low: 0, high: 1 };
  if (palette === "diverging") {
    const limit = Math.max(Math.abs(min), Math.abs(max)) || 1;
    return { low: -limit, high: limit };
  }
  if (palette === "blues") return { low: 0, high: max || 1 };
  if (min >= 0 && max <= 1 && max > 0.5) return { low: 0, high: 1 };
  const low = Math.min(0, min);
  return { low, high: max > low ? max : low + 1 };
}

/** The palette that suits numbers: signed ones get zero in the middle. */
export function paletteFor(data: ArrayLike<number>): Palette {
  return statistics(data).min < 0 ? "diverging" : "ink";
}

/** The position of a value between the ends of its palette: 0…1, or -1…1 for a diverging one. */
export function shareOf({ palette, low, high }: Plane, value: number): number {
  return palette === "diverging" ? value / high : (value - low) / (high - low);
}

/** The color at column x of row y. */
export function colorAt(plane: Plane, x: number, y: number): RGB {
  const { width, height, values } = plane;
  const at = y * width + x;
  if (plane.channels === 3) {
    const rgb = [0, 1, 2].map((c) => Math.round(255 * clamp(shareOf(plane, values[c * width * height + at]))));
    return rgb.some(Number.isNaN) ? NAN_COLOR : rgb as unknown as RGB;
  }
  const share = shareOf(plane, values[at]);
  return plane.palette === "diverging" ? diverging(share) : plane.palette === "blues" ? blues(share) : gray(share);
}

/** The brightness of column x of row y in text: 0…1, or NaN if a value is NaN. */
export function brightnessAt(plane: Plane, x: number, y: number): number {
  const { width, height, values } = plane;
  let sum = 0;
  for (let c = 0; c < plane.channels; c++) sum += shareOf(plane, values[(c * height + y) * width + x]);
  return sum / plane.channels;
}

/** A smaller plane in which each number is the mean of a block, or NaN if the block contains one. */
export function shrink(plane: Plane, factor: number): Plane {
  if (factor <= 1) return plane;
  const [width, height] = [Math.ceil(plane.width / factor), Math.ceil(plane.height / factor)];
  const values = new Float64Array(plane.channels * width * height);
  const counts = new Float64Array(values.length);
  for (let c = 0; c < plane.channels; c++) {
    for (let y = 0; y < plane.height; y++) {
      for (let x = 0; x < plane.width; x++) {
        const to = (c * height + Math.floor(y / factor)) * width + Math.floor(x / factor);
        values[to] += plane.values[(c * plane.height + y) * plane.width + x];
        counts[to]++;
      }
    }
  }
  return { ...plane, width, height, values: values.map((sum, i) => sum / counts[i]) };
}

/** A larger plane in which each number becomes a block of equal numbers. */
export function enlarge(plane: Plane, factor: number): Plane {
  if (factor <= 1) return plane;
  const [width, height] = [plane.width * factor, plane.height * factor];
  const values = new Float64Array(plane.channels * width * height);
  for (let c = 0; c < plane.channels; c++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const from = (c * plane.height + Math.floor(y / factor)) * plane.width + Math.floor(x / factor);
        values[(c * height + y) * width + x] = plane.values[from];
      }
    }
  }
  return { ...plane, width, height, values };
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}
