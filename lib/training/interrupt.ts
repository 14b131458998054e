/**
 * Whether training was asked to stop: a front end sets the first slot of the array at
 * `globalThis[Symbol.for("gradually.interrupt")]`. The second slot counts how often this function was called, so that the
 * front end can tell a loop that will stop by itself from one that never checks.
 */
export function interruptRequested(): boolean {
  const flag = (globalThis as Record<symbol, unknown>)[Symbol.for("gradually.interrupt")];
  if (!(flag instanceof Int32Array)) return false;
  if (flag.length > 1) Atomics.add(flag, 1, 1);
  return Atomics.load(flag, 0) !== 0;
}
