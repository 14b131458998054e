/** Joins a lesson's cells to the course: runs in their realm and provides what the contract promises to the library. */

import type { Bridge, Host } from "../cells/engine/bridge.ts";
import {
  CHECKPOINTS,
  DISPLAY,
  DRAW,
  INTERRUPT,
  type LessonSettings,
  SCREEN,
  SETTINGS,
  shared,
  VERDICT,
} from "../contract/contract.ts";
import type { ExerciseVerdict } from "./verdict.ts";

/** Connects the realm of a lesson. Called by the engine's worker. */
export function connect(host: Host, data: unknown): Bridge {
  shared[DISPLAY] = host.display;
  shared[INTERRUPT] = host.interrupt;
  shared[SETTINGS] = data as LessonSettings;
  shared[SCREEN] = host.screen;
  shared[VERDICT] = ({ id, kind, hints, solution, explanation, message, error }) => {
    const verdict: ExerciseVerdict = {
      id,
      kind,
      hints: [...hints],
      solution,
      explanation,
      message: host.advise(message),
    };
    if (error !== undefined) verdict.error = host.report(error);
    host.emit("verdict", verdict);
  };
  shared[CHECKPOINTS] = {
    load: (name) => host.ask("load", { name }) as Promise<Uint8Array | undefined>,
    save: (name, bytes) => host.tell("save", { name, bytes }),
  };
  return {
    resized: (screen) => {
      shared[SCREEN] = screen;
    },
    draw: async (value) => await shared[DRAW]?.(value),
  };
}
