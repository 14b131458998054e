/** What a subject adds to the plain conversion between a document and a notebook. */

import type { Cell } from "../document/document.ts";
import type { NotebookCell } from "./notebook.ts";

/** The two forms differ only where a dialect says so. */
export interface NotebookDialect {
  /** The key in the `metadata` of the notebook and its cells for everything that a notebook has no place for. */
  readonly key: string;
  /** The rest of the notebook's metadata: the kernel and its language. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** What the notebook remembers, under `key`, about the document with this name. */
  remember(name: string): Record<string, unknown>;
  /** The cell that only the notebook has, right below its first text; `isSetupCell` recognizes it. */
  readonly setup?: NotebookCell;
  /** The source of a code cell in the notebook. */
  toNotebookCode(cell: Cell): string;
  /** The inverse of {@linkcode NotebookDialect.toNotebookCode}. */
  toDocumentCode(source: string, tags: readonly string[]): string;
  /** The rest of a cell's metadata. */
  cellMetadata(cell: Cell): Record<string, unknown>;
  /** The lines of a header, without `// `, for a notebook that was made by hand. */
  newHeader(title: string): string[];
}

/** Whether a cell is the one that only the notebook has, even if its reader has changed it. */
export function isSetupCell({ metadata }: NotebookCell, key: string): boolean {
  const kept = metadata[key] as { setup?: unknown } | null | undefined;
  return typeof kept === "object" && kept !== null && kept.setup === true;
}
