/** Samples of numbers of any type, with a label each. */
import { refusal } from "../lib/tensor/expect_number.ts";
import { sizeOf } from "../lib/tensor/shape.ts";
import { Tensor } from "../lib/tensor/tensor.ts";

/** An array of numbers of one type. */
export type NumberArray = Uint8Array | Int8Array | Int16Array | Int32Array | Float32Array | Float64Array;

/** How to read the numbers of a {@linkcode NumberDataset}. */
export interface NumberDatasetOptions {
  /** The shape of one sample: `[1, 28, 28]`. */
  sampleShape: readonly number[];
  /** What each class is called; a label is a place in this list. */
  classNames: readonly string[];
  /** What every number is divided by; 1 by default. */
  divisor?: number;
}

/**
 * Samples whose numbers keep their type until a batch of them is needed, and are not scaled, unless there is a divisor. For
 * bytes with up to 256 classes there is {@linkcode ImageDataset}.
 *
 * @example
 * ```ts
 * import { NumberDataset } from "@gradually/gradually/data";
 * import { assertEquals } from "@std/assert";
 *
 * const heights = Float32Array.of(1.62, 1.75, 1.81);
 * const data = new NumberDataset(heights, [0, 1, 1], { sampleShape: [1], classNames: ["short", "tall"] });
 * assertEquals(data.size, 3);
 * const out = new Float32Array(1);
 * data.gather([2], out);
 * assertEquals([...out], [Math.fround(1.81)]);
 * ```
 */
export class NumberDataset {
  /** The numbers, sample after sample. */
  readonly numbers: NumberArray;
  /** The class of each sample. */
  readonly labels: Uint32Array;
  /** The number of samples. */
  readonly size: number;
  /** The number of classes. */
  readonly classes: number;
  /** What each class is called. */
  readonly classNames: readonly string[];
  /** The shape of one sample. */
  readonly sampleShape: readonly number[];
  readonly #divisor: number;
  readonly #stride: number;

  static {
    // It computes nothing with tensors, so it may write directly into the memory that a network computes in.
    Object.assign(this.prototype.gather, { [Symbol.for("gradually.copies")]: true });
  }

  /**
   * Takes numbers without copying, and checks that labels match.
   * @throws {RangeError} If the numbers are not whole samples with a label each, or a label is not a class.
   */
  constructor(numbers: NumberArray, labels: ArrayLike<number>, options: NumberDatasetOptions) {
    const { sampleShape, classNames, divisor = 1 } = options;
    const stride = sizeOf(sampleShape);
    if (numbers.length !== stride * labels.length) {
      throw new RangeError(
        `NumberDataset takes one label for each sample of ${stride} numbers and got ${labels.length} labels for ` +
          `${numbers.length} numbers`,
      );
    }
    for (let i = 0; i < labels.length; i++) {
      if (Number.isInteger(labels[i]) && labels[i] >= 0 && labels[i] < classNames.length) continue;
      throw refusal(`NumberDataset takes labels from 0 to ${classNames.length - 1}`, labels[i]);
    }
    this.numbers = numbers;
    this.labels = Uint32Array.from(labels);
    this.size = labels.length;
    this.classes = classNames.length;
    this.classNames = classNames;
    this.sampleShape = sampleShape;
    this.#divisor = divisor;
    this.#stride = stride;
  }

  /** All samples as one float32 tensor `[N, …]`. */
  get images(): Tensor {
    const floats = new Float32Array(this.numbers.length);
    this.gather(Array.from({ length: this.size }, (_, i) => i), floats);
    return Tensor.from(floats, [this.size, ...this.sampleShape]);
  }

  /**
   * Writes the samples at `indices`, one after the other, into `out`.
   * @throws {RangeError} If an index is not a whole number in 0 … size − 1, or `out` has another length.
   */
  gather(indices: ArrayLike<number>, out: Float32Array | Float64Array): void {
    const stride = this.#stride;
    if (out.length !== indices.length * stride) {
      throw new RangeError(`gather takes an out of ${indices.length * stride} numbers and got ${out.length}`);
    }
    for (let n = 0, to = 0; n < indices.length; n++) {
      const index = indices[n];
      if (!Number.isInteger(index) || index < 0 || index >= this.size) {
        throw refusal(`A dataset of ${this.size} samples takes indices from 0 to ${this.size - 1}`, index);
      }
      for (let i = index * stride; i < (index + 1) * stride; i++) out[to++] = this.numbers[i] / this.#divisor;
    }
  }

  /**
   * The first `count` samples, as a view.
   * @throws {RangeError} If `count` is not a whole number of at least 0.
   */
  take(count: number): NumberDataset {
    if (!Number.isInteger(count) || count < 0) throw refusal("take takes a whole number of at least 0", count);
    const { sampleShape, classNames } = this;
    const numbers = this.numbers.subarray(0, count * this.#stride);
    return new NumberDataset(numbers, this.labels.subarray(0, count), {
      sampleShape,
      classNames,
      divisor: this.#divisor,
    });
  }
}
