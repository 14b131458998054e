/** The Worker that runs a lesson's cells: evaluates one at a time, in one scope, and reports what it puts out. */

import { Session } from "node:inspector/promises";
import { installCapture } from "./capture.ts";
import { cellScript, META_NAME } from "./cell_code.ts";
import { bundleOf } from "./value.ts";
import { locateSyntaxError, reportError } from "./report.ts";
import type { LessonError, Reply, Request } from "./protocol.ts";

/** What the inspector says of a value, as far as it is used here. */
interface RemoteObject {
  type: string;
  value?: unknown;
  unserializableValue?: string;
  objectId?: string;
}
interface Evaluation {
  result: RemoteObject;
  exceptionDetails?: { lineNumber: number; columnNumber: number; exception?: RemoteObject };
}

const port = globalThis as unknown as {
  onmessage: (event: MessageEvent<Request>) => void;
  postMessage(message: Reply): void;
};
const scope = globalThis as unknown as Record<symbol | string, unknown>;
const HELD = Symbol("held"); // where a value of the inspector's world is fetched from
const session = new Session();
session.connect();

let lesson = ""; // its URL
let color = false;
let current = 0; // the id of the cell that runs now, or ran last
const capture = installCapture((output) => reply({ type: "output", id: current, output }));

port.onmessage = async (event: MessageEvent<Request>): Promise<void> => {
  const request = event.data;
  if (request.type === "start") start(request);
  else if (request.type === "screen") scope[Symbol.for("gradually.screen")] = request.screen;
  else if (request.type === "check") {
    reply({ type: "checked", id: request.id, error: await checkSyntax(request.source) });
  } else {
    current = request.id;
    capture.restart();
    const begin = performance.now();
    const error = await evaluate(request.source, request.line);
    capture.flush();
    reply({ type: "evaluated", id: request.id, milliseconds: performance.now() - begin, error });
  }
};

function start(request: Request & { type: "start" }): void {
  lesson = request.lesson;
  color = request.screen.colors !== "none";
  capture.color = color;
  scope[Symbol.for("gradually.interrupt")] = new Int32Array(request.control);
  scope[Symbol.for("gradually.settings")] = request.settings;
  scope[Symbol.for("gradually.screen")] = request.screen;
  const filename = decodeURIComponent(new URL(lesson).pathname);
  Object.defineProperty(globalThis, META_NAME, {
    value: {
      url: lesson,
      filename,
      dirname: filename.replace(/\/[^/]*$/, ""),
      main: true,
      resolve: (specifier: string) => new URL(specifier, lesson).href,
    },
  });
  reply({ type: "ready" });
}

/** Runs a cell and displays the value of its last expression. */
async function evaluate(source: string, line: number): Promise<LessonError | undefined> {
  let script;
  try {
    script = cellScript(source, line, lesson);
  } catch (error) {
    return await locateSyntaxError(source, line, lesson) ?? reportError(error, lesson);
  }
  const { result, exceptionDetails } = await session.post("Runtime.evaluate", {
    expression: script.code,
    replMode: true,
    awaitPromise: true,
    objectGroup: "cell",
  }) as unknown as Evaluation;
  try {
    if (exceptionDetails) {
      return reportError(await fetchValue(exceptionDetails.exception ?? result), lesson, exceptionDetails);
    }
    if (!script.showsValue || result.type === "undefined") return undefined;
    const bundle = await bundleOf(await fetchValue(result), color);
    reply({ type: "output", id: current, output: { type: "display", bundle } });
    return undefined;
  } catch (error) { // a value that cannot be displayed
    return reportError(error, lesson);
  } finally {
    await session.post("Runtime.releaseObjectGroup", { objectGroup: "cell" });
  }
}

/** The value itself, where the inspector gives only a handle. */
async function fetchValue(remote: RemoteObject): Promise<unknown> {
  if (!remote.objectId) return remote.unserializableValue ? unserializable(remote.unserializableValue) : remote.value;
  scope[HELD] = undefined;
  Object.defineProperty(globalThis, "$hold", { value: (v: unknown) => scope[HELD] = v, configurable: true });
  await session.post("Runtime.callFunctionOn", {
    objectId: remote.objectId,
    functionDeclaration: "function (value) { $hold(value) }",
    arguments: [{ objectId: remote.objectId }],
  });
  const value = scope[HELD];
  delete scope[HELD];
  delete scope.$hold;
  return value;
}

function unserializable(text: string): unknown {
  return text.endsWith("n") ? BigInt(text.slice(0, -1)) : Number(text); // a bigint, or NaN, Infinity, -0
}

/** Whether the whole file parses; where not, the place. */
async function checkSyntax(source: string): Promise<LessonError | undefined> {
  try {
    cellScript(source, 1, lesson);
    return undefined;
  } catch (error) {
    return await locateSyntaxError(source, 1, lesson) ?? reportError(error, lesson);
  }
}

function reply(message: Reply): void {
  port.postMessage(message);
}

function stray(error: unknown): void {
  const { name, message, place } = reportError(error, lesson);
  const where = place ? ` (${place.file}:${place.line}:${place.column})` : "";
  capture.write("stderr", `${name}: ${message}${where}\n`);
}

// What goes wrong outside a cell's own run, in a timer or a promise nobody awaits, is said, and ends nothing.
globalThis.addEventListener("unhandledrejection", (event) => {
  event.preventDefault();
  stray(event.reason);
});
globalThis.addEventListener("error", (event) => {
  event.preventDefault();
  stray(event.error ?? event.message);
});
