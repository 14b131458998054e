/** Shapes: how many elements they hold, how they are printed, and which are valid. */
import type { DType } from "../kernel/storage.ts";
import { describe, foundName } from "./describe.ts";
import { formatNumbers } from "./expect_number.ts";

/** The size of each axis, outermost first. An image batch is `[N, C, H, W]`. */
export type Shape = readonly number[];

/** Numbers, arrays of numbers, arrays of arrays of numbers … */
export type Nested = number | readonly Nested[];

/** The number of elements in a tensor of this shape. */
export function sizeOf(shape: Shape): number {
  let size = 1;
  for (const axis of shape) size *= axis;
  return size;
}

/** A shape as an error shows it: `[64, 1, 28, 28]`. */
export function formatShape(shape: readonly (number | string)[]): string {
  return `[${shape.join(", ")}]`;
}

/** Whether two shapes are the same, axis by axis. */
export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((axis, i) => axis === b[i]);
}

/**
 * Refuses a value that is not a shape.
 * @throws {TypeError} If it is not a list of numbers.
 * @throws {RangeError} If an axis is not a whole number from 0 up.
 */
export function checkShape(shape: Shape): void {
  if (!Array.isArray(shape)) {
    throw new TypeError(`A tensor takes its shape as a list, such as [64, 1, 28, 28], and got ${describe(shape)}`);
  }
  for (const axis of shape) {
    if (!Number.isInteger(axis) || axis < 0) {
      const Kind = typeof axis === "number" ? RangeError : TypeError;
      throw new Kind(`A shape takes whole numbers of at least 0 and got ${formatNumbers(shape)}`);
    }
  }
}

/**
 * Refuses a value that is not an element type.
 * @throws {RangeError} If it is neither float32 nor float64.
 */
export function checkDType(dtype: DType): DType {
  if (dtype === "float32" || dtype === "float64") return dtype;
  throw new RangeError(`A tensor takes dtype "float32" or "float64" and got ${foundName(dtype)}`);
}

/**
 * The shape of nested arrays.
 * @throws {RangeError} If rows differ in length or depth.
 */
export function shapeOfNested(nested: Nested): number[] {
  if (typeof nested === "number") return [];
  if (nested.length === 0) return [0];
  const [first, ...others] = nested.map(shapeOfNested);
  for (const [i, other] of others.entries()) {
    if (!sameShape(first, other)) {
      throw new RangeError(
        `A tensor takes rows of one shape and got ${formatShape(first)} for row 0 and ${formatShape(other)} for row ${
          i + 1
        }`,
      );
    }
  }
  return [nested.length, ...first];
}
