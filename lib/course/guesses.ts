/** Asks for a guess at each question, once, and shows the guess next to the answer. */

import { guessOf } from "../contract/help.ts";
import type { Effect, Transition } from "./session_events.ts";
import type { SessionState } from "./session_state.ts";
import { questionOf } from "./steps.ts";

/** Asks for a guess if one is due: the learner has seen the whole step, and its question was neither asked nor answered. */
export function askIfDue({ state, effects }: Transition<SessionState>): Transition<SessionState> {
  const { steps, at, phase, shown, until, unattended, asked, guesses } = state;
  const id = questionOf(steps[at])?.id;
  const due = id && shown && phase === "waiting" && until === undefined && !unattended && !asked.includes(id) &&
    guesses[id] === undefined;
  if (!due) return { state, effects };
  return {
    state: { ...state, asked: [...asked, id] },
    effects: [...effects, { type: "view", view: { type: "ask guess", id } }],
  };
}

/** Saves the learner's guess. */
export function guessed(
  state: SessionState,
  { id, text }: { id: string; text?: string },
): Transition<SessionState> {
  const guess = guessOf(text ?? "");
  if (guess === undefined) return { state, effects: [] };
  return {
    state: { ...state, guesses: { ...state.guesses, [id]: guess } },
    effects: [{ type: "save guess", id, guess }, { type: "journal", entry: { type: "guess", id, guess } }],
  };
}

/**
 * Shows the learner's guesses next to the answer: those since the previous code cell, or the one for the question that is shown again.
 *
 * @param answered Whether the code of the step has just run.
 */
export function guessesBeside({ steps, at, guesses }: SessionState, answered: boolean): Effect[] {
  let first = at;
  while (first > 0 && !steps[first - 1].code) first--;
  const questions = steps[at]?.code ? steps.slice(first, at) : steps.slice(at, at + 1);
  const found = questions.flatMap((step) => {
    const guess = guesses[questionOf(step)?.id ?? ""];
    return typeof guess === "string" ? [guess] : [];
  });
  return found.length > 0 ? [{ type: "view", view: { type: "guesses", guesses: found, answered } }] : [];
}
