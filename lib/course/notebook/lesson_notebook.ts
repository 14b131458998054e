/** Converts a lesson to a notebook and back: imports lead to the course, questions take a guess, and an extra cell finds the course. */

import { nameOf, toDocument, toNotebook } from "../../cells/ipynb/convert.ts";
import type { NotebookDialect } from "../../cells/ipynb/dialect.ts";
import { isRecord, type Notebook } from "../../cells/ipynb/notebook.ts";
import { withGuessCall, withoutGuessCall } from "./guess_call.ts";
import { toLessonImports, toNotebookImports } from "./imports.ts";
import { nbgraderOf } from "./nbgrader.ts";
import { setupCell, TWO_FOLDERS_UP } from "./setup_cell.ts";

const KERNEL = {
  kernelspec: { display_name: "Deno", language: "typescript", name: "deno" },
  language_info: {
    codemirror_mode: "typescript",
    file_extension: ".ts",
    mimetype: "text/x.typescript",
    name: "typescript",
    nbconvert_exporter: "script",
    pygments_lexer: "typescript",
  },
};

/** How a lesson becomes a notebook. */
function dialectOf(course: string): NotebookDialect {
  return {
    key: "gradually",
    metadata: KERNEL,
    remember: (name) => ({ lesson: name }),
    setup: setupCell(course),
    toNotebookCode({ source, tags, id }) {
      const code = toNotebookImports(source);
      return tags.includes("predict") && id ? withGuessCall(code, id) : code;
    },
    toDocumentCode: (source, tags) => toLessonImports(tags.includes("predict") ? withoutGuessCall(source) : source),
    cellMetadata(cell) {
      const nbgrader = nbgraderOf(cell);
      return nbgrader ? { nbgrader } : {};
    },
    newHeader,
  };
}

/**
 * The notebook of a lesson, without outputs.
 *
 * @param source The text of the lesson file.
 * @param file Its name; the notebook remembers it without folder and extension.
 * @param course The path of the course, relative to the notebook's folder.
 * @throws {SyntaxError} When the lesson does not parse.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const source = '// %% [markdown]\n// # Hello\n\n// %%\nimport { FC } from "../mod.ts";\n';
 * const notebook = lessonNotebook(source, "lessons/01_hello.ts");
 * assertEquals(notebook.cells.map((cell) => cell.cell_type), ["markdown", "code", "code"]);
 * assertEquals(notebook.cells[2].source, 'import { FC } from "../../mod.ts";');
 * assertEquals(lessonOf(notebook, "01_hello.ipynb"), source);
 * ```
 */
export function lessonNotebook(source: string, file: string, course: string = TWO_FOLDERS_UP): Notebook {
  return toNotebook(source, file, dialectOf(course));
}

/**
 * The text of the lesson file for a notebook: the original lesson, with the changes that were made in the notebook. A notebook that was
 * made by hand gets a header.
 *
 * @param file The notebook's name, for messages.
 * @throws {SyntaxError} When a lesson cannot hold the notebook's code: a line `// %%` inside a template literal would start a cell.
 * @throws {RangeError} When a line of text starts with `%%`.
 */
export function lessonOf(notebook: Notebook, file: string): string {
  return toDocument(notebook, file, dialectOf(TWO_FOLDERS_UP));
}

/** The name of the lesson that a notebook was made from, or its own name. */
export function lessonNameOf({ metadata }: Notebook, file: string): string {
  const kept = metadata.gradually;
  return isRecord(kept) && typeof kept.lesson === "string" && /^\w[\w.-]*$/.test(kept.lesson)
    ? kept.lesson
    : nameOf(file);
}

/** The header of a lesson that began as a notebook. */
function newHeader(title: string): string[] {
  return [
    "jupyter:",
    "  jupytext:",
    "    text_representation:",
    "      extension: .ts",
    "      format_name: percent",
    "  kernelspec:",
    "    display_name: Deno",
    "    language: typescript",
    "    name: deno",
    "  gradually:",
    `    title: ${/[:#"'[\]{}]/.test(title) ? JSON.stringify(title) : title}`,
    "    minutes: 0",
    "    permissions: []",
  ];
}
