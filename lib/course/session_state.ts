/** What a lesson is like at one moment, while somebody goes through it. */

import type { CellError, CellStatus, Output } from "../cells/engine/protocol.ts";
import type { VerdictKind } from "../contract/contract.ts";
import type { HelpState } from "../contract/help.ts";
import type { Lesson } from "./lesson.ts";
import { type Step, stepOf, stepsOf } from "./steps.ts";

/** What became of the step that is looked at. `waiting`: it is shown, and its code has not been run. */
export type Phase = "waiting" | "running" | CellStatus;

/** What was said of an answer that was run. */
export type Judged = "passed" | "open" | "wrong";

/** How far an exercise has come. */
export interface ExerciseState extends HelpState {
  /** Whether an answer file was made. */
  opened: boolean;
  /** What the last check of this session said; undefined before the first. */
  judged?: Judged;
}

/** What a cell has put out, for reading back. */
export interface CellRecord {
  outputs: readonly Output[];
  error?: CellError;
}

/** How it ends: the learner leaves, goes on to the next lesson, or to another one. */
export type Destination = "away" | "next lesson" | { lesson: string };

/** Something that goes on besides the step, for the line at the bottom. */
export type Note =
  | { type: "replaying"; done: number; total: number }
  /** `now`: at once; else after what polls has finished its step. */
  | { type: "stopping"; now: boolean }
  | { type: "nothing to stop" }
  | { type: "saved"; id: string };

/** The state of a lesson. Nothing in it is ever changed: an event makes another one. */
export interface SessionState {
  readonly lesson: Lesson;
  readonly steps: readonly Step[];
  /** The step that is looked at; `steps.length` after the last one. */
  readonly at: number;
  readonly phase: Phase;
  /** How many steps, from the first, are behind the learner: the place to come back to. */
  readonly reached: number;
  /** The step up to which it goes without pauses; undefined while each step waits for the learner. */
  readonly until?: number;
  /** Whether nobody is there: a wrong answer is passed over, and no guess is asked for. */
  readonly unattended: boolean;
  /** Whether a lesson follows this one. */
  readonly hasNext: boolean;
  /** Whether the whole step has been shown. */
  readonly shown: boolean;
  readonly destination?: Destination;
  readonly note?: Note;
  /** By the id of the exercise; one that is not there was never touched. */
  readonly exercises: Readonly<Record<string, ExerciseState>>;
  /** By the id of the question. */
  readonly guesses: Readonly<Record<string, string>>;
  /** The questions that were asked in this session. */
  readonly asked: readonly string[];
  /** What cells have put out in this session, by their index. */
  readonly records: ReadonlyMap<number, CellRecord>;
  /** Cells that ran before a change of one above them. */
  readonly stale: ReadonlySet<number>;
  /** The code that ran in the play that is open; undefined where none is. */
  readonly play?: readonly string[];
}

/** What a session begins with. */
export interface SessionStart {
  lesson: Lesson;
  /** The index of the first cell that is not behind the learner; after the last one, the lesson begins once more. */
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

/** The place to keep: the index of the first cell that is not behind the learner. */
export function placeOf({ steps, reached }: Pick<SessionState, "steps" | "reached">): number {
  const last = steps.at(-1)?.cells.at(-1)?.index ?? -1;
  return steps[reached]?.cells[0].index ?? last + 1;
}

/** How far an exercise has come; all at its beginning if it was never touched. */
export function exerciseState({ exercises }: Pick<SessionState, "exercises">, id: string): ExerciseState {
  return Object.hasOwn(exercises, id) ? exercises[id] : { hints: 0, passed: false, opened: false };
}

/** What a verdict comes to. */
export function judgedAs(kind: VerdictKind): Judged {
  return kind === "passed" || kind === "open" ? kind : "wrong";
}
