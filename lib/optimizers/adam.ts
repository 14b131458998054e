/** Adam and AdamW: momentum, and an adaptive step size for every parameter. */
import { kernelFor } from "../kernel/select.ts";
import { arrayOf } from "../tensor/operations.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { expectEpsilon, expectRange, type Optimizable, Optimizer, type OptimizerOptions } from "./optimizer.ts";

/** The options of {@linkcode Adam} and {@linkcode AdamW}. */
export interface AdamOptions extends OptimizerOptions {
  /** The decay rate of the running mean of gradients; 0.9 by default. */
  beta1?: number;
  /** The decay rate of the running mean of squared gradients; 0.999 by default. */
  beta2?: number;
  /** Added to the root, so that nothing is divided by zero: above 0; 1e-8 by default. */
  epsilon?: number;
}

/**
 * Adam (Kingma and Ba 2015). Both running means start at zero and are too small at first; dividing by 1 - βᵗ corrects
 * that.
 *
 *     m = β₁ m + (1 - β₁) g         m̂ = m / (1 - β₁ᵗ)
 *     s = β₂ s + (1 - β₂) g²        ŝ = s / (1 - β₂ᵗ)
 *     w = w - learningRate · m̂ / (√ŝ + epsilon)
 *
 * @example The first step has the size of the learning rate, whatever the gradient
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { Adam, FC, Tensor } from "@gradually/gradually";
 *
 * const fc = new FC({ inFeatures: 1, outFeatures: 1, bias: false, init: "zeros" });
 * fc.weight.grad = Tensor.from([[123]]);
 * new Adam(fc.parameters(), { learningRate: 0.01 }).step();
 * assertAlmostEquals(fc.weight.value.at(0, 0), -0.01, 1e-6);
 * ```
 */
export class Adam extends Optimizer {
  /** The decay rate of the running mean of gradients. */
  readonly beta1: number;
  /** The decay rate of the running mean of squared gradients. */
  readonly beta2: number;
  /** Added to the root. */
  readonly epsilon: number;
  /** Whether weight decay shrinks the weight directly instead of being added to the gradient. */
  protected readonly decoupled: boolean = false;
  readonly #mean: Tensor[];
  readonly #square: Tensor[];

  /**
   * An optimizer of these parameters.
   * @throws {RangeError} If a constant is out of its range.
   */
  constructor(parameters: readonly Optimizable[], options: AdamOptions = {}) {
    const { learningRate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay } = options;
    super(parameters, learningRate, weightDecay);
    this.beta1 = expectRange("beta1", beta1, 0, 1);
    this.beta2 = expectRange("beta2", beta2, 0, 1);
    this.epsilon = expectEpsilon(epsilon, parameters);
    this.#mean = this.state();
    this.#square = this.state();
  }

  /** Updates every parameter once. */
  step(): void {
    const { learningRate, beta1, beta2, epsilon, weightDecay, decoupled } = this;
    const constants = { learningRate, beta1, beta2, epsilon, weightDecay, decoupled, step: ++this.steps };
    for (const [i, { value, grad }] of this.parameters.entries()) {
      const [mean, square] = [arrayOf(this.#mean[i]), arrayOf(this.#square[i])];
      kernelFor(value.dtype).adamStep(constants, arrayOf(value), arrayOf(grad), mean, square);
    }
  }
}

/**
 * AdamW (Loshchilov and Hutter 2019): Adam with decoupled weight decay, which shrinks the weight directly. In Adam the
 * decay is added to the gradient and then divided by its size, so that weights with large gradients hardly decay.
 *
 * @example Without a gradient only the decay is left
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { AdamW, FC, Tensor } from "@gradually/gradually";
 *
 * const fc = new FC({ inFeatures: 1, outFeatures: 1, bias: false });
 * fc.weight.value = Tensor.from([[1]]);
 * new AdamW(fc.parameters(), { learningRate: 0.1, weightDecay: 0.1 }).step();
 * assertAlmostEquals(fc.weight.value.at(0, 0), 0.99, 1e-6);
 * ```
 */
export class AdamW extends Adam {
  /** Weight decay shrinks the weight directly. */
  protected override readonly decoupled: boolean = true;

  /** An optimizer of these parameters; `weightDecay` is 0.01 by default. */
  constructor(parameters: readonly Optimizable[], options: AdamOptions = {}) {
    super(parameters, { weightDecay: 0.01, ...options });
  }
}
