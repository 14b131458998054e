/** Collects the verdicts of one step: those of the lesson's own exercises, and not more than a check gives. A cell can make up any number. */

import type { Cell } from "../cells/document/document.ts";
import type { Output } from "../cells/engine/protocol.ts";
import { type ExerciseVerdict, verdictOf } from "./verdict.ts";

/** More verdicts in one step do not count. */
const MOST = 20;

/** The verdicts of one step. */
export class StepVerdicts {
  readonly #exercises: ReadonlySet<string>;
  readonly #last = new Map<string, ExerciseVerdict>();
  #count = 0;

  constructor(cells: readonly Cell[]) {
    this.#exercises = new Set(cells.flatMap(({ id, tags }) => tags.includes("exercise") ? [id] : []));
  }

  /** The last verdict on each exercise. */
  get last(): ExerciseVerdict[] {
    return [...this.#last.values()];
  }

  /** The verdict in an output, if it counts. */
  take(output: Output): ExerciseVerdict | undefined {
    const verdict = verdictOf(output);
    if (!verdict || !this.#exercises.has(verdict.id) || ++this.#count > MOST) return undefined;
    this.#last.set(verdict.id, verdict);
    return verdict;
  }
}
