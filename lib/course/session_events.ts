/** What can happen to a session, and what it has done about it. */

import type { CellError, CellResult, Code, Frames, Output } from "../cells/engine/protocol.ts";
import type { LessonChange } from "./lesson_change.ts";
import type { Entry } from "./progress/journal.ts";
import type { Destination } from "./session_state.ts";
import type { ExerciseVerdict } from "./verdict.ts";

/** What may be revealed of an exercise. */
export type Help = Pick<ExerciseVerdict, "hints" | "solution" | "explanation">;

/** What can happen: the learner does something, a file changes, something ends. */
export type SessionEvent =
  /** Shows the first step. */
  | { type: "begin" }
  /** Runs what is shown, or goes on. */
  | { type: "next" }
  | { type: "back" }
  /** Runs the step again. */
  | { type: "again" }
  /** To a step: back at once; forward by running what lies between, so that no cell runs before one that it needs. */
  | { type: "goto"; at: number }
  /** One step further on the way to `until`. */
  | { type: "on" }
  | { type: "leave"; to?: Destination }
  /** The whole step is on the screen. */
  | { type: "shown" }
  /** The answer to a question; without text it is passed over. */
  | { type: "guess"; id: string; text?: string }
  /** Asks for help, or for the answer's file, of the exercise of this step. */
  | { type: "hint" }
  | { type: "solution" }
  | { type: "edit" }
  /** What was asked for an exercise has come. */
  | { type: "helped"; id: string; want: "hint" | "solution"; help?: Help }
  | { type: "opened"; id: string }
  /** The learner comes back from their editor; `news`: the answer is another one. */
  | { type: "edited"; id: string; news: boolean }
  /** An answer was saved in another window, or is gone. */
  | { type: "saved"; id: string; gone: boolean }
  | { type: "reset"; what: "lesson" | "answer" }
  /** Opens play; gives code to it, or leaves it without; says whether its changes stay. */
  | { type: "play" }
  | { type: "code"; source?: string }
  | { type: "keep"; kept: boolean }
  /** Code from play has run. */
  | { type: "played"; source: string; outputs: readonly Output[]; result: CellResult }
  /** Stop what runs. `busy`: something runs; `stopping`: it was asked already. */
  | { type: "stop"; busy: boolean; stopping: boolean }
  /** Cells are run again silently: so many of them are done. */
  | { type: "replaying"; done: number; total: number }
  | { type: "restored" }
  /** The file of the lesson is another one. */
  | { type: "changed"; change: LessonChange }
  /** Something in the background has found errors: in the types of an answer, in the lesson's file. */
  | { type: "errors"; errors: readonly CellError[] }
  | { type: "ended"; ended: Ended };

/** What became of a step that was run. */
export interface Ended {
  result: CellResult;
  outputs: readonly Output[];
  verdicts: readonly ExerciseVerdict[];
  /** Pictures with frames that have not been shown yet. */
  frames: readonly Frames[];
  /** Whether cells have to be run again before the next one. */
  stale: boolean;
}

/** Something that the learner is told; a front end finds the words. */
export type Notice =
  | { type: "interrupted" }
  | { type: "killed" }
  | { type: "no exercise here" }
  | { type: "no hints" }
  | { type: "last hint" }
  | { type: "no solution" }
  | { type: "solution locked"; hintsLeft: number }
  | { type: "answer missing"; path: string }
  | { type: "answer set aside"; path: string }
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
  /** The step that is looked at, from its top. */
  | { type: "step" }
  /** Something that a cell puts out. */
  | { type: "output"; output: Output }
  /** Nothing that was put out so far changes any more. */
  | { type: "settle" }
  | { type: "errors"; errors: readonly CellError[] }
  | { type: "notice"; notice: Notice }
  | { type: "hint"; number: number; total: number; text: string }
  | { type: "solution"; id: string; help: Help }
  /** The guesses that belong to the step; `answered`: right after its code has run. */
  | { type: "guesses"; guesses: readonly string[]; answered: boolean }
  /** Frames to go through one by one. */
  | { type: "frames"; frames: Frames }
  /** Asks for a guess; a `guess` event answers. */
  | { type: "ask guess"; id: string }
  /** Opens play, and asks for code; `code` events answer. `first`: it has just been opened. */
  | { type: "ask code"; first: boolean }
  /** Asks whether what play changed is to stay; a `keep` event answers. */
  | { type: "ask keep" };

/** What is to be done. */
export type Effect =
  | { type: "view"; view: View }
  /** Runs a step, its check included. `frames`: pictures with frames are kept for later. */
  | { type: "run"; at: number; frames: boolean }
  | { type: "run code"; source: string }
  /** The next step follows without a pause. */
  | { type: "go on" }
  | { type: "interrupt" }
  /** Runs again silently what has to be run again. */
  | { type: "restore" }
  /** Makes the variables again as they are at a place. */
  | { type: "remake"; place: number }
  | { type: "moved"; move: <T extends Code>(cell: T) => T | undefined }
  | { type: "look up help"; id: string; want: "hint" | "solution" }
  | { type: "open answer"; id: string }
  /** Says once that an answer that was there is not. */
  | { type: "say missing"; id: string }
  | { type: "set answer aside"; id: string }
  | { type: "check types"; id: string }
  /** Writes down the place. */
  | { type: "save place" }
  | { type: "save guess"; id: string; guess: string }
  | {
    type: "save exercise";
    id: string;
    change: { tried?: boolean; passed?: boolean; hints?: number; opened?: boolean };
  }
  | { type: "save play"; sources: readonly string[] }
  /** Forgets the place, the guesses and what took long to compute. */
  | { type: "forget" }
  | { type: "journal"; entry: JournalEntry }
  /** Writes down a cell that ran. */
  | { type: "journal run"; cell: number; result: CellResult; outputs: readonly Output[] };

/** What is written down; of an answer, its source is added. */
export type JournalEntry =
  | Exclude<Entry, { type: "ran" | "answer" | "play" }>
  | { type: "answer"; id: string; kind: string; message: string }
  | { type: "play"; source: string; outputs: readonly Output[] };

/** What an event comes to. */
export interface Transition<State> {
  state: State;
  effects: Effect[];
}
