/** The Worker that runs a lesson's cells: evaluates one at a time, in one scope, and reports what it puts out. */

import { type FrameSource, installCapture } from "./capture.ts";
import { IMPORTED_NAME, META_NAME } from "./cell_code.ts";
import { Evaluator } from "./evaluator.ts";
import { imported } from "./imported.ts";
import type { Code, ExerciseVerdict, LessonError, Reply, Request, Variable } from "./protocol.ts";
import { pathOf } from "./regions.ts";
import { adapt } from "./report.ts";
import { bundleOf } from "./value.ts";
import { describeVariable, isTool } from "./variables.ts";

const port = globalThis as unknown as {
  onmessage: (event: MessageEvent<Request>) => void;
  postMessage(message: Reply): void;
};
const scope = globalThis as unknown as Record<symbol | string, unknown>;
/** Pictures that can be gone through: the newest of them, by number. */
const frames = new Map<number, FrameSource>();
const MOST_FRAMES = 20;

let evaluator: Evaluator;
let color = false;
let current = 0; // the id of the cell that runs now, or ran last
let pictures = 0;
let loads = 0;
const loading = new Map<number, (bytes: Uint8Array | undefined) => void>();
const capture = installCapture((output) => reply({ type: "output", id: current, output }), (source) => {
  frames.set(++pictures, source);
  frames.delete(pictures - MOST_FRAMES);
  return { id: pictures, count: source.count };
});

// Whoever asks waits for the answer, so there is one even where something fails that nobody has thought of.
port.onmessage = async ({ data }: MessageEvent<Request>): Promise<void> => {
  if (data.type === "evaluate") return await run(data);
  try {
    await answer(data);
  } catch (error) {
    stray(error);
    if (data.type === "check") reply({ type: "checked", id: data.id });
    else if (data.type === "variables") reply({ type: "variables", id: data.id, variables: [] });
    else if (data.type === "picture" || data.type === "frame") reply({ type: "picture", id: data.id });
  }
};

async function answer(request: Exclude<Request, { type: "evaluate" }>): Promise<void> {
  switch (request.type) {
    case "start":
      return start(request);
    case "screen":
      scope[Symbol.for("gradually.screen")] = request.screen;
      return;
    case "check":
      return reply({ type: "checked", id: request.id, error: await evaluator.check(request.source) });
    case "variables":
      return reply({ type: "variables", id: request.id, variables: await variables() });
    case "picture": {
      const found = await evaluator.value(request.name);
      return reply({ type: "picture", id: request.id, bundle: found.found ? await safeBundle(found) : undefined });
    }
    case "frame":
      return reply({ type: "picture", id: request.id, bundle: frames.get(request.frames)?.at(request.index) });
    case "loaded":
      loading.get(request.id)?.(request.bytes);
      loading.delete(request.id);
      return;
  }
}

async function run({ id, code }: Request & { type: "evaluate" }): Promise<void> {
  current = id;
  capture.restart();
  const begin = performance.now();
  let error;
  try {
    error = await evaluate(code);
    capture.flush();
  } catch (unforeseen) {
    error = evaluator.report(unforeseen);
  }
  reply({ type: "evaluated", id, milliseconds: performance.now() - begin, error });
}

async function start({ lesson, screen, control, settings, first }: Request & { type: "start" }): Promise<void> {
  evaluator = new Evaluator(lesson);
  color = screen.colors !== "none";
  capture.color = color;
  scope[Symbol.for("gradually.interrupt")] = new Int32Array(control);
  scope[Symbol.for("gradually.settings")] = settings;
  scope[Symbol.for("gradually.screen")] = screen;
  scope[Symbol.for("gradually.verdict")] = judged;
  scope[Symbol.for("gradually.checkpoints")] = { load, save };
  const filename = pathOf(lesson);
  Object.defineProperty(globalThis, META_NAME, {
    value: {
      url: lesson,
      filename,
      dirname: filename.replace(/\/[^/]*$/, ""),
      main: true,
      resolve: (specifier: string) => new URL(specifier, lesson).href,
    },
  });
  Object.defineProperty(globalThis, IMPORTED_NAME, { value: imported });
  if (first) await import(first).catch(() => {}); // where it is broken, a lesson that needs it says so
  reply({ type: "ready" });
}

/** Runs code and displays the value of its last expression. */
async function evaluate(code: Code): Promise<LessonError | undefined> {
  const ran = await evaluator.run(code);
  if (ran.error || !ran.shown || code.quiet) return ran.error;
  try {
    reply({ type: "output", id: current, output: { type: "display", bundle: await bundleOf(ran.value, color) } });
    return undefined;
  } catch (error) { // a value that cannot be displayed
    return evaluator.report(error);
  }
}

async function variables(): Promise<Variable[]> {
  const found: Variable[] = [];
  for (const name of await evaluator.names()) {
    const { found: has, value } = await evaluator.value(name);
    if (has && !isTool(value)) found.push(describeVariable(name, value));
  }
  return found;
}

async function safeBundle({ value }: { value?: unknown }): Promise<Record<string, string>> {
  try {
    return await bundleOf(value, color);
  } catch (error) {
    return { "text/plain": `cannot be shown: ${evaluator.report(error).message}` };
  }
}

/** What `check` calls with its verdict. */
function judged(event: Omit<ExerciseVerdict, "error"> & { error?: unknown }): void {
  const { id, kind, hints, solution, explanation, error } = event;
  reply({
    type: "output",
    id: current,
    output: {
      type: "verdict",
      verdict: {
        ...{ id, kind, hints: [...hints], solution, explanation, message: adapt(event.message) },
        error: error === undefined ? undefined : evaluator.report(error),
      },
    },
  });
}

/** What `remember` calls: the front end keeps the files, this Worker may write none. */
function load(name: string): Promise<Uint8Array | undefined> {
  const id = ++loads;
  return new Promise((resolve) => {
    loading.set(id, resolve);
    reply({ type: "load", id, name });
  });
}

function save(name: string, bytes: Uint8Array): void {
  reply({ type: "save", name, bytes });
}

function reply(message: Reply): void {
  port.postMessage(message);
}

function stray(error: unknown): void {
  const { name, message, place } = evaluator.report(error);
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
