/** FrameGate: does something at once when it is asked to, but at most once for each picture of the screen. */

/// <reference lib="dom" />

/** Waits for the next picture, and can stop waiting. */
interface Frames {
  next(then: () => void): number;
  cancel(waiting: number): void;
}

const SCREEN: Frames = {
  next: (then) => requestAnimationFrame(then),
  cancel: (waiting) => cancelAnimationFrame(waiting),
};

/**
 * The first request is served at once: a pen's move waits for no picture. Further ones before the next picture are
 * served together with it.
 */
export class FrameGate {
  readonly #serve: () => void;
  readonly #frames: Frames;
  #waiting?: number;
  #isAsked = false;

  constructor(serve: () => void, frames: Frames = SCREEN) {
    this.#serve = serve;
    this.#frames = frames;
  }

  /** Asks for it. */
  ask(): void {
    if (this.#waiting !== undefined) {
      this.#isAsked = true;
      return;
    }
    this.#waiting = this.#frames.next(() => {
      this.#waiting = undefined;
      if (!this.#isAsked) return;
      this.#isAsked = false;
      this.ask();
    });
    this.#serve();
  }

  /** Forgets what was asked. */
  close(): void {
    if (this.#waiting !== undefined) this.#frames.cancel(this.#waiting);
    this.#waiting = undefined;
    this.#isAsked = false;
  }
}
