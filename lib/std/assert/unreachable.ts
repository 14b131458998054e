// `unreachable`: the code should not get here.
import { AssertionError } from "./assertion_error.ts";
import { suffix } from "./message.ts";

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
