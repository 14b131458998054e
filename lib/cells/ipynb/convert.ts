/** Converts a document to a notebook and back: the result is the original file, byte for byte, unless somebody changed the notebook. */

import { parseDocument } from "../document/parse_document.ts";
import { writeDocument } from "../document/write_document.ts";
import { toCellText, toNotebookCell } from "./cell.ts";
import { CellIds } from "./cell_id.ts";
import { isSetupCell, type NotebookDialect } from "./dialect.ts";
import { isRecord, type Notebook, type NotebookCell } from "./notebook.ts";

/** The longest document that a notebook is turned into, in characters; a lesson has 30,000. */
const MAX_TEXT = 300_000;

/** What a notebook's metadata keeps under the key of the dialect, in addition to what the dialect itself remembers. */
interface Kept {
  /** The lines of the document's header without `// `. */
  header: string[];
  /** The text before the first cell, if it is more than that header. */
  prefix?: string;
  /** How lines end, if not in "\n". */
  lineEnd?: "\r\n";
}

/**
 * The notebook of a document, without outputs.
 *
 * @param source The text of the file.
 * @param file Its name; the notebook remembers it without folder and extension.
 * @throws {SyntaxError} When the document does not parse.
 */
export function toNotebook(source: string, file: string, dialect: NotebookDialect): Notebook {
  const { header, cells, lineEnd } = parseDocument(source, file);
  const lines = source.split(/(?<=\n)/);
  const starts = cells.map((cell) => cell.markerLine - 1);
  const text = (from: number, to?: number): string => lines.slice(from, to).join("");
  const prefix = text(0, starts[0]);
  const name = nameOf(file);

  const kept: Kept & Record<string, unknown> = { ...dialect.remember(name), header };
  if (lineEnd === "\r\n") kept.lineEnd = lineEnd;
  if (prefix !== writeDocument({ header, cells: [], lineEnd })) kept.prefix = prefix;

  const ids = new CellIds(name);
  const { setup } = dialect;
  if (setup) ids.of({ kind: "code", id: setup.id, tags: [], source: "" }); // no other cell may have its name
  const converted = cells.map((cell, i) =>
    toNotebookCell(cell, ids.of(cell), { raw: text(starts[i], starts[i + 1]), lineEnd }, dialect)
  );
  if (setup) converted.splice(converted[0]?.cell_type === "markdown" ? 1 : 0, 0, setup);
  return { metadata: { [dialect.key]: kept, ...dialect.metadata }, cells: converted };
}

/**
 * The text of the document for a notebook: the original document, with the changes that were made in the notebook. A notebook that was
 * made by hand gets a header.
 *
 * @param file The notebook's name, for messages.
 * @throws {SyntaxError} When a document cannot hold the notebook's code: a line `// %%` inside a template literal would start a cell.
 * @throws {RangeError} When a line of text starts with `%%`, or the notebook has too much text.
 */
export function toDocument(notebook: Notebook, file: string, dialect: NotebookDialect): string {
  const found = notebook.metadata[dialect.key];
  const kept: Partial<Kept> = isRecord(found) ? found : {};
  const lineEnd = kept.lineEnd === "\r\n" ? "\r\n" : "\n";
  const header = isLines(kept.header) ? kept.header : dialect.newHeader(titleOf(notebook) ?? nameOf(file));
  const prefix = typeof kept.prefix === "string"
    ? kept.prefix
    : namingFile(file, () => writeDocument({ header, cells: [], lineEnd })); // empty if the header is empty
  const cells = notebook.cells.filter((cell) => !isSetupCell(cell, dialect.key));
  expectLength(cells.reduce((sum, { source }) => sum + source.length, prefix.length), file);
  const texts = cells.map((cell, i) => {
    const text = namingFile(file, () => toCellText(cell, lineEnd, dialect, i === 0));
    return i === cells.length - 1 || text.endsWith("\n") ? text : text + lineEnd; // a last cell that was moved up
  });
  const source = prefix + texts.join("");
  expectLength(source.length, file);
  const read = parseDocument(source, file).cells.length;
  if (read !== cells.length) {
    throw new SyntaxError(
      `${file}: its ${cells.length} cells would be ${read} in the percent format, because a line of code starts with "// %%": put something before it`,
    );
  }
  return source;
}

/** Writes a text; if that fails, the message names the notebook. */
function namingFile(file: string, write: () => string): string {
  try {
    return write();
  } catch (error) {
    if (error instanceof RangeError) throw new RangeError(`${file}: ${error.message}`, { cause: error });
    throw error;
  }
}

function expectLength(length: number, file: string): void {
  if (length > MAX_TEXT) {
    throw new RangeError(
      `${file} takes ${MAX_TEXT} characters of text and code and got ${length}: split it into several notebooks`,
    );
  }
}

/** The name of a file without its folder and extension. */
export function nameOf(file: string): string {
  return file.replace(/^.*[\\/]/, "").replace(/\.(ts|ipynb)$/, "");
}

function isLines(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((line) => typeof line === "string");
}

/** The first heading of a notebook. */
function titleOf({ cells }: Notebook): string | undefined {
  const heading = cells.find((cell: NotebookCell) => cell.cell_type === "markdown")?.source;
  return /^#+\s+(.+)$/m.exec(heading ?? "")?.[1].trim();
}
