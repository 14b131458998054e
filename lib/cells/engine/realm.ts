/** The realm in which cells run: a process of its own, from its start to its end. */

import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { checkedReply } from "./check_reply.ts";
import type { CellError, Output, RealmPermissions, RealmStart, Reply, Request } from "./protocol.ts";
import { denoProgram, processArguments, processEnvironment } from "./realm_arguments.ts";

/** What a realm reports without being asked. */
interface RealmEvents {
  output(id: number, output: Output): void;
  /** What was written past the cells' own outputs: straight to the process's stdout or stderr. */
  written(stream: "stdout" | "stderr", text: string): void;
  /** The bridge asks; the return value is sent back as the answer. */
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

/** The program that the process runs. */
const PROGRAM = fileURLToPath(new URL("./realm_process.ts", import.meta.url));

/**
 * One life of a realm. Ending it kills the process, whatever the cells do; they cannot reach the channel over which the two processes speak.
 */
export class Realm {
  /** Resolves when cells can run, or when the realm ends, so that nobody waits forever. */
  readonly ready: Promise<void>;
  /** Resolves when the operating system has ended the process. */
  readonly gone: Promise<void>;
  readonly #process: ChildProcess;
  readonly #waiting = new Map<number, (reply?: Reply) => void>();
  readonly #becomesReady: () => void;
  #ended = false;
  #last = ""; // what the process has written to stderr, for the reason of its end

  /** @param permissions What the cells may do. */
  constructor(start: RealmStart, permissions: RealmPermissions, events: RealmEvents) {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.ready = promise;
    this.#becomesReady = resolve;
    const child = this.#process = spawn(denoProgram(), [...processArguments(permissions, start.lock), PROGRAM], {
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      serialization: "advanced",
      env: processEnvironment(),
    });
    child.on("message", (message: unknown) => this.#take(message, events));
    child.on(
      "error",
      ({ message }: Error) => this.#die(`the process that runs the cells did not start: ${message}`, events),
    );
    this.gone = new Promise((resolve) =>
      child.on("exit", (code: number | null, signal: string | null) => {
        resolve();
        this.#die(this.#reasonOf(code, signal), events);
      })
    );
    for (const stream of ["stdout", "stderr"] as const) this.#read(stream, events);
    this.post({ type: "start", start, permissions });
  }

  /** Whether it has ended. */
  get ended(): boolean {
    return this.#ended;
  }

  post(request: Request): void {
    if (!this.#ended && this.#process.connected) this.#process.send(request as never, () => {}); // the exit is reported
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
    this.#process.kill("SIGKILL");
    this.#becomesReady();
    for (const settle of this.#waiting.values()) settle();
    this.#waiting.clear();
  }

  /** Text that the cells' own capture did not see, such as what the engine prints before it gives up. */
  #read(stream: "stdout" | "stderr", events: RealmEvents): void {
    const decoder = new TextDecoder();
    this.#process[stream]?.on("data", (bytes: Uint8Array) => {
      const text = decoder.decode(bytes, { stream: true });
      if (stream === "stderr") this.#last = (this.#last + text).slice(-2000);
      // What the engine prints as it breaks down is not for the reader: that it has ended is said in one line.
      setTimeout(() => this.#ended || events.written(stream, text), stream === "stderr" ? 30 : 0);
    });
  }

  #reasonOf(code: number | null, signal: string | null): string {
    if (/heap (limit|out of memory)|out of memory/i.test(this.#last)) return "the cells have used up the memory";
    const how = signal ? `by ${signal}` : `with code ${code}`;
    return `the process that runs the cells has ended ${how}`;
  }

  #die(message: string, events: RealmEvents): void {
    if (this.#ended) return;
    events.died({ name: "Error", message, frames: [] });
    this.end();
  }

  #take(message: unknown, events: RealmEvents): void {
    const reply = this.#ended ? undefined : checkedReply(message);
    if (!reply) return;
    if (reply.type === "ready") {
      if (reply.problem) {
        events.died(reply.problem);
        this.end();
      } else this.#becomesReady();
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
