/** A file in the percent format after parsing: its header and its cells. */

/** One cell of a document. */
export interface Cell {
  /** Its position among the cells of the file, from 0. */
  index: number;
  kind: "markdown" | "code" | "raw";
  /** The text after `// %%`, or "". */
  title: string;
  /** The value of `tags=[…]`: "exercise", "check", "predict" … */
  tags: string[];
  /** The value of `id="…"`, or "". */
  id: string;
  /** Every other `key=value` of the marker. */
  metadata: Record<string, unknown>;
  /** The code as it is in the file, or the text without its `// `; lines are joined by "\n", without the blank ones at the end. */
  source: string;
  /** The line of the file, from 1, on which `source` begins. The columns of code are the same as in the file. */
  line: number;
  /** The line of the `// %%` marker; the same as `line` for code before the first marker. */
  markerLine: number;
  /** How many blank lines follow it, for writing the file back. */
  blankLines: number;
}

/** A parsed file in the percent format. */
export interface PercentDocument {
  /** The path or name that was given, for messages. */
  file: string;
  /** The lines of the header between the two `// ---`, without their `// `; empty if there is no header. */
  header: string[];
  /** The values of the header, by dotted path: `jupyter.kernelspec.name`. */
  values: ReadonlyMap<string, unknown>;
  cells: Cell[];
  /** How lines end in the file. */
  lineEnd: "\n" | "\r\n";
}
