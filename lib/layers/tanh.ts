/** Tanh: maps every number to one between -1 and 1. */
import { kernelFor } from "../kernel/select.ts";
import { arrayOf, emptyTensor } from "../tensor/operations.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { expectGradient, expectTensor, Layer } from "./layer.ts";

/**
 * The hyperbolic tangent: maps every number to one between -1 and 1.
 *
 *     y  = tanh x
 *     dx = dy · (1 - y²)                 the slope follows from the output alone
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Tanh, Tensor } from "@gradually/gradually";
 *
 * const tanh = new Tanh();
 * assertEquals(tanh.forward(Tensor.from([-1000, 0, 1000])).toArray(), [-1, 0, 1]);
 * assertEquals(tanh.backward(Tensor.from([1, 1, 1])).toArray(), [0, 1, 0]);
 * ```
 */
export class Tanh extends Layer {
  #y: Tensor | undefined; // the output of forward, for backward

  /** `tanh x` */
  forward(x: Tensor): Tensor {
    expectTensor(this, x);
    const y = emptyTensor(x.shape, x);
    kernelFor(x.dtype).tanhForward(arrayOf(x), arrayOf(y));
    this.#y = y;
    return y;
  }

  /** `dy · (1 - y²)` */
  backward(gradOut: Tensor): Tensor {
    const y = this.saved(this.#y);
    expectGradient(this, gradOut, y.shape, y.dtype);
    const gradX = emptyTensor(y.shape, y);
    kernelFor(y.dtype).tanhBackward(arrayOf(y), arrayOf(gradOut), arrayOf(gradX));
    return gradX;
  }
}
