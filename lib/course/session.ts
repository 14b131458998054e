/** The rules for working through a lesson, in any front end: a state and an event give the next state and the effects to perform. */

import { helped, judge, openAnswer, opened, resetAnswer, saved, wantHelp } from "./exercises.ts";
import { askIfDue, guessed, guessesBeside } from "./guesses.ts";
import { moved, placeAfter } from "./lesson_change.ts";
import type { ChangedLesson } from "./lesson_change.ts";
import * as moves from "./moves.ts";
import { code, keep, openPlay, played } from "./play.ts";
import type { Effect, Ended, Notice, SessionEvent, Transition, View } from "./session_events.ts";
import { placeOf, type SessionState } from "./session_state.ts";
import { exerciseOf } from "./steps.ts";
import type { Output } from "../cells/engine/protocol.ts";
import type { ExerciseVerdict } from "./verdict.ts";

/** The result of an event. An event that does not fit, such as a key while a cell runs, changes nothing. */
export function reduce(state: SessionState, event: SessionEvent): Transition<SessionState> {
  return askIfDue(transition(state, event));
}

/** Whether an event can be handled now; if not, it waits. A change of a file waits for the running cell. */
export function isTimely(state: SessionState, event: SessionEvent): boolean {
  return state.phase !== "running" || (event.type !== "saved" && event.type !== "changed");
}

/** Events that need the variables or another program, and so cannot be handled while a cell runs. */
const NOT_WHILE_RUNNING: readonly SessionEvent["type"][] = ["hint", "solution", "edit", "reset", "play"];

function transition(state: SessionState, event: SessionEvent): Transition<SessionState> {
  if (state.phase === "running" && NOT_WHILE_RUNNING.includes(event.type)) return stay(state);
  switch (event.type) {
    case "begin":
      return { state, effects: [{ type: "restore" }, view({ type: "step" }), { type: "save place" }] };
    case "next":
      if (state.at < state.steps.length) return go(state, moves.next(state));
      return leave(state, state.hasNext ? "next lesson" : "away");
    case "back":
      return go(state, moves.back(state));
    case "again":
      return go(state, moves.again(state));
    case "goto":
      return go(state, moves.goTo(state, event.at));
    case "advance":
      return go(state, moves.advance(state));
    case "leave":
      return event.to === "next lesson" && !state.hasNext ? stay(state) : leave(state, event.to ?? "away");
    case "shown":
      return { state: { ...state, shown: true }, effects: [] };
    case "guess":
      return withEffects(
        guessed(state, event),
        (after) => after === state ? stay(after) : go(after, moves.next(after)),
      );
    case "hint":
    case "solution":
      return wantHelp(state, event.type);
    case "helped":
      return helped(state, event);
    case "edit":
      return openAnswer(state);
    case "opened":
      return opened(state, event.id);
    case "edited":
      return event.changed ? runAnswer(state, event.id) : stay(state);
    case "saved":
      return withEffects(saved(state, event), (after) => {
        const here = !event.gone && exerciseOf(after.steps[after.at]) === event.id;
        return here ? runAnswer(after, event.id) : stay(after);
      });
    case "reset":
      return event.what === "answer" ? resetAnswer(state) : resetLesson(state);
    case "play":
      return openPlay(state);
    case "code":
      return code(state, event.source);
    case "played":
      return played(state, event);
    case "keep":
      return keep(state, event.kept);
    case "stop":
      return stop(state, event);
    case "replaying":
      return stay({ ...state, note: { type: "replaying", done: event.done, total: event.total } });
    case "restored":
      return stay({ ...state, note: undefined });
    case "changed":
      return "error" in event.change
        ? { state, effects: [view({ type: "errors", errors: [event.change.error] })] }
        : changed(state, event.change);
    case "errors":
      return { state, effects: [view({ type: "errors", errors: event.errors })] };
    case "ended":
      return ended(state, event.ended);
  }
}

/** The effects of a move: the step is shown, its code is run, the place is saved. */
function go(before: SessionState, after: SessionState): Transition<SessionState> {
  if (after === before) return stay(before);
  const state: SessionState = { ...after, note: undefined };
  const effects: Effect[] = [];
  if (state.at !== before.at) {
    effects.push(view({ type: "step" }));
    if (state.at < state.reached) effects.push(...guessesBeside(state, false));
  }
  if (state.phase === "running" && before.phase !== "running") {
    effects.push({ type: "run", at: state.at, frames: state.until === undefined });
  }
  if (state.reached !== before.reached) effects.push({ type: "save place" });
  if (state.until !== undefined && state.phase !== "running") effects.push({ type: "advance" });
  return { state, effects };
}

/** Runs the step, whether or not it has run before. */
function run(state: SessionState): Transition<SessionState> {
  return go(state, state.phase === "waiting" ? moves.next(state) : moves.again(state));
}

