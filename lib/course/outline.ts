/** The course as a list: what there is, what is done, and where it goes on. */

import { type CourseEntry, readTitle } from "./course.ts";
import type { Progress } from "./progress/progress.ts";
import type { Style } from "../fronts/text/style.ts";

/** One line a lesson; the one to go on with is marked. */
export function courseList(course: readonly CourseEntry[], progress: Progress, style: Style): string {
  const current = nextLesson(course, progress);
  const rows = course.map((entry) => {
    const { title, minutes } = readTitle(entry);
    const state = progress.lesson(entry.name);
    const begun = state !== undefined && state.cell > 0;
    const box = state?.done ? style.good("[✓]") : begun ? "[·]" : "[ ]";
    const arrow = entry === current ? style.bold("→") : " ";
    const number = entry.number.replace(/^0+(?=\d)/, "").padStart(3);
    const notes = [
      minutes ? `${minutes} min` : "",
      begun && !state.done ? `at cell ${state.cell + 1} of ${state.cells}` : "",
    ];
    const note = notes.filter(Boolean).join(", ");
    return `${arrow}${number} ${box} ${entry === current ? style.bold(title) : title}${
      note ? style.dim(`  ${note}`) : ""
    }\n`;
  });
  const done = course.filter(({ name }) => progress.lesson(name)?.done).length;
  return `${style.heading("Gradually")}: a CNN, lesson by lesson · ${done} of ${course.length} done\n\n${
    rows.join("")
  }`;
}

/** The lesson to go on with: the last one worked on, unless it is done; then the first after it that is not. */
export function nextLesson(course: readonly CourseEntry[], progress: Progress): CourseEntry | undefined {
  const open = (entry: CourseEntry): boolean => !progress.lesson(entry.name)?.done;
  const last = course.findIndex(({ name }) => name === progress.last);
  return course.find((entry, i) => i >= last && open(entry)) ?? course.find(open) ?? course[Math.max(0, last)];
}
