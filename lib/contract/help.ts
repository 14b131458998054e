/** Decides which help an exercise gives, and when: the rule is the same in every front end. */

/** How far a learner is with an exercise. */
export interface HelpState {
  /** How many hints they have seen. */
  hints: number;
  /** Whether one of their answers has ever passed. */
  passed: boolean;
}

/**
 * The number of the next hint, from 1: the first one that the learner has not seen; after the last one, the last one again. 0 if there are none.
 *
 * @param total How many hints the exercise has.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(nextHint({ hints: 0 }, 3), 1);
 * assertEquals(nextHint({ hints: 3 }, 3), 3);
 * ```
 */
export function nextHint({ hints }: Pick<HelpState, "hints">, total: number): number {
  return Math.min(hints + 1, total);
}

/**
 * How many hints are left before the solution is unlocked: that happens once an answer has passed, or after the last hint. 0 if it is unlocked.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(hintsBeforeSolution({ hints: 1, passed: false }, 3), 2);
 * assertEquals(hintsBeforeSolution({ hints: 0, passed: true }, 3), 0);
 * ```
 */
export function hintsBeforeSolution({ hints, passed }: HelpState, total: number): number {
  return passed ? 0 : Math.max(0, total - hints);
}

/** A guess without the spaces around it; undefined if it is empty, because that is not a guess. */
export function guessOf(text: string): string | undefined {
  return text.trim() || undefined;
}

/** The label of a guess, next to the answer. */
export const GUESS_LABEL = "Your guess was:";
