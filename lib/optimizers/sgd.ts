/** SGD: stochastic gradient descent, with momentum if wanted. */
import { kernelFor } from "../kernel/select.ts";
import { arrayOf } from "../tensor/operations.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { expectRange, type Optimizable, Optimizer, type OptimizerOptions } from "./optimizer.ts";

/** The options of {@linkcode SGD}. */
export interface SGDOptions extends OptimizerOptions {
  /** How much of the last step goes on; 0 unless told otherwise. */
  momentum?: number;
  /** Whether the gradient is taken a step ahead (Nesterov 1983, as PyTorch computes it). */
  nesterov?: boolean;
}

/**
 * Stochastic gradient descent.
 *
 *     g = grad + weightDecay · w
 *     v = momentum · v + g          (v = g at the first step)
 *     w = w - learningRate · v      (Nesterov: of g + momentum · v)
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { FC, SGD, Tensor } from "@gradually/gradually";
 *
 * const fc = new FC({ inFeatures: 1, outFeatures: 1, bias: false });
 * fc.weight.value = Tensor.from([[5]]);
 * fc.weight.grad = Tensor.from([[2]]);
 * new SGD(fc.parameters(), { learningRate: 0.5 }).step();
 * assertEquals(fc.weight.value.toArray(), [[4]]);
 * ```
 */
export class SGD extends Optimizer {
  /** How much of the last step goes on. */
  readonly momentum: number;
  /** Whether the gradient is taken a step ahead. */
  readonly nesterov: boolean;
  readonly #velocity: Tensor[];
  #first = true;

  /**
   * An optimizer of these parameters.
   * @throws {RangeError} If a constant is out of its range, or Nesterov has no momentum.
   */
  constructor(parameters: readonly Optimizable[], options: SGDOptions = {}) {
    const { learningRate = 0.01, momentum = 0, nesterov = false, weightDecay } = options;
    super(parameters, learningRate, weightDecay);
    this.momentum = expectRange("momentum", momentum, 0, 1);
    if (nesterov && momentum === 0) {
      throw new RangeError("Nesterov looks along the momentum: set momentum, for example 0.9");
    }
    this.nesterov = nesterov;
    this.#velocity = momentum > 0 ? this.state() : [];
  }

  /** Changes every parameter once. */
  step(): void {
    const { learningRate, momentum, nesterov, weightDecay } = this;
    for (const [i, { value, grad }] of this.parameters.entries()) {
      const velocity = this.#velocity[i] && arrayOf(this.#velocity[i]);
      const constants = { learningRate, momentum, nesterov, weightDecay };
      kernelFor(value.dtype).sgdStep(constants, arrayOf(value), arrayOf(grad), velocity, this.#first);
    }
    this.#first = false;
  }
}
