// `assertGreater` and the like: an order between two values.
import { AssertionError } from "./assertion_error.ts";
import { brief, suffix } from "./message.ts";

function expectOrder(holds: boolean, actual: unknown, relation: string, expected: unknown, msg?: string): void {
  if (holds) return;
  throw new AssertionError(`Expect ${brief(actual)} ${relation} ${brief(expected)}${suffix(msg)}`);
}

/**
 * Throws unless `actual > expected`.
 *
 * @throws {AssertionError} with both values
 *
 * @example
 * ```ts
 * import { assertGreater } from "@std/assert";
 *
 * assertGreater(2, 1);
 * ```
 */
export function assertGreater<T>(actual: T, expected: T, msg?: string): void {
  expectOrder(actual > expected, actual, ">", expected, msg);
}

/**
 * Throws unless `actual >= expected`.
 *
 * @throws {AssertionError} with both values
 *
 * @example
 * ```ts
 * import { assertGreaterOrEqual } from "@std/assert";
 *
 * assertGreaterOrEqual(2, 2);
 * ```
 */
export function assertGreaterOrEqual<T>(actual: T, expected: T, msg?: string): void {
  expectOrder(actual >= expected, actual, ">=", expected, msg);
}

/**
 * Throws unless `actual < expected`.
 *
 * @throws {AssertionError} with both values
 *
 * @example
 * ```ts
 * import { assertLess } from "@std/assert";
 *
 * assertLess(1, 2);
 * ```
 */
export function assertLess<T>(actual: T, expected: T, msg?: string): void {
  expectOrder(actual < expected, actual, "<", expected, msg);
}

/**
 * Throws unless `actual <= expected`.
 *
 * @throws {AssertionError} with both values
 *
 * @example
 * ```ts
 * import { assertLessOrEqual } from "@std/assert";
 *
 * assertLessOrEqual(2, 2);
 * ```
 */
export function assertLessOrEqual<T>(actual: T, expected: T, msg?: string): void {
  expectOrder(actual <= expected, actual, "<=", expected, msg);
}
