/** Decides what happens in an exercise: its checks, hints, solution, and the file with the learner's answer. */

import type { CellError } from "../cells/engine/protocol.ts";
import { hintsBeforeSolution, nextHint } from "../contract/help.ts";
import type { Effect, Help, Notice, Transition } from "./session_events.ts";
import { type ExerciseState, exerciseState, judgedAs, type SessionState } from "./session_state.ts";
import { exerciseOf } from "./steps.ts";
import type { ExerciseVerdict } from "./verdict.ts";

/** Records the verdicts on the answers of the step that has ended. */
export function judge(
  state: SessionState,
  verdicts: readonly ExerciseVerdict[],
  error: CellError | undefined,
): Transition<SessionState> {
  let after = state;
  const effects: Effect[] = [];
  for (const { id, kind, message } of verdicts) {
    const judged = judgedAs(kind);
    const passed = exerciseState(after, id).passed || kind === "passed";
    after = withExercise(after, id, { judged, passed });
    if (kind === "open") continue;
    effects.push(
      { type: "save exercise", id, change: { tried: true, passed: kind === "passed" } },
      { type: "journal", entry: { type: "answer", id, kind, message } },
    );
  }
  const id = exerciseOf(state.steps[state.at]);
  if (id === undefined) return { state: after, effects };
  if (error) {
    after = withExercise(after, id, { judged: "wrong" });
    effects.push(
      { type: "save exercise", id, change: { tried: true } },
      { type: "journal", entry: { type: "answer", id, kind: "error", message: error.message } },
    );
  }
  return { state: after, effects: [...effects, { type: "check types", id }] };
}

/** The learner asks for a hint or the solution, which must be looked up first. */
export function wantHelp(state: SessionState, want: "hint" | "solution"): Transition<SessionState> {
  const id = exerciseOf(state.steps[state.at]);
  if (id === undefined) return say(state, { type: "no exercise here" });
  return { state, effects: [{ type: "look up help", id, want }] };
}

/** Shows the next hint; or the solution, once the rule of the course unlocks it. */
export function helped(
  state: SessionState,
  { id, want, help }: { id: string; want: "hint" | "solution"; help?: Help },
): Transition<SessionState> {
  if (want === "hint") return hint(state, id, help?.hints ?? []);
  if (!help) return say(state, { type: "no solution" });
  const hintsLeft = hintsBeforeSolution(exerciseState(state, id), help.hints.length);
  if (hintsLeft > 0) return say(state, { type: "solution locked", hintsLeft });
  return {
    state,
    effects: [
      { type: "journal", entry: { type: "solution", id } },
      { type: "view", view: { type: "solution", id, help } },
    ],
  };
}

function hint(state: SessionState, id: string, hints: readonly string[]): Transition<SessionState> {
  const number = nextHint(exerciseState(state, id), hints.length);
  if (number === 0) return say(state, { type: "no hints" });
  const text = hints[number - 1];
  const last: Notice = { type: "last hint" };
  return {
    state: withExercise(state, id, { hints: number }),
    effects: [
      { type: "save exercise", id, change: { hints: number } },
      { type: "journal", entry: { type: "hint", id, hint: text } },
      { type: "view", view: { type: "hint", number, total: hints.length, text } },
      ...(number === hints.length ? [{ type: "view", view: { type: "notice", notice: last } } as const] : []),
    ],
  };
}

/** The learner wants to write their answer. */
export function openAnswer(state: SessionState): Transition<SessionState> {
  const id = exerciseOf(state.steps[state.at]);
  if (id === undefined) return say(state, { type: "no exercise here" });
  return { state, effects: [{ type: "open answer", id }] };
}

/** The answer has a file now. */
export function opened(state: SessionState, id: string): Transition<SessionState> {
  if (exerciseState(state, id).opened) return { state, effects: [] };
  return {
    state: withExercise(state, id, { opened: true }),
    effects: [{ type: "save exercise", id, change: { opened: true } }],
  };
}

/** An answer was saved or deleted in another window. */
export function saved(state: SessionState, { id, gone }: { id: string; gone: boolean }): Transition<SessionState> {
  return gone
    ? { state, effects: [{ type: "report missing answer", id }] }
    : { state: { ...state, note: { type: "saved", id } }, effects: [] };
}

/** Moves the learner's answer to a backup file; the exercise is open again. */
export function resetAnswer(state: SessionState): Transition<SessionState> {
  const id = exerciseOf(state.steps[state.at]);
  if (id === undefined) return say(state, { type: "no exercise here" });
  return {
    state: withExercise(state, id, { opened: false, hints: 0, judged: undefined }),
    effects: [
      { type: "save exercise", id, change: { opened: false, hints: 0 } },
      { type: "reset answer", id },
    ],
  };
}

function withExercise(state: SessionState, id: string, change: Partial<ExerciseState>): SessionState {
  return { ...state, exercises: { ...state.exercises, [id]: { ...exerciseState(state, id), ...change } } };
}

function say(state: SessionState, notice: Notice): Transition<SessionState> {
  return { state, effects: [{ type: "view", view: { type: "notice", notice } }] };
}
