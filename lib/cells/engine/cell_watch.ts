/** Watches the cell that runs: whether it polls the interrupt flag, and whether it will stop by itself when it is asked to. */

import { InterruptControl, RUNAWAY_AFTER } from "./interrupt.ts";
import type { Reply, Request } from "./protocol.ts";

/** Stands between the engine and the Worker of a realm, where the flag lies in memory that the two share. */
export class CellWatch {
  readonly #control = new InterruptControl();
  readonly #reply: (reply: Reply) => void;
  #watching: ReturnType<typeof setInterval> | undefined;

  /** @param reply Sends a reply to the engine. */
  constructor(reply: (reply: Reply) => void) {
    this.#reply = reply;
  }

  /** The memory with the flag, for the Worker. */
  get buffer(): SharedArrayBuffer {
    return this.#control.buffer;
  }

  /** Begins to watch code that is about to run; code that was interrupted earlier is interrupted again, after polling as often. */
  begin({ pollsBeforeStop = Infinity }: Request & { type: "evaluate" }): void {
    const control = this.#control;
    control.reset();
    clearInterval(this.#watching);
    this.#watching = setInterval(() => {
      control.observe(performance.now());
      if (control.count >= pollsBeforeStop) control.request();
    }, 20);
  }

  /** Passes a reply on to the engine; that a cell has ended, with what is known about its polling. */
  pass(reply: Reply): void {
    if (reply?.type !== "evaluated") return this.#reply(reply);
    clearInterval(this.#watching);
    this.#reply({ ...reply, interrupted: this.#control.requested, pollCount: this.#control.count });
  }

  /** Asks the running code to stop, and tells whether it will: it has polled lately. */
  interrupt({ id }: Request & { type: "interrupt" }): void {
    const control = this.#control;
    control.request();
    setTimeout(() => {
      control.observe(performance.now());
      this.#reply({ type: "asked", id, polling: control.isPolled(performance.now()) });
    }, RUNAWAY_AFTER);
  }

  /** Ends the watch. */
  close(): void {
    clearInterval(this.#watching);
  }
}
