// `assertInstanceOf`: an object of a class.
import { AssertionError } from "./assertion_error.ts";
import { suffix } from "./message.ts";

// deno-lint-ignore no-explicit-any
type AnyConstructor = abstract new (...args: any[]) => any;

/**
 * Throws unless `actual` is an instance of `expectedType`; TypeScript narrows by it.
 *
 * @throws {AssertionError} with the class or type that was found
 *
 * @example
 * ```ts
 * import { assertInstanceOf, assertThrows } from "@std/assert";
 *
 * assertInstanceOf(new Date(), Date);
 * assertThrows(() => assertInstanceOf(3, Date), Error, 'instance of "Date" but was "number"');
 * ```
 */
export function assertInstanceOf<T extends AnyConstructor>(
  actual: unknown,
  expectedType: T,
  msg = "",
): asserts actual is InstanceType<T> {
  if (actual instanceof expectedType) return;
  const found = actual === null
    ? "null"
    : typeof actual === "object"
    ? actual.constructor?.name ?? "Object"
    : typeof actual === "function"
    ? "function"
    : typeof actual;
  throw new AssertionError(
    `Expected object to be an instance of "${expectedType.name}" but was "${found}"${suffix(msg)}`,
  );
}
