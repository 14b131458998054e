// `assertEquals`: passes if two values are deeply equal.
import { AssertionError } from "./assertion_error.ts";
import { equal } from "./equal.ts";
import { suffix } from "./message.ts";
import { difference } from "./difference.ts";

/**
 * Throws unless the two values are deeply equal, as {@linkcode equal} defines it.
 *
 * @throws {AssertionError} with the difference, line by line
 *
 * @example
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * assertEquals([1, [2]], [1, [2]]);
 * assertThrows(() => assertEquals(1 as number, 2), Error, "Values are not equal");
 * ```
 */
export function assertEquals<T>(actual: T, expected: T, msg?: string): void {
  if (equal(actual, expected)) return;
  throw new AssertionError(`Values are not equal${suffix(msg)}${difference(actual, expected)}`);
}
