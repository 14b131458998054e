/** SGD: stochastic gradient descent, optionally with momentum. */
import { kernelFor } from "../kernel/select.ts";
import { arrayOf } from "../tensor/operations.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { expectRange, type Optimizable, Optimizer, type OptimizerOptions } from "./optimizer.ts";

/** The options of {@linkcode SGD}. */
export interface SGDOptions extends OptimizerOptions {
  /** How much of the last step is kept; 0 by default. */
  momentum?: number;
  /** Whether to use Nesterov momentum (Nesterov 1983, as PyTorch computes it). */
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
  /** How much of the last step is kept. */
  readonly momentum: number;
  /** Whether Nesterov momentum is used. */
  readonly nesterov: boolean;
  readonly #velocity: Tensor[];

  /**
   * An optimizer of these parameters.
   * @throws {RangeError} If a constant is out of range, or `nesterov` is set without a momentum.
   */
  constructor(parameters: readonly Optimizable[], options: SGDOptions = {}) {
    const { learningRate = 0.01, momentum = 0, nesterov = false, weightDecay } = options;
    super(parameters, learningRate, weightDecay);
    this.momentum = expectRange("momentum", momentum, 0, 1);
    if (nesterov && momentum === 0) {
      throw new RangeError("SGD takes nesterov with a momentum above 0 and got momentum 0: set it, for example to 0.9");
    }
    this.nesterov = nesterov;
    this.#velocity = momentum > 0 ? this.state() : [];
  }

  /** Updates every parameter once. */
  step(): void {
    const { learningRate, momentum, nesterov, weightDecay } = this;
    for (const [i, { value, grad }] of this.parameters.entries()) {
      const velocity = this.#velocity[i] && arrayOf(this.#velocity[i]);
      const constants = { learningRate, momentum, nesterov, weightDecay };
      kernelFor(value.dtype).sgdStep(constants, arrayOf(value), arrayOf(grad), velocity, this.steps === 0);
    }
    this.steps++;
  }
}
