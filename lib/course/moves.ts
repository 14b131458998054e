/** How a learner moves through the steps of a lesson. */

import type { CellStatus } from "../cells/engine/protocol.ts";
import type { SessionState } from "./session_state.ts";
import { exerciseOf } from "./steps.ts";

/** What the learner sees next, and does not see before. */
function look(state: SessionState, at: number): SessionState {
  return { ...state, at, phase: at < state.reached ? "done" : "waiting", shown: false };
}

/** On the way without pauses, a cell that was not run before is run as soon as it is there. */
function passThrough(state: SessionState): SessionState {
  const { steps, at, phase, until } = state;
  const runs = until !== undefined && at < until && phase === "waiting" && steps[at]?.code;
  return runs ? { ...state, phase: "running" } : state;
}

/** Runs the code of the step, or goes on to the next one. */
export function next(state: SessionState): SessionState {
  const { steps, at, phase, reached } = state;
  if (phase === "running" || at >= steps.length) return state;
  if (phase === "waiting" && steps[at].code) return { ...state, phase: "running" };
  return look({ ...state, reached: Math.max(reached, at + 1) }, at + 1);
}

/** To the step before, to read it again. */
export function back(state: SessionState): SessionState {
  return state.phase !== "running" && state.at > 0 ? look(state, state.at - 1) : state;
}

/** Runs the code of the step once more. */
export function again(state: SessionState): SessionState {
  const { steps, at, phase } = state;
  return phase !== "running" && steps[at]?.code ? { ...state, phase: "running" } : state;
}

/** To a step: back at once; forward by running what lies between. While a cell runs, only the goal can be set. */
export function goTo(state: SessionState, step: number): SessionState {
  const { steps, at, phase, reached } = state;
  const target = Math.max(0, Math.min(step, steps.length));
  if (phase === "running") return target > at ? { ...state, until: target } : state;
  if (target <= reached) return target === at ? state : look({ ...state, until: undefined }, target);
  const from = Math.max(at, reached);
  const there = look({ ...state, until: target }, from);
  return passThrough(from === at ? { ...there, shown: state.shown } : there);
}

/** One step further on the way to `until`. */
export function passOn(state: SessionState): SessionState {
  const { at, phase, reached, until } = state;
  if (phase === "running" || until === undefined) return state;
  if (at >= until) return { ...state, until: undefined };
  return passThrough(look({ ...state, reached: Math.max(reached, at + 1) }, at + 1));
}

/**
 * The step that ran has ended. One that failed is not behind the learner: coming back, they find it again. They may still go on. Where nobody
 * is there, an exercise whose answer does not run is passed over.
 */
export function finish(state: SessionState, status: CellStatus): SessionState {
  const { steps, at, phase, reached, unattended } = state;
  if (phase !== "running") return state;
  const passed = status === "failed" && unattended && exerciseOf(steps[at]) !== undefined;
  const behind = status === "done" || status === "interrupted" || passed;
  const until = status === "done" || passed ? state.until : undefined;
  return { ...state, phase: status, reached: behind ? Math.max(reached, at + 1) : reached, until };
}

/** The lesson begins anew. */
export function restart(state: SessionState): SessionState {
  return { ...look({ ...state, reached: 0, until: undefined }, 0), phase: "waiting" };
}

/** The lesson has changed: other steps, and a place among them. */
export function replace(
  state: SessionState,
  { steps, at, reached }: Pick<SessionState, "steps" | "at" | "reached">,
): SessionState {
  return look({ ...state, steps, reached, until: undefined }, at);
}
