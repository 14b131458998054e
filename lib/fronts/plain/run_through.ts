/** Runs a whole lesson without pauses, by the same rules as in every front end. */

import type { SessionController } from "../../course/controller.ts";
import type { CellStatus } from "../../cells/engine/protocol.ts";

/**
 * Runs every step. An exercise that is open, or whose answer is wrong, is skipped.
 *
 * @param controller The controller of an unattended session.
 * @returns The status of the step that ended the run; `done` at the end of the lesson.
 */
export async function runThrough(controller: SessionController): Promise<CellStatus> {
  controller.start();
  controller.post({ type: "goto", at: Infinity });
  while (true) {
    await controller.settle();
    const { phase, at, steps } = controller.state;
    if (at >= steps.length) return "done";
    if (phase !== "running" && phase !== "waiting") return phase;
    await controller.ready();
  }
}
