/** The messages between the engine and the realm in which cells run. */

import type { CellError as EvaluatorError, SourceLocation } from "../evaluator/types.ts";

export type { SourceLocation };

/** An output of a cell; outputs come in order. */
export type Output =
  /** Text written to the console, stdout or stderr, with its colors. */
  | { type: "text"; stream: "stdout" | "stderr"; text: string }
  /** A displayed value, in several forms by MIME type, always with `text/plain`. An update replaces the display with the same `displayId`. */
  | { type: "display"; bundle: Record<string, string>; displayId?: string; update?: boolean; frames?: Frames }
  /** An output of the subject's bridge, for the subject's front end. */
  | { type: "custom"; name: string; data: unknown };

/** A picture with several frames, each drawn only when it is needed. */
export interface Frames {
  /** The realm's number for it. */
  id: number;
  count: number;
}

/** A variable of the notebook, as the list of variables shows it. */
export interface Variable {
  name: string;
  /** "Tensor float32", "number", "Array(3)" … */
  type: string;
  shape?: number[];
  /** Statistics of its numbers, if it has any. */
  numbers?: { min: number; mean: number; max: number; nan: number };
  /** Its value in a few characters. */
  preview: string;
}

/** Code to run: a cell, or what replaces it. */
export interface Code {
  /** The index of the cell; code that is not a cell has -1. */
  index: number;
  source: string;
  /** The line of the file on which it begins, from 1. */
  line: number;
  /** The path of the file, if it is not the notebook itself. */
  file?: string;
  /** Whether no later cell depends on it, such as an exercise. */
  leaf?: boolean;
  /** Whether to hide its value. */
  quiet?: boolean;
}

/** An error as the reader sees it: with their own line, and without the frames of the runtime. */
export interface CellError extends EvaluatorError {
  /** The lines around `place`, with a caret, ready to print. */
  excerpt?: string;
}

/**
 * The result of a cell. `interrupted`: it was asked to end early and did, and the variables are kept. `killed`: its realm was ended, and
 * the variables are computed again when they are next needed.
 */
export type CellResult =
  | { status: "done"; milliseconds: number }
  | { status: "interrupted"; milliseconds: number; pollCount?: number }
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

/** What cells may do. Everything that is not named is refused. */
export interface RealmPermissions {
  /** Paths of files and folders. */
  read?: readonly string[];
  write?: readonly string[];
  /** Hosts. */
  net?: readonly string[];
  env?: readonly string[];
  sys?: readonly string[];
}

/** What a realm needs before the first cell. */
export interface RealmStart {
  /** The URL of the document. */
  url: string;
  screen: OutputScreen;
  /** The code of all cells that there will be, so that functions find what later cells declare. */
  sources?: readonly string[];
  /** The module that joins the cells to their subject, and its data; see {@linkcode Bridge}. */
  bridge?: { url: string; data: unknown };
  /** The path of the lock file that lists the packages that cells may import; without it, only those that the configuration names. */
  lock?: string;
  /** URLs of modules to load before the first cell. */
  preload?: readonly string[];
  /** URLs of folders and files whose frames are not the reader's own: the libraries of the subject. */
  libraries?: readonly string[];
  /** What to do if a cell lacks a permission; follows the words "Requires net access". */
  sandboxAdvice?: string;
}

/** From the engine to the process of a realm. */
export type Request =
  | { type: "start"; start: RealmStart; permissions: RealmPermissions }
  | { type: "screen"; screen: OutputScreen }
  /** The code of all cells that there are. */
  | { type: "expect"; sources: readonly string[] }
  /** `pollsBeforeStop`: the code was interrupted after polling this often, and is interrupted there again. */
  | { type: "evaluate"; id: number; code: Code; pollsBeforeStop?: number }
  /** The running code should end early. */
  | { type: "interrupt"; id: number }
  | { type: "check"; id: number; source: string }
  | { type: "variables"; id: number }
  | { type: "picture"; id: number; name: string }
  | { type: "frame"; id: number; frames: number; index: number }
  | { type: "answered"; id: number; answer: unknown };

/** From the process to the Worker in which the cells run. */
export type WorkerRequest =
  | { type: "start"; control: SharedArrayBuffer; start: RealmStart }
  | Exclude<Request, { type: "start" | "interrupt" }>;

/** From the realm. */
export type Reply =
  /** Cells can run; if not, `problem` says why. */
  | { type: "ready"; problem?: CellError }
  | { type: "output"; id: number; output: Output }
  /** `interrupted`: it was asked to end early; `pollCount`: how often it has polled. The process adds both. */
  | {
    type: "evaluated";
    id: number;
    milliseconds: number;
    error?: CellError;
    interrupted?: boolean;
    pollCount?: number;
    /** Whether the realm is no longer to be relied on. */
    damaged?: boolean;
  }
  /** Whether the running code, which was asked to end early, polls. */
  | { type: "asked"; id: number; polling: boolean }
  | { type: "checked"; id: number; error?: CellError }
  | { type: "variables"; id: number; variables: Variable[] }
  | { type: "picture"; id: number; bundle?: Record<string, string> }
  /** The bridge asks the subject for something. */
  | { type: "ask"; id: number; name: string; data: unknown }
  /** The bridge tells the subject something. */
  | { type: "tell"; name: string; data: unknown };
