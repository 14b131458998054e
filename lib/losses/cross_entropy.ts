/** CrossEntropyLoss: how surprised a classifier is by the right answer. */
import { kernelFor } from "../kernel/select.ts";
import { describe, found } from "../tensor/describe.ts";
import { arrayOf, emptyTensor, release } from "../tensor/operations.ts";
import { formatShape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { expectReduction, type Loss, type LossOptions, type Reduction, savedBy } from "./loss.ts";

/**
 * Softmax and cross entropy in one, of logits (the outputs of the last layer, not probabilities) and integer labels.
 *
 *     p     = softmax(z)                    [N, C]
 *     loss  = mean or sum over n of -log p[n, label n]
 *     dz    = (p - onehot(label)) / N       (sum: without the N)
 *
 * The logarithm is taken of Σ e^(z - max z), which is at least 1: logits of ±1000 give exact losses, too.
 *
 * @example A classifier that knows nothing has a loss of log 10
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { CrossEntropyLoss, Tensor } from "@gradually/gradually";
 *
 * const loss = new CrossEntropyLoss();
 * assertAlmostEquals(loss.forward(Tensor.zeros([1, 10]), [3]), Math.log(10), 1e-7);
 * assertAlmostEquals(loss.backward().at(0, 3), 0.1 - 1, 1e-7);
 * ```
 */
export class CrossEntropyLoss implements Loss<ArrayLike<number>> {
  /** Mean or sum over the batch. */
  readonly reduction: Reduction;
  #saved: { probabilities: Tensor; labels: ArrayLike<number> } | undefined;

  /**
   * A loss with this reduction.
   * @throws {RangeError} If there is no such reduction.
   */
  constructor({ reduction = "mean" }: LossOptions = {}) {
    this.reduction = expectReduction("CrossEntropyLoss", reduction);
  }

  /**
   * The loss of these logits.
   * @param logits `[N, C]`
   * @param labels N whole numbers from 0 to C - 1
   * @throws {RangeError} If the shapes do not fit, the batch is empty or a label is not a class.
   */
  forward(logits: Tensor, labels: ArrayLike<number>): number {
    checkLabels(logits, labels);
    const [rows, columns] = logits.shape;
    if (this.#saved) release(this.#saved.probabilities); // nobody else has ever seen them
    const probabilities = emptyTensor(logits.shape, logits);
    const kernel = kernelFor(logits.dtype);
    const sum = kernel.crossEntropyForward(rows, columns, arrayOf(logits), labels, arrayOf(probabilities));
    this.#saved = { probabilities, labels: Array.from(labels) };
    return this.reduction === "mean" ? sum / rows : sum;
  }

  /** `[N, C]`: the gradient of the number that forward returned. */
  backward(): Tensor {
    const { probabilities, labels } = savedBy("CrossEntropyLoss", this.#saved);
    const [rows, columns] = probabilities.shape;
    const scale = this.reduction === "mean" ? 1 / rows : 1;
    const grad = emptyTensor(probabilities.shape, probabilities);
    const kernel = kernelFor(grad.dtype);
    kernel.crossEntropyBackward(rows, columns, arrayOf(probabilities), labels, scale, arrayOf(grad));
    return grad;
  }
}

function checkLabels(logits: Tensor, labels: ArrayLike<number>): void {
  if (!(logits instanceof Tensor)) {
    throw new TypeError(
      `CrossEntropyLoss takes logits as a tensor [N, C] and got ${describe(logits)}: use Tensor.from`,
    );
  }
  if (logits.shape.length !== 2 || logits.size === 0) {
    throw new RangeError(
      `CrossEntropyLoss takes logits [N, C], N ≥ 1, and got ${formatShape(logits.shape)}: one row for each sample`,
    );
  }
  if (labels instanceof Tensor || typeof labels !== "object" || labels === null || !("length" in labels)) {
    throw new TypeError(
      `CrossEntropyLoss takes labels as an array, one class index for each sample, and got ${describe(labels)}: ` +
        "use argmax() on a tensor of one-hot rows",
    );
  }
  const [rows, columns] = logits.shape;
  if (labels.length !== rows) {
    throw new RangeError(
      `CrossEntropyLoss takes one label for each sample and got ${labels.length} labels for ${rows} samples: ` +
        `slice both alike`,
    );
  }
  expectLabels(labels, columns);
}

/** Refuses a label that is not a class; `whose` tells where the labels are from, such as " of the test". */
export function expectLabels(labels: ArrayLike<number>, classes: number, whose = ""): void {
  for (let i = 0; i < labels.length; i++) {
    if (!Number.isInteger(labels[i]) || labels[i] < 0 || labels[i] >= classes) {
      const isNumber = typeof labels[i] === "number", Kind = isNumber ? RangeError : TypeError;
      throw new Kind(
        `Label ${i}${whose} is ${found(labels[i])} and the logits have ${classes} classes: labels are whole numbers ` +
          `from 0 to ${classes - 1}; ${
            isNumber ? "give the last layer an output for each class" : "convert them with Number(…)"
          }`,
      );
    }
  }
}
