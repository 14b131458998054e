// `assert`: a condition holds.
import { AssertionError } from "./assertion_error.ts";

/**
 * Throws unless `expr` is truthy; TypeScript narrows by it.
 *
 * @throws {AssertionError} with `msg`
 *
 * @example
 * ```ts
 * import { assert, assertThrows } from "@std/assert";
 *
 * assert(1 < 2);
 * assertThrows(() => assert(2 < 1, "two is more"), Error, "two is more");
 * ```
 */
export function assert(expr: unknown, msg = ""): asserts expr {
  if (!expr) throw new AssertionError(msg);
}
