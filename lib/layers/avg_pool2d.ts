/** AvgPool2D: keeps the mean of each window. */
import { kernelFor } from "../kernel/select.ts";
import type { DType } from "../kernel/storage.ts";
import { arrayOf, emptyTensor } from "../tensor/operations.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { expectGradient, expectTensor } from "./layer.ts";
import { PoolLayer, poolShape } from "./window.ts";

/**
 * Average pooling: the output is the mean of each window.
 *
 *     y  = 1/k² Σ x over the window       [N, C, H, W] → [N, C, H′, W′]
 *     dx = dy / k² for every pixel of the window: each had the same share
 *
 * Windows may overlap (their shares add up); a pixel that no window covers gets no gradient.
 *
 * @example The gradient is spread evenly
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { AvgPool2D, Tensor } from "@gradually/gradually";
 *
 * const pool = new AvgPool2D({ kernelSize: 2 });
 * assertEquals(pool.forward(Tensor.from([1, 5, 2, 4], [1, 1, 2, 2])).toArray(), [[[[3]]]]);
 * assertEquals(pool.backward(Tensor.from([8], [1, 1, 1, 1])).toArray(), [[[[2, 2], [2, 2]]]]);
 * ```
 */
export class AvgPool2D extends PoolLayer {
  #inputShape: Shape | undefined;
  #dtype: DType | undefined;

  /**
   * The mean of each window.
   * @throws {RangeError} If `x` is not `[N, C, H, W]`, N ≥ 1, or smaller than the window.
   */
  forward(x: Tensor): Tensor {
    expectTensor(this, x);
    const y = emptyTensor(this.outputShape(x.shape), x);
    kernelFor(x.dtype).avgPoolForward(poolShape(this, x.shape, y.shape), arrayOf(x), arrayOf(y));
    this.#inputShape = x.shape;
    this.#dtype = x.dtype;
    return y;
  }

  /** Spreads each gradient over its window. */
  backward(gradOut: Tensor): Tensor {
    const shape = this.saved(this.#inputShape);
    expectGradient(this, gradOut, this.outputShape(shape), this.#dtype);
    const gradX = emptyTensor(shape, gradOut);
    kernelFor(gradOut.dtype).avgPoolBackward(poolShape(this, shape, gradOut.shape), arrayOf(gradOut), arrayOf(gradX));
    return gradX;
  }
}
