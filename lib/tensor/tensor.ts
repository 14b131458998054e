/** Tensor: numbers in one flat array, and the shape that says how to read them. */
import { type DType, type FloatArray, HeapStorage, type Storage } from "../kernel/storage.ts";
import { describe, found } from "./describe.ts";
import { expectNumber } from "./expect_number.ts";
import type { Random } from "./random.ts";
import {
  checkDType,
  checkShape,
  formatShape,
  type Nested,
  sameShape,
  type Shape,
  shapeOfNested,
  sizeOf,
} from "./shape.ts";

/** Options of the functions that make a tensor. */
export interface TensorOptions {
  /** The type of the elements; `"float32"` by default. */
  dtype?: DType;
}

/** The storage of a tensor. Not part of the public library: layers and tests use it. */
export let storageOf: (tensor: Tensor) => Storage;
/** A tensor over an existing storage. Not part of the public library. */
export let tensorOver: (storage: Storage, shape: Shape, dtype: DType) => Tensor;

/**
 * An array of numbers with a shape, row-major: neighbors along the last axis lie side by side in memory.
 *
 * There is no broadcasting: an operation on two tensors requires equal shapes. That a `[B, 1]` and a `[B]` silently
 * become a `[B, B]` is one of the most common bugs in this field.
 *
 * @example Rows and columns
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Tensor } from "@gradually/gradually";
 *
 * const x = Tensor.from([[1, 2, 3], [4, 5, 6]]);
 * assertEquals(x.shape, [2, 3]);
 * assertEquals(x.at(1, 0), 4);
 * assertEquals(x.times(2).data[5], 12);
 * ```
 */
export class Tensor {
  /** The size of each axis, outermost first. */
  readonly shape: Shape;
  /** The type of the elements. */
  readonly dtype: DType;
  /** How many elements there are. */
  readonly size: number;
  readonly #storage: Storage;

  static {
    storageOf = (tensor) => tensor.#storage;
    tensorOver = (storage, shape, dtype) => new Tensor(storage, shape, dtype);
  }

  private constructor(storage: Storage, shape: Shape, dtype: DType) {
    this.#storage = storage;
    this.shape = Object.freeze([...shape]);
    this.dtype = dtype;
    this.size = sizeOf(shape);
  }

