// `fail`: the test should not get here.
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