/** Shows the learner's answer, and runs it. */
function runAnswer(state: SessionState, id: string): Transition<SessionState> {
  const { state: after, effects } = run(state);
  return { state: after, effects: after === state ? effects : [view({ type: "answer", id }), ...effects] };
}

function ended(state: SessionState, { result, outputs, verdicts, frames, stale }: Ended): Transition<SessionState> {
  const step = state.steps[state.at];
  if (state.phase !== "running" || !step.code) return stay(state);
  const { index } = step.code;
  const error = result.status === "failed" ? result.error : undefined;
  const notices: Partial<Record<typeof result.status, Notice>> = {
    interrupted: { type: "interrupted" },
    killed: { type: "killed" },
  };
  const notice = notices[result.status] ??
    (error ? undefined : putsOutOther(state.records.get(index), outputs, verdicts));
  const effects: Effect[] = [
    view({ type: "settle" }),
    { type: "journal run", cell: index, result, outputs },
    ...(error ? [view({ type: "errors", errors: [error] })] : []),
    ...(notice ? [view({ type: "notice", notice })] : []),
    ...frames.map((found) => view({ type: "frames", frames: found })),
    ...guessesBeside(state, true),
  ];
  const stillStale = new Set(state.stale);
  stillStale.delete(index);
  const records = new Map(state.records).set(index, { outputs, error });
  const after = judge({ ...state, records, stale: stillStale }, verdicts, error);
  return withEffects({ state: after.state, effects: [...effects, ...after.effects] }, (judged) => {
    const finished = go(judged, moves.finish(judged, result.status));
    return stale ? { ...finished, effects: [...finished.effects, { type: "restore" }] } : finished;
  });
}

/** Whether a cell that ran before, and is not judged, now puts out something else. */
function putsOutOther(
  before: { outputs: readonly Output[]; error?: unknown } | undefined,
  outputs: readonly Output[],
  verdicts: readonly ExerciseVerdict[],
): Notice | undefined {
  if (!before || before.error || before.outputs.length === 0 || verdicts.length > 0) return undefined;
  return JSON.stringify(before.outputs) === JSON.stringify(outputs) ? undefined : { type: "other output" };
}

function stop(
  state: SessionState,
  { busy, stopping }: { busy: boolean; stopping: boolean },
): Transition<SessionState> {
  const note = busy ? { type: "stopping", now: stopping } as const : { type: "nothing to stop" } as const;
  return { state: { ...state, until: undefined, note }, effects: [{ type: "interrupt" }] };
}

function leave(state: SessionState, destination: SessionState["destination"]): Transition<SessionState> {
  return stay({ ...state, destination });
}

function resetLesson(state: SessionState): Transition<SessionState> {
  const fresh = moves.restart({
    ...state,
    ...{ records: new Map(), stale: new Set<number>(), guesses: {}, asked: [], note: undefined },
  });
  return {
    state: fresh,
    effects: [
      { type: "forget" },
      { type: "remake", place: 0 },
      view({ type: "notice", notice: { type: "lesson reset" } }),
      view({ type: "step" }),
      { type: "save place" },
    ],
  };
}

/** The author, or a curious learner, has changed the lesson. */
function changed(state: SessionState, change: ChangedLesson): Transition<SessionState> {
  const { touched, ran, place } = placeAfter(change, state);
  const { lesson, first } = change;
  const behind = placeOf(state);
  const after = lesson.cells.filter(({ index, kind }) => kind === "code" && index > first && index < behind);
  const next: SessionState = {
    ...moves.replace(state, place),
    lesson,
    stale: new Set([...state.stale, ...after.map(({ index }) => index)]),
    records: new Map([...state.records].filter(([index]) => index < first)),
  };
  const effects: Effect[] = [
    { type: "moved", move: (cell) => moved(change, cell) },
    view({ type: "notice", notice: { type: "lesson changed", step: touched } }),
    ...(ran && after.length > 0 ? [view({ type: "notice", notice: { type: "cells stale" } })] : []),
    view({ type: "step" }),
    { type: "save place" },
  ];
  const runs = ran && next.steps[touched]?.code;
  return withEffects({ state: next, effects }, (shown) => runs ? go(shown, moves.next(shown)) : stay(shown));
}

function stay(state: SessionState): Transition<SessionState> {
  return { state, effects: [] };
}

function view(what: View): Effect {
  return { type: "view", view: what };
}

/** A transition, followed by another one from its new state. */
function withEffects(
  { state, effects }: Transition<SessionState>,
  then: (state: SessionState) => Transition<SessionState>,
): Transition<SessionState> {
  const after = then(state);
  return { state: after.state, effects: [...effects, ...after.effects] };
}
