/** Softmax: turns logits into probabilities. */
import { kernelFor } from "../kernel/select.ts";
import { arrayOf, emptyTensor } from "../tensor/operations.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkDimensions, expectGradient, expectTensor, Layer } from "./layer.ts";

/**
 * Softmax: turns the logits of each sample into probabilities, which are positive and add up to 1.
 *
 *     yⱼ  = e^xⱼ / Σₖ e^xₖ                  [N, C] → [N, C]
 *     dxⱼ = yⱼ (dyⱼ - Σₖ dyₖ yₖ)            raising one probability lowers all others
 *
 * The largest logit of a row is subtracted first: the ratios stay the same, and nothing overflows.
 *
 * To train a classifier use {@linkcode CrossEntropyLoss} on the logits: it includes the softmax.
 *
 * @example Logits of a thousand do not overflow
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Softmax, Tensor } from "@gradually/gradually";
 *
 * assertEquals(new Softmax().forward(Tensor.from([[1000, 1000]])).toArray(), [[0.5, 0.5]]);
 * ```
 */
export class Softmax extends Layer {
  #y: Tensor | undefined; // the output of forward, for backward

  /**
   * The probabilities.
   * @throws {RangeError} If `x` is not `[N, C]`, N ≥ 1.
   */
  forward(x: Tensor): Tensor {
    expectTensor(this, x);
    const [rows, columns] = this.outputShape(x.shape);
    const y = emptyTensor(x.shape, x);
    kernelFor(x.dtype).softmaxForward(rows, columns, arrayOf(x), arrayOf(y));
    this.#y = y;
    return y;
  }

  /** The gradient of the logits. */
  backward(gradOut: Tensor): Tensor {
    const y = this.saved(this.#y);
    expectGradient(this, gradOut, y.shape, y.dtype);
    const gradX = emptyTensor(y.shape, y);
    kernelFor(y.dtype).softmaxBackward(y.shape[0], y.shape[1], arrayOf(y), arrayOf(gradOut), arrayOf(gradX));
    return gradX;
  }

  /** The same shape. */
  override outputShape(inputShape: Shape): number[] {
    checkDimensions(this, inputShape, ["N", "C"], () => "one sample is [1, C]");
    return [...inputShape];
  }
}
