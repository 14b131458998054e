// `assertExists`: neither null nor undefined.
import { AssertionError } from "./assertion_error.ts";
import { suffix } from "./message.ts";

/**
 * Throws if `actual` is null or undefined; TypeScript narrows by it.
 *
 * @throws {AssertionError} with what was found
 *
 * @example
 * ```ts
 * import { assertExists } from "@std/assert";
 *
 * assertExists(0);
 * ```
 */
export function assertExists<T>(actual: T, msg?: string): asserts actual is NonNullable<T> {
  if (actual !== undefined && actual !== null) return;
  throw new AssertionError(`Expected actual: "${actual}" to not be null or undefined${suffix(msg)}`);
}
