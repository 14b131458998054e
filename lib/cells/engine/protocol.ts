/** The messages between the engine and the realm in which cells run. */

/** What a cell has put out, in order. */
export type Output =
  /** Text written to the console or to stdout and stderr, colors included. */
  | { type: "text"; stream: "stdout" | "stderr"; text: string }
  /** A value shown, in several forms by MIME type; `text/plain` is always there. An update replaces the one with the same `displayId`. */
  | { type: "display"; bundle: Record<string, string>; displayId?: string; update?: boolean; frames?: Frames }
  /** What the bridge of a subject puts out; its front end knows what it is. */
  | { type: "custom"; name: string; data: unknown };

/** A picture with several frames; each is drawn when it is asked for. */
export interface Frames {
  /** By which the realm knows it. */
  id: number;
  count: number;
}

/** A variable of the notebook, as a list shows it. */
export interface Variable {
  name: string;
  /** "Tensor float32", "number", "Array(3)" … */
  type: string;
  shape?: number[];
  /** Of its numbers, if it has any. */
  numbers?: { min: number; mean: number; max: number; nan: number };
  /** Its value in a few characters. */
  preview: string;
}

/** Code to run: a cell, or what stands in its place. */
export interface Code {
  /** The index of the cell; code that is not a cell has -1. */
  index: number;
  source: string;
  /** The line of the file on which it begins, from 1. */
  line: number;
  /** The path of the file, where that is not the notebook's own. */
  file?: string;
  /** Whether no later cell depends on it, such as an exercise. */
  leaf?: boolean;
  /** Whether its value is not displayed: what it does is all there is to it. */
  quiet?: boolean;
}

/** A location in a file. Lines and columns count from 1. */
export interface SourceLocation {
  file: string;
  line: number;
  column: number;
}

/** An error as the reader is to see it: their line, and no frame of the runtime. */
export interface CellError {
  /** "RangeError", "SyntaxError" … */
  name: string;
  message: string;
  /** Where it was thrown, if that is known: the reader's own line before one of a library. */
  place?: SourceLocation;
  /** From the innermost call outwards. */
  frames: (SourceLocation & { name: string })[];
  /** The lines around `place`, with a caret, ready to print. */
  excerpt?: string;
}

/**
 * What became of a cell. `interrupted`: it ended early because it was asked to, with its variables kept; `killed`: its realm was ended, and
 * the variables are made again when they are next needed.
 */
export type CellResult =
  | { status: "done"; milliseconds: number }
  | { status: "interrupted"; milliseconds: number }
  | { status: "failed"; milliseconds: number; error: CellError }
  | { status: "killed"; milliseconds: number };

/** How a cell can end. */
export type CellStatus = CellResult["status"];

/** How large pictures may be, and which colors they may use. */
export interface OutputScreen {
  columns: number;
  rows: number;
  colors: "none" | "256" | "24bit";
}

/** What a realm needs to know before the first cell. */
export interface RealmStart {
  /** The URL of the document. */
  url: string;
  screen: OutputScreen;
  /** The module that joins the cells to their subject, and what it is given; see {@linkcode Bridge}. */
  bridge?: { url: string; data: unknown };
  /** URLs of modules that are loaded before the first cell. */
  preload?: readonly string[];
  /** URLs of folders and files whose frames are not the reader's own: the libraries of the subject. */
  libraries?: readonly string[];
  /** What to do about a permission that a cell does not have; it follows the words "Requires net access". */
  sandboxAdvice?: string;
}

/** To the realm. */
export type Request =
  | { type: "start"; control: SharedArrayBuffer; start: RealmStart }
  | { type: "screen"; screen: OutputScreen }
  | { type: "evaluate"; id: number; code: Code }
  | { type: "check"; id: number; source: string }
  | { type: "variables"; id: number }
  | { type: "picture"; id: number; name: string }
  | { type: "frame"; id: number; frames: number; index: number }
  | { type: "answered"; id: number; answer: unknown };

/** From the realm. */
export type Reply =
  /** Cells can run; `problem` says why they cannot. */
  | { type: "ready"; problem?: CellError }
  | { type: "output"; id: number; output: Output }
  | { type: "evaluated"; id: number; milliseconds: number; error?: CellError }
  | { type: "checked"; id: number; error?: CellError }
  | { type: "variables"; id: number; variables: Variable[] }
  | { type: "picture"; id: number; bundle?: Record<string, string> }
  /** The bridge asks the subject for something. */
  | { type: "ask"; id: number; name: string; data: unknown }
  /** The bridge tells the subject something. */
  | { type: "tell"; name: string; data: unknown };
