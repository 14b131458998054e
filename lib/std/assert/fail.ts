// `fail` and `unreachable`: the test should not get here.
import { AssertionError } from "./assertion_error.ts";
import { suffix } from "./message.ts";

/**
 * Always throws.
 *
 * @throws {AssertionError} "Failed assertion", followed by `msg`
 *
 * @example
 * ```ts
 * import { assertThrows, fail } from "@std/assert";
 *
 * assertThrows(() => fail("not yet"), Error, "Failed assertion: not yet");
 * ```
 */
export function fail(msg?: string): never {
  throw new AssertionError(`Failed assertion${suffix(msg)}`);
}

/**
 * Marks a place that cannot be reached.
 *
 * @throws {AssertionError} "Unreachable", followed by the reason
 *
 * @example
 * ```ts
 * import { assertThrows, unreachable } from "@std/assert";
 *
 * assertThrows(() => unreachable(), Error, "Unreachable");
 * ```
 */
export function unreachable(msg?: string): never {
  throw new AssertionError(`Unreachable${suffix(msg)}`);
}
