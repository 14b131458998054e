// `assertMatch`: a text matches a pattern.
import { AssertionError } from "./assertion_error.ts";
import { suffix } from "./message.ts";

/**
 * Throws unless `actual` matches `expected`.
 *
 * @throws {AssertionError} with the text and the pattern
 *
 * @example
 * ```ts
 * import { assertMatch } from "@std/assert";
 *
 * assertMatch("loss 2.303", /loss \d+\.\d+/);
 * ```
 */
export function assertMatch(actual: string, expected: RegExp, msg?: string): void {
  if (expected.test(actual)) return;
  throw new AssertionError(`Expected actual: "${actual}" to match: "${expected}"${suffix(msg)}`);
}
