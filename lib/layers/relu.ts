/** ReLU: negative numbers become zero. */
import { kernelFor } from "../kernel/select.ts";
import { arrayOf, emptyTensor } from "../tensor/operations.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { expectGradient, expectTensor, Layer } from "./layer.ts";

/**
 * The rectifier: negative numbers become zero.
 *
 *     y  = max(x, 0)
 *     dx = dy where x > 0, else 0        at x = 0 the slope is defined as 0
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ReLU, Tensor } from "@gradually/gradually";
 *
 * const relu = new ReLU();
 * assertEquals(relu.forward(Tensor.from([-2, 3])).toArray(), [0, 3]);
 * assertEquals(relu.backward(Tensor.from([5, 5])).toArray(), [0, 5]);
 * ```
 */
export class ReLU extends Layer {
  #x: Tensor | undefined; // the input of forward, for backward

  /** `max(x, 0)` */
  forward(x: Tensor): Tensor {
    expectTensor(this, x);
    const y = emptyTensor(x.shape, x);
    kernelFor(x.dtype).reluForward(arrayOf(x), arrayOf(y));
    this.#x = x;
    return y;
  }

  /** The gradient passes where x was positive. */
  backward(gradOut: Tensor): Tensor {
    const x = this.saved(this.#x);
    expectGradient(this, gradOut, x.shape, x.dtype);
    const gradX = emptyTensor(x.shape, x);
    kernelFor(x.dtype).reluBackward(arrayOf(x), arrayOf(gradOut), arrayOf(gradX));
    return gradX;
  }
}
