/** Makes the engine of a lesson in a page: its cells run in a Worker, and are joined to the course as they are under Deno. */

import { CellEngine } from "../../../cells/engine/cell_engine.ts";
import type { LessonSettings } from "../../../contract/contract.ts";
import type { BridgeData } from "../../../course/bridge.ts";
import { answerCheckpoints } from "../../../course/checkpoint_messages.ts";
import type { Lesson } from "../../../course/lesson.ts";
import { codeIn } from "../../../course/lesson_code.ts";
import type { CheckpointStore } from "../../../course/progress/checkpoints.ts";
import { BRIDGE, ROOT } from "../realm/places.ts";
import { WebRealm } from "../realm/web_realm.ts";

/** What the engine of a lesson needs. */
interface WebEngineOptions {
  lesson: Pick<Lesson, "cells">;
  /** `04_linear_regression`. */
  name: string;
  settings: LessonSettings;
  /** How many characters fit on a line of output. */
  columns: number;
  checkpoints?: CheckpointStore;
  /** The address of the script of the Worker. */
  script: string | URL;
}

/** What the page draws besides plain text. */
const FORMS = ["image/svg+xml"];

/** Makes the engine; it starts with its first cell, or with `start`. */
export function webLessonEngine(
  { lesson, name, settings, columns, checkpoints, script }: WebEngineOptions,
): CellEngine {
  return new CellEngine({
    url: `${ROOT}lessons/${name}.ts`,
    screen: { columns, rows: 40, colors: "none" },
    sources: codeIn(lesson.cells),
    preload: [`${ROOT}lessons/settings.ts`],
    bridge: { url: BRIDGE, data: { settings, forms: FORMS } satisfies BridgeData },
    permissions: {},
    onMessage: (message, data, run) => checkpoints && answerCheckpoints(checkpoints, message, data, run),
  }, (start, _permissions, events) => new WebRealm(start, events, script));
}
