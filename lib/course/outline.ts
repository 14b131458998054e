/** The course as an outline: what there is, what is done, and where it goes on. */

import { type CourseEntry, readTitle } from "./catalog.ts";
import type { Progress } from "./progress/progress.ts";

/** One lesson of the outline. */
export interface OutlineRow {
  /** "4". */
  number: string;
  title: string;
  /** 0 where the lesson does not say. */
  minutes: number;
  state: "new" | "begun" | "done";
  /** Where the learner is, of one that was begun: the cell from 1, and how many there are. */
  place?: { cell: number; cells: number };
  /** Whether it is the one to go on with. */
  current: boolean;
}

/** A row a lesson. */
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

/** The lesson to go on with: the last one worked on, unless it is done; then the first after it that is not. */
export function nextLesson(course: readonly CourseEntry[], progress: Progress): CourseEntry | undefined {
  const open = (entry: CourseEntry): boolean => !progress.lesson(entry.name)?.done;
  const last = course.findIndex(({ name }) => name === progress.last);
  return course.find((entry, i) => i >= last && open(entry)) ?? course.find(open) ?? course[Math.max(0, last)];
}
