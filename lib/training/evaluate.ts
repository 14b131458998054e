/** evaluate: how well a network does on data that it does not learn from. */
import { Module } from "../layers/mod.ts";
import { keepsToItself, withInner } from "../layers/module.ts";
import { expectLabels } from "../losses/cross_entropy.ts";
import { CrossEntropyLoss, type Loss, MSELoss } from "../losses/mod.ts";
import { release } from "../tensor/operations.ts";
import { formatShape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { batches, type Data, toDataset } from "./batches.ts";

/** The options of {@linkcode evaluate}. */
export interface EvaluateOptions {
  /** How many samples are computed at a time; 100 unless told otherwise. The result does not depend on it. */
  batchSize?: number;
  /** The loss to report; cross entropy unless told otherwise. */
  loss?: Loss<ArrayLike<number>>;
}

/** What {@linkcode evaluate} found. */
export interface Evaluation {
  /** The share of samples whose class was recognised, 0…1. */
  readonly accuracy: number;
  /** The mean loss of a sample. */
  readonly loss: number;
  /** How many samples were recognised. */
  readonly correct: number;
  /** How many samples there were. */
  readonly total: number;
  /** `[classes, classes]`: rows are the truth, columns what the network said. */
  readonly confusion: Tensor;
}

/**
 * Runs the network over all samples in evaluation mode, and leaves it in the mode it was in.
 *
 * @throws {RangeError} If there are no samples, the network does not give scores `[N, classes]`, or a label is no class.
 *
 * @example A network that always says 0
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { evaluate, FC, Module, Tensor } from "@gradually/gradually";
 *
 * const model = new Module([new FC({ inFeatures: 2, outFeatures: 2, init: "zeros" })]);
 * const { accuracy, confusion } = evaluate(model, { images: Tensor.zeros([4, 2]), labels: [0, 1, 1, 1] });
 * assertEquals(accuracy, 0.25);
 * assertEquals(confusion.toArray(), [[1, 0], [3, 0]]);
 * ```
 */
export function evaluate(model: Module, data: Data, options: EvaluateOptions = {}): Evaluation {
  const { batchSize = 100, loss = new CrossEntropyLoss() } = options;
  if (!(model instanceof Module)) {
    throw new TypeError("evaluate takes a Module: wrap a single layer as new Module([layer])");
  }
  const dataset = toDataset(data);
  const modes = withInner(model).map((layer) => [layer, layer.training] as const);
  model.eval();
  try {
    let [total, correct, sum] = [0, 0, 0];
    let confusion: Tensor | undefined;
    for (const { x, labels } of batches(dataset, { batchSize })) {
      const scores = model.forward(x);
      const classes = expectScores(scores, labels.length);
      if (!confusion) expectTruths(loss, dataset.labels, classes);
      confusion ??= Tensor.zeros([classes, classes]);
      const value = loss.forward(scores, labels);
      sum += isSummed(loss) ? value : value * labels.length;
      const counts = confusion.data;
      for (const [i, guess] of scores.argmax().entries()) {
        counts[labels[i] * classes + guess]++;
        if (guess === labels[i]) correct++;
      }
      total += labels.length;
      if (keepNothing(model, loss)) release(x, scores);
    }
    return { accuracy: correct / total, loss: sum / total, correct, total, confusion: confusion! };
  } finally {
    for (const [layer, training] of modes) layer.training = training;
  }
}

/** Whether a loss is a sum over its batch, not a mean. */
export function isSummed(loss: Loss<ArrayLike<number>>): boolean {
  return "reduction" in loss && loss.reduction === "sum";
}

/** Whether neither the network nor the loss can have kept a tensor that it was given for somebody else to see. */
export function keepNothing(model: Module, loss: Loss<ArrayLike<number>>): boolean {
  return isOurs(loss) && keepsToItself(model);
}

/** Whether `loss` is one of ours exactly (not a subclass), with its own methods. */
function isOurs(loss: Loss<ArrayLike<number>>): boolean {
  const ours = loss.constructor === CrossEntropyLoss || loss.constructor === MSELoss;
  return ours && !Object.hasOwn(loss, "forward") && !Object.hasOwn(loss, "backward");
}

/** Refuses labels of all samples that are no classes, where it is known that the loss takes no others. */
export function expectTruths(
  loss: Loss<ArrayLike<number>>,
  labels: ArrayLike<number>,
  classes: number,
  whose?: string,
): void {
  if (isOurs(loss)) expectLabels(labels, classes, whose);
}

/** Refuses an output that is not one row of scores a sample; returns the number of classes. */
export function expectScores(scores: Tensor, samples: number): number {
  if (scores.shape.length !== 2 || scores.shape[0] !== samples) {
    throw new RangeError(
      `A classifier gives scores [N, classes] and this network gave ${
        formatShape(scores.shape)
      } for ${samples} samples: ` +
        `end it with a Flatten and an FC layer`,
    );
  }
  return scores.shape[1];
}
