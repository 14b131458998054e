/** Answers the realm of a lesson, which asks for checkpoints and gives them to be kept. */

import type { RunInfo } from "../cells/engine/engine_options.ts";
import type { CheckpointStore } from "./progress/checkpoints.ts";

/**
 * Loads and saves checkpoints. Only a silent replay loads a result: a learner who runs a training wants to see it. But one that was cut off goes
 * on.
 */
export function answerCheckpoints(
  store: CheckpointStore,
  message: string,
  data: unknown,
  { replay, sources }: RunInfo,
): unknown {
  const { name, bytes, unfinished } = (data ?? {}) as Record<string, unknown>; // a cell can send anything
  if (typeof name !== "string") return undefined;
  const key = unfinished === true ? `${name}.unfinished` : name;
  if (message === "load") return replay || unfinished === true ? store.load(key, sources) : undefined;
  if (message === "save" && bytes instanceof Uint8Array) store.save(key, sources, bytes);
  return undefined;
}
