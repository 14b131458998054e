/** batches: a data set in shuffled batches. */
import type { DType } from "../kernel/storage.ts";
import { describe } from "../tensor/describe.ts";
import { expectInteger } from "../tensor/expect_number.ts";
import { arrayOf, emptyTensor } from "../tensor/operations.ts";
import type { Random } from "../tensor/random.ts";
import { formatShape, sizeOf } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";

/** Samples with labels that are read batch by batch; images may stay bytes until then. */
export interface Dataset {
  /** How many samples there are. */
  readonly size: number;
  /** The shape of one sample: `[1, 28, 28]`. */
  readonly sampleShape: readonly number[];
  /** The class of each sample. */
  readonly labels: ArrayLike<number>;
  /** The type of the tensors that it is read into; `"float32"` by default. */
  readonly dtype?: DType;
  /** Writes the samples with these indices one after the other into `out`. */
  gather(indices: ArrayLike<number>, out: Float32Array | Float64Array): void;
}

/** Marks a `gather` that copies numbers and computes nothing with tensors. */
const copies = Symbol.for("gradually.copies");

/** Data to train on: a {@linkcode Dataset}, or all samples in one tensor, with a label each. */
export type Data = Dataset | { readonly images: Tensor; readonly labels: ArrayLike<number> };

/** One batch: `x` `[n, …]` and the label of each sample. */
export interface Batch {
  /** The samples, `[n, …]`. */
  readonly x: Tensor;
  /** Their classes. */
  readonly labels: number[];
}

/** The options of {@linkcode batches}. */
export interface BatchOptions {
  /** How many samples a batch has; the last one may have fewer. */
  batchSize: number;
  /** The source of the random order; without it the samples keep the order of the data. */
  random?: Random;
}

/**
 * The data in batches, every sample once.
 *
 * @throws {RangeError} If `batchSize` is not a whole number of at least 1, there are no samples, or labels do not
 * match.
 *
 * @example Five samples in batches of two
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { batches, Tensor } from "@gradually/gradually";
 *
 * const data = { images: Tensor.zeros([5, 3]), labels: [0, 1, 0, 1, 0] };
 * assertEquals([...batches(data, { batchSize: 2 })].map(({ x }) => x.shape), [[2, 3], [2, 3], [1, 3]]);
 * ```
 */
export function batches(data: Data, { batchSize, random }: BatchOptions): Generator<Batch> {
  const dataset = toDataset(data);
  return inOrder(dataset, expectBatchSize(batchSize), random);
}

function* inOrder(dataset: Dataset, batchSize: number, random: Random | undefined): Generator<Batch> {
  yield* batchesOf(dataset, orderOf(dataset, random), batchSize);
}

/** The order of the samples in an epoch: drawn, or that of the data. */
export function orderOf({ size }: Dataset, random: Random | undefined): Uint32Array {
  return random ? random.permutation(size) : Uint32Array.from({ length: size }, (_, i) => i);
}

/** Refuses a batch size that is not a whole number of at least 1. */
export function expectBatchSize(batchSize: number): number {
  return expectInteger("batches", "batchSize", batchSize);
}

/** The samples in this order, in batches; the first `skipped` batches are left out. */
export function* batchesOf(dataset: Dataset, order: Uint32Array, batchSize: number, skipped = 0): Generator<Batch> {
  const like = Tensor.zeros([0], { dtype: dataset.dtype });
  // An array in the kernel's memory may become another tensor's as soon as something is computed. So it is lent only to
  // a gather that is known to compute nothing; any other gets a separate array.
  const lent = copies in dataset.gather;
  const stride = sizeOf(dataset.sampleShape), array = like.dtype === "float64" ? Float64Array : Float32Array;
  const own = new array(lent ? 0 : Math.min(batchSize, dataset.size) * stride);
  for (let start = skipped * batchSize; start < order.length; start += batchSize) {
    const indices = order.subarray(start, start + batchSize);
    const written = own.subarray(0, indices.length * stride);
    if (!lent) dataset.gather(indices, written);
    const x = emptyTensor([indices.length, ...dataset.sampleShape], like);
    if (lent) dataset.gather(indices, arrayOf(x));
    else arrayOf(x).set(written);
    yield { x, labels: Array.from(indices, (i) => dataset.labels[i]) };
  }
}

/** `data` as a {@linkcode Dataset}; checks that there are samples, with a label each. */
export function toDataset(data: Data): Dataset {
  if (typeof data !== "object" || data === null) {
    throw new TypeError(`Data takes { images, labels } and got ${describe(data)}: of MNIST, pass its train or test`);
  }
  const dataset = "gather" in data ? data : overTensor(data.images, data.labels);
  if (dataset.size === 0) throw new RangeError("Data takes at least one sample and got none");
  if (dataset.labels.length !== dataset.size) {
    throw new RangeError(
      `Data takes one label for each sample and got ${dataset.labels.length} labels for ${dataset.size} samples`,
    );
  }
  return dataset;
}

function overTensor(images: Tensor, labels: ArrayLike<number>): Dataset {
  if (!(images instanceof Tensor)) {
    throw new TypeError(
      `Data takes images as a tensor [N, …] and got ${describe(images)}: of MNIST, pass its train or test`,
    );
  }
  if (images.shape.length < 2) {
    throw new RangeError(
      `Data takes images as a tensor [N, …] and got ${formatShape(images.shape)}: one number per sample is [N, 1]`,
    );
  }
  if (typeof labels?.length !== "number") {
    throw new TypeError(`Data takes labels as an array, one number for each sample, and got ${describe(labels)}`);
  }
  const [size, ...sampleShape] = images.shape;
  const stride = sizeOf(sampleShape);
  const gather: Dataset["gather"] = (indices, out) => {
    const from = arrayOf(images);
    for (let i = 0; i < indices.length; i++) {
      out.set(from.subarray(indices[i] * stride, (indices[i] + 1) * stride), i * stride);
    }
  };
  return { size, sampleShape, labels, dtype: images.dtype, gather: Object.assign(gather, { [copies]: true }) };
}
