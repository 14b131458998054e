/** What a subject adds to the plain conversion between a document and a notebook. */

import type { Cell } from "../document/document.ts";
import type { NotebookCell } from "./notebook.ts";

/** The two forms differ only where a dialect says so. */
export interface NotebookDialect {
  /** Under which key `metadata` of notebook and cells keeps what a notebook has no place for. */
  readonly key: string;
  /** More of the notebook's own metadata: the kernel and its language. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** What the notebook remembers under `key` of the document with this name. */
  remember(name: string): Record<string, unknown>;
  /** The cell that only the notebook has, right below its first text; `isSetupCell` knows it again. */
  readonly setup?: NotebookCell;
  /** A code cell as the notebook has it. */
  toNotebookCode(cell: Cell): string;
  /** The way back from {@linkcode NotebookDialect.toNotebookCode}. */
  toDocumentCode(source: string, tags: readonly string[]): string;
  /** More of a cell's metadata. */
  cellMetadata(cell: Cell): Record<string, unknown>;
  /** The lines of a header, without `// `, for a notebook that was made by hand. */
  newHeader(title: string): string[];
}

/** Whether a cell is the one that only the notebook has, changed by its reader or not. */
export function isSetupCell({ metadata }: NotebookCell, key: string): boolean {
  const kept = metadata[key] as { setup?: unknown } | null | undefined;
  return typeof kept === "object" && kept !== null && kept.setup === true;
}
