/** turnTaker: lets the event loop run while training goes on, in case training never waits for anything. */

/** How soon Ctrl-C is heard in a plain script, in milliseconds. */
const SIGNAL_MS = 250;

/**
 * A function to call now and then: it gives the event loop a turn.
 *
 * With `setImmediate` a turn takes microseconds, and a front end's messages are received. Signals are not: Ctrl-C in a
 * plain script needs a timer. That takes two milliseconds, in which the threads of the kernel fall asleep, so it is not
 * used for every turn.
 */
export function turnTaker(frontEnd: "hook" | "jupyter" | "terminal" | "pipe"): () => Promise<void> {
  if (frontEnd === "hook" || frontEnd === "jupyter") {
    const { setImmediate = setTimeout } = globalThis as { setImmediate?: (then: () => void) => unknown };
    return () => new Promise((resolve) => void setImmediate(resolve));
  }
  let last = -Infinity;
  return async () => {
    if (performance.now() - last < SIGNAL_MS) return;
    await new Promise((resolve) => setTimeout(resolve, 0));
    last = performance.now();
  };
}
