/** Runs one step of a lesson: its code, then the check that judges it. */

import type { Cell } from "../cells/document/document.ts";
import type { CellEngine } from "../cells/engine/cell_engine.ts";
import type { CellResult, Code, Output } from "../cells/engine/protocol.ts";
import { exerciseOf, type Step } from "./steps.ts";
import type { ExerciseVerdict } from "./verdict.ts";

/** The name of the error that a cell throws if it still has a blank. */
const BLANK = "BlankError";

/** What running a step needs. */
interface StepRun {
  engine: CellEngine;
  /** The code to run for a cell. */
  code(cell: Cell): Code;
  /** Receives every output of the step, in order. */
  onOutput(output: Output): void;
  /** Called before each earlier cell that has to be run again first. */
  onReplay?(done: number, total: number): void;
}

/**
 * Runs a step that has code. An answer that does not run is not judged. A cell that still has a blank is open, which is not an error.
 * Checks are not part of the state: nothing depends on them.
 */
export async function runStep(step: Step, { engine, code, onOutput, onReplay }: StepRun): Promise<CellResult> {
  const { code: cell, check } = step;
  if (!cell) throw new RangeError("runStep takes a step with code and got a step of text: check step.code first");
  const id = exerciseOf(step);
  const result = cell.tags.includes("check")
    ? await engine.runApart(code(cell), onOutput)
    : await engine.run(code(cell), onOutput, onReplay);
  if (check && result.status === "done") return await engine.runApart(code(check), onOutput);
  if (result.status !== "failed" || id === undefined || result.error.name !== BLANK) return result;
  const verdict: ExerciseVerdict = {
    ...{ id, kind: "open", message: result.error.message },
    ...{ hints: [], solution: "", explanation: "" },
  };
  onOutput({ type: "custom", name: "verdict", data: verdict });
  return { status: "done", milliseconds: result.milliseconds };
}
