/** fit: trains a network, batch by batch, and reports every step. */
import { backwardWithoutInput } from "../layers/layer.ts";
import { Module } from "../layers/mod.ts";
import { CrossEntropyLoss, type Loss } from "../losses/mod.ts";
import type { Optimizer, Schedule } from "../optimizers/mod.ts";
import { describe } from "../tensor/describe.ts";
import { expectInteger } from "../tensor/expect_number.ts";
import { release } from "../tensor/operations.ts";
import type { Random } from "../tensor/random.ts";
import { type Batch, batches, type Data, expectBatchSize, toDataset } from "./batches.ts";
import {
  evaluate,
  expectClassifierLoss,
  expectLabelsFor,
  expectLogits,
  isSummed,
  mayReleaseBatch,
  predictionsOf,
} from "./evaluate.ts";
import type { EpochEvent, StepEvent, StopEvent, TrainingEvent } from "./events.ts";
import { checkLastBatch, checkTestData } from "./preflight.ts";
import { interruptRequested } from "../contract/interrupt_requested.ts";

/** The options of {@linkcode fit}. */
export interface FitOptions {
  /** What updates the parameters. */
  optimizer: Optimizer;
  /** What to minimize; cross entropy, averaged over the batch, by default. */
  loss?: Loss<ArrayLike<number>>;
  /** How many times every sample is used; 1 by default. */
  epochs?: number;
  /** How many samples a batch has; 64 by default. The last batch may be smaller; no sample is left out. */
  batchSize?: number;
  /** The source of the random order of the samples; without it they keep the order of the data. */
  random?: Random;
  /** The learning rate of each step; that of the optimizer by default. */
  schedule?: Schedule;
  /** Data to evaluate the network on after each epoch. */
  test?: Data;
  /** Stops training after the batch during which it is aborted. */
  signal?: AbortSignal;
}

/** The event loop gets a turn this often, in milliseconds: Ctrl-C, timers and pictures need it. */
const turnEvery = 50;

/**
 * One turn of the event loop. With `setImmediate`, where it exists, that takes microseconds; a timer takes two
 * milliseconds, in which the kernel's threads would fall asleep.
 */
function turn(): Promise<void> {
  const { setImmediate = setTimeout } = globalThis as { setImmediate?: (then: () => void) => unknown };
  return new Promise((resolve) => void setImmediate(resolve));
}

/**
 * Trains a network: a forward pass, a backward pass and a step of the optimizer for each batch. It yields one event for
 * each step, one for each epoch, and one if it is stopped. Stopping (`signal`, Ctrl-C in a lesson, `break`) keeps what
 * was learned.
 *
 * The same seed gives the same losses, bit for bit.
 *
 * @throws {TypeError} If the loss is one of a regression, such as MSELoss.
 * @throws {RangeError} If a size is not a whole number, there are no samples, a label is not a class, the last batch
 * would have one sample and the network needs more (batch norm), or the loss becomes NaN or infinite: then the message
 * names the iteration and the likely cause.
 *
 * @example A line through the origin
 * ```ts
 * import { assert } from "@std/assert";
 * import { FC, fit, Module, Random, SGD, Tensor } from "@gradually/gradually";
 *
 * const random = new Random(1);
 * const model = new Module([new FC({ inFeatures: 1, outFeatures: 2, random })]);
 * const data = { images: Tensor.from([[-1], [1], [-2], [2]]), labels: [0, 1, 0, 1] };
 * const optimizer = new SGD(model.parameters(), { learningRate: 1 });
 *
 * let accuracy = 0;
 * for await (const event of fit(model, data, { optimizer, epochs: 20, batchSize: 4, random })) {
 *   if (event.type === "epoch") accuracy = event.accuracy;
 * }
 * assert(accuracy === 1);
 * ```
 */
