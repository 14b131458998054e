/** What the evaluator takes and gives. */

/** Code to run. */
export interface Code {
  source: string;
  /** The line of the file on which it begins, from 1. */
  line: number;
  /** The path of the file, where that is not the lesson. */
  file?: string;
}

/** One place in a file. Lines and columns count from 1. */
export interface SourceLocation {
  file: string;
  line: number;
  column: number;
}

/** An error as the learner is to see it: their line, and no frame of the runtime. */
export interface CellError {
  /** "RangeError", "SyntaxError" … */
  name: string;
  message: string;
  /** The learner's own line, if that is known. */
  place?: SourceLocation;
  /** From the innermost call outward. */
  frames: (SourceLocation & { name: string })[];
}

/** What became of a piece of code. `shown`: its last expression has a value that a notebook would display. */
export type Evaluated = { error: CellError } | { error?: undefined; shown: boolean; value: unknown };

/** What the evaluator cannot do by itself, and what it cannot know: a Worker of Deno does it in one way, one of a browser in another. */
export interface Host {
  /** Loads a module. Relative specifiers are absolute already. */
  load(specifier: string, options?: ImportCallOptions): Promise<object>;
  /** What `import.meta` is in cells. */
  meta: object;
  /** The file that an address stands for, as the learner knows it; undefined for the runtime's own. */
  fileOf(url: string): string | undefined;
  /** Whether a file is one of the library: its lines are told, but an error is placed at the learner's line that led there. */
  isLibrary(file: string): boolean;
  /** How a value looks that is thrown and is not an error. */
  inspect(value: unknown): string;
  /** A message in the learner's terms. */
  explain(message: string): string;
}
