/** blank: what stands where the learner's code is to stand. */

/**
 * Thrown by {@linkcode blank}: the exercise is still open.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 * import { blank, BlankError } from "@gradually/gradually/exercise";
 *
 * assertThrows(() => blank(), BlankError);
 * ```
 */
export class BlankError extends Error {
  /** The name that the runtime prints. */
  override readonly name: string = "BlankError";
}

/**
 * Marks the place in an exercise that is still to be filled. It fits any type, and throws when it is reached.
 *
 * @param _madeOf What the answer is made of: `return blank(x, gradOut)` tells the learner, and uses what would be unused.
 * @throws {BlankError} Always.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 * import { blank } from "@gradually/gradually/exercise";
 *
 * const answer = (x: number): number => blank(x);
 * assertThrows(() => answer(3), Error, "in the place of blank");
 * ```
 */
export function blank(..._madeOf: readonly unknown[]): never {
  throw new BlankError("Put your own code in the place of blank");
}
