/** What a Worker does in which cells run: evaluates one at a time, in one scope, and reports its outputs. */

import { DenoEvaluator, withAdvice } from "../evaluator/deno_evaluator.ts";
import type { Bridge, BridgeModule, FrameSource, Host } from "./bridge.ts";
import { installCapture, type LoadConsole } from "./capture.ts";
import { changedIntrinsic } from "./intrinsics.ts";
import type { CellError, Code, RealmStart, Reply, Variable, WorkerRequest } from "./protocol.ts";
import { bundleOf } from "./value.ts";
import { describeVariable, isTool } from "./variables.ts";

// The channel to the process is a port that only this module knows: what a cell posts or hears by the global names goes nowhere.
let port: MessagePort;
const { apply } = Reflect;
const now = performance.now.bind(performance);
const { postMessage } = MessagePort.prototype; // a cell may put another one in its place
const nextTurn = eventLoopTurn();

/** The advice on missing permissions if the notebook gives none. */
const DEFAULT_ADVICE = "the cells are sandboxed";
/** How long after the start the cells that are not running yet are looked at, in milliseconds. */
const IDLE_MS = 300;
/** The newest pictures with several frames, by number. */
const frames = new Map<number, FrameSource>();
const MAX_FRAMES = 20;

let evaluator: DenoEvaluator;
let bridge: Bridge | undefined;
let color = false;
const declaredBy = new Map<number, string[]>(); // the names of each leaf, by its index
let current = 0; // the id of the cell that is running, or ran last
let running = false;
/** Errors of work that went on after its cell; the next cell prints them. */
const late: string[] = [];
const MAX_LATE = 20;
let pictures = 0;
let questions = 0;
const asked = new Map<number, (answer: unknown) => void>();
let tools: WorkerTools;
let capture: ReturnType<typeof installCapture>;

/** What the Worker needs of what it runs in. */
export interface WorkerTools {
  /** Loads a module, by its URL or by a bare name. */
  load(specifier: string, options?: ImportCallOptions): Promise<object>;
  loadConsole: LoadConsole;
}

/**
 * Gets ready to take requests.
 *
 * @returns What takes the port over which they come, and begins.
 */
export function serveCells(given: WorkerTools): (port: MessagePort) => void {
  tools = given;
  capture = installCapture((output) => reply({ type: "output", id: current, output }), (source) => {
    frames.set(++pictures, source);
    frames.delete(pictures - MAX_FRAMES);
    return { id: pictures, count: source.count };
  }, given.loadConsole);
  return (given) => {
    port = given;
    port.onmessage = receive;
    for (const name of ["postMessage", "caches"]) Reflect.deleteProperty(globalThis, name);
  };
}

// Whoever asks waits for the answer, so there is always one, even after an unexpected failure.
async function receive({ data }: MessageEvent<WorkerRequest>): Promise<void> {
  if (data.type === "evaluate") return await run(data);
  try {
    await answer(data);
  } catch (error) {
    if (data.type === "start") return reply({ type: "ready", problem: evaluator.report(error) });
    stray(error);
    if (data.type === "check") reply({ type: "checked", id: data.id });
    else if (data.type === "variables") reply({ type: "variables", id: data.id, variables: [] });
    else if (data.type === "picture" || data.type === "frame") reply({ type: "picture", id: data.id });
  }
}

async function answer(request: Exclude<WorkerRequest, { type: "evaluate" }>): Promise<void> {
  switch (request.type) {
    case "start":
      return start(request.start, request.control);
    case "screen":
      return bridge?.resized?.(request.screen);
    case "expect":
      return evaluator.expect(request.sources);
    case "check":
      return reply({ type: "checked", id: request.id, error: evaluator.check(request.source) });
    case "variables":
      return reply({ type: "variables", id: request.id, variables: variables() });
    case "picture": {
      const found = evaluator.value(request.name);
      return reply({ type: "picture", id: request.id, bundle: found.found ? await safeBundle(found) : undefined });
    }
    case "frame":
      return reply({ type: "picture", id: request.id, bundle: frames.get(request.frames)?.at(request.index) });
    case "answered":
      asked.get(request.id)?.(request.answer);
      asked.delete(request.id);
      return;
  }
}

