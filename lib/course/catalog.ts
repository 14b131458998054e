/** Finds the lessons: every `NN_name.ts` in a folder is a lesson, in the order of the numbers. */

import { readHeader } from "../cells/document/header.ts";
import { type Lesson, parseLesson } from "./lesson.ts";

/** A lesson of the course, before its cells are read. */
export interface CourseEntry {
  /** "04". */
  number: string;
  /** "04_linear_regression"; also its key in the progress. */
  name: string;
  /** The path of the file. */
  path: string;
}

/** Whether a lesson can have this name: "04_linear_regression". */
export function isLessonName(name: string): boolean {
  return /^\d+_\w+$/.test(name);
}

/**
 * The lessons of a folder.
 *
 * @param directory The path of the folder, with or without a slash at its end.
 * @throws {Deno.errors.NotFound} When there is no such folder.
 */
export function listLessons(directory: string): CourseEntry[] {
  const entries: CourseEntry[] = [];
  for (const file of Deno.readDirSync(directory)) {
    const name = file.name.replace(/\.ts$/, "");
    if (name !== file.name && isLessonName(name) && !file.isDirectory) {
      entries.push({
        number: name.replace(/_.*/, ""),
        name,
        path: `${directory.replace(/[\\/]$/, "")}/${file.name}`,
      });
    }
  }
  return entries.sort((a, b) => Number(a.number) - Number(b.number) || (a.name < b.name ? -1 : 1));
}

/**
 * The lesson that a learner means: by number ("4", "04"), by name ("04_linear", "linear"), by file, or by something that fits only one
 * lesson: the beginning of its name ("lin"), a part of its name, or a part of its title.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const course = [{ number: "04", name: "04_linear", path: "lessons/04_linear.ts" }];
 * assertEquals(findLesson(course, "4")?.name, "04_linear");
 * assertEquals(findLesson(course, "linear")?.name, "04_linear");
 * assertEquals(findLesson(course, "lin")?.name, "04_linear");
 * assertEquals(findLesson(course, "5"), undefined);
 * ```
 */
export function findLesson(course: readonly CourseEntry[], asked: string): CourseEntry | undefined {
  const found = lessonsLike(course, asked);
  return found.length === 1 ? found[0] : undefined;
}

/** All lessons that the learner may mean: those that fit best, by the rules of {@linkcode findLesson}. */
export function lessonsLike(course: readonly CourseEntry[], asked: string): CourseEntry[] {
  if (/^\d+$/.test(asked)) return course.filter((entry) => Number(entry.number) === Number(asked)).slice(0, 1);
  const name = asked.replace(/^.*[\\/]/, "").replace(/\.ts$/, "").toLowerCase();
  if (name === "") return [];
  const file = (entry: CourseEntry): string => entry.name.toLowerCase();
  const bare = (entry: CourseEntry): string => shortName(entry).toLowerCase();
  const ways: ((entry: CourseEntry) => boolean)[] = [
    (entry) => file(entry) === name,
    (entry) => bare(entry) === name,
    (entry) => file(entry).startsWith(name) || bare(entry).startsWith(name),
  ];
  if (name.length > 2) { // one or two letters appear in many names by chance
    ways.push(
      (entry) => bare(entry).includes(name),
      (entry) => readTitle(entry).title.toLowerCase().includes(name),
    );
  }
  for (const way of ways) {
    const found = course.filter(way);
    if (found.length > 0) return found;
  }
  return [];
}

/** The name of a lesson without its number: "linear_regression". */
export function shortName({ name }: CourseEntry): string {
  return name.replace(/^\d+_/, "");
}

/** Reads a lesson of the course. Error messages name the file relative to the learner's working directory. */
export function readLesson(entry: CourseEntry): { lesson: Lesson; source: string } {
  const source = Deno.readTextFileSync(entry.path);
  return { lesson: parseLesson(source, shortPath(entry.path)), source };
}

/** What the header of a lesson says about it. */
export interface LessonTitle {
  title: string;
  /** 0 if the lesson does not say. */
  minutes: number;
  /** The part of the course that begins with this lesson. */
  part?: string;
}

/** The title of a lesson, without its cells; if the header does not parse, it is the name of the file. */
export function readTitle(entry: CourseEntry): LessonTitle {
  try {
    const { values } = readHeader(Deno.readTextFileSync(entry.path).split(/\r?\n/), entry.path);
    const part = values.get("jupyter.gradually.part");
    return {
      title: String(values.get("jupyter.gradually.title") ?? entry.name),
      minutes: Number(values.get("jupyter.gradually.minutes")) || 0,
      ...part === undefined ? {} : { part: String(part) },
    };
  } catch {
    return { title: entry.name, minutes: 0 };
  }
}

/** A path relative to the working directory, if it is below it. */
export function shortPath(path: string): string {
  const here = Deno.cwd().replaceAll("\\", "/").replace(/\/?$/, "/");
  const normal = path.replaceAll("\\", "/");
  return normal.startsWith(here) ? normal.slice(here.length) : path;
}
