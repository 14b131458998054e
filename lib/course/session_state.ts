/** The state of a lesson at one moment, while somebody works through it. */

import type { CellError, CellStatus, Output } from "../cells/engine/protocol.ts";
import type { VerdictKind } from "../contract/contract.ts";
import type { HelpState } from "../contract/help.ts";
import type { Lesson } from "./lesson.ts";
import { type Step, stepOf, stepsOf } from "./steps.ts";

/** The phase of the current step. `waiting`: it is shown, and its code has not been run. */
type Phase = "waiting" | "running" | CellStatus;

/** The verdict on an answer that was run. */
type Judged = "passed" | "open" | "wrong";

/** How far the learner is with an exercise. */
export interface ExerciseState extends HelpState {
  /** Whether the answer has a file. */
  opened: boolean;
  /** The verdict of the last check in this session; undefined before the first. */
  judged?: Judged;
}

/** The outputs of a cell, to show them again. */
interface CellRecord {
  outputs: readonly Output[];
  error?: CellError;
}

/** How a session ends: the learner leaves, or goes to the next lesson or to a different one. */
export type Destination = "away" | "next lesson" | { lesson: string };

/** Something that happens in addition to the step, for the line at the bottom. */
export type Note =
  | { type: "replaying"; done: number; total: number }
  /** `now`: at once; otherwise, once the running loop has finished its step. */
  | { type: "stopping"; now: boolean }
  | { type: "nothing to stop" }
  | { type: "saved"; id: string };

/** The state of a lesson. It is never modified: an event makes a new one. */
export interface SessionState {
  readonly lesson: Lesson;
  readonly steps: readonly Step[];
  /** The current step; `steps.length` after the last one. */
  readonly at: number;
  readonly phase: Phase;
  /** How many steps, from the first, the learner has finished: the place to come back to. */
  readonly reached: number;
  /** The step up to which the session runs without pauses; undefined while each step waits for the learner. */
  readonly until?: number;
  /** Whether nobody is watching: a wrong answer is skipped, and there are no questions. */
  readonly unattended: boolean;
  /** Whether another lesson follows this one. */
  readonly hasNext: boolean;
  /** Whether the whole step has been shown. */
  readonly shown: boolean;
  readonly destination?: Destination;
  readonly note?: Note;
  /** By the id of the exercise; an exercise that is missing here was never touched. */
  readonly exercises: Readonly<Record<string, ExerciseState>>;
  /** The learner's guesses, by the id of the question. */
  readonly guesses: Readonly<Record<string, string>>;
  /** The questions that were asked in this session. */
  readonly asked: readonly string[];
  /** The outputs of cells in this session, by the index of the cell. */
  readonly records: ReadonlyMap<number, CellRecord>;
  /** Cells that ran before a cell above them changed. */
  readonly stale: ReadonlySet<number>;
  /** The code that has run in the open play; undefined if play is not open. */
  readonly play?: readonly string[];
}

/** What a session begins with. */
export interface SessionStart {
  lesson: Lesson;
  /** The index of the first cell that the learner has not finished; after the last one, the lesson starts over. */
  cell?: number;
  exercises?: Readonly<Record<string, ExerciseState>>;
  guesses?: Readonly<Record<string, string>>;
  unattended?: boolean;
  hasNext?: boolean;
}

/** The first state. */
export function begin(start: SessionStart): SessionState {
  const { lesson, cell = 0, exercises = {}, guesses = {}, unattended = false, hasNext = false } = start;
  const steps = stepsOf(lesson.cells);
  const found = stepOf(steps, cell);
  const at = found < steps.length ? found : 0;
  return {
    ...{ lesson, steps, at, phase: "waiting", reached: at, unattended, hasNext, shown: false, exercises, guesses },
    ...{ asked: [], records: new Map(), stale: new Set<number>() },
  };
}

/** The place to save: the index of the first cell that the learner has not finished. */
export function placeOf({ steps, reached }: Pick<SessionState, "steps" | "reached">): number {
  const last = steps.at(-1)?.cells.at(-1)?.index ?? -1;
  return steps[reached]?.cells[0].index ?? last + 1;
}

/** How far the learner is with an exercise; at the beginning if it was never touched. */
export function exerciseState({ exercises }: Pick<SessionState, "exercises">, id: string): ExerciseState {
  return Object.hasOwn(exercises, id) ? exercises[id] : { hints: 0, passed: false, opened: false };
}

/** The short form of a verdict. */
export function judgedAs(kind: VerdictKind): Judged {
  return kind === "passed" || kind === "open" ? kind : "wrong";
}
