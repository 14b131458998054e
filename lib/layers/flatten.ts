/** Flatten: turns each image into one long row. */
import type { DType } from "../kernel/storage.ts";
import { copyAs } from "../tensor/operations.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { expectGradient, expectTensor, Layer, ShapeError } from "./layer.ts";

/**
 * Puts the numbers of each sample in one row: `[N, C, H, W] → [N, C·H·W]`. Nothing is computed: these are the same
 * numbers, in the same order, with another shape.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Flatten, Tensor } from "@gradually/gradually";
 *
 * assertEquals(new Flatten().forward(Tensor.zeros([64, 12, 7, 7])).shape, [64, 588]);
 * ```
 */
export class Flatten extends Layer {
  #inputShape: Shape | undefined;
  #dtype: DType | undefined;

  /**
   * The same numbers, one row for each sample.
   * @throws {RangeError} If `x` has no axis, or the batch is empty.
   */
  forward(x: Tensor): Tensor {
    expectTensor(this, x);
    const shape = this.outputShape(x.shape);
    this.#inputShape = x.shape;
    this.#dtype = x.dtype;
    return copyAs(shape, x);
  }

  /** The same gradients, in the shape of the input. */
  backward(gradOut: Tensor): Tensor {
    const shape = this.saved(this.#inputShape);
    expectGradient(this, gradOut, this.outputShape(shape), this.#dtype);
    return copyAs(shape, gradOut);
  }

  /** `[N, …] → [N, the product of the rest]` */
  override outputShape(inputShape: Shape): number[] {
    if (inputShape.length === 0 || inputShape[0] === 0) {
      throw new ShapeError(`${this.label} takes [N, …], N ≥ 1, and got [${inputShape.join(", ")}]`, inputShape);
    }
    return [inputShape[0], inputShape.slice(1).reduce((size, axis) => size * axis, 1)];
  }
}
