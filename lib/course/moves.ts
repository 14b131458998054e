/** Moves a learner through the steps of a lesson. */

import type { CellStatus } from "../cells/engine/protocol.ts";
import type { SessionState } from "./session_state.ts";
import { exerciseOf } from "./steps.ts";

/** Moves the view to a step. */
function look(state: SessionState, at: number): SessionState {
  return { ...state, at, phase: at < state.reached ? "done" : "waiting", shown: false };
}

/** On the way to `until`, runs a cell that has not run as soon as it is reached. */
function passThrough(state: SessionState): SessionState {
  const { steps, at, phase, until } = state;
  const runs = until !== undefined && at < until && phase === "waiting" && steps[at]?.code;
  return runs ? { ...state, phase: "running" } : state;
}

/** Runs the code of the step, or continues with the next step. */
export function next(state: SessionState): SessionState {
  const { steps, at, phase, reached } = state;
  if (phase === "running" || at >= steps.length) return state;
  if (phase === "waiting" && steps[at].code) return { ...state, phase: "running" };
  return look({ ...state, reached: Math.max(reached, at + 1) }, at + 1);
}

/** Goes to the previous step, to read it again. */
export function back(state: SessionState): SessionState {
  return state.phase !== "running" && state.at > 0 ? look(state, state.at - 1) : state;
}

/** Runs the code of the step again. */
export function again(state: SessionState): SessionState {
  const { steps, at, phase } = state;
  return phase !== "running" && steps[at]?.code ? { ...state, phase: "running" } : state;
}

/** Goes to a step: back at once; forward by running everything in between. While a cell runs, this only sets the target. */
export function goTo(state: SessionState, step: number): SessionState {
  const { steps, at, phase, reached } = state;
  const target = Math.max(0, Math.min(step, steps.length));
  if (phase === "running") return target > at ? { ...state, until: target } : state;
  if (target <= reached) return target === at ? state : look({ ...state, until: undefined }, target);
  const from = Math.max(at, reached);
  const there = look({ ...state, until: target }, from);
  return passThrough(from === at ? { ...there, shown: state.shown } : there);
}

/** Goes one step further on the way to `until`. */
export function advance(state: SessionState): SessionState {
  const { at, phase, reached, until } = state;
  if (phase === "running" || until === undefined) return state;
  if (at >= until) return { ...state, until: undefined };
  return passThrough(look({ ...state, reached: Math.max(reached, at + 1) }, at + 1));
}

/**
 * The step has ended. A step that failed does not count as reached: a learner who comes back finds it again, but may still continue. If
 * nobody is watching, an exercise whose answer does not run is skipped.
 */
export function finish(state: SessionState, status: CellStatus): SessionState {
  const { steps, at, phase, reached, unattended } = state;
  if (phase !== "running") return state;
  const passed = status === "failed" && unattended && exerciseOf(steps[at]) !== undefined;
  const behind = status === "done" || status === "interrupted" || passed;
  const until = status === "done" || passed ? state.until : undefined;
  return { ...state, phase: status, reached: behind ? Math.max(reached, at + 1) : reached, until };
}

/** Starts the lesson over. */
export function restart(state: SessionState): SessionState {
  return { ...look({ ...state, reached: 0, until: undefined }, 0), phase: "waiting" };
}

/** The lesson has changed: it has new steps, and the learner a place among them. */
export function replace(
  state: SessionState,
  { steps, at, reached }: Pick<SessionState, "steps" | "at" | "reached">,
): SessionState {
  return look({ ...state, steps, reached, until: undefined }, at);
}
