/** FC: the fully connected layer. */
import type { DType } from "../kernel/storage.ts";
import { expectInteger } from "../tensor/expect_number.ts";
import { accumulateMatmul, accumulateRows, affine, matmul, transpose } from "../tensor/operations.ts";
import type { Random } from "../tensor/random.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type Init, initialize } from "./initialize.ts";
import { checkDimensions, expectGradient, expectTensor, Layer, type WeightedLayerOptions } from "./layer.ts";
import { Parameter } from "./parameter.ts";

/** The options of {@linkcode FC}. */
export interface FCOptions extends WeightedLayerOptions {
  /** How many features a sample has in the input. */
  inFeatures: number;
  /** How many features a sample has in the output. */
  outFeatures: number;
  /** Whether a bias is added; `true` by default. */
  bias?: boolean;
  /** How the weights are initialized; `"xavier"` by default. The bias starts at zero. */
  init?: Init;
  /** The source of the initial weights. */
  random?: Random;
}

/**
 * A fully connected layer: every output is a weighted sum of every input.
 *
 *     y  = x W + b       [N, out] = [N, in] [in, out] + [out]
 *     dx = dy Wᵀ         an input is to blame through every weight that it met
 *     dW = xᵀ dy         a weight, through the input that it met, summed over the batch
 *     db = Σₙ dy         the bias was added to each sample, so its blame is summed over them
 *
 * @example One output of two inputs
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { FC, Tensor } from "@gradually/gradually";
 *
 * const fc = new FC({ inFeatures: 2, outFeatures: 1 });
 * fc.weight.value = Tensor.from([[2], [3]]);
 * assertEquals(fc.forward(Tensor.from([[10, 1]])).toArray(), [[23]]);
 *
 * fc.backward(Tensor.from([[1]]));
 * assertEquals(fc.weight.grad.toArray(), [[10], [1]]);
 * ```
 */
export class FC extends Layer {
  /** How many features a sample has in the input. */
  readonly inFeatures: number;
  /** How many features a sample has in the output. */
  readonly outFeatures: number;
  /** `[in, out]` */
  readonly weight: Parameter;
  /** `[out]` */
  readonly bias: Parameter | undefined;
  readonly #dtype: DType;
  #x: Tensor | undefined; // the input of forward, for backward

  /**
   * A layer with initial weights as `init` says.
   * @throws {RangeError} If a size is not a whole number of at least 1.
   */
  constructor({ inFeatures, outFeatures, bias = true, init, random, dtype = "float32", name }: FCOptions) {
    super({ name });
    this.inFeatures = expectInteger("FC", "inFeatures", inFeatures);
    this.outFeatures = expectInteger("FC", "outFeatures", outFeatures);
    this.#dtype = dtype;
    this.weight = new Parameter(`${name ?? "fc"}.weight`, [inFeatures, outFeatures], dtype);
    this.bias = bias ? new Parameter(`${name ?? "fc"}.bias`, [outFeatures], dtype) : undefined;
    initialize(this.weight, { fanIn: inFeatures, fanOut: outFeatures }, init, random);
  }

  /**
   * The weighted sums.
   * @throws {RangeError} If `x` is not `[N, in]`, N ≥ 1.
   */
  forward(x: Tensor): Tensor {
    expectTensor(this, x, this.#dtype);
    this.outputShape(x.shape);
    this.#x = x;
    return affine(x, this.weight.value, this.bias?.value);
  }

  /** Adds to the gradients of weight and bias, and returns the gradient of the input. */
  backward(gradOut: Tensor): Tensor {
    this.backwardParameters(gradOut);
    return matmul(gradOut, transpose(this.weight.value));
  }

  /** The same, without the gradient of the input. */
  override backwardParameters(gradOut: Tensor): void {
    const x = this.saved(this.#x);
    expectGradient(this, gradOut, [x.shape[0], this.outFeatures], this.#dtype);
    accumulateMatmul(this.weight.grad, transpose(x), gradOut);
    if (this.bias) accumulateRows(this.bias.grad, gradOut);
  }

  /** `[N, in] → [N, out]` */
  override outputShape(inputShape: Shape): number[] {
    checkDimensions(
      this,
      inputShape,
      ["N", this.inFeatures],
      (found) =>
        found.length === 2
          ? `the layers before it give ${found[1]} features per sample; set inFeatures to ${found[1]}`
          : found.length > 2
          ? "put a Flatten before it"
          : "samples are rows: one sample is [1, in]",
    );
    return [inputShape[0], this.outFeatures];
  }
}
