/** The geometry of a sliding window: the output size, and the pooling layers' shared base. */
import type { PoolShape } from "../kernel/kernel.ts";
import type { Shape } from "../tensor/shape.ts";
import { checkDimensions, expectPair, Layer, type LayerOptions, type Pair, ShapeError } from "./layer.ts";

/**
 * The number of positions of a window of `kernel` pixels along `size` pixels: ⌊(size + 2 padding - kernel) / stride⌋ +
 * 1. Pixels left over at the end are not covered.
 */
export function outputSize(
  layer: Layer,
  direction: "high" | "wide",
  size: number,
  kernel: number,
  stride: number,
  padding: number,
): number {
  const padded = size + 2 * padding;
  if (kernel > padded) {
    throw new ShapeError(
      `${layer.label} takes images at least ${kernel} pixels ${direction}, its kernelSize, and got ${padded}` +
        `${padding ? ", padding included" : ""}: make kernelSize at most ${padded}` +
        `${layer instanceof PoolLayer ? ", or pool less before it" : ", or the padding larger"}`,
      [size],
    );
  }
  return Math.floor((padded - kernel) / stride) + 1;
}

/** The options of {@linkcode MaxPool2D} and {@linkcode AvgPool2D}. */
export interface PoolOptions extends LayerOptions {
  /** The size of the window, in pixels: one number, or `[height, width]`. */
  kernelSize: Pair;
  /** How many pixels the window moves at a time; the size of the window by default. */
  stride?: Pair;
}

/**
 * What the two pooling layers share: the window and its geometry.
 *
 * @example Your own pooling layer keeps the upper left pixel of each window
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { PoolLayer, Tensor } from "@gradually/gradually";
 *
 * class Subsample extends PoolLayer {
 *   #x?: Tensor;
 *   forward(x: Tensor): Tensor {
 *     this.#x = x;
 *     const y = Tensor.zeros(this.outputShape(x.shape));
 *     return y.map((_, i) => x.data[this.#pixel(i, y)]);
 *   }
 *   backward(gradOut: Tensor): Tensor {
 *     const gradX = Tensor.zeros(this.saved(this.#x).shape);
 *     gradOut.data.forEach((grad, i) => gradX.data[this.#pixel(i, gradOut)] += grad);
 *     return gradX;
 *   }
 *   #pixel(i: number, { shape: [, , height, width] }: Tensor): number {
 *     const [, , rows, columns] = this.saved(this.#x).shape;
 *     const [plane, row, column] = [Math.floor(i / width / height), Math.floor(i / width) % height, i % width];
 *     return (plane * rows + row * this.stride[0]) * columns + column * this.stride[1];
 *   }
 * }
 * const x = Tensor.from([[[[1, 2, 3, 4], [5, 6, 7, 8]]]]);
 * assertEquals(new Subsample({ kernelSize: 2 }).forward(x).toArray(), [[[[1, 3]]]]);
 * ```
 */
export abstract class PoolLayer extends Layer {
  /** `[height, width]` of the window. */
  readonly kernelSize: readonly [number, number];
  /** `[vertical, horizontal]` steps of the window. */
  readonly stride: readonly [number, number];

  /**
   * A window of this size.
   * @throws {RangeError} If a size is not a whole number of at least 1.
   */
  constructor({ kernelSize, stride = kernelSize, name }: PoolOptions) {
    super({ name });
    this.kernelSize = expectPair(this.constructor.name, "kernelSize", kernelSize);
    this.stride = expectPair(this.constructor.name, "stride", stride);
  }

  /** `[N, C, H, W] → [N, C, H′, W′]` */
  override outputShape(inputShape: Shape): number[] {
    checkDimensions(this, inputShape, ["N", "C", "H", "W"], () => "one gray image is [1, 1, H, W]");
    const [batch, channels, height, width] = inputShape;
    return [
      batch,
      channels,
      outputSize(this, "high", height, this.kernelSize[0], this.stride[0], 0),
      outputSize(this, "wide", width, this.kernelSize[1], this.stride[1], 0),
    ];
  }
}

/** The pooling of images of this shape, as a kernel takes it. */
export function poolShape({ kernelSize, stride }: PoolLayer, inputShape: Shape, outputShape: Shape): PoolShape {
  const [batch, channels, height, width] = inputShape;
  const [, , outHeight, outWidth] = outputShape;
  return {
    planes: batch * channels,
    height,
    width,
    outHeight,
    outWidth,
    kernelHeight: kernelSize[0],
    kernelWidth: kernelSize[1],
    strideHeight: stride[0],
    strideWidth: stride[1],
  };
}
