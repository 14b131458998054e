/** The file of a lesson while it is open: what changes in it, cell by cell. */

import { watchFiles } from "../../course/answers/watch_files.ts";
import type { Code, LessonError } from "../../cells/engine/protocol.ts";
import type { Cell, Lesson } from "../../cells/document/document.ts";
import { parseLesson } from "../../cells/document/parse.ts";
import { type StepperEvent, type StepperState, stepsOf } from "../../course/stepper.ts";

/** What has changed: the lesson as it is now, or why it cannot be read. */
export type LessonChange = Changed | { error: LessonError };

/** A lesson that is not as it was. */
export interface Changed {
  lesson: Lesson;
  /** The index of the first cell that is not as it was. */
  first: number;
  /** The new place of a cell that ran; undefined if it stands at or after the change and has to run again. */
  moved<T extends Code>(cell: T): T | undefined;
}

/** Follows one lesson file. */
export class LessonFile {
  readonly #path: string;
  #lesson: Lesson;

  constructor(path: string, lesson: Lesson) {
    this.#path = path;
    this.#lesson = lesson;
  }

  /** Calls `changed` after each save that changes a cell. */
  watch(changed: (change: LessonChange) => void, signal: AbortSignal): void {
    watchFiles(() => [this.#path], () => {
      const change = this.read();
      if (change) changed(change);
    }, signal);
  }

  /** Reads the file again; undefined if no cell has changed, or there is no file just now. */
  read(): LessonChange | undefined {
    let lesson: Lesson;
    try {
      lesson = parseLesson(Deno.readTextFileSync(this.#path), this.#lesson.file);
    } catch (error) {
      if (!(error instanceof SyntaxError)) return undefined;
      return { error: { name: error.name, message: error.message, frames: [] } };
    }
    const before = this.#lesson.cells;
    const first = lesson.cells.findIndex((cell, i) => !before[i] || !isSame(cell, before[i]));
    const changed = first >= 0 ? first : lesson.cells.length < before.length ? lesson.cells.length : -1;
    this.#lesson = lesson;
    if (changed < 0) return undefined;
    return {
      lesson,
      first: changed,
      moved: (cell) =>
        cell.index < changed ? { ...cell, line: cell.file ? cell.line : lesson.cells[cell.index].line } : undefined,
    };
  }
}

function isSame(a: Cell, b: Cell): boolean {
  return a.kind === b.kind && a.source === b.source && a.id === b.id && a.tags.join() === b.tags.join();
}

/** Where the learner is after a change: at the step that changed, if it had run, for it runs again; else where they were. */
export function afterChange(
  { lesson, first, moved }: Changed,
  state: StepperState,
): { touched: number; ran: boolean; event: StepperEvent } {
  const steps = stepsOf(lesson.cells);
  const stepOf = (cell: number): number => {
    const found = steps.findIndex((step) => step.cells.some(({ index }) => index >= cell));
    return found < 0 ? steps.length : found;
  };
  const touched = stepOf(first);
  const ran = touched < state.reached;
  const old = state.steps[state.at]?.cells[0];
  const here = old ? stepOf(moved(old)?.index ?? first) : steps.length;
  const at = ran ? touched : here;
  return {
    touched,
    ran,
    event: { type: "replaced", steps, at, reached: ran ? touched : Math.min(state.reached, steps.length) },
  };
}
