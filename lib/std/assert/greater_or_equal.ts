// `assertGreaterOrEqual`: an order between two values.
import { expectOrder } from "./expect_order.ts";

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
