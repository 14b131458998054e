/** Delays the end of a cell that throws until the kernel has sent its outputs. */

import { type EchoRequest, HEARD, WAITING } from "./echo_request.ts";
import type { Address } from "./kernel_connection.ts";
import { AGAIN_MS, type Broadcast, LONGEST_MS, newEcho, sendEcho } from "./output_echo.ts";

/** The wait if no echo can be received: long enough for the outputs, on a machine that is not busy. */
const PAUSE_MS = 100;

/**
 * Installs the wait. When a cell throws, the kernel only tests whether the thrown value is `instanceof Error`, and then sends the error.
 * So the wait has to happen inside that test, and without `await`: this thread blocks, a Worker listens, and a third thread sends.
 *
 * @param address Where the kernel sends its outputs, once that is known.
 */
export function settleAfterErrors(broadcast: Broadcast, address: () => Address | undefined): void {
  let worker: Worker | undefined;
  const wait = (): void => {
    const state = new Int32Array(new SharedArrayBuffer(4));
    const found = address();
    if (found) {
      const echo = newEcho();
      worker ??= new Worker(new URL("./echo_worker.ts", import.meta.url), { type: "module" });
      worker.postMessage({ address: found, echo, state } satisfies EchoRequest);
      const begun = performance.now();
      while (Atomics.wait(state, 0, WAITING, AGAIN_MS) === "timed-out" && performance.now() - begun < LONGEST_MS) {
        sendEcho(broadcast, echo);
      }
    }
    const now = Atomics.load(state, 0);
    if (now !== HEARD) Atomics.wait(state, 0, now, PAUSE_MS);
  };
  Object.defineProperty(Error, Symbol.hasInstance, { configurable: true, value: instanceOf(wait) });
}

/**
 * Does what `instanceof` does, after a call of `before` if the kernel asks. A function can see its caller only if neither of them is in
 * strict mode. The kernel's code is not in strict mode, and every cell and every module is: that is how to tell them apart.
 */
const instanceOf = new Function(
  "before",
  `return function instanceOf(value) {
  if (this === Error && instanceOf.caller) before();
  return Function.prototype[Symbol.hasInstance].call(this, value);
};`,
) as (before: () => void) => (value: unknown) => boolean;
