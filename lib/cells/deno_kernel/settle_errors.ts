/** Holds the end of a cell that throws back until its outputs have left the kernel. */

import { type EchoRequest, HEARD, WAITING } from "./echo_request.ts";
import type { Address } from "./kernel_connection.ts";
import { AGAIN_MS, type Broadcast, LONGEST_MS, newEcho, sendEcho } from "./output_echo.ts";

/** Where no echo can be had: long enough for what was put out, on a machine that is not busy. */
const PAUSE_MS = 100;

/**
 * Puts the wait into place. Of a cell that throws, the kernel asks only whether what was thrown `instanceof Error`, and sends its error next.
 * So that question is where to wait, and it has to be without `await`: this thread stands still, a Worker listens, and the thread that sends
 * is a third one.
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
 * What `instanceof` does, with something before it when the kernel asks. A function is told its caller only if neither is in strict mode, and
 * that the kernel's is not is what tells it from every cell and every module.
 */
const instanceOf = new Function(
  "before",
  `return function instanceOf(value) {
  if (this === Error && instanceOf.caller) before();
  return Function.prototype[Symbol.hasInstance].call(this, value);
};`,
) as (before: () => void) => (value: unknown) => boolean;
