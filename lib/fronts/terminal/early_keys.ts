/** Keeps keys that come just before a cell is done: a learner who sees its output presses the next key, but the cell may not have ended yet. */

import type { Key } from "./keys.ts";

/** A key counts if it comes at most this early, in milliseconds. */
const EARLY_MS = 300;

/** The keys that were pressed while a cell ran. */
export class EarlyKeys {
  #keys: { key: Key; at: number }[] = [];

  add(key: Key): void {
    this.#keys.push({ key, at: performance.now() });
  }

  /** The keys that count, now that the cell has ended; the others are forgotten. */
  take(): Key[] {
    const now = performance.now();
    return this.#keys.splice(0).filter(({ at }) => now - at < EARLY_MS).map(({ key }) => key);
  }
}
