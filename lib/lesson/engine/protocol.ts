/** The messages between the engine and its Worker. */

/** What a cell has put out, in order. */
export type Output =
  /** Text written to the console or to stdout and stderr, colours included. */
  | { type: "text"; stream: "stdout" | "stderr"; text: string }
  /** A value shown, in several forms by MIME type; `text/plain` is always there. An update replaces the one with the same `displayId`. */
  | { type: "display"; bundle: Record<string, string>; displayId?: string; update?: boolean };

/** One place in a file. Lines and columns count from 1. */
export interface Place {
  file: string;
  line: number;
  column: number;
}

/** An error as the learner is to see it: their line, and no frame of the runtime. */
export interface LessonError {
  /** "RangeError", "SyntaxError" … */
  name: string;
  message: string;
  /** Where it was thrown, if that is known; the first of `frames`. */
  place?: Place;
  /** From the innermost call outwards. */
  frames: (Place & { name: string })[];
  /** The lines around `place`, with a caret, ready to print. */
  excerpt?: string;
}

/** What became of a cell. `interrupted`: it stopped early because it was asked to, with its variables kept; `stopped`: it was killed. */
export type CellResult =
  | { status: "done"; milliseconds: number }
  | { status: "interrupted"; milliseconds: number }
  | { status: "failed"; milliseconds: number; error: LessonError }
  | { status: "stopped"; milliseconds: number };

/** What the lesson may know about how it is run; see the settings that a lesson imports. */
export interface LessonSettings {
  mode: "quick" | "full";
  seed: number;
  data?: string;
  kernel?: string;
  threads?: number;
}

/** To the Worker. */
export type Request =
  | { type: "start"; lesson: string; control: SharedArrayBuffer; settings: LessonSettings; screen: LessonScreen }
  | { type: "screen"; screen: LessonScreen }
  | { type: "evaluate"; id: number; source: string; line: number }
  | { type: "check"; id: number; source: string };

/** From the Worker. */
export type Reply =
  | { type: "ready" }
  | { type: "output"; id: number; output: Output }
  | { type: "evaluated"; id: number; milliseconds: number; error?: LessonError }
  | { type: "checked"; id: number; error?: LessonError };

/** What pictures may use; see `globalThis[Symbol.for("gradually.screen")]` in lib/show. */
export interface LessonScreen {
  columns: number;
  rows: number;
  colors: "none" | "256" | "24bit";
}
