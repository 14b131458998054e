/** Handles play: the learner's own code in the middle of a lesson, with the lesson's variables. */

import type { CellResult, Output } from "../cells/engine/protocol.ts";
import type { Effect, Notice, Transition } from "./session_events.ts";
import { placeOf, type SessionState } from "./session_state.ts";

/** Play begins. */
export function openPlay(state: SessionState): Transition<SessionState> {
  return { state: { ...state, play: [] }, effects: [ask(true)] };
}

/** Runs code. Without code, play is over, and the learner decides whether to keep its changes. */
export function code(state: SessionState, source: string | undefined): Transition<SessionState> {
  if (!state.play) return { state, effects: [] };
  if (source?.trim()) return { state, effects: [{ type: "run code", source }] };
  if (source !== undefined) return { state, effects: [ask(false)] };
  if (state.play.length === 0) return { state: { ...state, play: undefined }, effects: [] };
  return { state, effects: [{ type: "view", view: { type: "ask keep" } }] };
}

/** Code has run. */
export function played(
  state: SessionState,
  { source, outputs, result }: { source: string; outputs: readonly Output[]; result: CellResult },
): Transition<SessionState> {
  const effects: Effect[] = [{ type: "view", view: { type: "settle" } }];
  if (result.status === "failed") effects.push({ type: "view", view: { type: "errors", errors: [result.error] } });
  if (result.status === "killed") effects.push(notice({ type: "play killed" }));
  effects.push({ type: "journal", entry: { type: "play", source, outputs } }, ask(false));
  const play = result.status === "killed" ? state.play : [...state.play ?? [], source];
  return { state: { ...state, play }, effects };
}

/** Keeps the changes that play made, or restores the variables. */
export function keep(state: SessionState, kept: boolean): Transition<SessionState> {
  const sources = state.play ?? [];
  const after: SessionState = { ...state, play: undefined };
  if (kept) return { state: after, effects: [notice({ type: "play kept" }), { type: "save play", sources }] };
  return {
    state: after,
    effects: [notice({ type: "play dropped" }), { type: "remake", place: placeOf(state) }, { type: "restore" }],
  };
}

function ask(first: boolean): Effect {
  return { type: "view", view: { type: "ask code", first } };
}

function notice(what: Notice): Effect {
  return { type: "view", view: { type: "notice", notice: what } };
}
