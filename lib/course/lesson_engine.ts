/** The engine of a lesson: its cells joined to the course, with the permissions of its header. */

import { Engine, type RunInfo } from "../cells/engine/engine.ts";
import type { OutputScreen } from "../cells/engine/protocol.ts";
import type { LessonSettings } from "../contract/contract.ts";
import type { BridgeData } from "./bridge.ts";
import type { Lesson } from "./lesson.ts";
import { type LessonGrants, lessonPermissions } from "./permissions.ts";
import type { CheckpointStore } from "./progress/checkpoints.ts";

/** The project: what stands in these parts of it is not the learner's own code. */
const PROJECT = new URL("../../", import.meta.url);
const LIBRARIES = ["lib/", "data/", "mod.ts"].map((part) => new URL(part, PROJECT).href);
const SANDBOX_ADVICE = "lessons are sandboxed: add the permission to the lesson's header";

/** What the engine of a lesson needs. */
export interface LessonEngineOptions {
  lesson: Pick<Lesson, "permissions">;
  /** The URL of the lesson file. */
  url: string;
  settings: LessonSettings;
  grants: LessonGrants;
  screen: OutputScreen;
  /** The MIME types that the front end draws besides `text/plain`; all of them where it does not say. */
  forms?: readonly string[];
  /** Modules that are loaded before the first cell. */
  preload?: readonly string[];
  /** Without it, nothing that took long to compute is kept. */
  checkpoints?: CheckpointStore;
}

/**
 * Makes the engine; it starts with its first cell, or with `start`.
 *
 * @throws {RangeError} When the header asks for a permission that there is not.
 */
export function lessonEngine(
  { lesson, url, settings, grants, screen, forms, preload, checkpoints }: LessonEngineOptions,
): Engine {
  return new Engine({
    ...{ url, screen, preload, libraries: LIBRARIES, sandboxAdvice: SANDBOX_ADVICE },
    bridge: { url: new URL("./bridge.ts", import.meta.url).href, data: { settings, forms } satisfies BridgeData },
    permissions: lessonPermissions(url, lesson.permissions, grants),
    onMessage: (name, data, run) => checkpoints && keep(checkpoints, name, data, run),
  });
}

/** Only what is run again silently comes from a checkpoint: whoever runs a training wants to see it. */
function keep(store: CheckpointStore, message: string, data: unknown, { replay, sources }: RunInfo): unknown {
  const { name, bytes } = data as { name: string; bytes?: Uint8Array };
  if (message === "load") return replay ? store.load(name, sources) : undefined;
  if (message === "save" && bytes) store.save(name, sources, bytes);
  return undefined;
}
