/** Tells whether a cell was asked to stop: training checks it after each batch, a live display for whoever draws it. */
import { INTERRUPT, shared } from "./contract.ts";

/**
 * Whether the cell was asked to stop: a front end sets the first slot of `globalThis[INTERRUPT]`. The second slot counts
 * the calls of this function, so that the front end can tell a loop that will stop by itself from one that never checks.
 */
export function interruptRequested(): boolean {
  const flag = shared[INTERRUPT];
  if (!(flag instanceof Int32Array)) return false;
  if (flag.length > 1) Atomics.add(flag, 1, 1);
  return Atomics.load(flag, 0) !== 0;
}
