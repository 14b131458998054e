/** Writes the first text of an answer file: the question, in the words of the lesson, and the cell to fill in. */

import type { Cell } from "../../cells/document/document.ts";

/** The longest line of text in an answer file, so that an editor with 80 columns shows whole lines. */
const WIDTH = 76;

/**
 * The text of a new answer file.
 *
 * @param lesson The name of the lesson.
 * @param cell The exercise.
 * @param question The text cell above it, if there is one.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseLesson } from "../lesson.ts";
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
  if (question) lines.push("//", ...linesOf(question.source).map((line) => `// ${line}`.trimEnd()));
  return [...lines, "", cell.source, ""].join("\n");
}

/** Wraps text into lines: paragraphs are filled, formulas and lists stay as they are. */
function linesOf(text: string): string[] {
  const lines: string[] = [];
  let open = false; // whether the last line belongs to a paragraph that continues
  for (const line of text.split("\n")) {
    const plain = /^(?!#|[-*>|] |\d+\. |```)\S/.test(line);
    if (open && plain) fill(lines, line);
    else if (line.length <= WIDTH || !/^\S/.test(line)) lines.push(line);
    else {
      lines.push("");
      fill(lines, line);
    }
    open = plain;
  }
  return lines;
}

/** Adds words to the last line, and starts new lines as needed. */
function fill(lines: string[], text: string): void {
  for (const word of text.split(" ")) {
    const last = lines.at(-1)!;
    if (last === "") lines[lines.length - 1] = word;
    else if (last.length + 1 + word.length <= WIDTH) lines[lines.length - 1] += ` ${word}`;
    else lines.push(word);
  }
}
