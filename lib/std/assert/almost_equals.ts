// `assertAlmostEquals`: two numbers within a tolerance.
import { AssertionError } from "./assertion_error.ts";
import { suffix } from "./message.ts";

/**
 * Throws unless `actual` lies within `tolerance` of `expected`.
 *
 * @param tolerance the largest distance allowed; by default 1e-7 of `expected` (1e-7 itself for an infinity)
 * @throws {AssertionError} with both numbers and their distance
 *
 * @example
 * ```ts
 * import { assertAlmostEquals, assertThrows } from "@std/assert";
 *
 * assertAlmostEquals(0.1 + 0.2, 0.3);
 * assertThrows(() => assertAlmostEquals(1, 1.1, 0.01), Error, "to be close to");
 * ```
 */
export function assertAlmostEquals(actual: number, expected: number, tolerance?: number, msg?: string): void {
  if (Object.is(actual, expected)) return;
  const allowed = tolerance ?? (Number.isFinite(expected) ? Math.abs(expected * 1e-7) : 1e-7);
  const delta = Math.abs(expected - actual);
  if (delta <= allowed) return;
  const f = (n: number) => Number.isInteger(n) ? `${n}` : n.toExponential();
  throw new AssertionError(
    `Expected actual: "${f(actual)}" to be close to "${f(expected)}": ` +
      `delta "${f(delta)}" is greater than "${f(allowed)}"${suffix(msg)}`,
  );
}
