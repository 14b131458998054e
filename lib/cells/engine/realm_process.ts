/**
 * The program of a realm: starts the Worker in which cells run, passes on what it and the engine say to each other, and asks it to stop. It holds
 * the channel to the engine, which no cell can reach: a Worker has no access to it.
 */

import process from "node:process";
import { CellWatch } from "./cell_watch.ts";
import type { RealmPermissions, Reply, Request, WorkerRequest } from "./protocol.ts";

const watch = new CellWatch(reply);
let port: MessagePort | undefined;

function reply(message: Reply): void {
  process.send?.(message);
}

function start({ start, permissions }: Request & { type: "start" }): void {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), {
    type: "module",
    name: "cells",
    deno: { permissions: { ...NOTHING, ...granted(permissions) } },
  } as WorkerOptions);
  const channel = new MessageChannel();
  port = channel.port1;
  port.onmessage = ({ data }: MessageEvent<Reply>) => watch.pass(data);
  worker.onerror = (event) => {
    event.preventDefault();
    reply({ type: "ready", problem: { name: "Error", message: `the cells have ended: ${event.message}`, frames: [] } });
  };
  worker.postMessage(channel.port2, [channel.port2]);
  post({ type: "start", control: watch.buffer, start });
}

/** Only what has something in it: an empty list is nothing. */
function granted(permissions: RealmPermissions): RealmPermissions {
  return Object.fromEntries(Object.entries(permissions).filter(([, values]) => values?.length > 0));
}

/** What a Worker may not do unless it is said. */
const NOTHING = {
  read: false,
  write: false,
  net: false,
  env: false,
  sys: false,
  run: false,
  ffi: false,
  import: false,
};

function post(request: WorkerRequest): void {
  port?.postMessage(request);
}

process.on("message", (request: Request) => {
  if (request.type === "start") start(request);
  else if (request.type === "interrupt") watch.interrupt(request);
  else {
    if (request.type === "evaluate") watch.begin(request);
    post(request);
  }
});
// The terminal sends Ctrl-C to every program in it. What it means is for the engine to say, which asks first.
process.on("SIGINT", () => {});
// The engine is gone: so is everything that it wanted.
process.on("disconnect", () => Deno.exit(0));
