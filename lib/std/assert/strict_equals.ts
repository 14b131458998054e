// `assertStrictEquals`: the very same value, as Object.is sees it.
import { AssertionError } from "./assertion_error.ts";
import { difference } from "./difference.ts";
import { brief, suffix } from "./message.ts";

/**
 * Throws unless both are the same value or the same object.
 *
 * @throws {AssertionError} with the difference, or with a note that only the references differ
 *
 * @example
 * ```ts
 * import { assertStrictEquals, assertThrows } from "@std/assert";
 *
 * const a = [1];
 * assertStrictEquals(a, a);
 * assertThrows(() => assertStrictEquals(a, [1]), Error, "not reference-equal");
 * ```
 */
export function assertStrictEquals<T>(actual: unknown, expected: T, msg?: string): asserts actual is T {
  if (Object.is(actual, expected)) return;
  const [a, b] = [brief(actual), brief(expected)];
  throw new AssertionError(
    a === b
      ? `Values have the same structure but are not reference-equal${suffix(msg)}\n\n    ${a}\n`
      : `Values are not strictly equal${suffix(msg)}${difference(actual, expected)}`,
  );
}
