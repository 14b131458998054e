/** The messages between the engine and its Worker. */

/** What a cell has put out, in order. */
export type Output =
  /** Text written to the console or to stdout and stderr, colours included. */
  | { type: "text"; stream: "stdout" | "stderr"; text: string }
  /** A value shown, in several forms by MIME type; `text/plain` is always there. An update replaces the one with the same `displayId`. */
  | { type: "display"; bundle: Record<string, string>; displayId?: string; update?: boolean; frames?: Frames }
  /** What the judge of an exercise says. */
  | { type: "verdict"; verdict: ExerciseVerdict };

/** A picture that can be gone through frame by frame; each is drawn when it is asked for. */
export interface Frames {
  /** By which the Worker knows it. */
  id: number;
  count: number;
}

/** What `check` says of an answer, with all that may be revealed, one by one. See lib/exercise. */
export interface ExerciseVerdict {
  /** Which exercise: `relu-backward`. */
  id: string;
  kind: "passed" | "open" | "error" | "mistake" | "wrong";
  message: string;
  hints: string[];
  /** The reference solution as code. */
  solution: string;
  explanation: string;
  /** What the answer has thrown. */
  error?: LessonError;
}

/** A variable of the lesson, as a list shows it. */
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
  /** The index of the cell; code with none (play) has -1. */
  index: number;
  source: string;
  /** The line of the file on which it begins, from 1. */
  line: number;
  /** The path of the file, where that is not the lesson. */
  file?: string;
  /** Whether it is an exercise, or the answer to one. */
  exercise?: boolean;
  /** Its value is not displayed: what it does is all there is to it. */
  quiet?: boolean;
}

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
  | {
    type: "start";
    lesson: string;
    control: SharedArrayBuffer;
    settings: LessonSettings;
    screen: LessonScreen;
    /** A module to load before the first cell. */
    first?: string;
  }
  | { type: "screen"; screen: LessonScreen }
  | { type: "evaluate"; id: number; code: Code }
  | { type: "check"; id: number; source: string }
  | { type: "variables"; id: number }
  | { type: "picture"; id: number; name: string }
  | { type: "frame"; id: number; frames: number; index: number }
  | { type: "loaded"; id: number; bytes?: Uint8Array };

/** From the Worker. */
export type Reply =
  | { type: "ready" }
  | { type: "output"; id: number; output: Output }
  | { type: "evaluated"; id: number; milliseconds: number; error?: LessonError }
  | { type: "checked"; id: number; error?: LessonError }
  | { type: "variables"; id: number; variables: Variable[] }
  | { type: "picture"; id: number; bundle?: Record<string, string> }
  /** `remember` asks for what a model had learnt, or gives it to be kept. */
  | { type: "load"; id: number; name: string }
  | { type: "save"; name: string; bytes: Uint8Array };

/** What pictures may use; see `globalThis[Symbol.for("gradually.screen")]` in lib/show. */
export interface LessonScreen {
  columns: number;
  rows: number;
  colors: "none" | "256" | "24bit";
}
