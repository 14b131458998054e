/** Outlines the course: the lessons, which of them are done, and where to continue. */

import type { Cell } from "../cells/document/document.ts";
import { type CourseEntry, type LessonTitle, readLesson, readTitle } from "./catalog.ts";
import type { Lesson } from "./lesson.ts";
import type { Progress } from "./progress/progress.ts";
import { type Step, stepOf, stepsOf } from "./steps.ts";

/** One lesson of the outline. */
export interface OutlineRow extends LessonTitle {
  /** "4". */
  number: string;
  /** `read`: the learner has reached its end, and exercises are still open. */
  state: "new" | "begun" | "read" | "done";
  /** Where the learner is in a lesson in progress: the step, from 1, and the number of steps, as its heading says. */
  place?: { step: number; steps: number };
  /** How many exercises are still open in a lesson that was read. */
  open?: number;
  /** Whether it is the lesson to continue with. */
  current: boolean;
}

/** One row for each lesson. */
export function outlineOf(course: readonly CourseEntry[], progress: Progress): OutlineRow[] {
  const current = nextLesson(course, progress);
  return course.map((entry) => {
    const known = progress.lesson(entry.name);
    const head = { ...readTitle(entry), number: entry.number.replace(/^0+(?=\d)/, ""), current: entry === current };
    const begun = known !== undefined && known.cell > 0;
    const lesson = begun || known?.done ? lessonOf(entry) : undefined;
    if (known?.done) {
      const open = lesson?.cells.filter(isExercise).filter(({ id }) => !progress.exerciseOf(known, id).passed) ?? [];
      return open.length === 0 ? { ...head, state: "done" } : { ...head, state: "read", open: open.length };
    }
    if (!begun) return { ...head, state: "new" };
    const steps = lesson && stepsOf(lesson.cells);
    return {
      ...head,
      state: "begun",
      ...steps && { place: { step: placeIn(steps, known.cell), steps: steps.length } },
    };
  });
}

/** The lesson; undefined if its file does not parse, which the lesson itself reports. */
function lessonOf(entry: CourseEntry): Lesson | undefined {
  try {
    return readLesson(entry).lesson;
  } catch {
    return undefined;
  }
}

function isExercise({ tags }: Cell): boolean {
  return tags.includes("exercise");
}

/** The step with a cell, from 1. */
function placeIn(steps: readonly Step[], cell: number): number {
  return Math.min(stepOf(steps, cell) + 1, steps.length);
}

/** The lesson to continue with: the last one the learner worked on, or, if it is done, the first unfinished one after it. */
export function nextLesson(course: readonly CourseEntry[], progress: Progress): CourseEntry | undefined {
  const open = (entry: CourseEntry): boolean => !progress.lesson(entry.name)?.done;
  const last = course.findIndex(({ name }) => name === progress.last);
  return course.find((entry, i) => i >= last && open(entry)) ?? course.find(open) ?? course[Math.max(0, last)];
}
