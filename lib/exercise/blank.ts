/** blank: what stands where the learner's code is to stand. */

/** Thrown by {@linkcode blank}: the exercise is still open. */
export class BlankError extends Error {
  override readonly name: string = "BlankError";
}

/**
 * Marks the place in an exercise that is still to be filled. It fits any type, and throws when it is reached.
 *
 * @throws {BlankError} Always.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 * import { blank } from "@gradually/gradually/exercise";
 *
 * const answer = (): number => blank();
 * assertThrows(answer, Error, "still open");
 * ```
 */
export function blank(): never {
  throw new BlankError("This is still open: put your own code in the place of blank()");
}
