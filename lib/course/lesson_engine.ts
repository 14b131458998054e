/** Makes the engine of a lesson: its cells are joined to the course and have the permissions of its header. */

import { fileURLToPath } from "node:url";
import { Engine } from "../cells/engine/engine.ts";
import type { OutputScreen } from "../cells/engine/protocol.ts";
import type { LessonSettings } from "../contract/contract.ts";
import type { BridgeData } from "./bridge.ts";
import { answerCheckpoints } from "./checkpoint_messages.ts";
import type { Lesson } from "./lesson.ts";
import { codeIn } from "./lesson_code.ts";
import { type LessonGrants, lessonPermissions } from "./permissions.ts";
import type { CheckpointStore } from "./progress/checkpoints.ts";

/** The project; code in these parts of it is not the learner's own. */
const PROJECT = new URL("../../", import.meta.url);
const LIBRARIES = ["lib/", "data/", "mod.ts"].map((part) => new URL(part, PROJECT).href);
/** Says which packages a lesson may import. */
const LOCK = fileURLToPath(new URL("deno.lock", PROJECT));
const SANDBOX_ADVICE = "lessons are sandboxed: add the permission to the lesson's header";

/** What the engine of a lesson needs. */
interface LessonEngineOptions {
  lesson: Pick<Lesson, "permissions" | "cells">;
  /** The URL of the lesson file. */
  url: string;
  settings: LessonSettings;
  grants: LessonGrants;
  screen: OutputScreen;
  /** The MIME types that the front end draws in addition to `text/plain`; if undefined, it gets all of them. */
  forms?: readonly string[];
  /** Modules to load before the first cell. */
  preload?: readonly string[];
  /** Keeps what took long to compute; without it, nothing is kept. */
  checkpoints?: CheckpointStore;
}

/**
 * Makes the engine; it starts with its first cell, or with `start`.
 *
 * @throws {RangeError} When the header asks for a permission that does not exist.
 */
export function lessonEngine(
  { lesson, url, settings, grants, screen, forms, preload, checkpoints }: LessonEngineOptions,
): Engine {
  return new Engine({
    ...{
      url,
      screen,
      sources: codeIn(lesson.cells),
      preload,
      lock: LOCK,
      libraries: LIBRARIES,
      sandboxAdvice: SANDBOX_ADVICE,
    },
    bridge: { url: new URL("./bridge.ts", import.meta.url).href, data: { settings, forms } satisfies BridgeData },
    permissions: lessonPermissions(url, lesson.permissions, grants),
    onMessage: (name, data, run) => checkpoints && answerCheckpoints(checkpoints, name, data, run),
  });
}
