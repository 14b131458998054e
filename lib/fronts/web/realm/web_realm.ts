/** The realm of a page: a Worker in which the cells run, from its start to its end. */

import { CellWatch } from "../../../cells/engine/cell_watch.ts";
import type { RealmStart, Reply, Request, WorkerRequest } from "../../../cells/engine/protocol.ts";
import { RealmChannel, type RealmEvents } from "../../../cells/engine/realm_channel.ts";

/** One life of a Worker. A browser ends it at once, whatever it does. */
export class WebRealm extends RealmChannel {
  /** A Worker that is terminated does not run anymore. */
  readonly gone: Promise<void> = Promise.resolve();
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #watch?: CellWatch;

  /** @param script The address of the Worker's script. */
  constructor(start: RealmStart, events: RealmEvents, script: string | URL) {
    super(events);
    const worker = this.#worker = new Worker(script, { type: "module", name: "cells" });
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    const isShared = globalThis.crossOriginIsolated === true;
    if (isShared) this.#watch = new CellWatch((reply) => this.take(reply));
    port1.onmessage = ({ data }: MessageEvent<Reply>) => this.#watch ? this.#watch.pass(data) : this.take(data);
    worker.onerror = (event) => {
      event.preventDefault();
      this.die(event.message ? `the cells have ended: ${event.message}` : "the cells did not start: reload the page");
    };
    worker.postMessage({ port: port2, isShared }, [port2]);
    this.#send({ type: "start", control: this.#watch?.buffer as SharedArrayBuffer, start });
  }

  protected send(request: Request): void {
    if (request.type === "start") return;
    if (request.type === "interrupt" && this.#watch) return this.#watch.interrupt(request);
    if (request.type === "evaluate") this.#watch?.begin(request);
    this.#send(request as WorkerRequest);
  }

  protected kill(): void {
    this.#watch?.close();
    this.#worker.terminate();
    this.#port.close();
  }

  #send(request: WorkerRequest): void {
    this.#port.postMessage(request);
  }
}
