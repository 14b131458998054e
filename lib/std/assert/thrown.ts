// What assertThrows and assertRejects share: reading their optional arguments, judging what was thrown.
import { AssertionError } from "./assertion_error.ts";
import { assertIsError } from "./is_error.ts";
import { suffix } from "./message.ts";

/** The class of an error. */
// deno-lint-ignore no-explicit-any
export type ErrorConstructorOf<E extends Error> = abstract new (...args: any[]) => E;

/** What is expected of the thrown value, and the message of the caller. */
interface Expectation<E extends Error> {
  /** The class it must have; undefined if anything may be thrown. */
  ErrorClass?: ErrorConstructorOf<E>;
  /** What its message must contain. */
  msgIncludes?: string;
  /** The message of the caller. */
  msg?: string;
}

/** Reads the arguments `(msg?)` or `(ErrorClass, msgIncludes?, msg?)`. */
export function readExpectation<E extends Error>(
  errorClassOrMsg?: ErrorConstructorOf<E> | string,
  msgIncludes?: string,
  msg?: string,
): Expectation<E> {
  if (typeof errorClassOrMsg === "string") return { msg: errorClassOrMsg };
  return { ErrorClass: errorClassOrMsg, msgIncludes, msg };
}

/** Throws unless the thrown value is what was expected. `verb` is "thrown" or "rejected". */
export function judge<E extends Error>(error: unknown, expected: Expectation<E>, verb: string): void {
  if (!expected.ErrorClass) return;
  if (!(error instanceof Error)) {
    throw new AssertionError(`A non-Error object was ${verb}${suffix(expected.msg)}`);
  }
  assertIsError(error, expected.ErrorClass, expected.msgIncludes, expected.msg);
}
