/** Images and their labels, kept as bytes until a batch of them is needed. */
import { expectInteger, expectNumber, refusal } from "../lib/tensor/expect_number.ts";
import { sizeOf } from "../lib/tensor/shape.ts";
import { Tensor } from "../lib/tensor/tensor.ts";
import type { Pixels } from "./packed_pixels.ts";

/** Pixel byte → 0…1 as a table: it saves 47 million divisions per epoch, and the values are exactly v / 255. */
const UNIT = Float64Array.from({ length: 256 }, (_, byte) => byte / 255);

/** How to read the bytes of an {@linkcode ImageDataset}. */
export interface ImageDatasetOptions {
  /** Rows of an image; 28 by default. */
  height?: number;
  /** Columns of an image; 28 by default. */
  width?: number;
  /** 1 for gray, 3 for color: first all the red of an image, then the green, then the blue. 1 by default. */
  channels?: number;
  /** The number of classes; labels are 0 … classes − 1. 10 by default, or as many as there are names. */
  classes?: number;
  /** What each class is called; `"0"`, `"1"`, … by default. */
  classNames?: readonly string[];
}

/** A batch of a dataset: what a model's `forward` and a loss take. */
export interface ImageBatch {
  /** The images, [n, channels, height, width], float32 in 0…1. */
  readonly x: Tensor;
  /** Their labels, n of them. */
  readonly labels: Uint8Array;
  /**
   * The labels under their old name, so that existing answers and notebooks still run.
   *
   * @deprecated Use `labels`.
   */
  readonly y: Uint8Array;
}

/**
 * Images, gray or in color, with one label each. A pixel takes one byte here and four in a float32 tensor, so all of MNIST is 55 MB
 * in this form; {@linkcode ImageDataset.gather} converts only the samples that a batch needs.
 *
 * @example
 * ```ts
 * import { ImageDataset } from "@gradually/gradually/data";
 * import { assertEquals } from "@std/assert";
 *
 * const pixels = Uint8Array.of(0, 255, 51, 102, 255, 255, 0, 0); // two images of 2 × 2
 * const data = new ImageDataset(pixels, Uint8Array.of(7, 1), { height: 2, width: 2 });
 * assertEquals(data.shape, [2, 1, 2, 2]);
 *
 * const { x, labels } = data.batch([1, 0]);
 * assertEquals(x.shape, [2, 1, 2, 2]);
 * assertEquals([...labels], [1, 7]);
 * ```
 */
export class ImageDataset {
  /** The labels, one for each image. */
  readonly labels: Uint8Array;
  /** The number of images. */
  readonly size: number;
  /** The number of classes; labels lie in 0 … classes − 1. */
  readonly classes: number;
  /** What each class is called. */
  readonly classNames: readonly string[];
  /** The shape of one sample, [channels, height, width]. */
  readonly sampleShape: readonly [channels: number, height: number, width: number];
  readonly #pixels: Pixels;
  #images?: WeakRef<Tensor>;

  static {
    // It computes nothing with tensors, so it may write directly into the memory that a network computes in.
    Object.assign(this.prototype.gather, { [Symbol.for("gradually.copies")]: true });
  }

  /**
   * Takes pixels and labels without copying, and checks that they match.
   *
   * @param bytes The pixels; kept, not copied. They may still be packed.
   * @param labels The labels; kept, not copied.
   * @param options The size of an image (28 × 28) and the number of classes (10).
   * @throws {RangeError} If a size is not a whole number of at least 1, the number of bytes is not a multiple of the
   * size of an image, the numbers of images and labels differ, or a label is not below `classes`.
   */
  constructor(bytes: Uint8Array | Pixels, labels: Uint8Array, options: ImageDatasetOptions = {}) {
    const { height = 28, width = 28, channels = 1, classNames } = options;
    const { classes = classNames?.length ?? 10 } = options;
    for (const [name, value] of Object.entries({ height, width, channels, classes })) {
      expectInteger("ImageDataset", name, value);
    }
    if (classNames && classNames.length !== classes) {
      throw new RangeError(`ImageDataset takes a name for each of ${classes} classes and got ${classNames.length}`);
    }
    const pixels = channels * height * width;
    if (bytes.length % pixels !== 0) {
      throw new RangeError(
        `ImageDataset takes whole images and got ${bytes.length} bytes, which is not a multiple of ${pixels} ` +
          `(${channels === 1 ? "" : `${channels} × `}${height} × ${width}): check height and width`,
      );
    }
    const count = bytes.length / pixels;
    if (count !== labels.length) {
      throw new RangeError(
        `ImageDataset takes one label for each image and got ${labels.length} labels for ${count} images: ` +
          `are both from the same set?`,
      );
    }
    const wrong = labels.findIndex((label) => label >= classes);
    if (wrong >= 0) {
      throw new RangeError(
        `ImageDataset takes labels from 0 to ${classes - 1} and got ${labels[wrong]} as label ${wrong}: set classes`,
      );
    }
    this.#pixels = bytes instanceof Uint8Array ? { length: bytes.length, upTo: () => bytes } : bytes;
    this.labels = labels;
    this.size = count;
    this.classes = classes;
    this.classNames = classNames ?? Array.from({ length: classes }, (_, label) => String(label));
    this.sampleShape = [channels, height, width];
  }

  /** The pixels, one byte each, row-major: channels × height × width of the first image, then of the second, … */
  get bytes(): Uint8Array {
    const { length } = this.#pixels;
    return this.#pixels.upTo(length).subarray(0, length);
  }

