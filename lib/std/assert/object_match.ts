// `assertObjectMatch`: an object has at least the properties of another.
import { AssertionError } from "./assertion_error.ts";
import { equal } from "./equal.ts";
import { difference } from "./equals.ts";
import { suffix } from "./message.ts";

/**
 * Throws unless every property of `expected` is in `actual` with an equal value; objects inside are compared the same way.
 *
 * @throws {AssertionError} with the difference
 *
 * @example
 * ```ts
 * import { assertObjectMatch } from "@std/assert";
 *
 * assertObjectMatch({ epoch: 1, at: { step: 3, loss: 0.5 } }, { at: { step: 3 } });
 * ```
 */
export function assertObjectMatch(
  // deno-lint-ignore no-explicit-any
  actual: Record<PropertyKey, any>,
  expected: Record<PropertyKey, unknown>,
  msg?: string,
): void {
  const part = pick(actual, expected);
  if (equal(part, expected)) return;
  throw new AssertionError(`Values are not equal${suffix(msg)}\n${difference(part, expected)}`);
}

/** `actual` cut down to what `expected` speaks of. */
function pick(actual: unknown, expected: unknown): unknown {
  if (Array.isArray(actual) && Array.isArray(expected)) {
    return actual.map((element, i) => i < expected.length ? pick(element, expected[i]) : element);
  }
  if (!isPlain(actual) || !isPlain(expected)) return actual;
  const part: Record<PropertyKey, unknown> = {};
  for (const key of Reflect.ownKeys(expected)) {
    if (key in actual) part[key] = pick(actual[key], expected[key]);
  }
  return part;
}

function isPlain(value: unknown): value is Record<PropertyKey, unknown> {
  if (value === null || typeof value !== "object") return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
