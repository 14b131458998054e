/** Turns one cell of a document into a cell of a notebook, and back into exactly the same text. */

import { checksum } from "../document/checksum.ts";
import type { Cell, PercentDocument } from "../document/document.ts";
import { writeDocument } from "../document/write_document.ts";
import type { NotebookDialect } from "./dialect.ts";
import { isRecord, type NotebookCell } from "./notebook.ts";

/** More blank lines than this are kept as text: a number in a file must not decide how much is written. */
const MAX_BLANK_LINES = 100;

/** What a cell's metadata keeps under the key of the dialect, so that nothing in the file is lost. */
interface Kept {
  /** The value of `id="…"`. */
  id?: string;
  /** Every other `key=value` of the marker. */
  marker?: Record<string, unknown>;
  /** How many blank lines follow, unless it is one. */
  blankLines?: number;
  /** The cell is code before the first marker. */
  unmarked?: true;
  /** The text in the file, if the rest of this would give a different one; valid as long as the cell still has this `hash`. */
  raw?: { hash: string; text: string };
}

/** The text of a cell in its file. */
interface CellText {
  /** Exactly what is in the file, with the marker and the blank lines. */
  raw: string;
  lineEnd: PercentDocument["lineEnd"];
}

/** A cell of a notebook: text as it is, code as the dialect writes it. What a notebook has no place for is kept in the metadata. */
export function toNotebookCell(
  cell: Cell,
  id: string,
  { raw, lineEnd }: CellText,
  dialect: NotebookDialect,
): NotebookCell {
  const kept: Kept = {};
  if (cell.id) kept.id = cell.id;
  if (Object.keys(cell.metadata).length) kept.marker = cell.metadata;
  if (cell.blankLines !== 1) kept.blankLines = cell.blankLines;
  if (cell.markerLine === cell.line) kept.unmarked = true;
  const metadata: Record<string, unknown> = {
    ...(cell.title ? { title: cell.title } : {}),
    ...(cell.tags.length ? { tags: cell.tags } : {}),
    ...dialect.cellMetadata(cell),
    ...(Object.keys(kept).length ? { [dialect.key]: kept } : {}),
  };
  const converted: NotebookCell = {
    cell_type: cell.kind,
    id,
    metadata,
    source: cell.kind === "code" ? dialect.toNotebookCode(cell) : cell.source,
  };
  if (toCellText(converted, lineEnd, dialect) !== raw) {
    metadata[dialect.key] = { ...kept, raw: { hash: hashOf(converted), text: raw } };
  }
  return converted;
}

/**
 * The text of a notebook cell in a document, with its marker and the blank lines after it.
 *
 * @param first Whether it is the first cell of its file: only that one needs no marker.
 * @throws {RangeError} When a line of text starts with `%%`, which the percent format cannot hold.
 */
export function toCellText(
  cell: NotebookCell,
  lineEnd: PercentDocument["lineEnd"],
  dialect: NotebookDialect,
  first = true,
): string {
  const { metadata } = cell;
  const found = metadata[dialect.key];
  const kept: Kept = isRecord(found) ? found : {};
  const mayBeUnmarked = first && kept.unmarked === true;
  if (isRecord(kept.raw) && kept.raw.hash === hashOf(cell) && (mayBeUnmarked || !kept.unmarked)) return kept.raw.text;
  const tags = tagsOf(cell);
  const written: Cell = {
    index: 0,
    kind: cell.cell_type,
    title: typeof metadata.title === "string" ? metadata.title.replaceAll(/\s+/g, " ").trim() : "",
    tags,
    id: typeof kept.id === "string" ? kept.id : "",
    metadata: isRecord(kept.marker) ? kept.marker : {},
    source: (cell.cell_type === "code" ? dialect.toDocumentCode(cell.source, tags) : cell.source).replaceAll(
      "\r\n",
      "\n",
    ).trimEnd(),
    line: mayBeUnmarked ? 1 : 2,
    markerLine: 1,
    blankLines: isBlankLines(kept.blankLines) ? kept.blankLines : 1,
  };
  return writeDocument({ header: [], cells: [written], lineEnd });
}

function isBlankLines(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= MAX_BLANK_LINES;
}

function tagsOf({ metadata }: NotebookCell): string[] {
  return Array.isArray(metadata.tags) ? metadata.tags.filter((tag) => typeof tag === "string") : [];
}

/** A hash of everything that a reader or author may change in a cell. */
function hashOf(cell: NotebookCell): string {
  const { cell_type, source, metadata } = cell;
  const text = JSON.stringify([cell_type, source, metadata.title ?? "", tagsOf(cell)]);
  return checksum(text, 16);
}
