// The error that every failed assertion throws.

/**
 * What a failed assertion throws.
 *
 * @example
 * ```ts
 * import { assert, AssertionError, assertThrows } from "@std/assert";
 *
 * assertThrows(() => assert(false, "no"), AssertionError, "no");
 * ```
 */
export class AssertionError extends Error {
  /** Takes the message, and the cause where there is one. */
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "AssertionError";
  }
}
