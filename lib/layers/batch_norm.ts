/** BatchNorm: normalizes every channel to mean 0 and variance 1, then scales and shifts it. */
import type { ChannelShape } from "../kernel/kernel.ts";
import { kernelFor } from "../kernel/select.ts";
import type { DType } from "../kernel/storage.ts";
import { expectInteger, refusal, within } from "../tensor/expect_number.ts";
import { arrayOf, emptyTensor, persistentTensor } from "../tensor/operations.ts";
import { formatShape, type Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { expectGradient, expectTensor, Layer, ShapeError, type WeightedLayerOptions } from "./layer.ts";
import { Parameter } from "./parameter.ts";

/** The options of {@linkcode BatchNorm}. */
export interface BatchNormOptions extends WeightedLayerOptions {
  /** The number of channels: C of `[N, C]` or `[N, C, H, W]`. */
  features: number;
  /** Added to the variance, so that nothing is divided by zero; 1e-5 by default. */
  epsilon?: number;
  /** How far the running statistics move toward those of each batch; 0.1 by default. */
  momentum?: number;
}

/**
 * Batch normalization (Ioffe and Szegedy 2015), channel by channel over the batch and, for images, over all pixels.
 *
 *     x̂   = (x - mean) / √(variance + epsilon)
 *     y   = gamma · x̂ + beta
 *     dx  = gamma / √(variance + epsilon) · (dy - mean(dy) - x̂ · mean(dy · x̂))
 *
 * In training, mean and variance are those of the batch, and `runningMean` and `runningVar` follow them (the latter
 * unbiased, as in PyTorch). In evaluation the running statistics are used, and backward treats them as constants.
 *
 * @example A batch of two becomes -1 and 1
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { BatchNorm, Tensor } from "@gradually/gradually";
 *
 * const y = new BatchNorm({ features: 1 }).forward(Tensor.from([[3], [7]]));
 * assertAlmostEquals(y.at(0, 0), -1, 1e-5);
 * assertAlmostEquals(y.at(1, 0), 1, 1e-5);
 * ```
 */
export class BatchNorm extends Layer {
  /** The number of channels. */
  readonly features: number;
  /** Added to the variance. */
  readonly epsilon: number;
  /** How far the running statistics move toward those of each batch. */
  readonly momentum: number;
  /** `[C]`: the scale of each channel, initially 1. */
  readonly gamma: Parameter;
  /** `[C]`: the shift of each channel, initially 0. */
  readonly beta: Parameter;
  /** `[C]`: the mean used in evaluation, initially 0. */
  readonly runningMean: Tensor;
  /** `[C]`: the variance used in evaluation, initially 1. */
  readonly runningVar: Tensor;
  readonly #dtype: DType;
  readonly #batchMean: Tensor;
  readonly #batchVar: Tensor;
  #x: Tensor | undefined; // the input of forward, for backward
  #frozen = false; // whether that forward used the running statistics

  /**
   * A layer with a scale of 1 and a shift of 0.
   * @throws {RangeError} If `features` is not a whole number of at least 1, `epsilon` is negative, or `momentum` is not
   * within 0 and 1.
   */
  constructor({ features, epsilon = 1e-5, momentum = 0.1, dtype = "float32", name }: BatchNormOptions) {
    super({ name });
    this.features = expectInteger("BatchNorm", "features", features);
    if (!within(epsilon, 0, Infinity)) throw refusal("BatchNorm takes epsilon as a number of at least 0", epsilon);
    if (!within(momentum, 0, 1)) throw refusal("BatchNorm takes momentum from 0 to 1", momentum);
    this.epsilon = epsilon;
    this.momentum = momentum;
    this.#dtype = dtype;
    this.gamma = new Parameter(`${name ?? "batchNorm"}.gamma`, [features], dtype);
    this.beta = new Parameter(`${name ?? "batchNorm"}.beta`, [features], dtype);
    arrayOf(this.gamma.value).fill(1);
    [this.runningMean, this.runningVar, this.#batchMean, this.#batchVar] = Array.from(
      { length: 4 },
      () => persistentTensor([features], dtype),
    );
    arrayOf(this.runningVar).fill(1);
  }

  /**
   * Normalizes; in training it also updates the running statistics, except of channels that are not finite.
   * @throws {RangeError} If `x` is not `[N, C]` or `[N, C, H, W]`, or training gets fewer than two numbers per channel.
   */
  forward(x: Tensor): Tensor {
    expectTensor(this, x, this.#dtype);
    const y = emptyTensor(this.outputShape(x.shape), x);
    if (this.training) this.#updateStatistics(x);
    const [mean, variance] = this.#statistics(!this.training);
    const [gamma, beta] = [arrayOf(this.gamma.value), arrayOf(this.beta.value)];
    const shape = channelShape(x.shape);
    kernelFor(x.dtype).batchNormForward(shape, arrayOf(x), mean, variance, this.epsilon, gamma, beta, arrayOf(y));
    this.#x = x;
    this.#frozen = !this.training;
    return y;
  }

  /** Adds to the gradients of gamma and beta, and returns the gradient of the input. */
  backward(gradOut: Tensor): Tensor {
    const x = this.saved(this.#x);
    expectGradient(this, gradOut, x.shape, this.#dtype);
    const gradX = emptyTensor(x.shape, x);
    const [mean, variance] = this.#statistics(this.#frozen);
    kernelFor(x.dtype).batchNormBackward(
      channelShape(x.shape),
      arrayOf(x),
      mean,
      variance,
      this.epsilon,
      arrayOf(this.gamma.value),
      arrayOf(gradOut),
      this.#frozen,
      arrayOf(gradX),
      arrayOf(this.gamma.grad),
      arrayOf(this.beta.grad),
    );
    return gradX;
  }

  /** The running statistics. */
  override buffers(): { name: string; value: Tensor }[] {
    const owner = this.gamma.name.split(".").slice(0, -1).join(".");
    return [
      { name: `${owner}.runningMean`, value: this.runningMean },
      { name: `${owner}.runningVar`, value: this.runningVar },
      ...super.buffers(),
    ];
  }

  /** The same shape. */
  override outputShape(inputShape: Shape): number[] {
    const fits = (inputShape.length === 2 || inputShape.length === 4) && inputShape[1] === this.features;
    if (!fits || inputShape[0] === 0) {
      throw new ShapeError(
        `${this.label} takes [N, ${this.features}] or [N, ${this.features}, H, W], N ≥ 1, ` +
          `and got ${formatShape(inputShape)}: set features to the number of channels`,
        inputShape,
      );
    }
    return [...inputShape];
  }

  #statistics(running: boolean): [Tensor["data"], Tensor["data"]] {
    return running
      ? [arrayOf(this.runningMean), arrayOf(this.runningVar)]
      : [arrayOf(this.#batchMean), arrayOf(this.#batchVar)];
  }

  #updateStatistics(x: Tensor): void {
    const shape = channelShape(x.shape);
    const count = shape.batch * shape.plane;
    if (count < 2) {
      throw new RangeError(
        `${this.label} takes at least two numbers per channel in training and got ${formatShape(x.shape)}: ` +
          `take a larger batch, or call eval() first`,
      );
    }
    const [mean, variance] = this.#statistics(false);
    const [runningMean, runningVar] = this.#statistics(true);
    kernelFor(x.dtype).channelStatistics(shape, arrayOf(x), mean, variance);
    for (let c = 0; c < this.features; c++) {
      if (!Number.isFinite(mean[c]) || !Number.isFinite(variance[c])) continue; // one bad batch would spoil them for good
      runningMean[c] += this.momentum * (mean[c] - runningMean[c]);
      runningVar[c] += this.momentum * (variance[c] * count / (count - 1) - runningVar[c]);
    }
  }
}

function channelShape([batch, channels, height = 1, width = 1]: Shape): ChannelShape {
  return { batch, channels, plane: height * width };
}
