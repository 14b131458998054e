/** evaluate: how well a network does on data that it is not trained on. */
import { Module } from "../layers/mod.ts";
import { mayRelease, withInner } from "../layers/module.ts";
import { expectLabels } from "../losses/cross_entropy.ts";
import { CrossEntropyLoss, type Loss, MSELoss } from "../losses/mod.ts";
import { describe } from "../tensor/describe.ts";
import { arrayOf, release } from "../tensor/operations.ts";
import { formatShape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { batches, type Data, toDataset } from "./batches.ts";

/** The options of {@linkcode evaluate}. */
export interface EvaluateOptions {
  /** How many samples are computed at a time; 100 by default. The result does not depend on it. */
  batchSize?: number;
  /** The loss to report; cross entropy by default. */
  loss?: Loss<ArrayLike<number>>;
}

/** What {@linkcode evaluate} found. */
export interface Evaluation {
  /** The share of samples that were classified correctly, 0…1. */
  readonly accuracy: number;
  /** The mean loss over the samples. */
  readonly loss: number;
  /** How many samples were classified correctly. */
  readonly correct: number;
  /** How many samples there were. */
  readonly total: number;
  /** `[classes, classes]`: rows are labels, columns are predictions; a sample whose logits hold a NaN is in none. */
  readonly confusion: Tensor;
}

/**
 * Runs the network over all samples in evaluation mode, and then restores the mode that it was in. A sample whose logits
 * hold a NaN is not right, whatever its label.
 *
 * @throws {TypeError} If the loss is one of a regression, such as MSELoss.
 * @throws {RangeError} If there are no samples, the network does not return logits `[N, classes]`, or a label is not a
 * class.
 *
 * @example A network that always predicts 0
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
    throw new TypeError(
      `evaluate takes a Module and got ${describe(model)}: wrap a single layer as new Module([layer])`,
    );
  }
  expectClassifierLoss("evaluate", loss);
  const dataset = toDataset(data);
  const modes = withInner(model).map((layer) => [layer, layer.training] as const);
  model.eval();
  try {
    let [total, correct, sum] = [0, 0, 0];
    let confusion: Tensor | undefined;
    for (const { x, labels } of batches(dataset, { batchSize })) {
      const logits = model.forward(x);
      const classes = expectLogits(logits, labels.length);
      if (!confusion) expectLabelsFor(loss, dataset.labels, classes);
      confusion ??= Tensor.zeros([classes, classes]);
      const value = loss.forward(logits, labels);
      sum += isSummed(loss) ? value : value * labels.length;
      const counts = confusion.data;
      for (const [i, predicted] of predictionsOf(logits).entries()) {
        if (predicted !== undefined) counts[labels[i] * classes + predicted]++;
        if (predicted === labels[i]) correct++;
      }
      total += labels.length;
      if (mayReleaseBatch(model, loss)) release(x, logits);
    }
    return { accuracy: correct / total, loss: sum / total, correct, total, confusion: confusion! };
  } finally {
    for (const [layer, training] of modes) layer.training = training;
  }
}

/** The class that each row of logits predicts; a row with a NaN predicts none, so it can never be right. */
export function predictionsOf(logits: Tensor): (number | undefined)[] {
  const [, classes] = logits.shape, array = arrayOf(logits);
  return logits.argmax().map((best, i) => Number.isNaN(array[i * classes + best]) ? undefined : best);
}

/** Whether a loss is the sum over the batch, not the mean. */
export function isSummed(loss: Loss<ArrayLike<number>>): boolean {
  return "reduction" in loss && loss.reduction === "sum";
}

/**
 * Whether the tensors of a batch may be released: neither the network nor the loss can have handed one to somebody
 * else.
 */
export function mayReleaseBatch(model: Module, loss: Loss<ArrayLike<number>>): boolean {
  return isBuiltIn(loss) && mayRelease(model);
}

/** Whether the class of `loss` is exactly one of the library (not a subclass), and its methods are the class's. */
function isBuiltIn(loss: Loss<ArrayLike<number>>): boolean {
  const builtIn = loss.constructor === CrossEntropyLoss || loss.constructor === MSELoss;
  return builtIn && !Object.hasOwn(loss, "forward") && !Object.hasOwn(loss, "backward");
}

/** Refuses the loss of a regression: it takes a tensor as its target, and nothing here has one. */
export function expectClassifierLoss(who: string, loss: unknown): void {
  if (!(loss instanceof MSELoss) || loss.forward !== MSELoss.prototype.forward) return;
  throw new TypeError(
    `${who} takes a loss of logits and labels and got MSELoss, which takes a tensor as its target: for a regression ` +
      `write the loop yourself, with forward, loss.forward, loss.backward, backward and step`,
  );
}

/** Refuses labels that are not classes, where the loss is known to take nothing else. */
export function expectLabelsFor(
  loss: Loss<ArrayLike<number>>,
  labels: ArrayLike<number>,
  classes: number,
  whose?: string,
): void {
  if (isBuiltIn(loss)) expectLabels(labels, classes, whose);
}

/** Refuses an output that is not one row of logits for each sample; returns the number of classes. */
export function expectLogits(logits: Tensor, samples: number): number {
  if (logits.shape.length !== 2 || logits.shape[0] !== samples) {
    throw new RangeError(
      `A classifier returns logits [N, classes] and this network returned ${
        formatShape(logits.shape)
      } for ${samples} ` +
        `samples: end it with a Flatten and an FC layer`,
    );
  }
  return logits.shape[1];
}
