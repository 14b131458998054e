// `assertThrows`: a function throws, and what it throws.
import { AssertionError } from "./assertion_error.ts";
import { suffix } from "./message.ts";
import { type ErrorConstructorOf, judge, readExpectation } from "./thrown.ts";

/**
 * Throws unless `fn` throws. Returns what it threw.
 *
 * @throws {AssertionError} if nothing was thrown
 *
 * @example
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * const error = assertThrows(() => { throw "anything"; });
 * assertEquals(error, "anything");
 * ```
 */
export function assertThrows(fn: () => unknown, msg?: string): unknown;
/**
 * Throws unless `fn` throws an error of that class whose message contains `msgIncludes`. Returns the error.
 *
 * @throws {AssertionError} if nothing, or something else, was thrown
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => { throw new RangeError("too far"); }, RangeError, "far");
 * ```
 */
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  ErrorClass: ErrorConstructorOf<E>,
  msgIncludes?: string,
  msg?: string,
): E;
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  errorClassOrMsg?: ErrorConstructorOf<E> | string,
  msgIncludes?: string,
  msg?: string,
): unknown {
  const expected = readExpectation(errorClassOrMsg, msgIncludes, msg);
  try {
    fn();
  } catch (error) {
    judge(error, expected, "thrown");
    return error;
  }
  throw new AssertionError(`Expected function to throw${suffix(expected.msg)}`);
}
