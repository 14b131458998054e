/** Conv2D: the convolution layer. */
import type { ConvShape } from "../kernel/kernel.ts";
import { kernelFor } from "../kernel/select.ts";
import type { DType } from "../kernel/storage.ts";
import { expectInteger } from "../tensor/expect_number.ts";
import { arrayOf, emptyTensor } from "../tensor/operations.ts";
import type { Random } from "../tensor/random.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type Init, initialize } from "./initialize.ts";
import {
  checkDimensions,
  expectGradient,
  expectPair,
  expectTensor,
  Layer,
  type Pair,
  type WeightedLayerOptions,
} from "./layer.ts";
import { Parameter } from "./parameter.ts";
import { outputSize } from "./window.ts";

/** The options of {@linkcode Conv2D}. */
export interface Conv2DOptions extends WeightedLayerOptions {
  /** How many channels an image has: 1 for gray, 3 for color. */
  inChannels: number;
  /** How many channels the output has: one for each kernel. */
  outChannels: number;
  /** The size of the window, in pixels: one number, or `[height, width]`. */
  kernelSize: Pair;
  /** How many pixels the window moves at a time; 1 by default. */
  stride?: Pair;
  /** How many rows and columns of zeros surround the image; 0 by default. */
  padding?: Pair;
  /** Whether each output channel has a bias; `true` by default. */
  bias?: boolean;
  /** How the weights are initialized; `"xavier"` by default. The bias starts at zero. */
  init?: Init;
  /** The source of the initial weights. */
  random?: Random;
}

/**
 * A convolution: one small window of weights asks the same question at every position of the image.
 *
 *     y[n, o, i, j]   = b[o] + Σ W[o, c, u, v] · x[n, c, i·s + u - p, j·s + v - p]     over c, u, v
 *     dx[n, c, …]     = Σ W[o, c, u, v] · dy[n, o, i, j]         over every window that covered the pixel
 *     dW[o, c, u, v]  = Σ x[n, c, i·s + u - p, …] · dy[n, o, i, j]   over every position of the window
 *     db[o]           = Σ dy[n, o, i, j]
 *
 * The kernel is not flipped: strictly speaking this is a cross-correlation, as in every deep learning library.
 * Images are `[N, C, H, W]`, weights `[out, in, kh, kw]`; the height of the output is ⌊(H + 2p - k) / s⌋ + 1.
 *
 * @example A window that sums its pixels
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Conv2D, Tensor } from "@gradually/gradually";
 *
 * const conv = new Conv2D({ inChannels: 1, outChannels: 1, kernelSize: 2 });
 * conv.weight.value = Tensor.ones([1, 1, 2, 2]);
 * const image = Tensor.from([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 1, 3, 3]);
 * assertEquals(conv.forward(image).toArray(), [[[[12, 16], [24, 28]]]]);
 * ```
 */
export class Conv2D extends Layer {
  /** How many channels the input has. */
  readonly inChannels: number;
  /** How many channels the output has. */
  readonly outChannels: number;
  /** `[height, width]` of the window. */
  readonly kernelSize: readonly [number, number];
  /** `[vertical, horizontal]` steps of the window. */
  readonly stride: readonly [number, number];
  /** `[rows, columns]` of zeros on each side. */
  readonly padding: readonly [number, number];
  /** `[out, in, kh, kw]` */
  readonly weight: Parameter;
  /** `[out]` */
  readonly bias: Parameter | undefined;
  readonly #dtype: DType;
  #x: Tensor | undefined; // the input of forward, for backward

  /**
   * A layer with initial weights as `init` says.
   * @throws {RangeError} If a size is not a whole number of at least 1 (padding: of at least 0).
   */
  constructor(options: Conv2DOptions) {
    const { inChannels, outChannels, bias = true, init, random, dtype = "float32", name } = options;
    super({ name });
    this.inChannels = expectInteger("Conv2D", "inChannels", inChannels);
    this.outChannels = expectInteger("Conv2D", "outChannels", outChannels);
    this.kernelSize = expectPair("Conv2D", "kernelSize", options.kernelSize);
    this.stride = expectPair("Conv2D", "stride", options.stride ?? 1);
    this.padding = expectPair("Conv2D", "padding", options.padding ?? 0, 0);
    this.#dtype = dtype;
    const window = this.kernelSize[0] * this.kernelSize[1];
    this.weight = new Parameter(`${name ?? "conv"}.weight`, [outChannels, inChannels, ...this.kernelSize], dtype);
    this.bias = bias ? new Parameter(`${name ?? "conv"}.bias`, [outChannels], dtype) : undefined;
    initialize(this.weight, { fanIn: inChannels * window, fanOut: outChannels * window }, init, random);
  }

  /**
   * Moves the window over every image.
   * @throws {RangeError} If `x` is not `[N, in, H, W]`, N ≥ 1, or smaller than the kernel.
   */
  forward(x: Tensor): Tensor {
    expectTensor(this, x, this.#dtype);
    const y = emptyTensor(this.outputShape(x.shape), x);
    const bias = this.bias && arrayOf(this.bias.value);
    kernelFor(x.dtype).convForward(this.#geometry(x.shape), arrayOf(x), arrayOf(this.weight.value), bias, arrayOf(y));
    this.#x = x;
    return y;
  }

  /** Adds to the gradients of weight and bias, and returns the gradient of the images. */
  backward(gradOut: Tensor): Tensor {
    this.backwardParameters(gradOut);
    const x = this.saved(this.#x);
    const gradX = emptyTensor(x.shape, x);
    const weight = arrayOf(this.weight.value);
    kernelFor(x.dtype).convBackwardInput(this.#geometry(x.shape), arrayOf(gradOut), weight, arrayOf(gradX));
    return gradX;
  }

  /** The same, without the gradient of the input. */
  override backwardParameters(gradOut: Tensor): void {
    const x = this.saved(this.#x);
    expectGradient(this, gradOut, this.outputShape(x.shape), this.#dtype);
    const gradBias = this.bias && arrayOf(this.bias.grad);
    const gradWeight = arrayOf(this.weight.grad);
    kernelFor(x.dtype).convBackwardWeight(this.#geometry(x.shape), arrayOf(x), arrayOf(gradOut), gradWeight, gradBias);
  }

  /** `[N, in, H, W] → [N, out, H′, W′]` */
  override outputShape(inputShape: Shape): number[] {
    checkDimensions(
      this,
      inputShape,
      ["N", this.inChannels, "H", "W"],
      (found) =>
        found.length === 4
          ? `the images have ${found[1]} ${found[1] === 1 ? "channel" : "channels"}; set inChannels to ${found[1]}`
          : "one gray image is [1, 1, H, W]",
    );
    const height = outputSize(this, "high", inputShape[2], this.kernelSize[0], this.stride[0], this.padding[0]);
    const width = outputSize(this, "wide", inputShape[3], this.kernelSize[1], this.stride[1], this.padding[1]);
    return [inputShape[0], this.outChannels, height, width];
  }

  #geometry(inputShape: Shape): ConvShape {
    const [batch, inChannels, height, width] = inputShape;
    const [, outChannels, outHeight, outWidth] = this.outputShape(inputShape);
    const [kernelHeight, kernelWidth] = this.kernelSize;
    const [strideHeight, strideWidth] = this.stride;
    const [paddingHeight, paddingWidth] = this.padding;
    return {
      batch,
      inChannels,
      height,
      width,
      outChannels,
      outHeight,
      outWidth,
      kernelHeight,
      kernelWidth,
      strideHeight,
      strideWidth,
      paddingHeight,
      paddingWidth,
    };
  }
}
