/** TensorLike: anything with a shape and numbers counts as a tensor for pictures. */

/** Anything with a shape and row-major numbers. The library's `Tensor` is one; so is `{ shape: [2], data: [1, 2] }`. */
export interface TensorLike {
  /** The sizes, outermost first. */
  readonly shape: readonly number[];
  /** The numbers, row-major. */
  readonly data: ArrayLike<number>;
  /** "float32" or "float64", if it is known. */
  readonly dtype?: string;
  /** Its name, if it has one. */
  readonly name?: string;
}

/** Whether a value has a shape and as many numbers as the shape holds. */
export function isTensorLike(value: unknown): value is TensorLike {
  if (typeof value !== "object" || value === null) return false;
  const { shape, data } = value as Partial<TensorLike>;
  return Array.isArray(shape) && shape.every(Number.isInteger) && isNumbers(data) && data.length === sizeOf(shape);
}

/** Whether a value is a list of numbers: an array of them, or a typed array. */
export function isNumbers(value: unknown): value is ArrayLike<number> {
  if (Array.isArray(value)) return value.every((item) => typeof item === "number");
  return ArrayBuffer.isView(value) && !(value instanceof DataView) && typeof (value as Float32Array)[0] !== "bigint";
}

/** How many numbers a shape holds. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** Statistics of a list of numbers: NaN is counted, not averaged. */
interface Statistics {
  min: number;
  max: number;
  mean: number;
  nan: number;
  /** How many are infinite; they count for min and max, not for the mean. */
  infinite: number;
}

/** The statistics of some numbers. Without any, min, max and mean are NaN. */
export function statistics(data: ArrayLike<number>): Statistics {
  let min = Infinity, max = -Infinity, sum = 0, nan = 0, infinite = 0;
  for (let i = 0; i < data.length; i++) {
    const value = data[i];
    if (value !== value) {
      nan++;
      continue;
    }
    if (value < min) min = value;
    if (value > max) max = value;
    if (value === Infinity || value === -Infinity) infinite++;
    else sum += value;
  }
  const finite = data.length - nan - infinite;
  const none = data.length === nan;
  return { min: none ? NaN : min, max: none ? NaN : max, mean: finite > 0 ? sum / finite : NaN, nan, infinite };
}
