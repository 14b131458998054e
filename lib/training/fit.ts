/** fit: learns from data, batch by batch, and reports every step. */
import { backwardWithoutInput } from "../layers/layer.ts";
import { Module } from "../layers/mod.ts";
import { CrossEntropyLoss, type Loss } from "../losses/mod.ts";
import type { Optimizer, Schedule } from "../optimizers/mod.ts";
import { release } from "../tensor/operations.ts";
import type { Random } from "../tensor/random.ts";
import { type Batch, batches, type Data, expectBatchSize, toDataset } from "./batches.ts";
import { evaluate, expectLabelsFor, expectLogits, isSummed, mayReleaseBatch } from "./evaluate.ts";
import type { EpochEvent, StepEvent, StopEvent, TrainingEvent } from "./events.ts";
import { checkLastBatch, checkTestData } from "./preflight.ts";
import { interruptRequested } from "./interrupt.ts";

/** The options of {@linkcode fit}. */
export interface FitOptions {
  /** What changes the parameters. */
  optimizer: Optimizer;
  /** What is to become small; cross entropy, averaged over the batch, unless told otherwise. */
  loss?: Loss<ArrayLike<number>>;
  /** How many times every sample is seen; 1 unless told otherwise. */
  epochs?: number;
  /** How many samples a step learns from; 64 unless told otherwise. The last batch has what is left, and none is left out. */
  batchSize?: number;
  /** Where the order of the samples is drawn from; without it they come in their own order. */
  random?: Random;
  /** The learning rate of each step; without it, that of the optimizer. */
  schedule?: Schedule;
  /** Data to be tested on after each epoch. */
  test?: Data;
  /** Stops the training after the batch during which it is aborted. */
  signal?: AbortSignal;
}

/** The event loop gets a turn this often, in milliseconds: Ctrl-C, timers and pictures wait for it. */
const turnEvery = 50;

/**
 * One turn of the event loop. By `setImmediate`, where there is one, it takes microseconds; a timer takes two milliseconds,
 * and the kernel's threads would fall asleep meanwhile.
 */
function turn(): Promise<void> {
  const { setImmediate = setTimeout } = globalThis as { setImmediate?: (then: () => void) => unknown };
  return new Promise((resolve) => void setImmediate(resolve));
}

/**
 * Trains a network: for each batch a forward and a backward pass and a step of the optimizer; one event a step, one an
 * epoch, and one if it is stopped. Stopping (`signal`, Ctrl-C in a lesson, `break`) keeps what was learned.
 *
 * The same seed gives the same losses, to the bit.
 *
 * @throws {RangeError} If a size is no whole number, there are no samples, a label is no class, the last batch would have
 * one sample and the network needs more (batch norm), or the loss is no longer a number: then the message names the
 * iteration and the usual cause.
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
  let [seen, testing, lastTurn] = [0, 0, started]; // testing: the time that went into tests, in milliseconds
  const stopping = () => signal?.aborted || interruptRequested();
  const stop: StopEvent = { type: "stop", epoch: 1, iteration: 0, reason: "interrupted" };
  expectBatchSize(batchSize);
  model.train();
  const test = options.test && checkTestData(model, dataset, options.test);
  checkLastBatch(model, dataset, batchSize);
  const expectClasses = (classes: number) => {
    if (seen > 0) return; // all labels were looked at in the first step, which knows the number of classes
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
  const correct = logits.argmax().filter((predicted, i) => predicted === labels[i]).length;
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
    `The loss became ${value} at epoch ${epoch}, iteration ${iteration}: the usual cause is a learning rate that is too ` +
      `large (it is ${Number(learningRate.toPrecision(3))}; try a tenth of it), or an input that is not finite. ` +
      `The weights are as this step found them`,
  );
}

function checkOptions(model: Module, options: FitOptions): FitOptions {
  if (!(model instanceof Module)) {
    throw new TypeError("fit trains a Module: wrap a single layer as new Module([layer])");
  }
  if (!options?.optimizer) {
    throw new TypeError("fit takes an optimizer: for example { optimizer: new Adam(model.parameters()) }");
  }
  const own = new Set(model.parameters().map(({ grad }) => grad));
  if (!options.optimizer.parameters.some(({ grad }) => own.has(grad))) {
    throw new RangeError(
      "The optimizer has the parameters of another network: make it from model.parameters() of this one",
    );
  }
  const { epochs = 1 } = options;
  if (!Number.isInteger(epochs) || epochs < 0) {
    throw new RangeError(`fit takes epochs as a whole number from 0 up and got ${epochs}`);
  }
  return options;
}
