// `assertGreater`: an order between two values.
import { expectOrder } from "./expect_order.ts";

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
