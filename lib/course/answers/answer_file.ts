/** What an answer file begins with: what is asked, as the lesson says it, and the cell that is to be filled. */

import type { Cell } from "../../cells/document/document.ts";

/** Lines of text in an answer file are no longer, so that an editor of 80 columns shows them whole. */
const WIDTH = 76;

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

/** Text in lines of its own: paragraphs are filled, formulas and lists stay as they are. */
function linesOf(text: string): string[] {
  const lines: string[] = [];
  let open = false; // whether the last line is a paragraph that goes on
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

/** Puts words at the end of the last line, and into new ones where it is full. */
function fill(lines: string[], text: string): void {
  for (const word of text.split(" ")) {
    const last = lines.at(-1)!;
    if (last === "") lines[lines.length - 1] = word;
    else if (last.length + 1 + word.length <= WIDTH) lines[lines.length - 1] += ` ${word}`;
    else lines.push(word);
  }
}
