/** Writes a lesson back in the percent format: what {@linkcode parseLesson} reads from it is the same lesson. */

import { writeMarker } from "./marker.ts";
import { isMarker, type Lesson } from "./parse.ts";

/**
 * The text of a lesson file.
 *
 * @throws {RangeError} When a line of text starts with `%%`, which the format cannot hold.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseLesson } from "./parse.ts";
 *
 * const source = "// %% [markdown]\n// # Hello\n\n// %%\n1 + 1;\n";
 * assertEquals(writeLesson(parseLesson(source, "hello.ts")), source);
 * ```
 */
export function writeLesson(lesson: Pick<Lesson, "header" | "cells" | "lineEnd">): string {
  const lines: string[] = [];
  if (lesson.header.length) lines.push("// ---", ...lesson.header.map(comment), "// ---");
  for (const cell of lesson.cells) {
    if (cell.markerLine !== cell.line || cell !== lesson.cells[0]) lines.push(writeMarker(cell));
    if (cell.source) lines.push(...(cell.kind === "code" ? [cell.source] : cell.source.split("\n").map(comment)));
    for (let i = 0; i < cell.blankLines; i++) lines.push("");
  }
  return lines.length ? (lines.join("\n") + "\n").replaceAll("\n", lesson.lineEnd) : "";
}

function comment(line: string): string {
  if (isMarker(`// ${line}`)) {
    throw new RangeError(
      `a line of text that starts with %% would start a cell: "${line}"; put another word before it`,
    );
  }
  return line === "" ? "//" : `// ${line}`;
}
