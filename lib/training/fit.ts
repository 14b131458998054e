/** fit: trains a network, batch by batch, and reports every step. */
import { backwardWithoutInput } from "../layers/layer.ts";
import { Module } from "../layers/mod.ts";
import { CrossEntropyLoss, type Loss } from "../losses/mod.ts";
import type { Optimizer, Schedule } from "../optimizers/mod.ts";
import { describe } from "../tensor/describe.ts";
import { expectInteger } from "../tensor/expect_number.ts";
import { release } from "../tensor/operations.ts";
import type { Random } from "../tensor/random.ts";
import { type Batch, batchesOf, type Data, expectBatchSize, orderOf, toDataset } from "./batches.ts";
import {
  evaluate,
  expectClassifierLoss,
  expectLabelsFor,
  expectLogits,
  isSummed,
  mayReleaseBatch,
  predictionsOf,
} from "./evaluate.ts";
import { interruptRequested } from "../contract/interrupt_requested.ts";
import type { TrainingEvent } from "./events.ts";
import { type FitCheckpoint, Keeper } from "./keeper.ts";
import { notFinite } from "./not_finite.ts";
import { checkLastBatch, checkTestData } from "./preflight.ts";
import { Story } from "./story.ts";

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
  /** Where to keep all that a training needs to go on: the network, the optimizer, the sources, the history. */
  checkpoint?: FitCheckpoint;
  /**
   * Whether to go on from the checkpoint, if there is one: then all events of the past come first, without training, and
   * the rest is the same to the bit as if nothing had happened.
   */
  resume?: boolean;
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
 * The same seed gives the same losses, bit for bit. With `checkpoint`, training survives the end of the program: every
 * `everySeconds` seconds, at its end and when it is stopped, all that it needs is written to `path`, and what was there
 * before is kept as `path` with `.previous` behind it. With `resume`, it goes on from there. A layer or a data set that draws
 * random numbers shows its `Random` in a public field, and an optimizer of your own keeps its tensors with `state()`;
 * nothing else is known to a checkpoint.
 *
 * @throws {TypeError} If the loss is one of a regression, such as MSELoss.
 * @throws {RangeError} If a size is not a whole number, there are no samples, a label is not a class, the last batch
 * would have one sample and the network needs more (batch norm), or the loss becomes NaN or infinite: then the message
 * names the iteration, the layer and the number where it began, and the likely cause. Also if the checkpoint is of a
 * different training.
 * @throws {SyntaxError} If the checkpoint is damaged, and the one before it, too.
 * @throws What the file system throws for the path of the checkpoint.
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
 *
 * @example A training that is stopped, and goes on
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Adam, FC, fit, Module, Random, Tensor } from "@gradually/gradually";
 *
 * const data = { images: Tensor.from([[-1], [1], [-2], [2]]), labels: [0, 1, 0, 1] };
 * const path = await Deno.makeTempDir() + "/line.safetensors";
 * async function train(steps: number) {
 *   const random = new Random(1);
 *   const model = new Module([new FC({ inFeatures: 1, outFeatures: 2, random })]);
 *   const optimizer = new Adam(model.parameters());
 *   const options = { optimizer, epochs: 3, batchSize: 2, random, checkpoint: { path, everySeconds: 30 }, resume: true };
 *   const losses = [];
 *   for await (const event of fit(model, data, options)) {
 *     if (event.type === "step" && losses.push(event.loss) === steps) break;
 *   }
 *   return losses;
 * }
 * const first = await train(2);
 * const all = await train(6);
 * assertEquals(all.slice(0, 2), first);
 * assertEquals(all.length, 6);
 * ```
 */
export async function* fit(model: Module, data: Data, options: FitOptions): AsyncGenerator<TrainingEvent> {
  const { epochs = 1, batchSize = 64, random, schedule, loss = defaultLoss, signal } = checkOptions(model, options);
  const dataset = toDataset(data);
  const stopping = () => signal?.aborted || interruptRequested();
  expectBatchSize(batchSize);
  model.train();
  const test = options.test && checkTestData(model, dataset, options.test);
  checkLastBatch(model, dataset, batchSize);
  const story = new Story({ size: dataset.size, batchSize, epochs });
  const keeper = Keeper.of(options, { model, optimizer: options.optimizer, dataset, random }, story);
  const resumed = await keeper?.resume();
  if (resumed) yield* story.retold(resumed);
  let [lastTurn, steps] = [performance.now(), 0];
  const expectClasses = (classes: number) => {
    if (steps > 0) return; // all labels were checked in the first step, which knows the number of classes
    expectLabelsFor(loss, dataset.labels, classes);
    if (test) expectLabelsFor(loss, test.labels, classes, " of the test");
  };
  let failed = false;
  try {
    for (let epoch = story.epochsDone + 1; epoch <= epochs; epoch++) {
      if (stopping()) return yield story.stop();
      const order = keeper ? keeper.drawOrder(random) : orderOf(dataset, random);
      for (const batch of batchesOf(dataset, order, batchSize, story.iteration)) {
        if (schedule) options.optimizer.learningRate = schedule(story.stepsDone);
        const step = learn(model, batch, options, story, expectClasses);
        steps++;
        const event = story.step({ ...step, learningRate: options.optimizer.learningRate });
        keeper?.mark();
        await keeper?.saveIfDue();
        if (performance.now() - lastTurn > turnEvery) {
          await turn();
          lastTurn = performance.now();
        }
        yield event;
        if (stopping()) return yield story.stop();
      }
      const event = story.epoch(test && (() => evaluate(model, test, { loss })));
      keeper?.mark();
      if (epoch === epochs) await keeper?.save();
      yield event;
    }
  } catch (error) {
    failed = true;
    throw error;
  } finally {
    if (!failed) await keeper?.saveIfNew(); // also after a break, which ends this function at its yield
  }
}

/** One step of training on one batch. */
function learn(
  model: Module,
  { x, labels }: Batch,
  { optimizer, loss = defaultLoss }: FitOptions,
  story: Story,
  expectClasses: (classes: number) => void,
): { loss: number; correct: number; samples: number } {
  const logits = model.forward(x);
  expectClasses(expectLogits(logits, labels.length));
  const value = loss.forward(logits, labels);
  if (!Number.isFinite(value)) throw notFinite({ model, x, logits, optimizer, loss: value, at: story.next() });
  const correct = predictionsOf(logits).filter((predicted, i) => predicted === labels[i]).length;
  const gradLogits = loss.backward();
  optimizer.zeroGrad();
  backwardWithoutInput(model, gradLogits);
  optimizer.step();
  if (mayReleaseBatch(model, loss)) release(x, logits, gradLogits);
  return { loss: isSummed(loss) ? value / labels.length : value, correct, samples: labels.length };
}

const defaultLoss = new CrossEntropyLoss();

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
  if (options.resume && !options.checkpoint) {
    throw new TypeError('fit takes resume with a checkpoint and got none: pass { checkpoint: { path: "…" } }');
  }
  return options;
}
