// `assertArrayIncludes`: a list contains certain elements.
import { AssertionError } from "./assertion_error.ts";
import { equal } from "./equal.ts";
import { brief, suffix } from "./message.ts";

/**
 * Throws unless `actual` contains, in any order, an element equal to each of `expected`.
 *
 * @throws {AssertionError} with the list, the expected elements, and the missing ones
 *
 * @example
 * ```ts
 * import { assertArrayIncludes } from "@std/assert";
 *
 * assertArrayIncludes([[1], [2], [3]], [[3], [1]]);
 * ```
 */
export function assertArrayIncludes<T>(actual: ArrayLike<T>, expected: ArrayLike<T>, msg?: string): void {
  const held = Array.from(actual);
  const missing = Array.from(expected).filter((wanted) => !held.some((element) => equal(wanted, element)));
  if (missing.length === 0) return;
  throw new AssertionError(
    `Expected actual: "${brief(actual)}" to include: "${brief(expected)}"${suffix(msg)}\nmissing: ${brief(missing)}`,
  );
}
