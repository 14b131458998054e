// `assertMatch`, `assertNotMatch`, `assertStringIncludes`: what a text contains.
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

/**
 * Throws if `actual` matches `expected`.
 *
 * @throws {AssertionError} with the text and the pattern
 *
 * @example
 * ```ts
 * import { assertNotMatch } from "@std/assert";
 *
 * assertNotMatch("loss 2.303", /NaN/);
 * ```
 */
export function assertNotMatch(actual: string, expected: RegExp, msg?: string): void {
  if (!expected.test(actual)) return;
  throw new AssertionError(`Expected actual: "${actual}" to not match: "${expected}"${suffix(msg)}`);
}

/**
 * Throws unless `actual` contains `expected`.
 *
 * @throws {AssertionError} with both texts
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 *
 * assertStringIncludes("conv1 takes [N, 1, H, W]", "[N, 1");
 * ```
 */
export function assertStringIncludes(actual: string, expected: string, msg?: string): void {
  if (actual.includes(expected)) return;
  throw new AssertionError(`Expected actual: "${actual}" to contain: "${expected}"${suffix(msg)}`);
}
