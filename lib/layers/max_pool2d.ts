/** MaxPool2D: keeps the maximum of each window. */
import { kernelFor } from "../kernel/select.ts";
import type { DType, Storage } from "../kernel/storage.ts";
import { arrayOf, emptyTensor } from "../tensor/operations.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { expectGradient, expectTensor } from "./layer.ts";
import { PoolLayer, poolShape } from "./window.ts";

/**
 * Max pooling: the output is the maximum of each window. The next layer does not learn where in the window it was;
 * backward has to know.
 *
 *     y  = max x over the window          [N, C, H, W] → [N, C, H′, W′]
 *     dx = dy at the position of that maximum (the first of equals), 0 everywhere else
 *
 * Windows may overlap; a pixel that no window covers gets no gradient.
 *
 * @example The gradient goes to the position of the maximum
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { MaxPool2D, Tensor } from "@gradually/gradually";
 *
 * const pool = new MaxPool2D({ kernelSize: 2 });
 * const x = Tensor.from([1, 5, 2, 3], [1, 1, 2, 2]);
 * assertEquals(pool.forward(x).toArray(), [[[[5]]]]);
 * assertEquals(pool.backward(Tensor.from([7], [1, 1, 1, 1])).toArray(), [[[[0, 7], [0, 0]]]]);
 * ```
 */
export class MaxPool2D extends PoolLayer {
  #inputShape: Shape | undefined;
  #dtype: DType | undefined;
  #indices: Storage<Int32Array> | undefined; // the position of each maximum in its plane

  /**
   * The maximum of each window.
   * @throws {RangeError} If `x` is not `[N, C, H, W]`, N ≥ 1, or smaller than the window.
   */
  forward(x: Tensor): Tensor {
    expectTensor(this, x);
    const kernel = kernelFor(x.dtype);
    const y = emptyTensor(this.outputShape(x.shape), x);
    this.#indices?.release();
    this.#indices = kernel.allocateIndices(y.size);
    kernel.maxPoolForward(poolShape(this, x.shape, y.shape), arrayOf(x), arrayOf(y), this.#indices.array);
    this.#inputShape = x.shape;
    this.#dtype = x.dtype;
    return y;
  }

  /** Sends each gradient to the position of its maximum. */
  backward(gradOut: Tensor): Tensor {
    const shape = this.saved(this.#inputShape);
    expectGradient(this, gradOut, this.outputShape(shape), this.#dtype);
    const gradX = emptyTensor(shape, gradOut);
    const indices = this.saved(this.#indices).array;
    kernelFor(gradOut.dtype).maxPoolBackward(
      poolShape(this, shape, gradOut.shape),
      arrayOf(gradOut),
      indices,
      arrayOf(gradX),
    );
    return gradX;
  }
}
