/** A question waits for a guess, once; the guess is shown beside the answer. */

import { guessOf } from "../contract/help.ts";
import type { Effect, Transition } from "./session_events.ts";
import type { SessionState } from "./session_state.ts";
import { questionOf } from "./steps.ts";

/** Asks for a guess where one is due: the whole step is seen, and its question was neither asked nor answered. */
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

/** Keeps what the learner guesses. */
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
 * The learner's guesses beside the answer: to the questions since the cell of code before, or to the one that is read back.
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
