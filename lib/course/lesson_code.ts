/** Decides which code runs for the cells of a lesson: the learner's answer instead of the exercise, and the code kept from play. */

import type { Cell } from "../cells/document/document.ts";
import type { Code } from "../cells/engine/protocol.ts";
import { absolutePath } from "./absolute_path.ts";
import type { Answers } from "./answers/answers.ts";
import { isToRun } from "./steps.ts";

/** Code kept from play. It ran before the cell with the index `before`. */
export interface KeptPlay {
  before: number;
  source: string;
}

/** Code from play, which does not belong to any cell. */
export function playCode(source: string): Code {
  return { index: -1, source, line: 1, file: "play" };
}

/** The code of all cells of a lesson, as it is handed out. */
export function codeIn(cells: readonly Cell[]): string[] {
  return cells.flatMap(({ kind, source }) => kind === "code" ? [source] : []);
}

/** The code to run for a cell. */
export function codeOf(cell: Cell, answers: Answers): Code {
  const { index, source, line, tags, id } = cell;
  if (!tags.includes("exercise") || !id) return { index, source, line, quiet: tags.includes("check") };
  const answer = answers.read(id);
  if (answer === undefined) return { index, source, line, leaf: true };
  return { index, source: answer, line: 1, file: absolutePath(answers.path(id)), leaf: true };
}

/** The code before a place in the lesson, with the learner's answers and the code kept from play. */
export function codeBefore(cells: readonly Cell[], place: number, answers: Answers, kept: readonly KeptPlay[]): Code[] {
  const playAt = (index: number): Code[] =>
    kept.filter(({ before }) => before === index).map(({ source }) => playCode(source));
  const code: Code[] = [];
  for (const cell of cells) {
    if (cell.index > place) break;
    code.push(...playAt(cell.index));
    if (cell.index === place) break;
    if (isToRun(cell) && !cell.tags.includes("check")) code.push(codeOf(cell, answers));
  }
  if (place >= cells.length) code.push(...playAt(cells.length));
  return code;
}
