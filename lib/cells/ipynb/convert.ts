/** Lesson to notebook and back: the file that comes back is the file that went in, byte for byte, unless somebody changed the notebook. */

import { parseLesson } from "../document/parse.ts";
import { writeLesson } from "../document/write.ts";
import { toCellText, toNotebookCell } from "./cell.ts";
import { CellIds } from "./cell_id.ts";
import { isRecord, type Notebook, type NotebookCell } from "./notebook.ts";
import { isSetupCell, setupCell, TWO_FOLDERS_UP } from "../../course/notebook/setup_cell.ts";

const KERNELSPEC = { display_name: "Deno", language: "typescript", name: "deno" };
const LANGUAGE = {
  codemirror_mode: "typescript",
  file_extension: ".ts",
  mimetype: "text/x.typescript",
  name: "typescript",
  nbconvert_exporter: "script",
  pygments_lexer: "typescript",
};

/** What `metadata.gradually` of a notebook keeps. */
interface Kept {
  /** The lesson's name, `04_linear_regression`. */
  lesson: string;
  /** The lines of its header without `// `. */
  header: string[];
  /** What stands before the first cell, where it is more than that header. */
  prefix?: string;
  /** How lines end, where it is not "\n". */
  lineEnd?: "\r\n";
}

/**
 * The notebook of a lesson, without outputs.
 *
 * @param source The text of the lesson file.
 * @param file Its name; the notebook remembers it without folder and ending.
 * @param course Where the course lies, seen from the notebook's folder.
 * @throws {SyntaxError} When the lesson does not parse.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const source = '// %% [markdown]\n// # Hello\n\n// %%\nimport { FC } from "../mod.ts";\n';
 * const notebook = toNotebook(source, "lessons/01_hello.ts");
 * assertEquals(notebook.cells.map((cell) => cell.cell_type), ["markdown", "code", "code"]);
 * assertEquals(notebook.cells[2].source, 'import { FC } from "../../mod.ts";');
 * assertEquals(toLesson(notebook, "01_hello.ipynb"), source);
 * ```
 */
export function toNotebook(source: string, file: string, course: string = TWO_FOLDERS_UP): Notebook {
  const lesson = parseLesson(source, file);
  const { header, cells, lineEnd } = lesson;
  const lines = source.split(/(?<=\n)/);
  const starts = cells.map((cell) => cell.markerLine - 1);
  const text = (from: number, to?: number): string => lines.slice(from, to).join("");
  const prefix = text(0, starts[0]);
  const name = nameOf(file);

  const kept: Kept = { lesson: name, header };
  if (lineEnd === "\r\n") kept.lineEnd = lineEnd;
  if (prefix !== writeLesson({ header, cells: [], lineEnd })) kept.prefix = prefix;

  const ids = new CellIds(name);
  const setup = setupCell(course);
  ids.of({ kind: "code", id: setup.id, tags: [], source: "" }); // no other cell may have its name
  const converted = cells.map((cell, i) =>
    toNotebookCell(cell, ids.of(cell), { raw: text(starts[i], starts[i + 1]), lineEnd })
  );
  converted.splice(converted[0]?.cell_type === "markdown" ? 1 : 0, 0, setup);
  return { metadata: { gradually: kept, kernelspec: KERNELSPEC, language_info: LANGUAGE }, cells: converted };
}

/**
 * The text of the lesson file for a notebook: the one that it was made from, with what was changed in the notebook since. A notebook that was
 * made by hand gets a header.
 *
 * @param file The notebook's name, for messages.
 * @throws {SyntaxError} When code of the notebook cannot stand in a lesson: a line `// %%` inside a template literal would start a cell.
 * @throws {RangeError} When a line of text starts with `%%`.
 */
export function toLesson(notebook: Notebook, file: string): string {
  const found = notebook.metadata.gradually;
  const kept: Partial<Kept> = isRecord(found) ? found : {};
  const lineEnd = kept.lineEnd === "\r\n" ? "\r\n" : "\n";
  const header = isLines(kept.header) ? kept.header : newHeader(notebook, nameOf(file));
  const prefix = typeof kept.prefix === "string" ? kept.prefix : writeLesson({ header, cells: [], lineEnd }); // nothing where the header is empty
  const cells = notebook.cells.filter((cell) => !isSetupCell(cell));
  const texts = cells.map((cell, i) => {
    const text = toCellText(cell, lineEnd, i === 0);
    return i === cells.length - 1 || text.endsWith("\n") ? text : text + lineEnd; // a last cell that was moved up
  });
  const source = prefix + texts.join("");
  const read = parseLesson(source, file).cells.length;
  if (read !== cells.length) {
    throw new SyntaxError(
      `${file}: its ${cells.length} cells would be ${read} in a lesson, because a line of code starts with "// %%": put something before it`,
    );
  }
  return source;
}

/** The lesson that a notebook says it was made from, or its own name. */
export function lessonNameOf({ metadata }: Notebook, file: string): string {
  const kept = metadata.gradually;
  return isRecord(kept) && typeof kept.lesson === "string" && /^\w[\w.-]*$/.test(kept.lesson)
    ? kept.lesson
    : nameOf(file);
}

function nameOf(file: string): string {
  return file.replace(/^.*[\\/]/, "").replace(/\.(ts|ipynb)$/, "");
}

function isLines(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((line) => typeof line === "string");
}

function newHeader({ cells }: Notebook, name: string): string[] {
  const heading = cells.find((cell: NotebookCell) => cell.cell_type === "markdown")?.source;
  const title = /^#+\s+(.+)$/m.exec(heading ?? "")?.[1].trim() ?? name;
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
