/** Finds the lesson that the command line names, or says what is wrong. */

import { type CourseEntry, lessonsLike, listLessons, shortName } from "../../course/catalog.ts";
import { reasonOf } from "../../course/reason.ts";
import { nearest } from "../nearest.ts";
import { UsageError } from "../usage_error.ts";

/**
 * The lessons of a folder.
 *
 * @throws {UsageError} When there are none.
 */
export function courseOf(directory: string): CourseEntry[] {
  let course;
  try {
    course = listLessons(directory);
  } catch (error) {
    throw new UsageError(`cannot read the lessons in ${directory}: ${reasonOf(error)}`);
  }
  if (course.length === 0) {
    throw new UsageError(`there are no lessons in ${directory}: add a file like 01_name.ts`);
  }
  return course;
}

/**
 * The lesson that a learner names.
 *
 * @throws {UsageError} When there is no such lesson, or more than one.
 */
export function entryOf(course: readonly CourseEntry[], asked: string): CourseEntry {
  const { entry, wrong } = findEntry(course, asked);
  if (!entry) throw new UsageError(wrong!);
  return entry;
}

/** The lesson that a learner names, or what is wrong with the name. */
export function findEntry(course: readonly CourseEntry[], asked: string): { entry?: CourseEntry; wrong?: string } {
  const found = lessonsLike(course, asked);
  if (found.length === 1) return { entry: found[0] };
  const near = found.length > 1
    ? found.map(shortName).join(" or ")
    : /^\d+$/.test(asked)
    ? nearestNumber(course, Number(asked))
    : nearest(asked, course.map(shortName));
  return { wrong: `no lesson "${asked}"` + (near ? `; did you mean ${near}?` : "; --list shows the lessons") };
}

function nearestNumber(course: readonly CourseEntry[], asked: number): string {
  const numbers = course.map(({ number }) => Number(number));
  return String(numbers.reduce((best, number) => Math.abs(number - asked) < Math.abs(best - asked) ? number : best));
}
