// `assertEquals`, `assertNotEquals`: deeply equal, or not.
import nodeAssert from "node:assert/strict";
import { AssertionError } from "./assertion_error.ts";
import { equal } from "./equal.ts";
import { brief, suffix } from "./message.ts";

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
  throw new AssertionError(`Values are not equal${suffix(msg)}\n${difference(actual, expected)}`);
}

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

/** The difference, as Node prints it: `+` before actual lines, `-` before expected ones. */
export function difference(actual: unknown, expected: unknown): string {
  const text = new nodeAssert.AssertionError({ actual, expected, operator: "deepStrictEqual" }).message;
  // Its first line only repeats that the two are not equal.
  return text.slice(text.indexOf("\n") + 1).replace(/^\n+/, "");
}
