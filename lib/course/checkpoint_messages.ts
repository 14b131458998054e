/** Answers the realm of a lesson, which asks for checkpoints and gives them to be kept. */

import type { RunInfo } from "../cells/engine/engine_options.ts";
import type { CheckpointStore } from "./progress/checkpoints.ts";

/** Loads and saves checkpoints. Only a silent replay loads them: a learner who runs a training wants to see it. */
export function answerCheckpoints(
  store: CheckpointStore,
  message: string,
  data: unknown,
  { replay, sources }: RunInfo,
): unknown {
  const { name, bytes } = (data ?? {}) as { name?: unknown; bytes?: unknown }; // a cell can send anything
  if (typeof name !== "string") return undefined;
  if (message === "load") return replay ? store.load(name, sources) : undefined;
  if (message === "save" && bytes instanceof Uint8Array) store.save(name, sources, bytes);
  return undefined;
}
