/** Joins a lesson's cells to the course: runs in their realm and provides what the contract promises to the library. */

import type { Bridge, Host } from "../cells/engine/bridge.ts";
import { collectShown } from "../contract/already_shown.ts";
import {
  CHECKPOINTS,
  DISPLAY_HOOK,
  DRAW,
  INTERRUPT,
  type LessonSettings,
  SCREEN,
  SETTINGS,
  shared,
  VERDICT,
} from "../contract/contract.ts";
import type { ExerciseVerdict } from "./verdict.ts";

/** The data that the bridge receives. */
export interface BridgeData {
  settings: LessonSettings;
  /** The MIME types that the front end draws in addition to `text/plain`; if undefined, it gets all of them. */
  forms?: readonly string[];
}

/** Connects the realm of a lesson. Called by the engine's worker. */
export function connect(host: Host, data: unknown): Bridge {
  const { settings, forms } = data as BridgeData;
  shared[DISPLAY_HOOK] = Object.assign(host.display, { forms });
  shared[INTERRUPT] = host.interrupt;
  shared[SETTINGS] = settings;
  shared[SCREEN] = host.screen;
  shared[VERDICT] = ({ id, kind, hints, solution, explanation, message, error, picture }) => {
    const verdict: ExerciseVerdict = {
      id,
      kind,
      hints: [...hints],
      solution,
      explanation,
      message: host.advise(message),
    };
    if (picture !== undefined) verdict.picture = picture;
    if (error !== undefined) verdict.error = host.report(error);
    host.emit("verdict", verdict);
  };
  shared[CHECKPOINTS] = {
    load: (name) => host.ask("load", { name }) as Promise<Uint8Array | undefined>,
    save: (name, bytes) => host.tell("save", { name, bytes }),
    loadUnfinished: (name) => host.ask("load", { name, unfinished: true }) as Promise<Uint8Array | undefined>,
    saveUnfinished: (name, bytes) => host.tell("save", { name, bytes, unfinished: true }),
  };
  return {
    resized: (screen) => {
      shared[SCREEN] = screen;
    },
    draw: async (value) => await shared[DRAW]?.(value),
    hides: collectShown(),
  };
}
