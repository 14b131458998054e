/**
 * Whether somebody asked training to stop: a front end sets the first slot of the array at
 * `globalThis[Symbol.for("gradually.interrupt")]`. The second slot counts how often it was asked for, so that the front
 * end can tell a loop that will stop by itself from one that never looks.
 */
export function interruptRequested(): boolean {
  const flag = (globalThis as Record<symbol, unknown>)[Symbol.for("gradually.interrupt")];
  if (!(flag instanceof Int32Array)) return false;
  if (flag.length > 1) Atomics.add(flag, 1, 1);
  return Atomics.load(flag, 0) !== 0;
}