async function run({ id, code }: WorkerRequest & { type: "evaluate" }): Promise<void> {
  current = id;
  await capture.load();
  running = true;
  capture.restart();
  for (const text of late.splice(0)) capture.write("stderr", text);
  const begin = now();
  let milliseconds = 0;
  let error;
  try {
    error = await evaluate(code);
    milliseconds = now() - begin;
    await nextTurn(); // until a promise that is rejected and that nobody awaits is reported
    capture.flush();
  } catch (unexpected) {
    error = evaluator.report(unexpected);
  }
  running = false;
  const damage = changedIntrinsic();
  if (damage === undefined) return reply({ type: "evaluated", id, milliseconds, error });
  reply({
    ...{ type: "evaluated", id, milliseconds, damaged: true },
    error: error ?? { name: "Error", message: damageText(damage), frames: [] },
  });
}

function damageText(what: string): string {
  return `this cell changed ${what}, which everything is made of: the cells before it run again, without it`;
}

async function start(given: RealmStart, control: SharedArrayBuffer): Promise<void> {
  const { url, screen, libraries = [], sandboxAdvice = DEFAULT_ADVICE, preload = [] } = given;
  evaluator = new DenoEvaluator(url, { libraries, sandboxAdvice, load: tools.load });
  color = screen.colors !== "none";
  capture.color = color;
  if (given.bridge) {
    const advise = (message: string): string => withAdvice(message, sandboxAdvice);
    await connect(given.bridge, { screen, advise, interrupt: new Int32Array(control) });
  }
  for (const module of preload) await tools.load(module).catch(() => {}); // if it is broken, a cell that needs it will say so
  reply({ type: "ready" });
  capture.load();
  // Whoever opens a lesson reads first: all cells are parsed meanwhile, not before the first one can run.
  setTimeout(() => evaluator.expect(given.sources ?? []), IDLE_MS);
}

async function connect(
  { url, data }: NonNullable<RealmStart["bridge"]>,
  rest: Pick<Host, "screen" | "advise" | "interrupt">,
): Promise<void> {
  const module = await tools.load(url) as BridgeModule;
  bridge = module.connect({
    display: capture.display,
    emit: (name, data) => reply({ type: "output", id: current, output: { type: "custom", name, data } }),
    ask(name, data) {
      const id = ++questions;
      return new Promise((resolve) => {
        asked.set(id, resolve);
        reply({ type: "ask", id, name, data });
      });
    },
    tell: (name, data) => reply({ type: "tell", name, data }),
    report: (thrown) => evaluator.report(thrown),
    ...rest,
  }, data);
}

/** Runs code and displays the value of its last expression. */
async function evaluate(code: Code): Promise<CellError | undefined> {
  if (code.leaf) forgetLast(code);
  const ran = await evaluator.run(code);
  const hidden = bridge?.hides?.(ran.error ? undefined : ran.value) ?? false;
  if (ran.error || !ran.shown || code.quiet || hidden) return ran.error;
  try {
    reply({
      type: "output",
      id: current,
      output: { type: "display", bundle: await bundleOf(ran.value, color, bridge?.draw) },
    });
    return undefined;
  } catch (error) { // a value that cannot be displayed
    return evaluator.report(error);
  }
}

/** What a leaf declared last is gone before it runs again: an answer without its function must not be judged by the one before. */
function forgetLast({ index, source }: Code): void {
  evaluator.forget(declaredBy.get(index) ?? []);
  declaredBy.set(index, evaluator.declaredBy(source));
}

function variables(): Variable[] {
  const found: Variable[] = [];
  for (const name of evaluator.names()) {
    const { found: has, value } = evaluator.value(name);
    if (has && !isTool(value)) found.push(describeVariable(name, value));
  }
  return found;
}

async function safeBundle({ value }: { value?: unknown }): Promise<Record<string, string>> {
  try {
    return await bundleOf(value, color, bridge?.draw);
  } catch (error) {
    return { "text/plain": `cannot be shown: ${evaluator.report(error).message}` };
  }
}

function reply(message: Reply): void {
  apply(postMessage, port, [message]);
}

function stray(error: unknown): void {
  const { name, message, place } = evaluator.report(error);
  const where = place ? ` (${place.file}:${place.line}:${place.column})` : "";
  const text = `${name}: ${message}${where}\n`;
  if (running) capture.write("stderr", text);
  else if (late.length < MAX_LATE) late.push(`After the cell had ended: ${text}`);
}

/** What waits for the event loop to come round once; a cell cannot change it. */
function eventLoopTurn(): () => Promise<void> {
  const [start, Turn] = [setTimeout, Promise];
  return () => new Turn((resolve) => start(resolve, 0));
}

// An error outside a cell's own run, in a timer or in a promise that nobody awaits, is printed and ends nothing.
globalThis.addEventListener("unhandledrejection", (event) => {
  event.preventDefault();
  stray(event.reason);
});
globalThis.addEventListener("error", (event) => {
  event.preventDefault();
  stray(event.error ?? event.message);
});
