/** What a file in the percent format is, once it is read: its header and its cells. */

/** One cell of a document. */
export interface Cell {
  /** Its place among the cells of the file, from 0. */
  index: number;
  kind: "markdown" | "code" | "raw";
  /** The words after `// %%`, or "". */
  title: string;
  /** What `tags=[…]` says: "exercise", "check", "predict" … */
  tags: string[];
  /** What `id="…"` says, or "". */
  id: string;
  /** Every other `key=value` of the marker. */
  metadata: Record<string, unknown>;
  /** The code as it stands in the file, or the text with its `// ` taken away; lines are joined by "\n", blank ones at the end left out. */
  source: string;
  /** The line of the file, from 1, on which `source` begins. Columns of code are the file's own. */
  line: number;
  /** The line of the `// %%` marker; the same as `line` for code before the first marker. */
  markerLine: number;
  /** How many blank lines followed it, for writing it back. */
  blankLines: number;
}

/** A file in the percent format, read. */
export interface PercentDocument {
  /** The path or name that was given, for messages. */
  file: string;
  /** The lines of the header between the two `// ---`, without their `// `; empty if there is none. */
  header: string[];
  /** What the header says, by dotted path: `jupyter.kernelspec.name`. */
  values: ReadonlyMap<string, unknown>;
  cells: Cell[];
  /** How lines end in the file. */
  lineEnd: "\n" | "\r\n";
}
