/** RMSProp: an adaptive step size for every parameter. */
import { kernelFor } from "../kernel/select.ts";
import { arrayOf } from "../tensor/operations.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { expectEpsilon, expectRange, type Optimizable, Optimizer, type OptimizerOptions } from "./optimizer.ts";

/** The options of {@linkcode RMSProp}. */
export interface RMSPropOptions extends OptimizerOptions {
  /** The decay rate of the running mean of squared gradients; 0.99 by default. */
  alpha?: number;
  /** Added to the root, so that nothing is divided by zero: above 0; 1e-8 by default. */
  epsilon?: number;
}

/**
 * RMSProp (Hinton, lecture 6 of Neural Networks for Machine Learning, 2012): each step is divided by the size of the
 * recent gradients, parameter by parameter.
 *
 *     s = alpha · s + (1 - alpha) g²
 *     w = w - learningRate · g / (√s + epsilon)
 *
 * @example The first step does not depend on the size of the gradient
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { FC, RMSProp, Tensor } from "@gradually/gradually";
 *
 * const fc = new FC({ inFeatures: 2, outFeatures: 1, bias: false, init: "zeros" });
 * fc.weight.grad = Tensor.from([[1], [1000]]);
 * new RMSProp(fc.parameters(), { learningRate: 0.01 }).step();
 * assertAlmostEquals(fc.weight.value.at(0, 0), fc.weight.value.at(1, 0), 1e-6);
 * ```
 */
export class RMSProp extends Optimizer {
  /** The decay rate of the running mean of squared gradients. */
  readonly alpha: number;
  /** Added to the root. */
  readonly epsilon: number;
  readonly #square: Tensor[];

  /**
   * An optimizer of these parameters.
   * @throws {RangeError} If a constant is out of its range.
   */
  constructor(parameters: readonly Optimizable[], options: RMSPropOptions = {}) {
    const { learningRate = 0.01, alpha = 0.99, epsilon = 1e-8, weightDecay } = options;
    super(parameters, learningRate, weightDecay);
    this.alpha = expectRange("alpha", alpha, 0, 1);
    this.epsilon = expectEpsilon(epsilon, parameters);
    this.#square = this.state();
  }

  /** Updates every parameter once. */
  step(): void {
    const { learningRate, alpha, epsilon, weightDecay } = this;
    for (const [i, { value, grad }] of this.parameters.entries()) {
      const constants = { learningRate, alpha, epsilon, weightDecay };
      kernelFor(value.dtype).rmspropStep(constants, arrayOf(value), arrayOf(grad), arrayOf(this.#square[i]));
    }
    this.steps++;
  }
}
