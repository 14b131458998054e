/** Describes values for the list of variables: type, shape, and what their numbers are like. */

import type { Variable } from "./protocol.ts";

/** If there are more numbers than this, only the first ones are described: the list has to appear at once. */
const { inspect } = Deno; // a cell may put another one in its place
const MAX_NUMBERS = 20_000_000;
const PREVIEW = 60;
const UNSEEN = "(cannot be shown)";

/**
 * A variable as the list shows it. Anything with a `shape` and `data` counts as a tensor.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const { type, shape, numbers } = describeVariable("x", { shape: [2, 2], data: [1, 2, NaN, 3], dtype: "float64" });
 * assertEquals([type, shape], ["Object float64", [2, 2]]);
 * assertEquals(numbers, { min: 1, mean: 2, max: 3, nan: 1 });
 * ```
 */
export function describeVariable(name: string, value: unknown): Variable {
  try {
    return describe(name, value);
  } catch { // reading its properties throws
    return { name, type: "?", preview: UNSEEN };
  }
}

function describe(name: string, value: unknown): Variable {
  if (value === null || typeof value !== "object") {
    return { name, type: value === null ? "null" : typeof value, preview: preview(value) };
  }
  const made = (value as { constructor?: { name?: string } }).constructor?.name || "Object";
  const { shape, data, dtype } = value as { shape?: unknown; data?: unknown; dtype?: unknown };
  if (isShape(shape) && isNumbers(data)) {
    const type = typeof dtype === "string" ? `${made} ${dtype}` : made;
    return { name, type, shape: [...shape], numbers: statistics(data), preview: preview(Array.from(slice(data))) };
  }
  if (isNumbers(value)) {
    return {
      name,
      type: Array.isArray(value) ? "number[]" : made,
      shape: [value.length],
      numbers: statistics(value),
      preview: preview(Array.from(slice(value))),
    };
  }
  const type = Array.isArray(value) ? `Array(${value.length})` : made;
  return { name, type, preview: preview(value) };
}

/** Whether a value is a tool of the notebook (a function, a class, a module): the list of variables leaves those out. */
export function isTool(value: unknown): boolean {
  if (typeof value === "function") return true;
  try {
    return Object.prototype.toString.call(value) === "[object Module]";
  } catch {
    return false;
  }
}

function isShape(value: unknown): value is number[] {
  return Array.isArray(value) && value.every(Number.isInteger);
}

function isNumbers(value: unknown): value is ArrayLike<number> {
  if (Array.isArray(value)) return value.length > 0 && value.every((item) => typeof item === "number");
  return ArrayBuffer.isView(value) && !(value instanceof DataView) && typeof (value as Float32Array)[0] !== "bigint";
}

function slice(data: ArrayLike<number>): ArrayLike<number> {
  return {
    length: Math.min(20, data.length),
    ...Object.fromEntries(Array.from({ length: 20 }, (_, i) => [i, data[i]])),
  };
}

function statistics(data: ArrayLike<number>): Variable["numbers"] {
  const length = Math.min(data.length, MAX_NUMBERS);
  let [min, max, sum, nan] = [Infinity, -Infinity, 0, 0];
  for (let i = 0; i < length; i++) {
    const value = data[i];
    if (value !== value) nan++;
    else {
      if (value < min) min = value;
      if (value > max) max = value;
      sum += value;
    }
  }
  return length === nan ? { min: NaN, mean: NaN, max: NaN, nan } : { min, mean: sum / (length - nan), max, nan };
}

function preview(value: unknown): string {
  try {
    const text = inspect(value, {
      colors: false,
      compact: true,
      breakLength: Infinity,
      strAbbreviateSize: PREVIEW,
    });
    const line = text.replace(/\s+/g, " ");
    return line.length > PREVIEW ? `${line.slice(0, PREVIEW - 1)}…` : line;
  } catch {
    return UNSEEN;
  }
}
