/** The verdict of the judge on an answer, as the realm of a lesson outputs it. */

import type { CellError, Output } from "../cells/engine/protocol.ts";
import type { VerdictKind } from "../contract/contract.ts";

/** A verdict that a front end can show, with everything that may be revealed, one thing at a time. */
export interface ExerciseVerdict {
  /** The id of the exercise: `relu-backward`. */
  id: string;
  kind: VerdictKind;
  message: string;
  /** The answer and the right one side by side: text of equally wide characters. */
  picture?: string;
  hints: string[];
  /** The reference solution as code. */
  solution: string;
  explanation: string;
  /** The number of this try; undefined where nobody counts. */
  attempt?: number;
  /** What the answer threw. */
  error?: CellError;
}

/** The verdict among a cell's outputs; undefined for any other output. */
export function verdictOf(output: Output): ExerciseVerdict | undefined {
  return output.type === "custom" && output.name === "verdict" ? output.data as ExerciseVerdict : undefined;
}