  /**
   * A tensor with these numbers, copied.
   *
   * @param values Nested arrays, or a flat typed array. A `Float64Array` gives float64, everything else float32.
   * @param shape The shape, if it is not that of the nested arrays.
   * @throws {RangeError} If the rows differ in length, or the shape holds another number of elements.
   *
   * @example From nested arrays, and from a flat one with a shape
   * ```ts
   * import { assertEquals } from "@std/assert";
   * import { Tensor } from "@gradually/gradually";
   *
   * assertEquals(Tensor.from([[1, 2], [3, 4]]).shape, [2, 2]);
   * assertEquals(Tensor.from(new Float64Array(6), [2, 3]).dtype, "float64");
   * ```
   */
  static from(values: Nested | ArrayLike<number>, shape?: Shape, options: TensorOptions = {}): Tensor {
    const typed = ArrayBuffer.isView(values) && "length" in values;
    if (!typed && typeof values !== "number" && !Array.isArray(values)) {
      throw new TypeError(`Tensor.from takes numbers in arrays or in a typed array and got ${describe(values)}`);
    }
    if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
      throw new TypeError(
        `Tensor.from takes numbers and got bigints in a ${describe(values)}: use Float64Array.from(values, Number)`,
      );
    }
    const flat = typed ? values as ArrayLike<number> : flatten(values as Nested);
    const nested = typed ? [flat.length] : shapeOfNested(values as Nested);
    const wanted = shape ?? nested;
    checkShape(wanted);
    if (sizeOf(wanted) !== flat.length) {
      throw new RangeError(
        `A tensor ${formatShape(wanted)} takes ${sizeOf(wanted)} numbers and got ${flat.length}: check the shape`,
      );
    }
    const dtype = checkDType(options.dtype ?? (values instanceof Float64Array ? "float64" : "float32"));
    const array = dtype === "float64" ? Float64Array.from(flat) : Float32Array.from(flat);
    return new Tensor(new HeapStorage<FloatArray>(array), wanted, dtype);
  }

  /** A tensor of zeros. */
  static zeros(shape: Shape, options: TensorOptions = {}): Tensor {
    checkShape(shape);
    const dtype = checkDType(options.dtype ?? "float32");
    return new Tensor(heapStorage(sizeOf(shape), dtype), shape, dtype);
  }

  /** A tensor of ones. */
  static ones(shape: Shape, options: TensorOptions = {}): Tensor {
    return Tensor.full(shape, 1, options);
  }

  /** A tensor in which every element is `value`. */
  static full(shape: Shape, value: number, options: TensorOptions = {}): Tensor {
    expectNumber("Tensor.full", "value", value);
    const tensor = Tensor.zeros(shape, options);
    tensor.#storage.array.fill(value);
    return tensor;
  }

  /** A tensor of numbers from the standard normal distribution. */
  static randn(shape: Shape, options: TensorOptions & { random: Random }): Tensor {
    return Tensor.#drawn(shape, options, () => options.random.normal());
  }

  /** A tensor of numbers from the uniform distribution over `[low, high)`; 0 and 1 by default. */
  static uniform(shape: Shape, options: TensorOptions & { random: Random; low?: number; high?: number }): Tensor {
    const { low = 0, high = 1, dtype, random } = options;
    const stored = dtype === "float64" ? Number : Math.fround;
    return Tensor.#drawn(shape, options, () => {
      let value = random.uniform(low, high);
      // A number just below the end may be the end itself as soon as it is stored.
      while (stored(value) >= high && stored(low) < high) value = random.uniform(low, high);
      return value;
    });
  }

  static #drawn(shape: Shape, options: TensorOptions & { random: Random }, draw: () => number): Tensor {
    if (!options?.random) {
      throw new TypeError("A random tensor takes { random } and got none: pass for example { random: new Random(1) }");
    }
    const tensor = Tensor.zeros(shape, options);
    const array = tensor.#storage.array;
    for (let i = 0; i < array.length; i++) array[i] = draw();
    return tensor;
  }

  /** The elements, row-major, in a typed array that you may keep and write to: it *is* the tensor. */
  get data(): FloatArray {
    return this.#storage.claim();
  }

  /**
   * The element at these indices, one for each axis.
   * @throws {RangeError} If there are too few or too many indices, or one is outside its axis.
   */
  at(...indices: number[]): number {
    let offset = 0;
    if (indices.length !== this.shape.length) {
      throw new RangeError(
        `at takes one index for each axis of ${formatShape(this.shape)} and got ${indices.length} indices`,
      );
    }
    for (const [axis, index] of indices.entries()) {
      if (!Number.isInteger(index) || index < 0 || index >= this.shape[axis]) {
        const Kind = typeof index === "number" ? RangeError : TypeError;
        throw new Kind(
          `at takes an index from 0 to ${this.shape[axis] - 1} for axis ${axis} of ${formatShape(this.shape)} ` +
            `and got ${found(index)}`,
        );
      }
      offset = offset * this.shape[axis] + index;
    }
    return this.#storage.array[offset];
  }

  /**
   * The same numbers with another shape; they are shared, not copied. One axis may be -1: it is computed from the rest.
   * @throws {RangeError} If the new shape holds another number of elements.
   */
  reshape(shape: Shape): Tensor {
    if (!Array.isArray(shape)) checkShape(shape);
    if (shape.some((axis) => typeof axis !== "number")) checkShape(shape);
    const known = sizeOf(shape.filter((axis) => axis !== -1));
    const wanted = shape.map((axis) => axis === -1 ? this.size / known : axis);
    checkShape(wanted);
    if (sizeOf(wanted) !== this.size || shape.filter((axis) => axis === -1).length > 1) {
      throw new RangeError(
        `reshape takes a shape that holds ${this.size} numbers, as ${formatShape(this.shape)} does, and got ` +
          formatShape(shape),
      );
    }
    return new Tensor(this.#storage, wanted, this.dtype);
  }

  /** An independent copy, of another dtype if one is given. */
  clone(options: TensorOptions = {}): Tensor {
    return Tensor.from(this.#storage.array, this.shape, { dtype: options.dtype ?? this.dtype });
  }

  /** The entries from `start` up to but not including `end` along the first axis, copied. */
  slice(start: number, end: number = start + 1): Tensor {
    const rows = this.shape[0] ?? 0;
    if (!Number.isInteger(start) || !Number.isInteger(end) || start < 0 || end < start || end > rows) {
      const Kind = typeof start === "number" && typeof end === "number" ? RangeError : TypeError;
      throw new Kind(
        `slice takes 0 ≤ start ≤ end ≤ ${rows}, the size of the first axis, and got start ${found(start)} and end ${
          found(end)
        }`,
      );
    }
    const stride = this.size / Math.max(rows, 1);
    const part = this.#storage.array.subarray(start * stride, end * stride);
    return Tensor.from(part, [end - start, ...this.shape.slice(1)], { dtype: this.dtype });
  }

  /** A new tensor: `f` of every element. */
  map(f: (value: number, index: number) => number): Tensor {
    const [from, result] = [this.data, Tensor.zeros(this.shape, { dtype: this.dtype })];
    const to = result.#storage.array;
    for (let i = 0; i < from.length; i++) to[i] = f(from[i], i);
    return result;
  }

  /** The sum, element by element, with a number or with a tensor of the same shape. */
  plus(other: Tensor | number): Tensor {
    return this.#combine("plus", other, (a, b) => a + b);
  }

  /** The difference, element by element, with a number or with a tensor of the same shape. */
  minus(other: Tensor | number): Tensor {
    return this.#combine("minus", other, (a, b) => a - b);
  }

  /** The product, element by element, with a number or with a tensor of the same shape. */
  times(other: Tensor | number): Tensor {
    return this.#combine("times", other, (a, b) => a * b);
  }

  #combine(name: string, other: Tensor | number, f: (a: number, b: number) => number): Tensor {
    if (typeof other === "number") return this.map((value) => f(value, other));
    if (!(other instanceof Tensor)) {
      throw new TypeError(`${name} takes a number or a tensor and got ${describe(other)}`);
    }
    if (!sameShape(this.shape, other.shape)) {
      throw new RangeError(
        `${name} takes two tensors of one shape and got ${formatShape(this.shape)} and ` +
          `${formatShape(other.shape)}: reshape one of them if that is what you mean`,
      );
    }
    if (this.dtype !== other.dtype) {
      throw new TypeError(
        `${name} takes two tensors of one type and got ${this.dtype} and ${other.dtype}: clone({ dtype }) one`,
      );
    }
    const array = other.data;
    return this.map((value, i) => f(value, array[i]));
  }

  /**
   * The transpose of a matrix, copied.
   * @throws {RangeError} If the tensor does not have two axes.
   */
  transpose(): Tensor {
    if (this.shape.length !== 2) {
      throw new RangeError(`transpose takes a matrix [rows, columns] and got ${formatShape(this.shape)}`);
    }
    const [rows, columns] = this.shape;
    const [from, result] = [this.#storage.array, Tensor.zeros([columns, rows], { dtype: this.dtype })];
    const to = result.#storage.array;
    for (let i = 0; i < to.length; i++) to[i] = from[(i % rows) * columns + Math.floor(i / rows)];
    return result;
  }

  /** The sum of all elements, in double precision. */
  sum(): number {
    let sum = 0;
    for (const value of this.#storage.array) sum += value;
    return sum;
  }

  /** The mean of all elements. */
  mean(): number {
    return this.sum() / this.size;
  }

  /** The smallest element; NaN if any element is NaN. */
  min(): number {
    let smallest = Infinity;
    for (const value of this.#storage.array) smallest = Math.min(smallest, value);
    return smallest;
  }

  /** The largest element; NaN if any element is NaN. */
  max(): number {
    let largest = -Infinity;
    for (const value of this.#storage.array) largest = Math.max(largest, value);
    return largest;
  }

  /**
   * For each row of `[rows, columns]`, the column of its largest element: the class that a classifier predicts. Of equal
   * ones the first counts, and a NaN counts as the largest, as for `max`.
   */
  argmax(): number[] {
    if (this.shape.length !== 2) {
      throw new RangeError(`argmax takes a matrix [rows, columns] and got ${formatShape(this.shape)}`);
    }
    const [rows, columns] = this.shape;
    const array = this.#storage.array;
    return Array.from({ length: rows }, (_, i) => {
      let best = 0;
      for (let j = 1; j < columns; j++) {
        const largest = array[i * columns + best];
        if (Number.isNaN(largest)) break;
        if (!(array[i * columns + j] <= largest)) best = j;
      }
      return best;
    });
  }

  /** The elements as nested arrays, one level for each axis. */
  toArray(): Nested {
    const array = this.#storage.array;
    const build = (axis: number, offset: number, stride: number): Nested => {
      if (axis === this.shape.length) return array[offset];
      const inner = stride / Math.max(this.shape[axis], 1);
      return Array.from({ length: this.shape[axis] }, (_, i) => build(axis + 1, offset + i * inner, inner));
    };
    return build(0, 0, this.size);
  }

  /** Type and shape in one line: `Tensor float32 [64, 10]`. */
  toString(): string {
    return `Tensor ${this.dtype} ${formatShape(this.shape)}`;
  }
}

/** Zeros in an ordinary array. */
function heapStorage(size: number, dtype: DType): Storage {
  return new HeapStorage<FloatArray>(dtype === "float64" ? new Float64Array(size) : new Float32Array(size));
}

/** The numbers of nested arrays, in order. */
function flatten(nested: Nested, flat: number[] = []): number[] {
  if (typeof nested === "number") flat.push(nested);
  else if (Array.isArray(nested)) { for (const inner of nested) flatten(inner, flat); }
  else throw new TypeError(`Tensor.from takes numbers and got ${describe(nested)} as element ${flat.length}`);
  return flat;
}