export async function* fit(model: Module, data: Data, options: FitOptions): AsyncGenerator<TrainingEvent> {
  const { epochs = 1, batchSize = 64, random, schedule, loss = defaultLoss, signal } = checkOptions(model, options);
  const dataset = toDataset(data);
  const iterations = Math.ceil(dataset.size / batchSize);
  const started = performance.now();
  let [seen, testing, lastTurn] = [0, 0, started]; // testing: the time spent on tests, in milliseconds
  const stopping = () => signal?.aborted || interruptRequested();
  const stop: StopEvent = { type: "stop", epoch: 1, iteration: 0, reason: "interrupted" };
  expectBatchSize(batchSize);
  model.train();
  const test = options.test && checkTestData(model, dataset, options.test);
  checkLastBatch(model, dataset, batchSize);
  const expectClasses = (classes: number) => {
    if (seen > 0) return; // all labels were checked in the first step, which knows the number of classes
    expectLabelsFor(loss, dataset.labels, classes);
    if (test) expectLabelsFor(loss, test.labels, classes, " of the test");
  };
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const epochStart = performance.now();
    let [iteration, lossSum, correct, total] = [0, 0, 0, 0];
    if (stopping()) return yield stop;
    for (const batch of batches(dataset, { batchSize, random })) {
      iteration++;
      if (schedule) options.optimizer.learningRate = schedule((epoch - 1) * iterations + iteration - 1);
      const step = learn(model, batch, options, epoch, iteration, expectClasses);
      seen += step.samples;
      total += step.samples;
      lossSum += step.loss * step.samples;
      correct += step.correct;
      if (performance.now() - lastTurn > turnEvery) {
        await turn();
        lastTurn = performance.now();
      }
      const speed = seen / (performance.now() - started - testing) * 1000;
      const event: StepEvent = {
        type: "step",
        epoch,
        epochs,
        iteration,
        iterations,
        loss: step.loss,
        correct: step.correct,
        batchSize: step.samples,
        accuracy: step.correct / step.samples,
        runningLoss: lossSum / total,
        runningAccuracy: correct / total,
        imagesSeen: seen,
        imagesTotal: dataset.size * epochs,
        imagesPerSecond: speed,
        secondsLeft: (dataset.size * epochs - seen) / speed,
        learningRate: options.optimizer.learningRate,
      };
      yield event;
      [stop.epoch, stop.iteration] = [epoch, iteration];
      if (stopping()) return yield stop;
    }
    const seconds = (performance.now() - epochStart) / 1000;
    const event: EpochEvent = {
      type: "epoch",
      epoch,
      epochs,
      loss: lossSum / total,
      accuracy: correct / total,
      correct,
      total,
      seconds,
      imagesPerSecond: total / seconds,
    };
    if (test) {
      const testStart = performance.now();
      const found = evaluate(model, test, { loss });
      event.test = { loss: found.loss, accuracy: found.accuracy, correct: found.correct, total: found.total };
      testing += performance.now() - testStart;
    }
    yield event;
  }
}

/** One step of training on one batch. */
function learn(
  model: Module,
  { x, labels }: Batch,
  { optimizer, loss = defaultLoss }: FitOptions,
  epoch: number,
  iteration: number,
  expectClasses: (classes: number) => void,
): { loss: number; correct: number; samples: number } {
  const logits = model.forward(x);
  expectClasses(expectLogits(logits, labels.length));
  const value = loss.forward(logits, labels);
  if (!Number.isFinite(value)) throw diverged(value, epoch, iteration, optimizer.learningRate);
  const correct = predictionsOf(logits).filter((predicted, i) => predicted === labels[i]).length;
  const gradLogits = loss.backward();
  optimizer.zeroGrad();
  backwardWithoutInput(model, gradLogits);
  optimizer.step();
  if (mayReleaseBatch(model, loss)) release(x, logits, gradLogits);
  return { loss: isSummed(loss) ? value / labels.length : value, correct, samples: labels.length };
}

const defaultLoss = new CrossEntropyLoss();

function diverged(value: number, epoch: number, iteration: number, learningRate: number): RangeError {
  return new RangeError(
    `The loss became ${value} in epoch ${epoch}, iteration ${iteration}: the learning rate ` +
      `(${
        Number(learningRate.toPrecision(3))
      }) is probably too large, so try a tenth of it, or an input is not finite. ` +
      `The weights are as they were before this step`,
  );
}

function checkOptions(model: Module, options: FitOptions): FitOptions {
  if (!(model instanceof Module)) {
    throw new TypeError(`fit takes a Module and got ${describe(model)}: wrap a single layer as new Module([layer])`);
  }
  if (!options?.optimizer) {
    throw new TypeError("fit takes an optimizer and got none: pass { optimizer: new Adam(model.parameters()) }");
  }
  if (options.loss) expectClassifierLoss("fit", options.loss);
  const own = new Set(model.parameters().map(({ grad }) => grad));
  if (!options.optimizer.parameters.some(({ grad }) => own.has(grad))) {
    throw new RangeError(
      "fit takes an optimizer of this network's parameters and got one of another's: make it from model.parameters()",
    );
  }
  expectInteger("fit", "epochs", options.epochs ?? 1, 0);
  return options;
}
