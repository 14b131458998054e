/** Delays the end of a cell that throws until the kernel has sent its outputs, and gives an error without a message one. */

import { NEEDED_BY_KERNEL } from "./keep_globals.ts";
import { thrownPlace } from "./thrown_place.ts";

/**
 * Installs the wait. When a cell throws, the kernel only tests whether the thrown value is `instanceof Error`, and then sends the error.
 * So whatever has to happen before happens inside that test, and without `await`.
 *
 * @param thrown Called with what the cell has thrown.
 * @param code The code of the cell, as far as it is known.
 */
export function settleAfterErrors(thrown: (value: unknown) => void, code: () => string): void {
  Object.defineProperty(Error, Symbol.hasInstance, {
    configurable: true,
    value: instanceOf(Error, Function.prototype[Symbol.hasInstance], Reflect.apply, (value) => {
      thrown(value);
      giveMessage(value, code());
    }),
  });
}

/**
 * Does what `instanceof` does, after a call of `before` if the kernel asks. A function can see its caller only if neither of them is in
 * strict mode. The kernel's code is not in strict mode, and every cell and every module is: that is how to tell them apart. It is made from
 * a text, so what it needs is passed in: by name it would find what a cell has declared.
 */
const instanceOf = new Function(
  "Base, isInstance, apply, before",
  `return function instanceOf(value) {
  if (this === Base && instanceOf.caller) before(value);
  return apply(isInstance, this, [value]);
};`,
) as (
  base: ErrorConstructor,
  isInstance: (value: unknown) => boolean,
  apply: typeof Reflect.apply,
  before: (value: unknown) => void,
) => (value: unknown) => boolean;

/** What a cell that declares a name of the kernel is told, after V8's own words. */
const TAKEN = new RegExp(`^Identifier '(${NEEDED_BY_KERNEL.join("|")})' has already been declared$`);

/** Says where an error without a message was thrown, for which the kernel would write "(none)", and why a name cannot be declared. */
function giveMessage(value: unknown, code: string): void {
  if (!Error.isError(value)) return;
  try {
    const taken = TAKEN.test(String(value.message));
    if (taken) return setMessage(value, `${value.message}: notebooks need this name, so choose another one`);
    if (String(value.message) !== "") return;
    const place = thrownPlace(code, String(value.stack));
    setMessage(value, `thrown without a message${place ? ` in line ${place.line}, column ${place.column}` : ""}`);
  } catch {
    // An error that cannot be read or changed stays as it is.
  }
}

function setMessage(error: Error, value: string): void {
  Object.defineProperty(error, "message", { configurable: true, writable: true, value });
}
