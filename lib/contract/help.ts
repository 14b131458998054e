/** Which help an exercise gives, and when: the same rule in every front end. */

/** How far a learner has come with an exercise. */
export interface HelpState {
  /** How many hints they have seen. */
  hints: number;
  /** Whether an answer of theirs ever passed. */
  passed: boolean;
}

/**
 * Which hint comes next, counted from 1: the first that was not seen; after the last one, that one again. 0 where there are none.
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
 * How many hints are left before the solution opens: it opens once an answer has passed, or after the last hint. 0 while it is open.
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

/** A guess as it is kept: without spaces around it; undefined for one that says nothing, which is no guess. */
export function guessOf(text: string): string | undefined {
  return text.trim() || undefined;
}

/** What stands before a guess, beside the answer. */
export const GUESS_LABEL = "Your guess was:";
