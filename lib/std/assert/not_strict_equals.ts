// `assertNotStrictEquals`: not the very same value, as Object.is sees it.
import { AssertionError } from "./assertion_error.ts";
import { brief, suffix } from "./message.ts";

/**
 * Throws if both are the same value or the same object.
 *
 * @throws {AssertionError} with the value
 *
 * @example
 * ```ts
 * import { assertNotStrictEquals } from "@std/assert";
 *
 * assertNotStrictEquals([1], [1]);
 * ```
 */
export function assertNotStrictEquals<T>(actual: T, expected: T, msg?: string): void {
  if (!Object.is(actual, expected)) return;
  throw new AssertionError(`Expected "actual" to not be strictly equal to: ${brief(actual)}${suffix(msg)}\n`);
}
