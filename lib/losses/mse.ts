/** MSELoss: the squared distance between prediction and target. */
import { describe } from "../tensor/describe.ts";
import { arrayOf, emptyTensor } from "../tensor/operations.ts";
import { formatShape, sameShape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { expectReduction, type Loss, type LossOptions, type Reduction, savedBy } from "./loss.ts";

/**
 * The squared error, summed over the features of a sample and reduced over the batch.
 *
 *     loss = mean or sum over n of Σⱼ (p[n, j] - t[n, j])²
 *     dp   = 2 (p - t) / N                  (sum: without the N)
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { MSELoss, Tensor } from "@gradually/gradually";
 *
 * const loss = new MSELoss();
 * assertEquals(loss.forward(Tensor.from([[1], [3]]), Tensor.from([[0], [0]])), 5);
 * assertEquals(loss.backward().toArray(), [[1], [3]]);
 * ```
 */
export class MSELoss implements Loss<Tensor> {
  /** Mean or sum over the batch. */
  readonly reduction: Reduction;
  #difference: Tensor | undefined;

  /**
   * A loss with this reduction.
   * @throws {RangeError} If there is no such reduction.
   */
  constructor({ reduction = "mean" }: LossOptions = {}) {
    this.reduction = expectReduction("MSELoss", reduction);
  }

  /**
   * The loss of this prediction. Nothing is broadcast.
   * @param prediction `[N, …]`
   * @param target The same shape and type.
   * @throws {RangeError} If the two shapes differ, have no axis, or the batch is empty.
   * @throws {TypeError} If one is float32 and the other float64.
   */
  forward(prediction: Tensor, target: Tensor): number {
    checkPair(prediction, target);
    const [p, t] = [arrayOf(prediction), arrayOf(target)];
    const difference = new Float64Array(p.length);
    let sum = 0;
    for (let i = 0; i < p.length; i++) {
      difference[i] = p[i] - t[i];
      sum += difference[i] * difference[i];
    }
    this.#difference = Tensor.from(difference, prediction.shape, { dtype: prediction.dtype });
    return this.reduction === "mean" ? sum / prediction.shape[0] : sum;
  }

  /** The gradient of the number that forward returned, in the shape of the prediction. */
  backward(): Tensor {
    const difference = savedBy("MSELoss", this.#difference);
    const factor = this.reduction === "mean" ? 2 / difference.shape[0] : 2;
    const grad = emptyTensor(difference.shape, difference);
    const [from, to] = [arrayOf(difference), arrayOf(grad)];
    for (let i = 0; i < from.length; i++) to[i] = factor * from[i];
    return grad;
  }
}

function checkPair(prediction: Tensor, target: Tensor): void {
  if (!(prediction instanceof Tensor) || !(target instanceof Tensor)) {
    throw new TypeError(
      `MSELoss takes prediction and target as tensors and got ${describe(prediction)} and ${describe(target)}: ` +
        "use Tensor.from",
    );
  }
  const { shape } = prediction;
  if (!sameShape(shape, target.shape) || prediction.size === 0 || shape.length === 0) {
    throw new RangeError(
      `MSELoss takes prediction and target of one shape [N, …], not empty, and got ${formatShape(shape)} and ` +
        `${formatShape(target.shape)}: reshape one of them if that is what you mean`,
    );
  }
  if (prediction.dtype !== target.dtype) {
    throw new TypeError(
      `MSELoss takes two tensors of one type and got ${prediction.dtype} and ${target.dtype}: clone({ dtype }) one`,
    );
  }
}
