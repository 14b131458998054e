/** The realm in which cells run, from its start to its end: it receives requests, replies to them, and reports events. */

import type { CellError, Output, RealmStart, Reply, Request } from "./protocol.ts";

/** What a realm reports without being asked. */
export interface RealmEvents {
  output(id: number, output: Output): void;
  /** The bridge asks; the return value is sent back as the answer. */
  ask(name: string, data: unknown): unknown;
  tell(name: string, data: unknown): void;
  /** The realm has ended by itself, or did not start. */
  died(error: CellError): void;
}

/** A request that gets a reply. */
export type Question = Extract<Request, { type: "evaluate" | "check" | "variables" | "picture" | "frame" }>;

/** One life of a realm. */
export class Realm {
  /** Resolves when cells can run, or when the realm ends, so that nobody waits forever. */
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
      this.#die(
        { name: "Error", message: `the Worker that runs the cells has ended: ${event.message}`, frames: [] },
        events,
      );
    };
    this.post({ type: "start", control, start });
  }

  /** Whether it has ended. */
  get ended(): boolean {
    return this.#ended;
  }

  post(request: Request): void {
    this.#worker.postMessage(request);
  }

  /** Sends a request and waits for its reply; undefined if the realm ends first. */
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
