/** Sigmoid: maps every number to one between 0 and 1. */
import { kernelFor } from "../kernel/select.ts";
import { arrayOf, emptyTensor } from "../tensor/operations.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { expectGradient, expectTensor, Layer } from "./layer.ts";

/**
 * The logistic function: maps every number to one between 0 and 1.
 *
 *     y  = 1 / (1 + e⁻ˣ)
 *     dx = dy · y (1 - y)                the slope follows from the output alone
 *
 * Finite for every x: for negative x it is computed as eˣ / (1 + eˣ).
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Sigmoid, Tensor } from "@gradually/gradually";
 *
 * const sigmoid = new Sigmoid();
 * assertEquals(sigmoid.forward(Tensor.from([-1000, 0, 1000])).toArray(), [0, 0.5, 1]);
 * assertEquals(sigmoid.backward(Tensor.from([1, 1, 1])).toArray(), [0, 0.25, 0]);
 * ```
 */
export class Sigmoid extends Layer {
  #y: Tensor | undefined; // the output of forward, for backward

  /** `1 / (1 + e⁻ˣ)` */
  forward(x: Tensor): Tensor {
    expectTensor(this, x);
    const y = emptyTensor(x.shape, x);
    kernelFor(x.dtype).sigmoidForward(arrayOf(x), arrayOf(y));
    this.#y = y;
    return y;
  }

  /** `dy · y (1 - y)` */
  backward(gradOut: Tensor): Tensor {
    const y = this.saved(this.#y);
    expectGradient(this, gradOut, y.shape, y.dtype);
    const gradX = emptyTensor(y.shape, y);
    kernelFor(y.dtype).sigmoidBackward(arrayOf(y), arrayOf(gradOut), arrayOf(gradX));
    return gradX;
  }
}
