/** Lets Ctrl-C stop training or a live display in a plain script, with the flag that both check. */
import { INTERRUPT, shared } from "../contract/contract.ts";

/**
 * Listens for Ctrl-C until the returned function is called: the first Ctrl-C sets the interrupt flag, the second ends
 * the program. Does nothing in a front end (`hook`, `jupyter`), which sets the flag itself.
 */
export function interruptible(frontEnd: "hook" | "jupyter" | "terminal" | "pipe"): () => void {
  if (frontEnd === "hook" || frontEnd === "jupyter") return () => {};
  const flag = interruptFlag();
  let pressed = false;
  const listener = () => {
    if (pressed) Deno.exit(130); // 128 + SIGINT, as shells count
    pressed = true;
    Atomics.store(flag, 0, 1);
  };
  try {
    Deno.addSignalListener("SIGINT", listener);
  } catch {
    return () => {}; // no signals here, as in a Worker: Ctrl-C ends the program, as always
  }
  return () => {
    Deno.removeSignalListener("SIGINT", listener);
    // The flag is cleared for the next training, unless somebody else set it.
    if (pressed) Atomics.store(flag, 0, 0);
  };
}

function interruptFlag(): Int32Array {
  const found = shared[INTERRUPT];
  return found instanceof Int32Array ? found : shared[INTERRUPT] = new Int32Array(new SharedArrayBuffer(4));
}
