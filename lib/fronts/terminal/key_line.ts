/** Which keys matter now, for the line at the bottom; and all of them, for `?`. */

import stringWidth from "string-width";
import type { StepperEvent, StepperState } from "../../course/stepper.ts";
import type { Judged } from "./exercise_desk.ts";
import type { Key } from "./keys.ts";

/** Every key, with what it does. */
export const ALL_KEYS: readonly (readonly [string, string])[] = [
  ["Enter, Space", "go on: run the cell that is shown, then show the next"],
  ["b", "back: the step before, with its outputs as they were"],
  ["r", "run this cell again"],
  ["e", "edit your answer to an exercise; saving it checks it"],
  ["h", "the next hint"],
  ["s", "the solution: once your answer passes, or after the last hint"],
  ["p", "play: try code of your own with the lesson's variables"],
  ["v", "variables: their types, shapes and numbers; Enter shows one as a picture"],
  ["g", "go to a step by its number"],
  ["c", "continue to the end without pauses; Ctrl-C stops"],
  ["l", "lessons: the course, and another lesson"],
  ["x", "reset: start the lesson anew, or put an answer aside"],
  ["q", "leave; your place is kept"],
  ["Ctrl-C", "stop the cell that is running, and nothing else"],
];

/** The keys that move through the lesson. */
export const MOVES: { [key: Key]: StepperEvent } = {
  enter: { type: "next" },
  newline: { type: "next" },
  space: { type: "next" },
  down: { type: "next" },
  right: { type: "next" },
  b: { type: "back" },
  up: { type: "back" },
  left: { type: "back" },
  r: { type: "again" },
  c: { type: "goto", at: Infinity },
  q: { type: "leave" },
  "ctrl-d": { type: "leave" },
  end: { type: "leave" },
};

/** What the line depends on. */
export interface Moment {
  state: StepperState;
  /** Whether more of the step is to be shown. */
  pages: boolean;
  /** Whether there is a lesson after this one. */
  following: boolean;
  /** The exercise of the step. */
  exercise?: { opened: boolean; judged?: Judged; passed: boolean };
  /** What is going on. */
  note: string;
}

/**
 * The keys that matter most, as many as fit.
 *
 * @param columns How wide the terminal is.
 */
export function keysNow(moment: Moment, columns: number): string {
  const { state, note } = moment;
  if (state.phase === "running") return note || "running … Ctrl-C stops";
  const keys = moment.pages ? ["Enter more"] : mainKeys(moment);
  const rest = [...(state.at > 0 ? ["b back"] : []), "q leave"];
  if (!moment.pages && !moment.exercise) {
    if (state.phase !== "waiting" && state.steps[state.at]?.code) rest.splice(-1, 0, "r run again");
    if (state.reached > 0) rest.push("p play", "v variables");
  }
  rest.push(...(note ? [note] : []));
  const help = "? keys";
  const all = [...keys, ...rest, help];
  // What comes later matters less; "?" always stays.
  while (all.length > keys.length + 1 && stringWidth(all.join(" · ")) >= columns) all.splice(note ? -3 : -2, 1);
  return all.join(" · ");
}

function mainKeys({ state, following, exercise }: Moment): string[] {
  const { phase, at, steps } = state;
  const step = steps[at];
  if (!step) return [following ? "Enter next lesson" : "Enter leave", "l lessons"];
  const on = at + 1 < steps.length ? "Enter next" : "Enter finish";
  if (!exercise) return [phase === "waiting" && step.code ? "Enter run" : on];
  const { opened, judged, passed } = exercise;
  if (phase === "waiting") {
    return opened || passed ? ["Enter check", "e edit", "h hint"] : ["e write your answer", "h hint", "Enter check"];
  }
  if (judged === "passed" || (judged === undefined && passed)) return [on, "s compare with the solution", "e edit"];
  if (judged === "open" && !opened) return ["e write your answer", "h hint", `${on}, it stays open`];
  return ["e edit", "h hint", "s solution", `${on}, it stays open`];
}
