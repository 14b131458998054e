/** remember: keeps the results of slow work, such as training, for the next time that a learner opens the lesson. */
import { CHECKPOINTS, type Checkpoints, shared } from "../contract/contract.ts";
import type { DType } from "../kernel/storage.ts";
import { type Layer, Module } from "../layers/mod.ts";
import { Random } from "../tensor/random.ts";
import { Tensor } from "../tensor/tensor.ts";
import { checkpointMetadata, loadCheckpoint, saveCheckpoint } from "./checkpoint.ts";

export { CHECKPOINTS, type Checkpoints };

/** The options of {@linkcode remember}. */
export interface RememberOptions {
  /** The source that training draws from; its state is kept, too. */
  random?: Random;
  /** The data in a word, such as the `kind` of `loadMNIST`: results from other data are not used. */
  data?: string;
}

/** A tensor in a result that is kept. */
type KeptTensor = { data: number[]; shape: number[]; dtype: DType };

type Work<T> = () => T | Promise<T>;

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
 * Trains a network, and keeps what it has learned, too: its parameters and running statistics.
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
 */
export function remember<T>(
  name: string,
  model: Layer,
  train: () => T | Promise<T>,
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
        const value = result === undefined ? undefined as T : JSON.parse(result, revive);
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
  const result = await work();
  if (place) {
    const text = JSON.stringify(result, keep); // undefined for a training that returns nothing
    const metadata = {
      ...(text === undefined ? {} : { result: text }),
      ...(random ? { state: JSON.stringify(random.state) } : {}),
      ...(data === undefined ? {} : { data }),
    };
    await place.save(name, saveCheckpoint(model, metadata));
  }
  return result;
}

// JSON has no NaN, no infinity and no −0, and a loss may be any of them; nor has it tensors.
function keep(_key: string, value: unknown): unknown {
  if (value instanceof Tensor) {
    const { data, shape, dtype } = value;
    return { "$tensor": { data: Array.from(data), shape, dtype } };
  }
  if (Object.is(value, -0)) return { "$number": "-0" };
  return typeof value === "number" && !Number.isFinite(value) ? { "$number": String(value) } : value;
}

function revive(_key: string, value: unknown): unknown {
  const { $number, $tensor } = (value ?? {}) as { $number?: unknown; $tensor?: KeptTensor };
  if (typeof $number === "string") return Number($number);
  if ($tensor === undefined) return value;
  return Tensor.from($tensor.data, $tensor.shape, { dtype: $tensor.dtype });
}
