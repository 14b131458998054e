/** What an answer file begins with: what is asked, as the lesson says it, and the cell that is to be filled. */

import type { Cell } from "../lesson.ts";

/** Lines of an answer file are no longer. */
const WIDTH = 100;

/**
 * The text of a fresh answer file.
 *
 * @param lesson The name of the lesson.
 * @param cell The exercise.
 * @param question The cell of text above it, if there is one.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseLesson } from "../parse.ts";
 *
 * const source = '// %% [markdown]\n// What is **twice** x?\n\n// %% tags=["exercise"] id="twice"\nconst twice = blank();\n';
 * const [question, cell] = parseLesson(source, "x.ts").cells;
 * assertEquals(answerFile("01_x", cell, question).split("\n"), [
 *   "// Lesson 01_x, exercise twice. Save this file, and the lesson checks it.",
 *   "//",
 *   "// What is **twice** x?",
 *   "",
 *   "const twice = blank();",
 *   "",
 * ]);
 * ```
 */
export function answerFile(lesson: string, cell: Cell, question?: Cell): string {
  const lines = [`// Lesson ${lesson}, exercise ${cell.id}. Save this file, and the lesson checks it.`];
  if (question) lines.push("//", ...question.source.split("\n").flatMap(wrap).map((line) => `// ${line}`.trimEnd()));
  return [...lines, "", cell.source, ""].join("\n");
}

function wrap(line: string): string[] {
  const rows: string[] = [""];
  for (const word of line.split(" ")) {
    const last = rows.length - 1;
    if (rows[last] && rows[last].length + word.length >= WIDTH) rows.push(word);
    else rows[last] += rows[last] || word === "" ? ` ${word}` : word;
  }
  return rows.map((row) => row.replace(/^ (?=\S)/, ""));
}
