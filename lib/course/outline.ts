/** Outlines the course: the lessons, which of them are done, and where to continue. */

import { type CourseEntry, readTitle } from "./catalog.ts";
import type { Progress } from "./progress/progress.ts";

/** One lesson of the outline. */
export interface OutlineRow {
  /** "4". */
  number: string;
  title: string;
  /** 0 if the lesson does not say. */
  minutes: number;
  state: "new" | "begun" | "done";
  /** Where the learner is in a lesson in progress: the cell, from 1, and the number of cells. */
  place?: { cell: number; cells: number };
  /** Whether it is the lesson to continue with. */
  current: boolean;
}

/** One row for each lesson. */
export function outlineOf(course: readonly CourseEntry[], progress: Progress): OutlineRow[] {
  const current = nextLesson(course, progress);
  return course.map((entry) => {
    const known = progress.lesson(entry.name);
    const begun = known !== undefined && known.cell > 0;
    return {
      ...readTitle(entry),
      number: entry.number.replace(/^0+(?=\d)/, ""),
      state: known?.done ? "done" : begun ? "begun" : "new",
      ...begun && !known.done ? { place: { cell: known.cell + 1, cells: known.cells } } : {},
      current: entry === current,
    };
  });
}

/** The lesson to continue with: the last one the learner worked on, or, if it is done, the first unfinished one after it. */
export function nextLesson(course: readonly CourseEntry[], progress: Progress): CourseEntry | undefined {
  const open = (entry: CourseEntry): boolean => !progress.lesson(entry.name)?.done;
  const last = course.findIndex(({ name }) => name === progress.last);
  return course.find((entry, i) => i >= last && open(entry)) ?? course.find(open) ?? course[Math.max(0, last)];
}
