/**
 * The shared memory that asks a cell to stop, and the rule by which the engine distinguishes a loop that polls it from a runaway one.
 *
 * The bridge of a subject receives it as {@linkcode Host.interrupt}, an Int32Array:
 *
 *     [0]  1: end early, and keep the results. Set by the engine, cleared before the next cell
 *     [1]  how often it has been polled: whoever reads [0] adds 1 here
 *
 * A loop that polls may finish its step, however long that takes. A cell that has not polled for a while when Ctrl-C comes will not stop by
 * itself: its Worker is ended, and the cells before it are run again when they are next needed.
 */

/** A cell that does not poll is ended this long after Ctrl-C, in milliseconds. */
export const RUNAWAY_AFTER = 150;
/** A second request within this time, in milliseconds, counts as the first: a terminal and `deno task` both forward Ctrl-C. */
export const SAME_REQUEST = 150;
/** A cell that has polled this recently, in milliseconds, or within three times its longest pause so far, will stop by itself. */
const RECENT = 2000;

/** A page that may not share memory has none to share: there, whoever asks is on the thread of the cells. */
function flagMemory(): SharedArrayBuffer {
  return typeof SharedArrayBuffer === "undefined" ? new ArrayBuffer(8) as never : new SharedArrayBuffer(8);
}

/** The engine's side of the shared memory. */
export class InterruptControl {
  readonly buffer: SharedArrayBuffer = flagMemory();
  readonly #slots = new Int32Array(this.buffer);
  #seen = 0;
  #seenAt = -Infinity;
  #longestPause = 0;
  #requestedAt = 0;

  /** Forgets the last cell: nobody has polled yet, and nobody should stop. */
  reset(): void {
    Atomics.store(this.#slots, 0, 0);
    Atomics.store(this.#slots, 1, 0);
    this.#seen = 0;
    this.#seenAt = -Infinity;
    this.#longestPause = 0;
  }

  /** Asks the cell to stop. */
  request(): void {
    Atomics.store(this.#slots, 0, 1);
    this.#requestedAt = performance.now();
  }

  /** Whether a request made now would be a second one. */
  get repeated(): boolean {
    return this.requested && performance.now() - this.#requestedAt > SAME_REQUEST;
  }

  get requested(): boolean {
    return Atomics.load(this.#slots, 0) !== 0;
  }

  /** How often the cell has polled. */
  get count(): number {
    return Atomics.load(this.#slots, 1);
  }

  /** Notes whether the cell has polled since the last call; call it several times a second while a cell runs. */
  observe(now: number): void {
    const { count } = this;
    if (count === this.#seen) return;
    if (this.#seen > 0) this.#longestPause = Math.max(this.#longestPause, now - this.#seenAt);
    this.#seen = count;
    this.#seenAt = now;
  }

  /** Whether the cell will notice the request by itself. */
  isPolled(now: number): boolean {
    return now - this.#seenAt <= Math.max(RECENT, 3 * this.#longestPause);
  }
}
