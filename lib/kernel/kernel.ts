/**
 * The few operations that everything else is made of. A layer says *what* to compute; a kernel says *how*.
 *
 * The plain-loop reference defines each operation; the conformance suite compares faster kernels with it. Every array is
 * dense and row-major. A kernel does not check again what the layers have checked, keeps no array after a call, and writes
 * only into arrays whose names begin with `out` or `grad`, and into the value and the state that an optimizer updates.
 * `out…` arrays are overwritten; where a `grad…` array is *accumulated* into, its operation says so.
 *
 * The reference computes in double precision and rounds at the end; a faster kernel may compute in float32 throughout.
 * So they agree as long as every product, square and partial sum stays below 3.4e38, the largest float32. Beyond it the
 * reference may give a number (3e38 + 3e38 - 3e38 is 3e38, 1e30 · 1e30 - 1e30 · 1e30 is 0), where a faster kernel gives
 * ±∞ or NaN; a weight whose squared gradient is beyond it stays where it is in RMSProp and Adam. It never gives a finite
 * sum that is wrong.
 */
import type { DType, FloatArray, Storage } from "./storage.ts";

/** `out[m, n] = a[m, k] · b[k, n]`, where `a` or `b` may be stored transposed. */
export interface MatmulShape {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  /** `a` is stored as `[k, m]`. */
  readonly transposeA: boolean;
  /** `b` is stored as `[n, k]`. */
  readonly transposeB: boolean;
  /** Add to `out` instead of overwriting it. */
  readonly accumulate: boolean;
}

/** A convolution: images `[N, C, H, W]`, weights `[out, in, kh, kw]`, output `[N, out, outHeight, outWidth]`. */
export interface ConvShape {
  readonly batch: number;
  readonly inChannels: number;
  readonly height: number;
  readonly width: number;
  readonly outChannels: number;
  readonly kernelHeight: number;
  readonly kernelWidth: number;
  readonly strideHeight: number;
  readonly strideWidth: number;
  readonly paddingHeight: number;
  readonly paddingWidth: number;
  readonly outHeight: number;
  readonly outWidth: number;
}

/** A pooling: `planes` = N · C images of `height` × `width`, each reduced to `outHeight` × `outWidth`. */
export interface PoolShape {
  readonly planes: number;
  readonly height: number;
  readonly width: number;
  readonly kernelHeight: number;
  readonly kernelWidth: number;
  readonly strideHeight: number;
  readonly strideWidth: number;
  readonly outHeight: number;
  readonly outWidth: number;
}

/** Values `[batch, channels, plane]` that are normalized channel by channel; `[N, C]` has a plane of 1. */
export interface ChannelShape {
  readonly batch: number;
  readonly channels: number;
  readonly plane: number;
}

/** The constants of one SGD step. */
export interface SGDStep {
  readonly learningRate: number;
  readonly momentum: number;
  readonly nesterov: boolean;
  readonly weightDecay: number;
}

/** The constants of one RMSProp step. */
export interface RMSPropStep {
  readonly learningRate: number;
  readonly alpha: number;
  readonly epsilon: number;
  readonly weightDecay: number;
}

/** The constants of one Adam or AdamW step; `step` counts from 1. */
export interface AdamStep {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
  /** AdamW: the decay shrinks the weight itself, instead of being added to the gradient. */
  readonly decoupled: boolean;
  readonly step: number;
}

/** One backend. All arrays of one call have the same element type, which is in `dtypes`. */
export interface Kernel {
  /** Its name: `"reference"` or `"simd"`. */
  readonly name: string;
  /** How many threads compute. */
  readonly threads: number;
  /** The element types that it can compute. */
  readonly dtypes: readonly DType[];

  /** Memory for `size` numbers that a kernel call is about to write; its contents are arbitrary until then. */
  allocate(size: number, dtype: DType): Storage<FloatArray>;
  /** Memory for numbers that stay: weights, gradients, the state of an optimizer; filled with zeros. */
  allocatePersistent(size: number, dtype: DType): Storage<FloatArray>;
  /** Memory for `size` indices that a kernel call is about to write; its contents are arbitrary until then. */
  allocateIndices(size: number): Storage<Int32Array>;

  /**
   * `out = a · b (+ bias)`; `bias` `[n]` is added to every row. With `accumulate`, `out += a · b (+ bias)`.
   * `a` and `b` may be `out` itself: the product is of what they held before.
   */
  matmul(shape: MatmulShape, a: FloatArray, b: FloatArray, out: FloatArray, bias?: FloatArray): void;
  /** `gradBias[j] += Σᵢ a[i, j]`: accumulated. `a` is `[rows, columns]`. */
  sumRows(rows: number, columns: number, a: FloatArray, gradBias: FloatArray): void;

