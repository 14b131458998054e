/** The engine's end of the channel to a realm: sends requests, matches replies to questions, and ends with the realm. */

import { checkedReply } from "./check_reply.ts";
import type { CellError, Output, RealmPermissions, RealmStart, Reply, Request } from "./protocol.ts";

/** What a realm reports without being asked. */
export interface RealmEvents {
  output(id: number, output: Output): void;
  /** What was written past the cells' own outputs: straight to the process's stdout or stderr. */
  written(stream: "stdout" | "stderr", text: string): void;
  /** The bridge asks; the return value, or what it resolves to, is sent back as the answer. */
  ask(name: string, data: unknown): unknown;
  tell(name: string, data: unknown): void;
  /** The realm has ended by itself, or did not start. */
  died(error: CellError): void;
}

/** A request that gets a reply. */
export type Question = Extract<
  Request,
  { type: "evaluate" | "check" | "variables" | "picture" | "frame" | "interrupt" }
>;

/** Starts a realm: a process under Deno, a Worker in a page. */
export type OpenRealm = (start: RealmStart, permissions: RealmPermissions, events: RealmEvents) => RealmChannel;

/** One life of a realm, whatever it consists of. */
export abstract class RealmChannel {
  /** Resolves when cells can run, or when the realm ends, so that nobody waits forever. */
  readonly ready: Promise<void>;
  /** Resolves when nothing of it runs anymore. */
  abstract readonly gone: Promise<void>;
  readonly #events: RealmEvents;
  readonly #waiting = new Map<number, (reply?: Reply) => void>();
  readonly #becomesReady: () => void;
  #ended = false;

  constructor(events: RealmEvents) {
    this.#events = events;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.ready = promise;
    this.#becomesReady = resolve;
  }

  /** Whether it has ended. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Sends a request. */
  post(request: Request): void {
    if (!this.#ended) this.send(request);
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
    this.kill();
    this.#becomesReady();
    for (const settle of this.#waiting.values()) settle();
    this.#waiting.clear();
  }

  /** Sends a request to what runs. */
  protected abstract send(request: Request): void;

  /** Ends what runs, whatever it does. */
  protected abstract kill(): void;

  /** It has ended by itself. */
  protected die(message: string): void {
    if (this.#ended) return;
    this.#events.died({ name: "Error", message, frames: [] });
    this.end();
  }

  /** Takes what came out of it. */
  protected take(message: unknown): void {
    const reply = this.#ended ? undefined : checkedReply(message);
    if (!reply) return;
    if (reply.type === "ready") {
      if (reply.problem) {
        this.#events.died(reply.problem);
        this.end();
      } else this.#becomesReady();
    } else if (reply.type === "output") this.#events.output(reply.id, reply.output);
    else if (reply.type === "tell") this.#events.tell(reply.name, reply.data);
    else if (reply.type === "ask") this.#answer(reply.id, this.#events.ask(reply.name, reply.data));
    else {
      this.#waiting.get(reply.id)?.(reply);
      this.#waiting.delete(reply.id);
    }
  }

  #answer(id: number, answer: unknown): void {
    if (!(answer instanceof Promise)) return this.post({ type: "answered", id, answer });
    const post = (answer?: unknown): void => this.post({ type: "answered", id, answer });
    answer.then(post, () => post());
  }
}
