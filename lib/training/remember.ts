/** remember: a training that need not be done again when a learner comes back to the lesson. */
import { type Layer, Module } from "../layers/mod.ts";
import type { Random } from "../tensor/random.ts";
import { checkpointMetadata, loadCheckpoint, saveCheckpoint } from "./checkpoint.ts";

/** Where a front end keeps checkpoints: the step-through sets `globalThis[CHECKPOINTS]`. */
export const CHECKPOINTS: unique symbol = Symbol.for("gradually.checkpoints");

/** What a front end keeps. */
export interface Checkpoints {
  /** What was kept under this name, by the same code, from the same settings; undefined where the learner wants to see it run. */
  load(name: string): Uint8Array | undefined | Promise<Uint8Array | undefined>;
  /** Keeps it. */
  save(name: string, bytes: Uint8Array): void | Promise<void>;
}

/** The options of {@linkcode remember}. */
export interface RememberOptions {
  /** The source that training draws from: it goes on, too, where training left it. */
  random?: Random;
}

/**
 * Trains a network, and keeps what it has learnt where there is a place for it. When the step-through makes the state of a lesson again, silently,
 * the network, `random` and what `train` gave come from there instead of being trained once more; whoever runs the cell sees it train. In a
 * script or a notebook it simply trains.
 *
 * @param name A name of its own in the lesson.
 * @param model The network; undefined where only the result counts.
 * @param train Trains it, and may give something that JSON can hold: the history, an accuracy.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { FC, Random, remember } from "@gradually/gradually";
 *
 * const random = new Random(1);
 * const model = new FC({ inFeatures: 2, outFeatures: 1, random });
 * const history = await remember("line", model, () => {
 *   model.parameters()[0].value.data[0] = 3; // stands for: for await (const event of fit(model, …)) …
 *   return { losses: [2, 1, 0.5] };
 * }, { random });
 * assertEquals(history.losses, [2, 1, 0.5]);
 * ```
 */
export async function remember<T>(
  name: string,
  model: Layer | undefined,
  train: () => T | Promise<T>,
  { random }: RememberOptions = {},
): Promise<T> {
  const place = (globalThis as unknown as Record<symbol, Checkpoints | undefined>)[CHECKPOINTS];
  const layer = model ?? new Module([]);
  const kept = await place?.load(name);
  if (kept) {
    try {
      const { result, state } = checkpointMetadata(kept);
      loadCheckpoint(layer, kept);
      if (random && state) random.state = JSON.parse(state);
      return result === undefined ? undefined as T : JSON.parse(result, reviveNumbers);
    } catch {
      // Of another network, or damaged: it is trained anew.
    }
  }
  const result = await train();
  if (place) {
    const text = JSON.stringify(result, keepNumbers); // undefined for a training that gives nothing
    const metadata = {
      ...(text === undefined ? {} : { result: text }),
      ...(random ? { state: JSON.stringify(random.state) } : {}),
    };
    await place.save(name, saveCheckpoint(layer, metadata));
  }
  return result;
}

// JSON knows no NaN and no infinity, and a loss may be one.
function keepNumbers(_key: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? { "$number": String(value) } : value;
}

function reviveNumbers(_key: string, value: unknown): unknown {
  const text = (value as { $number?: unknown } | null)?.$number;
  return typeof text === "string" ? Number(text) : value;
}