  /** Cross-correlation with zero padding, plus the bias of each output channel. */
  convForward(shape: ConvShape, x: FloatArray, weight: FloatArray, bias: FloatArray | undefined, out: FloatArray): void;
  /** The gradient of the input, overwritten. */
  convBackwardInput(shape: ConvShape, gradOut: FloatArray, weight: FloatArray, gradX: FloatArray): void;
  /** The gradients of weight and bias, accumulated. */
  convBackwardWeight(
    shape: ConvShape,
    x: FloatArray,
    gradOut: FloatArray,
    gradWeight: FloatArray,
    gradBias: FloatArray | undefined,
  ): void;

  /** The largest number of each window, and its index in the plane (the first of equals; a NaN wins). */
  maxPoolForward(shape: PoolShape, x: FloatArray, out: FloatArray, outIndices: Int32Array): void;
  /** Each gradient goes to where its maximum came from; overwritten. */
  maxPoolBackward(shape: PoolShape, gradOut: FloatArray, indices: Int32Array, gradX: FloatArray): void;
  /** The mean of each window. */
  avgPoolForward(shape: PoolShape, x: FloatArray, out: FloatArray): void;
  /** Each gradient is spread evenly over its window; overwritten. */
  avgPoolBackward(shape: PoolShape, gradOut: FloatArray, gradX: FloatArray): void;

  /** `max(x, 0)`; NaN stays NaN. */
  reluForward(x: FloatArray, out: FloatArray): void;
  /** `gradOut` where `x > 0`, else 0. */
  reluBackward(x: FloatArray, gradOut: FloatArray, gradX: FloatArray): void;
  /** `1 / (1 + e^-x)`, finite for every finite x. */
  sigmoidForward(x: FloatArray, out: FloatArray): void;
  /** `gradOut · y (1 - y)`, from the output y. */
  sigmoidBackward(y: FloatArray, gradOut: FloatArray, gradX: FloatArray): void;
  /** `tanh(x)`, finite for every x. */
  tanhForward(x: FloatArray, out: FloatArray): void;
  /** `gradOut · (1 - y²)`, from the output y. */
  tanhBackward(y: FloatArray, gradOut: FloatArray, gradX: FloatArray): void;
  /** Softmax of each row of `[rows, columns]`. */
  softmaxForward(rows: number, columns: number, x: FloatArray, out: FloatArray): void;
  /** `y (gradOut - Σ gradOut · y)`, row by row, from the output y. */
  softmaxBackward(rows: number, columns: number, y: FloatArray, gradOut: FloatArray, gradX: FloatArray): void;

  /**
   * Cross entropy of each row of logits against its label, summed; and `outProbabilities`, the softmax of each row.
   * Returns the sum over the rows, in double precision.
   */
  crossEntropyForward(
    rows: number,
    columns: number,
    logits: FloatArray,
    labels: ArrayLike<number>,
    outProbabilities: FloatArray,
  ): number;
  /** `scale · (probabilities - onehot(label))`. */
  crossEntropyBackward(
    rows: number,
    columns: number,
    probabilities: FloatArray,
    labels: ArrayLike<number>,
    scale: number,
    gradLogits: FloatArray,
  ): void;

  /** Mean and biased variance of each channel. */
  channelStatistics(shape: ChannelShape, x: FloatArray, outMean: FloatArray, outVariance: FloatArray): void;
  /** `gamma (x - mean) / √(variance + epsilon) + beta`. */
  batchNormForward(
    shape: ChannelShape,
    x: FloatArray,
    mean: FloatArray,
    variance: FloatArray,
    epsilon: number,
    gamma: FloatArray,
    beta: FloatArray,
    out: FloatArray,
  ): void;
  /**
   * The gradients of batch norm. With `frozen` (evaluation) mean and variance count as constants.
   * `gradX` is overwritten, `gradGamma` and `gradBeta` are accumulated.
   */
  batchNormBackward(
    shape: ChannelShape,
    x: FloatArray,
    mean: FloatArray,
    variance: FloatArray,
    epsilon: number,
    gamma: FloatArray,
    gradOut: FloatArray,
    frozen: boolean,
    gradX: FloatArray,
    gradGamma: FloatArray,
    gradBeta: FloatArray,
  ): void;

  /** `out = a · b`, element by element. */
  multiply(a: FloatArray, b: FloatArray, out: FloatArray): void;

  /** `out = 0`. */
  clear(out: FloatArray): void;

  /** One step of SGD on `value`; `velocity` is read and written when there is momentum. */
  sgdStep(step: SGDStep, value: FloatArray, grad: FloatArray, velocity: FloatArray | undefined, first: boolean): void;
  /** One step of RMSProp on `value`; `square` is its running mean of squared gradients. */
  rmspropStep(step: RMSPropStep, value: FloatArray, grad: FloatArray, square: FloatArray): void;
  /** One step of Adam or AdamW on `value`; `mean` and `square` are its running moments. */
  adamStep(step: AdamStep, value: FloatArray, grad: FloatArray, mean: FloatArray, square: FloatArray): void;
}
