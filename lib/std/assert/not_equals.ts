// `assertNotEquals`: passes if two values are not deeply equal.
import { AssertionError } from "./assertion_error.ts";
import { equal } from "./equal.ts";
import { brief, suffix } from "./message.ts";

/**
 * Throws if the two values are deeply equal.
 *
 * @throws {AssertionError} with both values
 *
 * @example
 * ```ts
 * import { assertNotEquals } from "@std/assert";
 *
 * assertNotEquals([1, 2], [2, 1]);
 * ```
 */
export function assertNotEquals<T>(actual: T, expected: T, msg?: string): void {
  if (!equal(actual, expected)) return;
  throw new AssertionError(
    `Expected actual: ${brief(actual)} not to be: ${brief(expected)}${suffix(msg)}`,
  );
}
