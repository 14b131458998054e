// `assertLess`: an order between two values.
import { expectOrder } from "./expect_order.ts";

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
