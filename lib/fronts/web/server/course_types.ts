/** Checks the types of an answer that a page has saved. */

import { pathToFileURL } from "node:url";
import type { CellError } from "../../../cells/engine/protocol.ts";
import { Answers } from "../../../course/answers/answers.ts";
import { TypeChecker } from "../../../course/answers/type_checker.ts";
import { isLessonName, readLesson } from "../../../course/catalog.ts";

/**
 * A function that checks the answer to an exercise of a lesson.
 *
 * @param lessons The folder of the lessons.
 * @param state The learner's folder.
 */
export function courseTypes(
  lessons: string,
  state: string,
): (lesson: string, exercise: string) => Promise<readonly CellError[]> {
  const checkers = new Map<string, TypeChecker>();
  const project = lessons.replace(/[\\/][^\\/]*$/, "");
  return async (name, exercise) => {
    if (!isLessonName(name)) return [];
    const path = `${lessons}/${name}.ts`;
    let checker = checkers.get(name);
    if (!checker) checkers.set(name, checker = new TypeChecker(pathToFileURL(path).href, [project], `${state}/check`));
    const { lesson } = readLesson({ number: "", name, path });
    return await checker.check(exercise, lesson.cells, new Answers(`${state}/answers/${name}`));
  };
}