  /** The shape of all images as one tensor, [N, channels, height, width]. */
  get shape(): readonly [number, number, number, number] {
    return [this.size, ...this.sampleShape];
  }

  /**
   * All images as one float32 tensor [N, channels, height, width] in 0…1. For the 60,000 of MNIST these are 47 million floats,
   * 188 MB: fine for a look at a few (`data.take(100).images`), too much for training; batches come from
   * {@linkcode ImageDataset.gather}. The tensor is made when it is needed, and kept only as long as somebody holds it.
   */
  get images(): Tensor {
    const kept = this.#images?.deref();
    if (kept) return kept;
    const bytes = this.bytes;
    const floats = new Float32Array(bytes.length);
    for (let i = 0; i < floats.length; i++) floats[i] = UNIT[bytes[i]];
    const images = Tensor.from(floats, [...this.shape]);
    this.#images = new WeakRef(images);
    return images;
  }

  /**
   * Writes the samples at `indices`, one after the other, into `out`, scaled to 0…1.
   *
   * @param indices Which samples, in which order; repetitions are fine.
   * @param out Receives them; its length must be that of `indices.length` samples.
   * @throws {RangeError} If an index is not a whole number in 0 … size − 1, or `out` has another length.
   *
   * @example
   * ```ts
   * import { ImageDataset } from "@gradually/gradually/data";
   * import { assertEquals } from "@std/assert";
   *
   * const data = new ImageDataset(Uint8Array.of(0, 51, 102, 255), Uint8Array.of(3, 8), { height: 1, width: 2 });
   * const out = new Float64Array(2);
   * data.gather([1], out);
   * assertEquals([...out], [0.4, 1]);
   * ```
   */
  gather(indices: ArrayLike<number>, out: Float32Array | Float64Array): void {
    const pixels = sizeOf(this.sampleShape);
    if (out.length !== indices.length * pixels) {
      throw new RangeError(
        `gather takes an out of ${indices.length * pixels} numbers (${indices.length} samples of ${pixels} pixels) ` +
          `and got ${out.length}`,
      );
    }
    let last = -1;
    for (let n = 0; n < indices.length; n++) {
      this.#expectIndex(indices[n]);
      if (indices[n] > last) last = indices[n];
    }
    const bytes = this.#pixels.upTo((last + 1) * pixels);
    for (let n = 0, to = 0; n < indices.length; n++) {
      const from = indices[n] * pixels;
      for (let p = 0; p < pixels; p++) out[to++] = UNIT[bytes[from + p]];
    }
  }

  /**
   * The samples at `indices` as tensors, ready for a model and a loss.
   *
   * @param indices Which samples, in which order.
   * @returns The images `x` [n, channels, height, width] and their `labels`.
   * @throws {RangeError} If there is no index, or one is not a whole number in 0 … size − 1.
   */
  batch(indices: ArrayLike<number>): ImageBatch {
    if (indices.length === 0) throw new RangeError("batch takes at least one index and got none");
    const [channels, height, width] = this.sampleShape;
    const floats = new Float32Array(indices.length * channels * height * width);
    this.gather(indices, floats);
    const x = Tensor.from(floats, [indices.length, channels, height, width]);
    const labels = Uint8Array.from(indices, (index) => this.labels[index]);
    const batch = { x, labels };
    // Not enumerable: whoever prints or compares a batch sees each label once.
    return Object.defineProperty(batch, "y", { value: labels }) as typeof batch & { readonly y: Uint8Array };
  }

  /**
   * The samples from `start` up to, but not including, `end`, as a view: nothing is copied. Like
   * `Array.prototype.slice`, it counts negative positions from the end and ignores what lies outside.
   *
   * @param start The first sample.
   * @param end One past the last.
   * @returns These samples as a dataset.
   *
   * @example
   * ```ts
   * import { syntheticDigits } from "@gradually/gradually/data";
   * import { assertEquals } from "@std/assert";
   *
   * const { train } = syntheticDigits({ train: 50, test: 10 });
   * assertEquals(train.slice(40).size, 10);
   * assertEquals(train.take(20).labels, train.labels.subarray(0, 20));
   * ```
   */
  slice(start = 0, end: number = this.size): ImageDataset {
    expectNumber("slice", "start", start);
    expectNumber("slice", "end", end);
    const [channels, height, width] = this.sampleShape;
    const labels = this.labels.subarray(start, end), stride = channels * height * width;
    const first = labels.byteOffset - this.labels.byteOffset;
    const begin = first * stride;
    const length = labels.length * stride;
    const upTo = (end: number): Uint8Array => this.#pixels.upTo(begin + end).subarray(begin, begin + length);
    return new ImageDataset({ length, upTo }, labels, { height, width, channels, classNames: this.classNames });
  }

  /**
   * The first `count` samples, as a view; all of them where there are fewer.
   *
   * @param count How many.
   * @returns These samples as a dataset.
   * @throws {RangeError} If `count` is not a whole number of at least 0.
   */
  take(count: number): ImageDataset {
    if (!Number.isInteger(count) || count < 0) throw refusal("take takes a whole number of at least 0", count);
    return this.slice(0, count);
  }

  #expectIndex(index: number): void {
    if (!Number.isInteger(index) || index < 0 || index >= this.size) {
      throw refusal(`A dataset of ${this.size} samples takes indices from 0 to ${this.size - 1}`, index);
    }
  }

  /** One line instead of 47 million bytes, wherever a dataset is logged or inspected. */
  [Symbol.for("Deno.customInspect")](): string {
    return `ImageDataset of ${this.size} images [${this.sampleShape.join(", ")}], labels 0..${this.classes - 1}`;
  }
}
