/** Turns one cell of a lesson into a cell of a notebook, and back to the very same text. */

import { createHash } from "node:crypto";
import type { Cell, Lesson } from "../document/document.ts";
import { writeLesson } from "../document/write.ts";
import { toLessonImports, toNotebookImports } from "../document/imports.ts";
import { nbgraderOf } from "../../course/notebook/nbgrader.ts";
import { isRecord, type NotebookCell } from "./notebook.ts";
import { withoutPredictCall, withPredictCall } from "../../course/notebook/guess_call.ts";

/** What `metadata.gradually` of a cell keeps, so that nothing of the lesson file is lost. */
interface Kept {
  /** What `id="…"` says. */
  id?: string;
  /** Every other `key=value` of the marker. */
  marker?: Record<string, unknown>;
  /** How many blank lines follow, where it is not one. */
  blankLines?: number;
  /** Code before the first marker. */
  unmarked?: true;
  /** The text of the file, where the rest of this would give another; it holds as long as the cell is the one that `hash` was taken of. */
  raw?: { hash: string; text: string };
}

/** Where a cell stands in its file. */
export interface CellText {
  /** Exactly what the file has, marker and blank lines included. */
  raw: string;
  lineEnd: Lesson["lineEnd"];
}

/**
 * A cell of a notebook: text as it is, code with the imports of a notebook, questions with the call that takes the guess. What has no place
 * in a notebook is kept in `metadata.gradually`.
 */
export function toNotebookCell(cell: Cell, id: string, { raw, lineEnd }: CellText): NotebookCell {
  const kept: Kept = {};
  if (cell.id) kept.id = cell.id;
  if (Object.keys(cell.metadata).length) kept.marker = cell.metadata;
  if (cell.blankLines !== 1) kept.blankLines = cell.blankLines;
  if (cell.markerLine === cell.line) kept.unmarked = true;
  const nbgrader = nbgraderOf(cell);
  const metadata: Record<string, unknown> = {
    ...(cell.title ? { title: cell.title } : {}),
    ...(cell.tags.length ? { tags: cell.tags } : {}),
    ...(nbgrader ? { nbgrader } : {}),
    ...(Object.keys(kept).length ? { gradually: kept } : {}),
  };
  const converted: NotebookCell = { cell_type: cell.kind, id, metadata, source: notebookSource(cell) };
  if (toCellText(converted, lineEnd) !== raw) {
    metadata.gradually = { ...kept, raw: { hash: hashOf(converted), text: raw } };
  }
  return converted;
}

/**
 * The text of a lesson file for a cell of a notebook, with its marker and the blank lines after it.
 *
 * @param first Whether it is the first of its file: only that one can do without a marker.
 * @throws {RangeError} When a line of text starts with `%%`, which a lesson file cannot hold.
 */
export function toCellText(cell: NotebookCell, lineEnd: Lesson["lineEnd"], first = true): string {
  const { metadata } = cell;
  const kept: Kept = isRecord(metadata.gradually) ? metadata.gradually : {};
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
    source: lessonSource(cell, tags).replaceAll("\r\n", "\n").replace(/\s+$/, ""),
    line: mayBeUnmarked ? 1 : 2,
    markerLine: 1,
    blankLines: typeof kept.blankLines === "number" ? kept.blankLines : 1,
  };
  return writeLesson({ header: [], cells: [written], lineEnd });
}

function notebookSource({ kind, id, tags, source }: Cell): string {
  if (kind !== "code") return source;
  const code = toNotebookImports(source);
  return tags.includes("predict") && id ? withPredictCall(code, id) : code;
}

function lessonSource({ cell_type, source }: NotebookCell, tags: readonly string[]): string {
  if (cell_type !== "code") return source;
  return toLessonImports(tags.includes("predict") ? withoutPredictCall(source) : source);
}

function tagsOf({ metadata }: NotebookCell): string[] {
  return Array.isArray(metadata.tags) ? metadata.tags.filter((tag) => typeof tag === "string") : [];
}

/** A hash of all that a learner or author may change in a cell. */
function hashOf(cell: NotebookCell): string {
  const { cell_type, source, metadata } = cell;
  const text = JSON.stringify([cell_type, source, metadata.title ?? "", tagsOf(cell)]);
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
