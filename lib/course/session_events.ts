/** Defines the events of a session, and the effects with which it responds. */

import type { CellError, CellResult, Code, Frames, Output } from "../cells/engine/protocol.ts";
import type { LessonChange } from "./lesson_change.ts";
import type { Entry } from "./progress/journal.ts";
import type { Destination } from "./session_state.ts";
import type { ExerciseVerdict } from "./verdict.ts";

/** What an exercise may reveal. */
export type Help = Pick<ExerciseVerdict, "hints" | "solution" | "explanation">;

/** What can happen: the learner does something, a file changes, something ends. */
export type SessionEvent =
  /** Shows the first step. */
  | { type: "begin" }
  /** Runs the step, or continues with the next one. */
  | { type: "next" }
  | { type: "back" }
  /** Runs the step again. */
  | { type: "again" }
  /** Goes to a step: back at once; forward by running everything in between, so that every cell finds what it needs. */
  | { type: "goto"; at: number }
  /** Goes one step further on the way to `until`. */
  | { type: "advance" }
  | { type: "leave"; to?: Destination }
  /** The whole step is on the screen. */
  | { type: "shown" }
  /** The answer to a question; without text, the question is skipped. */
  | { type: "guess"; id: string; text?: string }
  /** Asks for help with the exercise of this step, or for the file of its answer. */
  | { type: "hint" }
  | { type: "solution" }
  | { type: "edit" }
  /** The help for an exercise has been looked up. */
  | { type: "helped"; id: string; want: "hint" | "solution"; help?: Help }
  | { type: "opened"; id: string }
  /** The learner comes back from their editor; `changed`: the answer is not the same as before. */
  | { type: "edited"; id: string; changed: boolean }
  /** An answer was saved or deleted in another window. */
  | { type: "saved"; id: string; gone: boolean }
  | { type: "reset"; what: "lesson" | "answer" }
  /** Opens play; runs code in it, or, without code, leaves it; says whether to keep its changes. */
  | { type: "play" }
  | { type: "code"; source?: string }
  | { type: "keep"; kept: boolean }
  /** Code from play has run. */
  | { type: "played"; source: string; outputs: readonly Output[]; result: CellResult }
  /** Stops what is running. `busy`: something is running; `stopping`: it has already been asked to stop. */
  | { type: "stop"; busy: boolean; stopping: boolean }
  /** Cells are being run again silently: this many of them are done. */
  | { type: "replaying"; done: number; total: number }
  | { type: "restored" }
  /** The file of the lesson has changed. */
  | { type: "changed"; change: LessonChange }
  /** The background has found errors, in the types of an answer or in the lesson's file. */
  | { type: "errors"; errors: readonly CellError[] }
  | { type: "ended"; ended: Ended };

/** The result of a step that was run. */
export interface Ended {
  result: CellResult;
  outputs: readonly Output[];
  verdicts: readonly ExerciseVerdict[];
  /** Pictures with frames that have not been shown yet. */
  frames: readonly Frames[];
  /** Whether cells have to be run again before the next one. */
  stale: boolean;
}

/** A message to the learner; each front end chooses its own words. */
export type Notice =
  | { type: "interrupted" }
  | { type: "killed" }
  /** A cell that was run again has put out something else than before. */
  | { type: "other output" }
  | { type: "no exercise here" }
  | { type: "no hints" }
  | { type: "last hint" }
  | { type: "no solution" }
  | { type: "solution locked"; hintsLeft: number }
  | { type: "answer missing"; path: string }
  | { type: "answer reset"; backup: string }
  | { type: "no answer" }
  | { type: "answer not kept"; path: string; reason: string }
  | { type: "nothing to edit"; id: string }
  | { type: "lesson reset" }
  | { type: "lesson changed"; step: number }
  | { type: "cells stale" }
  | { type: "play kept" }
  | { type: "play dropped" }
  | { type: "play killed" }
  | { type: "text"; text: string };

/** What a front end shows or asks for. */
export type View =
  /** The current step, from its top. */
  | { type: "step" }
  /** The learner's answer as it is in its file. */
  | { type: "answer"; id: string }
  /** An output of a cell. */
  | { type: "output"; output: Output }
  /** The outputs so far are final. */
  | { type: "settle" }
  | { type: "errors"; errors: readonly CellError[] }
  | { type: "notice"; notice: Notice }
  | { type: "hint"; number: number; total: number; text: string }
  | { type: "solution"; id: string; help: Help }
  /** The guesses for the step; `answered`: its code has just run. */
  | { type: "guesses"; guesses: readonly string[]; answered: boolean }
  /** Frames to go through one by one. */
  | { type: "frames"; frames: Frames }
  /** Asks for a guess; the answer is a `guess` event. */
  | { type: "ask guess"; id: string }
  /** Asks for code in play; the answer is a `code` event. `first`: play has just been opened. */
  | { type: "ask code"; first: boolean }
  /** Asks whether to keep what play changed; the answer is a `keep` event. */
  | { type: "ask keep" };

/** An effect for the controller to perform. */
export type Effect =
  | { type: "view"; view: View }
  /** Runs a step with its check. `frames`: pictures with frames are kept for later. */
  | { type: "run"; at: number; frames: boolean }
  | { type: "run code"; source: string }
  /** Continues with the next step, without a pause. */
  | { type: "advance" }
  | { type: "interrupt" }
  /** Silently runs again what must be run again. */
  | { type: "restore" }
  /** Makes the variables again as they should be at a place. */
  | { type: "remake"; place: number }
  | { type: "moved"; move: <T extends Code>(cell: T) => T | undefined }
  | { type: "look up help"; id: string; want: "hint" | "solution" }
  | { type: "open answer"; id: string }
  /** Says, once, that an answer has disappeared. */
  | { type: "report missing answer"; id: string }
  /** Moves an answer to a backup file, so that the exercise is open again. */
  | { type: "reset answer"; id: string }
  | { type: "check types"; id: string }
  /** Saves the learner's place. */
  | { type: "save place" }
  | { type: "save guess"; id: string; guess: string }
  | {
    type: "save exercise";
    id: string;
    change: { tried?: boolean; passed?: boolean; hints?: number; opened?: boolean };
  }
  | { type: "save play"; sources: readonly string[] }
  /** Deletes the place, the guesses and the checkpoints. */
  | { type: "forget" }
  | { type: "journal"; entry: JournalEntry }
  /** Adds a cell that ran to the journal. */
  | { type: "journal run"; cell: number; result: CellResult; outputs: readonly Output[] };

/** An entry for the journal; for an answer, its source is added. */
type JournalEntry =
  | Exclude<Entry, { type: "ran" | "answer" | "play" }>
  | { type: "answer"; id: string; kind: string; message: string }
  | { type: "play"; source: string; outputs: readonly Output[] };

/** The result of an event. */
export interface Transition<State> {
  state: State;
  effects: Effect[];
}
