/** The realm in which cells run: a process of its own, from its start to its end. */

import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { RealmPermissions, RealmStart, Request } from "./protocol.ts";
import { denoProgram, processArguments, processEnvironment } from "./realm_arguments.ts";
import { RealmChannel, type RealmEvents } from "./realm_channel.ts";

/** The program that the process runs. */
const PROGRAM = fileURLToPath(new URL("./realm_process.ts", import.meta.url));

/**
 * One life of a realm. Ending it kills the process, whatever the cells do; they cannot reach the channel over which the two processes speak.
 */
export class Realm extends RealmChannel {
  /** Resolves when the operating system has ended the process. */
  readonly gone: Promise<void>;
  readonly #process: ChildProcess;
  #last = ""; // what the process has written to stderr, for the reason of its end

  /** @param permissions What the cells may do. */
  constructor(start: RealmStart, permissions: RealmPermissions, events: RealmEvents) {
    super(events);
    const child = this.#process = spawn(denoProgram(), [...processArguments(permissions, start.lock), PROGRAM], {
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      serialization: "advanced",
      env: processEnvironment(),
    });
    child.on("message", (message: unknown) => this.take(message));
    child.on("error", ({ message }: Error) => this.die(`the process that runs the cells did not start: ${message}`));
    this.gone = new Promise((resolve) =>
      child.on("exit", (code: number | null, signal: string | null) => {
        resolve();
        this.die(this.#reasonOf(code, signal));
      })
    );
    for (const stream of ["stdout", "stderr"] as const) this.#read(stream, events);
    this.post({ type: "start", start, permissions });
  }

  protected send(request: Request): void {
    if (this.#process.connected) this.#process.send(request as never, () => {}); // the exit is reported
  }

  protected kill(): void {
    this.#process.kill("SIGKILL");
  }

  /** Text that the cells' own capture did not see, such as what the engine prints before it gives up. */
  #read(stream: "stdout" | "stderr", events: RealmEvents): void {
    const decoder = new TextDecoder();
    this.#process[stream]?.on("data", (bytes: Uint8Array) => {
      const text = decoder.decode(bytes, { stream: true });
      if (stream === "stderr") this.#last = (this.#last + text).slice(-2000);
      // What the engine prints as it breaks down is not for the reader: that it has ended is said in one line.
      setTimeout(() => this.ended || events.written(stream, text), stream === "stderr" ? 30 : 0);
    });
  }

  #reasonOf(code: number | null, signal: string | null): string {
    if (/heap (limit|out of memory)|out of memory/i.test(this.#last)) return "the cells have used up the memory";
    const how = signal ? `by ${signal}` : `with code ${code}`;
    return `the process that runs the cells has ended ${how}`;
  }
}
