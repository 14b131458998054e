/** guesses: keeps the guess that a learner makes before a cell answers, and shows it beside the answer. */
import { GUESS_LABEL, guessOf } from "../contract/help.ts";
import { show } from "../show/display.ts";

/** The guesses of one run of a lesson. */
export interface Guesses {
  /**
   * Keeps the learner's guess for question `id`; without a guess it asks for one. A second guess replaces the first.
   *
   * @throws {TypeError} If `id` is not a string.
   */
  predict(id: string, guess?: unknown): Promise<void>;
  /** A cell has ended: the cell after a guess is its answer, and the guess is shown beside it. */
  cellEnded(): Promise<void>;
}

/**
 * Keeps guesses for a front end that runs a lesson cell by cell.
 *
 * @example
 * ```ts
 * import { assertRejects } from "@std/assert";
 * import { guesses } from "@gradually/gradually/exercise";
 *
 * const { predict, cellEnded } = guesses();
 * await predict("how-many-stops", 3);
 * await cellEnded(); // the cell of the guess
 * await cellEnded(); // the cell of the answer: "Your guess was: 3"
 * await assertRejects(() => predict("", 3), TypeError, "takes the id of a question");
 * ```
 */
export function guesses(): Guesses {
  let [asked, answering] = [undefined as string | undefined, undefined as string | undefined];
  return {
    async predict(id, guess = ""): Promise<void> {
      if (typeof id !== "string" || id === "") {
        throw new TypeError('predict takes the id of a question first and got none: predict("id", "your guess")');
      }
      asked = guessOf(String(guess));
      answering = undefined;
      await show(
        asked === undefined
          ? "Write your guess between the quotes and run this cell again, or go on without one"
          : "Kept. The next cell has the answer",
      );
    },
    async cellEnded(): Promise<void> {
      const guess = answering;
      [answering, asked] = [asked, undefined];
      if (guess !== undefined) await show(`${GUESS_LABEL} ${guess}`);
    },
  };
}
