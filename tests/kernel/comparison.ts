// How a kernel's float32 results are compared with what the reference computes in float64 from the same numbers.
import type { FloatArray } from "../../lib/kernel/storage.ts";

/** What the reference computed, and how far from it a float32 kernel may be. */
export interface Expected {
  readonly name: string;
  readonly values: ArrayLike<number>;
  /** The largest error allowed, element by element. */
  readonly tolerance: (index: number) => number;
}

/** Half a unit in the last place of a float32, relative. */
export const EPSILON = 2 ** -24;
/** The error where numbers are too small for float32. */
export const TINY = 2 ** -126;

/**
 * The bound for a sum of `length` products, in any order: each of its roundings is at most ε of a partial sum, and no
 * partial sum is larger than `magnitude`, the same sum with every term made positive. Three more roundings for the
 * products and for what comes after.
 */
export function sumTolerance(length: number, magnitude: ArrayLike<number>): (index: number) => number {
  return (index) => (length + 3) * EPSILON * magnitude[index] + (length + 3) * TINY;
}

/** A bound relative to each value. */
export function relativeTolerance(relative: number, values: ArrayLike<number>): (index: number) => number {
  return (index) => relative * Math.abs(values[index]) + TINY;
}

/** Describes the first element that is wrong; undefined if none is. */
export function firstDifference(expected: Expected, actual: ArrayLike<number>): string | undefined {
  const { name, values, tolerance } = expected;
  for (let i = 0; i < values.length; i++) {
    const wanted = Math.fround(values[i]), found = actual[i];
    const right = Number.isFinite(wanted)
      ? found === wanted || Math.abs(found - values[i]) <= tolerance(i)
      : Object.is(found, wanted);
    if (!right) return `${name}[${i}] is ${found}, the reference has ${values[i]} (± ${tolerance(i)})`;
  }
  return undefined;
}

/** The same numbers in double precision. */
export function widen(array: FloatArray): Float64Array {
  return Float64Array.from(array);
}

/** The absolute values of the same numbers, in double precision. */
export function absolute(array: FloatArray): Float64Array {
  return Float64Array.from(array, Math.abs);
}

/** In each plane, the largest finite absolute value at most five numbers away in each direction, in double precision. */
export function largestNearby(array: FloatArray, height: number, width: number): Float64Array {
  const result = new Float64Array(array.length), plane = height * width;
  for (let i = 0; i < array.length; i++) {
    const start = i - i % plane, y = Math.floor((i - start) / width), x = (i - start) % width;
    for (let row = Math.max(0, y - 5); row <= Math.min(height - 1, y + 5); row++) {
      for (let column = Math.max(0, x - 5); column <= Math.min(width - 1, x + 5); column++) {
        const size = Math.abs(array[start + row * width + column]);
        if (Number.isFinite(size) && size > result[i]) result[i] = size;
      }
    }
  }
  return result;
}
