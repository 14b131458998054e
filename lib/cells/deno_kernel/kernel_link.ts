/** Knows what the kernel has sent and which cell comes next, by a Worker that listens to the kernel's outputs. */

import { Worker as Thread } from "node:worker_threads";
import type { CellProblem } from "./cell_problem.ts";
import type { Broadcast } from "./console_stream.ts";
import type { Address } from "./kernel_connection.ts";
import { ECHO_NAME, type LinkReport, type LinkStart, LinkState } from "./link_state.ts";

/** What the owner of a link wants to hear. */
interface LinkEvents {
  /**
   * The kernel has got a cell, or it is done with one and may get the next at once. Called before the next cell runs, if that can be.
   *
   * @param before How many cells were looked at then.
   */
  between(before: number): void;
  /** The kernel has got this cell. */
  cell(code: string, problem?: CellProblem): void;
  /** A front end may have missed that a cell does not parse. */
  tooLate(): void;
}

/** The kernel's connections know a new listener only after a moment: the first echo is sent again after this many milliseconds. */
const FIRST_AGAIN_MS = 20;
/** Later ones are only lost with the connection. */
const AGAIN_MS = 1000;
/** If nothing at all has arrived for so long, it is given up. */
const SILENCE_MS = 10_000;
/**
 * In a class, the memory of a process is limited, and what a Worker reserves counts: half a gigabyte, if nothing is said, and then the kernel
 * ends.
 */
const SMALL = { codeRangeSizeMb: 16, maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 8 };
/** The longest time that a cell is looked at. */
const LOOKING_MS = 2000;
const PROBLEM_BYTES = 65_536;
const CODE_BYTES = 262_144;

/** A connection to the kernel's own outputs. */
export class KernelLink {
  readonly #broadcast: Broadcast;
  readonly #numbers = new Int32Array(new SharedArrayBuffer(4 * LinkState.LENGTH));
  readonly #problem = new SharedArrayBuffer(PROBLEM_BYTES);
  readonly #code = new SharedArrayBuffer(CODE_BYTES);
  readonly #secret = crypto.randomUUID();
  readonly #waiting = new Map<number, () => void>();
  #sent = 0;
  #looked = 0;

  private constructor(broadcast: Broadcast) {
    this.#broadcast = broadcast;
  }

  /** Opens the connection; undefined if nothing is heard through it. */
  static async open(address: Address, broadcast: Broadcast, events: LinkEvents): Promise<KernelLink | undefined> {
    const link = new KernelLink(broadcast);
    const worker = new Thread(new URL("./kernel_listener.ts", import.meta.url), { resourceLimits: SMALL });
    const listening = new Promise<boolean>((resolve) => {
      worker.on("error", () => resolve(false));
      worker.on("message", (data: LinkReport) => {
        if (data.type === "listening") resolve(true);
        else if (data.type === "echo") link.#heard(data.number);
        else if (data.type === "cell") events.cell(data.code, data.problem);
        else if (data.type === "too late") events.tooLate();
        else events.between(data.before);
      });
      setTimeout(() => resolve(false), SILENCE_MS);
    });
    worker.postMessage(
      {
        ...{ address, secret: link.#secret, numbers: link.#numbers },
        ...{ problem: link.#problem, code: link.#code },
      } satisfies LinkStart,
    );
    return await listening && await link.settle(FIRST_AGAIN_MS) ? link : undefined;
  }

  /** Waits until the kernel has sent all outputs so far; false if that cannot be known. */
  async settle(again: number = AGAIN_MS): Promise<boolean> {
    const number = ++this.#sent;
    const heard = new Promise<void>((resolve) => this.#waiting.set(number, resolve));
    let timer: ReturnType<typeof setInterval> | undefined;
    try {
      this.#echo(number);
      return await Promise.race([
        heard.then(() => true),
        new Promise<boolean>((resolve) => {
          let [messages, since] = [-1, 0];
          timer = setInterval(() => {
            const now = Atomics.load(this.#numbers, LinkState.HEARD);
            if (now !== messages) [messages, since] = [now, performance.now()];
            if (performance.now() - since > SILENCE_MS) resolve(false);
            else this.#echo(number);
          }, again);
        }),
      ]);
    } finally {
      clearInterval(timer);
      this.#waiting.delete(number);
    }
  }

  /** The same for code that cannot await: this thread stands still. */
  settleNow(): boolean {
    const number = ++this.#sent;
    this.#echo(number);
    let [messages, since] = [-1, 0];
    while (true) {
      const heard = Atomics.load(this.#numbers, LinkState.ECHO);
      if (heard >= number) return true;
      Atomics.wait(this.#numbers, LinkState.ECHO, heard, AGAIN_MS);
      const now = Atomics.load(this.#numbers, LinkState.HEARD);
      if (now !== messages) [messages, since] = [now, performance.now()];
      if (performance.now() - since > SILENCE_MS) return false;
    }
  }

  /**
   * Waits, with this thread standing still, until the next cell has been looked at.
   *
   * @param before How many cells had been looked at when the wait was asked for: if it is not the newest anymore, there is nothing to do.
   * @param longest How long to wait for one, in milliseconds. It ends early when the kernel is asked for something else.
   * @returns Why that cell does not parse, or that it runs.
   */
  nextCell(before: number, longest: number): CellProblem | "runs" | "none" {
    if (before < this.#looked) return "none";
    if (Atomics.load(this.#numbers, LinkState.LOOKED_AT) === this.#looked) {
      Atomics.wait(this.#numbers, LinkState.LOOKED_AT, this.#looked, longest);
      const looking = Atomics.load(this.#numbers, LinkState.LOOKING) === 1;
      if (looking) Atomics.wait(this.#numbers, LinkState.LOOKED_AT, this.#looked, LOOKING_MS);
    }
    const looked = Atomics.load(this.#numbers, LinkState.LOOKED_AT);
    if (looked === this.#looked) return "none";
    this.#looked = looked;
    if (Atomics.load(this.#numbers, LinkState.BROKEN) === 0) return "runs";
    const found = read(this.#problem) as CellProblem | undefined;
    return found ?? { message: "the cell does not parse", line: 1, column: 1, excerpt: [] };
  }

  /** The code of the newest cell; undefined if it is not known. */
  newestCode(): string | undefined {
    return read(this.#code) as string | undefined;
  }

  /** Sends an update of a display that does not exist. The kernel sends in order: when it is heard, all earlier outputs were sent. */
  #echo(number: number): void {
    const transient = { display_id: `${ECHO_NAME}${this.#secret}-${number}` };
    this.#broadcast("update_display_data", { data: {}, metadata: {}, transient });
  }

  #heard(number: number): void {
    this.#waiting.get(number)?.();
  }
}

/** What the Worker has written into shared memory; undefined if it was too much. */
function read(shared: SharedArrayBuffer): unknown {
  const length = new DataView(shared).getUint32(0);
  const text = new Uint8Array(shared).slice(4, 4 + length);
  return length ? JSON.parse(new TextDecoder().decode(text)) : undefined;
}
