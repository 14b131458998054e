/** remember: keeps the results of slow work, such as training, for the next time that a learner opens the lesson. */
import { CHECKPOINTS, type Checkpoints, shared } from "../contract/contract.ts";
import { type Layer, Module } from "../layers/mod.ts";
import { Random } from "../tensor/random.ts";
import { checkpointMetadata, loadCheckpoint, saveCheckpoint } from "./checkpoint.ts";
import type { CheckpointPlace } from "./checkpoint_place.ts";
import type { FitOptions } from "./fit.ts";
import { keepNumbers, reviveNumbers } from "./json_numbers.ts";

export { CHECKPOINTS, type Checkpoints };

/** The options of {@linkcode remember}. */
export interface RememberOptions {
  /** The source that training draws from; its state is kept, too. */
  random?: Random;
  /** The data in a word, such as the `kind` of `loadMNIST`: results from other data are not used. */
  data?: string;
}

/** What a training needs to go on after it was cut off: options of {@linkcode fit}. Empty where nothing is kept. */
export type Continuation = Pick<FitOptions, "checkpoint" | "resume">;

type Work<T> = (continuation: Continuation) => T | Promise<T>;

/**
 * Does slow work, and keeps its result if there is a place to keep it. When the step-through silently restores a
 * lesson, the result and the state of `random` come from there; a learner who runs the cell sees the work done. In a
 * script or a notebook it is simply done.
 *
 * @param name A name that is unique in the lesson.
 * @param work Returns something that JSON can hold, tensors included: a history, times, what {@linkcode evaluate} found.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { remember } from "@gradually/gradually";
 *
 * const times = await remember("times", () => ({ loops: 12, matmul: 3 })); // stands for: measure both
 * assertEquals(times.loops / times.matmul, 4);
 * ```
 */
export function remember<T>(name: string, work: () => T | Promise<T>, options?: RememberOptions): Promise<T>;
/**
 * Trains a network, and keeps what it has learned, too: its parameters and running statistics. If `train` gives what it
 * gets to {@linkcode fit}, a training that is cut off, by a power cut for instance, goes on the next time that the
 * learner runs the cell, with the same result to the bit.
 *
 * @param name A name that is unique in the lesson.
 * @param model The network.
 * @param train Trains it, and may return something that JSON can hold: the history, an accuracy.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { FC, Random, remember } from "@gradually/gradually";
 *
 * const random = new Random(1);
 * const model = new FC({ inFeatures: 2, outFeatures: 1, random });
 * const history = await remember("line", model, () => {
 *   model.parameters()[0].value.data[0] = 3; // stands for: watch(fit(model, …))
 *   return { losses: [2, 1, 0.5] };
 * }, { random });
 * assertEquals(history.losses, [2, 1, 0.5]);
 * ```
 *
 * @example A training that goes on after it was cut off
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { FC, fit, Module, Random, remember, SGD, Tensor, watch } from "@gradually/gradually";
 *
 * const random = new Random(1), optimize = { epochs: 2, batchSize: 2, random };
 * const model = new Module([new FC({ inFeatures: 1, outFeatures: 2, random })]);
 * const data = { images: Tensor.from([[-1], [1]]), labels: [0, 1] };
 * const optimizer = new SGD(model.parameters());
 * let steps = 0;
 * await remember("sign", model, async (continuation) => {
 *   for await (const event of fit(model, data, { optimizer, ...optimize, ...continuation })) {
 *     if (event.type === "step") steps++;
 *   }
 * }, { random });
 * assertEquals(steps, 2);
 * ```
 */
export function remember<T>(
  name: string,
  model: Layer,
  train: (continuation: Continuation) => T | Promise<T>,
  options?: RememberOptions,
): Promise<T>;
export async function remember<T>(
  name: string,
  ...given: [work: Work<T>, options?: RememberOptions] | [model: Layer, train: Work<T>, options?: RememberOptions]
): Promise<T> {
  const [model, work, { random, data } = {}] =
    (typeof given[0] === "function" ? [new Module([]), ...given] : given) as [Layer, Work<T>, RememberOptions?];
  const place = shared[CHECKPOINTS];
  const kept = await place?.load(name);
  if (kept) {
    try {
      const { result, state, data: learnedFrom } = checkpointMetadata(kept);
      if (learnedFrom === data) {
        const value = result === undefined ? undefined as T : JSON.parse(result, reviveNumbers);
        const drawn = random && state ? JSON.parse(state) : undefined;
        if (drawn) new Random(0).state = drawn; // throws for a damaged one, before anything is changed
        loadCheckpoint(model, kept);
        if (drawn) random!.state = drawn;
        return value;
      }
    } catch {
      // The checkpoint is of another network, or damaged: the work is done again.
    }
  }
  const { continuation, over } = continuationOf(place, name, data);
  const result = await work(continuation);
  if (place) {
    const text = JSON.stringify(result, keepNumbers); // undefined for a training that returns nothing
    const metadata = {
      ...(text === undefined ? {} : { result: text }),
      ...(random ? { state: JSON.stringify(random.state) } : {}),
      ...(data === undefined ? {} : { data }),
    };
    await place.save(name, saveCheckpoint(model, metadata));
    await over(); // only now: whatever cuts this off loses nothing
  }
  return result;
}

/** Keeps a training that may be cut off, half a minute of work at most is lost, until it is over. */
function continuationOf(
  place: Checkpoints | undefined,
  name: string,
  data = "",
): { continuation: Continuation; over: () => Promise<void> } {
  const key = `${name} ${data}`; // training on other data is different work
  let used = false;
  const keeping: CheckpointPlace = {
    name: `the training "${name}" that was cut off`,
    async load() {
      const bytes = await place?.loadUnfinished?.(key);
      if (!bytes || bytes.length === 0) return [];
      used = true;
      return [bytes];
    },
    async save(bytes) {
      used = true;
      await place?.saveUnfinished?.(key, bytes);
    },
  };
  const continuation: Continuation = place?.saveUnfinished ? { resume: true, checkpoint: { place: keeping } } : {};
  const over = async () => {
    if (used) await place?.saveUnfinished?.(key, new Uint8Array());
  };
  return { continuation, over };
}
