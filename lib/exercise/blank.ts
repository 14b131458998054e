/** blank: the placeholder that a learner replaces with code. */

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
 * Marks the place in an exercise for the learner's code. It fits any type, and throws when it is called.
 *
 * @param _madeOf What to make the answer of: `return blank(x, gradOut)` is a hint, and keeps these names from being
 * unused.
 * @throws {BlankError} Always.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 * import { blank } from "@gradually/gradually/exercise";
 *
 * const answer = (x: number): number => blank(x);
 * assertThrows(() => answer(3), Error, "Replace blank(…)");
 * ```
 */
export function blank(..._madeOf: readonly unknown[]): never {
  throw new BlankError("Replace blank(…) with your code");
}
