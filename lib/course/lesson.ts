/** Reads a lesson: a document in the percent format whose header gives title, minutes and permissions. */

import type { PercentDocument } from "../cells/document/document.ts";
import { parseDocument } from "../cells/document/parse_document.ts";

/** The values in the header of a lesson. */
interface LessonHeader {
  title: string;
  /** How many minutes it takes, or 0 if the header does not say. */
  minutes: number;
  /** What the lesson may do in addition to computing, such as "mnist". */
  permissions: string[];
}

/** A parsed lesson file. */
export interface Lesson extends PercentDocument, LessonHeader {}

/**
 * Reads a lesson.
 *
 * @param source The text of the file.
 * @param file Its name, for messages; also the title if the header has none.
 * @throws {SyntaxError} When the file does not parse, see {@linkcode parseDocument}. The message starts with file, line and column.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const lesson = parseLesson("// ---\n// jupyter:\n//   gradually:\n//     title: Hello\n// ---\n// %%\n1 + 1;\n", "01_hello.ts");
 * assertEquals([lesson.title, lesson.minutes, lesson.cells.length], ["Hello", 0, 1]);
 * ```
 */
export function parseLesson(source: string, file: string): Lesson {
  const document = parseDocument(source, file);
  return { ...document, ...lessonHeader(document.values, file) };
}

/** What the values of a header say about a lesson. */
function lessonHeader(values: ReadonlyMap<string, unknown>, file: string): LessonHeader {
  const title = values.get("jupyter.gradually.title") ?? file.replace(/^.*[\\/]/, "").replace(/\.ts$/, "");
  const permissions = values.get("jupyter.gradually.permissions") ?? [];
  return {
    title: String(title),
    minutes: Number(values.get("jupyter.gradually.minutes")) || 0,
    permissions: (Array.isArray(permissions) ? permissions : [permissions]).map(String),
  };
}
