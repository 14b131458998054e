/** Keeps an answer that is written in the page, in the file in which the terminal would keep it. */

import type { Cell } from "../../../cells/document/document.ts";
import { answerFile } from "../../../course/answers/answer_file.ts";
import type { Answers } from "../../../course/answers/answers.ts";
import type { Lesson } from "../../../course/lesson.ts";
import { reasonOf } from "../../../course/reason.ts";

/**
 * Writes the file: the question, and the code under it. An exercise as it was handed out gets none, so that it stays open.
 *
 * @returns Whether there is a file now; or why it could not be written.
 */
export function keepAnswer(
  name: string,
  lesson: Lesson,
  cell: Cell,
  code: string,
  answers: Answers,
): boolean | { problem: string } {
  if (answers.read(cell.id) === undefined && code.trim() === cell.source.trim()) return false;
  const above = lesson.cells[cell.index - 1];
  const text = answerFile(name, { ...cell, source: code }, above?.kind === "markdown" ? above : undefined);
  try {
    Deno.writeTextFileSync(answers.path(cell.id), text);
    return true;
  } catch (error) {
    return { problem: reasonOf(error) };
  }
}
