/** The realm in which cells run, from its start to its end: requests that wait for their reply, and what it says by itself. */

import type { CellError, Output, RealmStart, Reply, Request } from "./protocol.ts";

/** What is told of a realm without being asked. */
export interface RealmEvents {
  output(id: number, output: Output): void;
  /** The bridge asks; the answer goes back. */
  ask(name: string, data: unknown): unknown;
  tell(name: string, data: unknown): void;
  /** It has ended by itself, or did not start. */
  died(error: CellError): void;
}

/** A request whose reply is waited for. */
export type Question = Extract<Request, { type: "evaluate" | "check" | "variables" | "picture" | "frame" }>;

/** One life of a realm. */
export class Realm {
  /** Resolves when cells can run; at its end, too, so that nobody waits for ever. */
  readonly ready: Promise<void>;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, (reply?: Reply) => void>();
  readonly #becomesReady: () => void;
  #ended = false;

  /**
   * @param control The shared memory of an `InterruptControl`.
   * @param permissions What the cells may do.
   */
  constructor(
    start: RealmStart,
    control: SharedArrayBuffer,
    permissions: Deno.PermissionOptionsObject,
    events: RealmEvents,
  ) {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.ready = promise;
    this.#becomesReady = resolve;
    this.#worker = new Worker(new URL("./worker.ts", import.meta.url), {
      type: "module",
      name: "cells",
      deno: { permissions },
    } as WorkerOptions);
    this.#worker.onmessage = ({ data }: MessageEvent<Reply>) => this.#take(data, events);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#die({ name: "Error", message: `what runs the cells has ended: ${event.message}`, frames: [] }, events);
    };
    this.post({ type: "start", control, start });
  }

  /** Whether it is over. */
  get ended(): boolean {
    return this.#ended;
  }

  post(request: Request): void {
    this.#worker.postMessage(request);
  }

  /** Sends a request and waits for its reply; undefined when the realm ends before. */
  async ask(question: Question): Promise<Reply | undefined> {
    await this.ready;
    if (this.#ended) return undefined;
    return await new Promise((resolve) => {
      this.#waiting.set(question.id, resolve);
      this.post(question);
    });
  }

  /** Ends it; whoever waits gets undefined. */
  end(): void {
    this.#ended = true;
    this.#worker.terminate();
    this.#becomesReady();
    for (const settle of this.#waiting.values()) settle();
    this.#waiting.clear();
  }

  #die(error: CellError, events: RealmEvents): void {
    events.died(error);
    this.end();
  }

  #take(reply: Reply, events: RealmEvents): void {
    if (this.#ended) return;
    if (reply.type === "ready") {
      if (reply.problem) this.#die(reply.problem, events);
      else this.#becomesReady();
    } else if (reply.type === "output") events.output(reply.id, reply.output);
    else if (reply.type === "tell") events.tell(reply.name, reply.data);
    else if (reply.type === "ask") {
      this.post({ type: "answered", id: reply.id, answer: events.ask(reply.name, reply.data) });
    } else {
      this.#waiting.get(reply.id)?.(reply);
      this.#waiting.delete(reply.id);
    }
  }
}
