/** Finds what has changed in the file of a lesson, cell by cell, and where the learner is after that. */

import type { Cell } from "../cells/document/document.ts";
import type { CellError, Code } from "../cells/engine/protocol.ts";
import type { Lesson } from "./lesson.ts";
import type { SessionState } from "./session_state.ts";
import { stepOf, stepsOf } from "./steps.ts";

/** The changed lesson, or why it cannot be read. */
export type LessonChange = ChangedLesson | { error: CellError };

/** A lesson that has changed. */
export interface ChangedLesson {
  lesson: Lesson;
  /** The index of the first cell that has changed. */
  first: number;
}

/** What has changed; undefined if no cell has changed. */
export function changeBetween(before: Lesson, lesson: Lesson): ChangedLesson | undefined {
  const found = lesson.cells.findIndex((cell, i) => !before.cells[i] || !isSame(cell, before.cells[i]));
  if (found >= 0) return { lesson, first: found };
  return lesson.cells.length < before.cells.length ? { lesson, first: lesson.cells.length } : undefined;
}

/** A cell that ran, in its new position; undefined if it is at or after the change and must run again. */
export function moved<T extends Code>({ lesson, first }: ChangedLesson, cell: T): T | undefined {
  if (cell.index >= first) return undefined;
  return { ...cell, line: cell.file ? cell.line : lesson.cells[cell.index].line };
}

/** Where the learner is after a change: at the changed step, if it had run, because it runs again; otherwise where they were. */
export function placeAfter(
  { lesson, first }: ChangedLesson,
  state: SessionState,
): { touched: number; ran: boolean; place: Pick<SessionState, "steps" | "at" | "reached"> } {
  const steps = stepsOf(lesson.cells);
  const touched = stepOf(steps, first);
  const ran = touched < state.reached;
  const old = state.steps[state.at]?.cells[0];
  const here = old ? stepOf(steps, Math.min(old.index, first)) : steps.length;
  const at = ran ? touched : here;
  return { touched, ran, place: { steps, at, reached: ran ? touched : Math.min(state.reached, steps.length) } };
}

function isSame(a: Cell, b: Cell): boolean {
  return a.kind === b.kind && a.source === b.source && a.id === b.id && a.tags.join() === b.tags.join();
}
