/** Lists the keys that matter now, for the line at the bottom, and all keys, for `?`. */

import { visibleWidth } from "../../text/visible_width.ts";
import type { SessionEvent } from "../../course/session_events.ts";
import { exerciseState, type SessionState } from "../../course/session_state.ts";
import { exerciseOf } from "../../course/steps.ts";
import type { Key } from "./keys.ts";
import { noteText } from "./notices.ts";

/** Every key, with what it does. */
export const ALL_KEYS: readonly (readonly [string, string])[] = [
  ["Enter, Space", "run the cell, then show the next step"],
  ["b", "back: the previous step, with its earlier outputs"],
  ["r", "run this cell again"],
  ["e", "edit your answer to an exercise; it is checked when you save it"],
  ["h", "the next hint"],
  ["s", "the solution: once your answer passes, or after the last hint"],
  ["p", "play: try your own code with the lesson's variables"],
  ["v", "variables: their types, shapes and numbers; Enter shows one as a picture"],
  ["g", "go to a step by its number"],
  ["c", "continue to the end without pauses; Ctrl-C stops"],
  ["n", "the next lesson; your place in this one is saved"],
  ["l", "lessons: show the course, and go to a different lesson"],
  ["x", "reset: start the lesson or an answer over"],
  ["q", "leave; your place is saved"],
  ["Ctrl-C", "stop the cell that is running, and nothing else"],
  ["Ctrl-Z", "to the shell for a while; fg there comes back (not on Windows)"],
];

/** The keys that move through the lesson. */
export const MOVES: { [key: Key]: SessionEvent } = {
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
  n: { type: "leave", to: "next lesson" },
  q: { type: "leave" },
  "ctrl-d": { type: "leave" },
  end: { type: "leave" },
};

/** The keys for the session's other requests. */
export const REQUESTS: { [key: Key]: SessionEvent } = {
  p: { type: "play" },
  e: { type: "edit" },
  h: { type: "hint" },
  s: { type: "solution" },
};

/**
 * The keys that matter most, as many as fit.
 *
 * @param more Whether there is more of the step to show.
 * @param columns How wide the terminal is.
 */
export function keysNow(state: SessionState, more: boolean, columns: number): string {
  const note = noteText(state.note);
  if (state.phase === "running") return note || "running … Ctrl-C stops";
  const keys = more ? ["Enter more"] : mainKeys(state);
  const rest = [...(state.at > 0 ? ["b back"] : []), "q leave"];
  if (!more && exerciseOf(state.steps[state.at]) === undefined) {
    if (state.phase !== "waiting" && state.steps[state.at]?.code) rest.splice(-1, 0, "r run again");
    if (state.reached > 0) rest.push("p play", "v variables");
  }
  rest.push(...(note ? [note] : []));
  const help = "? keys";
  const all = [...keys, ...rest, help];
  // Later keys matter less; "?" always stays.
  while (all.length > keys.length + 1 && visibleWidth(all.join(" · ")) >= columns) all.splice(note ? -3 : -2, 1);
  return all.join(" · ");
}

function mainKeys(state: SessionState): string[] {
  const { phase, at, steps, hasNext } = state;
  const step = steps[at];
  if (!step) return [hasNext ? "Enter next lesson" : "Enter leave", "l lessons"];
  const forward = at + 1 < steps.length ? "Enter next" : "Enter finish";
  const id = exerciseOf(step);
  if (id === undefined) return [phase === "waiting" && step.code ? "Enter run" : forward];
  const { opened, judged, passed } = exerciseState(state, id);
  if (phase === "waiting") {
    return opened || passed ? ["Enter check", "e edit", "h hint"] : ["e write your answer", "h hint", "Enter check"];
  }
  if (judged === "passed" || (judged === undefined && passed)) {
    return [forward, "s compare with the solution", "e edit"];
  }
  if (judged === "open" && !opened) return ["e write your answer", "h hint", `${forward} (it stays open)`];
  return ["e edit", "h hint", "s solution", `${forward} (it stays open)`];
}
