// `assertIsError`: a value is an error of a class, with a certain message.
import { stripVTControlCharacters } from "node:util";
import { AssertionError } from "./assertion_error.ts";
import { suffix } from "./message.ts";

/**
 * Throws unless `error` is an Error; of `ErrorClass`, if given; whose message contains `msgMatches`, if given.
 *
 * @throws {AssertionError} with what was found instead
 */
export function assertIsError<E extends Error = Error>(
  error: unknown,
  // deno-lint-ignore no-explicit-any
  ErrorClass?: abstract new (...args: any[]) => E,
  msgMatches?: string | RegExp,
  msg?: string,
): asserts error is E {
  if (!(error instanceof Error)) {
    throw new AssertionError(`Expected "error" to be an Error object${suffix(msg)}`);
  }
  if (ErrorClass && !(error instanceof ErrorClass)) {
    throw new AssertionError(
      `Expected error to be instance of "${ErrorClass.name}", but was "${(error as Error).constructor?.name}"${
        suffix(msg)
      }\n${(error as Error).stack}`,
    );
  }
  if (!msgMatches) return;
  const message = stripVTControlCharacters(error.message);
  const found = typeof msgMatches === "string"
    ? message.includes(stripVTControlCharacters(msgMatches))
    : msgMatches.test(message);
  if (found) return;
  const wanted = typeof msgMatches === "string" ? JSON.stringify(msgMatches) : String(msgMatches);
  throw new AssertionError(
    `Expected error message to include ${wanted}, but got ${JSON.stringify(error.message)}${suffix(msg)}`,
  );
}
