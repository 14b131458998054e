/** Makes Ctrl-C stop training in a plain script, by the flag that `fit` looks at after each batch. */

const FLAG = Symbol.for("gradually.interrupt");

/**
 * Listens for Ctrl-C until the function that is returned is called: the first sets the interrupt flag, the second ends
 * the program. A front end of its own (`hook`, `jupyter`) sets the flag itself; then nothing is done.
 */
export function interruptible(frontEnd: "hook" | "jupyter" | "terminal" | "pipe"): () => void {
  if (frontEnd === "hook" || frontEnd === "jupyter") return () => {};
  const flag = flagOf(globalThis as unknown as Record<symbol, unknown>);
  let pressed = false;
  const listener = () => {
    if (pressed) Deno.exit(130); // 128 + SIGINT, as shells count
    pressed = true;
    Atomics.store(flag, 0, 1);
  };
  try {
    Deno.addSignalListener("SIGINT", listener);
  } catch {
    return () => {}; // no signals here, such as in a Worker: Ctrl-C ends the program as it always did
  }
  return () => {
    Deno.removeSignalListener("SIGINT", listener);
    // The next training starts anew; a flag that someone else set stays.
    if (pressed) Atomics.store(flag, 0, 0);
  };
}

function flagOf(global: Record<symbol, unknown>): Int32Array {
  const found = global[FLAG];
  if (found instanceof Int32Array) return found;
  return global[FLAG] = new Int32Array(new SharedArrayBuffer(4));
}
