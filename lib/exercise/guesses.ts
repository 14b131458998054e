/** guesses: keeps the guess that a learner makes before a cell answers, and shows it beside the answer. */
import { show } from "../show/display.ts";

/** The guesses of one run of a lesson. */
export interface Guesses {
  /**
   * Keeps the learner's guess for the question `id`; an empty one asks for it. A second guess replaces the first.
   *
   * @throws {TypeError} If `id` is not a text.
   */
  predict(id: string, guess?: unknown): Promise<void>;
  /** Tells that a cell has ended: the one after a guess is its answer, and gets the guess beside it. */
  cellEnded(): Promise<void>;
}

/**
 * A place for guesses, for a front end that runs cell by cell.
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
 * await assertRejects(() => predict("", 3), TypeError, "takes the question first");
 * ```
 */
export function guesses(): Guesses {
  let [asked, answering] = [undefined as string | undefined, undefined as string | undefined];
  return {
    async predict(id, guess = ""): Promise<void> {
      if (typeof id !== "string" || id === "") {
        throw new TypeError('predict takes the question first: predict("id", "your guess")');
      }
      const text = String(guess).trim();
      asked = text === "" ? undefined : text;
      answering = undefined;
      await show(
        text === ""
          ? "Write your guess between the quotes and run this cell again; or go on without one"
          : "Kept. The next cell answers",
      );
    },
    async cellEnded(): Promise<void> {
      const guess = answering;
      [answering, asked] = [asked, undefined];
      if (guess !== undefined) await show(`Your guess was: ${guess}`);
    },
  };
}
