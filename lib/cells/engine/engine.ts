/** Runs the cells of a lesson in a Worker of their own, and can always stop them. */

import { excerptOf } from "./excerpt.ts";
import { InterruptControl, RUNAWAY_AFTER } from "./interrupt.ts";
import type {
  CellResult,
  Code,
  LessonError,
  LessonScreen,
  LessonSettings,
  Output,
  Reply,
  Request,
  Variable,
} from "./protocol.ts";

/** Keeps what models have learnt, so that coming back need not train them again. */
export interface Checkpoints {
  /** @param made The code that the state was made of, in order: a checkpoint of other code is none. */
  load(name: string, made: readonly string[]): Uint8Array | undefined;
  save(name: string, made: readonly string[], bytes: Uint8Array): void;
}

/** What an engine needs to know. */
export interface EngineOptions {
  /** The URL of the lesson file. */
  url: string;
  settings: LessonSettings;
  /** The URL of a module that is loaded before the first cell, such as one that follows the settings. */
  first?: string;
  /** What the Worker may do; see `workerPermissions`. */
  permissions: Deno.PermissionOptionsObject;
  screen: LessonScreen;
  /** Without it, nothing that was learnt is kept. */
  checkpoints?: Checkpoints;
}

/** What V8 says of a name that is declared in two ways. */
const DECLARED = /^Identifier '.*' has already been declared$/;

type Evaluated = Reply & { type: "evaluated" };

/** Code that was run; one that was interrupted is stopped again, when it is run again, after asking as often. */
interface Run {
  cell: Code;
  askedBeforeStop?: number;
}

/**
 * The engine of one lesson. Cells share one scope, as in a notebook.
 *
 * The first {@linkcode Engine.interrupt} asks: training stops after its batch and the variables are kept. A cell that nobody can ask, such as
 * an endless loop, is ended with its Worker, as is any cell at the second interrupt; the cells that ran before are then run again, silently,
 * when they are next needed.
 */
export class Engine {
  readonly #options: EngineOptions;
  readonly #control = new InterruptControl();
  #worker?: Worker;
  #ready?: Promise<void>;
  #ran: Run[] = []; //              what the present state was made of, in order
  #lost = false; //                 whether it has to be made again
  #restoring?: Promise<boolean>;
  #onAssumed?: (cell: Code, output: Output) => void;
  #onReplay?: (done: number, total: number) => void;
  #nextId = 1;
  #running?: { id: number; code: Code; replay: boolean; stop: () => void; onOutput?: (output: Output) => void };
  #pending = new Map<number, (reply?: Reply) => void>();
  #onDeath?: (error: LessonError) => void;
  #onEnd?: () => void;

  constructor(options: EngineOptions) {
    this.#options = { ...options };
  }

  /** Starts the Worker, if that has not been done; cells may be run without waiting for it. */
  start(): Promise<void> {
    this.#ready ??= this.#spawn();
    return this.#ready;
  }

  /** Whether a cell is running. */
  get busy(): boolean {
    return this.#running !== undefined;
  }

  /** Whether the next cell has to wait for earlier ones to be run again. */
  get stale(): boolean {
    return this.#lost && this.#ran.length > 0;
  }

  /**
   * Takes cells for having been run before, in an earlier session: they are run, silently, before the next cell.
   *
   * @param onOutput Gets what they put out, the first time.
   */
  assume(cells: readonly Code[], onOutput?: (cell: Code, output: Output) => void): void {
    this.#ran = cells.map((cell) => ({ cell }));
    this.#lost = cells.length > 0;
    this.#onAssumed = onOutput;
  }

  /**
   * Runs again what has to be run again, ahead of the next cell that needs it.
   *
   * @param onReplay Is called before each.
   * @returns Whether the state is as it was; false if that was stopped.
   */
  async restore(onReplay?: (done: number, total: number) => void): Promise<boolean> {
    if (!this.#lost) return true;
    this.#onReplay = onReplay;
    this.#restoring ??= this.#replay().finally(() => this.#restoring = undefined);
    return await this.#restoring;
  }

  /** Runs everything before the next cell again, on the code that is given now; play that was dropped is forgotten so. */
  remake(cells: readonly Code[]): void {
    this.#discard();
    this.assume(cells);
  }

  /** The code that the present state is made of, in order. */
  get made(): readonly Code[] {
    return this.#ran.map(({ cell }) => cell);
  }

  /** Gives cells that have moved in the file their new places; one that is gone is not run again. */
  moved(place: (cell: Code) => Code | undefined): void {
    this.#ran = this.#ran.flatMap((run) => {
      const cell = place(run.cell);
      return cell ? [{ ...run, cell }] : [];
    });
  }

  /**
   * Runs a cell. Never throws for what the cell does.
   *
   * @param onOutput Is called for everything that the cell puts out, in order.
   * @param onReplay Is called before each earlier cell that has to be run again first.
   */
  async run(
    cell: Code,
    onOutput?: (output: Output) => void,
    onReplay?: (done: number, total: number) => void,
  ): Promise<CellResult> {
    if (!await this.restore(onReplay)) return { status: "stopped", milliseconds: 0 };
    let result = await this.#evaluate(cell, onOutput);
    if (result.status === "failed" && DECLARED.test(result.error.message) && this.#ran.length > 0) {
      // The one thing that a scope cannot take twice: a function where there was a const. A new scope can.
      this.#discard();
      this.assume(this.made.filter(({ index }) => index !== cell.index));
      if (!await this.restore(onReplay)) return { status: "stopped", milliseconds: 0 };
      result = await this.#evaluate(cell, onOutput);
    }
    if (result.status === "stopped") return result;
    if (cell.index >= 0) this.#ran = this.#ran.filter((run) => run.cell.index !== cell.index);
    this.#ran.push({ cell, askedBeforeStop: result.status === "interrupted" ? this.#control.count : undefined });
    return result;
  }

  /** Runs code that is no part of what has to be run again, such as a look at an exercise. */
  async aside(code: Code, onOutput?: (output: Output) => void): Promise<CellResult> {
    if (!await this.restore()) return { status: "stopped", milliseconds: 0 };
    return await this.#evaluate(code, onOutput);
  }

  /** Looks whether the whole file parses, and says where it does not. */
  async check(source: string): Promise<LessonError | undefined> {
    const reply = await this.#ask((id) => ({ type: "check", id, source }));
    return reply?.type === "checked" && reply.error ? this.#withExcerpt(reply.error, source) : undefined;
  }

  /** The lesson's variables, without functions and what was imported as a whole. */
  async variables(): Promise<Variable[]> {
    await this.restore();
    const reply = await this.#ask((id) => ({ type: "variables", id }));
    return reply?.type === "variables" ? reply.variables : [];
  }

  /** What a variable looks like, by MIME type. */
  async picture(name: string): Promise<Record<string, string> | undefined> {
    const reply = await this.#ask((id) => ({ type: "picture", id, name }));
    return reply?.type === "picture" ? reply.bundle : undefined;
  }

  /** One frame of a picture that was put out; undefined when it is no longer there. */
  async frame(frames: number, index: number): Promise<Record<string, string> | undefined> {
    const reply = await this.#ask((id) => ({ type: "frame", id, frames, index }));
    return reply?.type === "picture" ? reply.bundle : undefined;
  }

  /** Asks the running cell to stop; the second time, or when nobody can be asked, ends it. */
  interrupt(): void {
    const running = this.#running;
    if (!running) return;
    if (this.#control.repeated) return running.stop();
    if (this.#control.requested) return;
    this.#control.request();
    setTimeout(() => {
      if (this.#running !== running) return;
      this.#control.observe(performance.now());
      if (!this.#control.isPolled(performance.now())) running.stop();
    }, RUNAWAY_AFTER);
  }

  /** Whether the running cell has been asked to stop and is finishing its batch. */
  get stopping(): boolean {
    return this.busy && this.#control.requested;
  }

  /** Tells how large pictures may be from now on. */
  resize(columns: number, rows: number): void {
    const screen = { ...this.#options.screen, columns, rows };
    this.#options.screen = screen;
    this.#post({ type: "screen", screen });
  }

  /** Ends the Worker. */
  close(): void {
    this.#running?.stop();
    this.#discard();
  }

  #discard(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#ready = undefined;
    this.#onEnd?.(); // who waits for its start need not wait any more
    for (const settle of this.#pending.values()) settle(); // nobody will answer any more
    this.#pending.clear();
  }

  async #ask(request: (id: number) => Request): Promise<Reply | undefined> {
    await this.start();
    if (!this.#worker) return undefined; // it was ended meanwhile
    const id = this.#nextId++;
    return await new Promise((resolve) => {
      this.#pending.set(id, resolve);
      this.#post(request(id));
    });
  }

  async #replay(): Promise<boolean> {
    const runs = this.#ran;
    for (const [i, { cell, askedBeforeStop }] of runs.entries()) {
      this.#onReplay?.(i, runs.length);
      const onOutput = (output: Output): void => this.#onAssumed?.(cell, output);
      const { status } = await this.#evaluate(cell, onOutput, { askedBeforeStop, replay: true });
      if (status === "stopped") return false;
    }
    this.#lost = false;
    this.#onAssumed = undefined;
    return true;
  }

  /** @param replay Whether it is run again silently, and not by the learner. */
  async #evaluate(
    code: Code,
    onOutput?: (output: Output) => void,
    { askedBeforeStop = Infinity, replay = false }: { askedBeforeStop?: number; replay?: boolean } = {},
  ): Promise<CellResult> {
    const id = this.#nextId++;
    const begin = performance.now();
    this.#control.reset();
    const watch = setInterval(() => {
      this.#control.observe(performance.now());
      if (this.#control.count >= askedBeforeStop) this.#control.request();
    }, 20);
    let dead: LessonError | undefined;
    const reply = await new Promise<Evaluated | undefined>((resolve) => {
      const stop = (): void => {
        this.#discard();
        this.#lost = true;
        resolve(undefined);
      };
      this.#onDeath = (error) => {
        dead = error;
        stop();
      };
      this.#running = { id, code, replay, stop, onOutput };
      this.#pending.set(id, (found) => resolve(found as Evaluated | undefined));
      // A Worker that does not start has told so by #onDeath.
      this.start().then(
        () => this.#pending.has(id) && this.#post({ type: "evaluate", id, code: plain(code) }),
        () => {},
      );
    });
    clearInterval(watch);
    const interrupted = this.#control.requested;
    this.#running = undefined;
    this.#pending.delete(id);
    const milliseconds = reply?.milliseconds ?? performance.now() - begin;
    if (dead) return { status: "failed", milliseconds, error: dead };
    if (!reply) return { status: "stopped", milliseconds };
    if (reply.error) {
      return {
        status: "failed",
        milliseconds,
        error: await this.#withExcerpt(reply.error, code.file === "play" ? code.source : undefined),
      };
    }
    return { status: interrupted ? "interrupted" : "done", milliseconds };
  }

  #spawn(): Promise<void> {
    const { url, permissions, settings, screen, first } = this.#options;
    const worker = new Worker(new URL("./worker.ts", import.meta.url), {
      type: "module",
      name: "lesson",
      deno: { permissions },
    } as WorkerOptions);
    this.#worker = worker;
    return new Promise((resolve, reject) => {
      this.#onEnd = resolve;
      worker.onmessage = ({ data }: MessageEvent<Reply>) => {
        if (data.type === "ready") resolve();
        else if (data.type === "output") {
          if (data.id === this.#running?.id) this.#running.onOutput?.(data.output);
        } else if (data.type === "load") this.#load(data);
        else if (data.type === "save") this.#options.checkpoints?.save(data.name, this.#sources, data.bytes);
        else {
          this.#pending.get(data.id)?.(data);
          this.#pending.delete(data.id);
        }
      };
      worker.onerror = (event) => {
        event.preventDefault();
        const message = `the Worker that runs the lesson has ended: ${event.message}`;
        reject(new Error(message));
        this.#onDeath?.({ name: "Error", message, frames: [] });
      };
      this.#post({ type: "start", lesson: url, control: this.#control.buffer, settings, screen, first });
    });
  }

  /** Only what is run again silently comes from a checkpoint: whoever runs a training wants to see it. */
  #load({ id, name }: Reply & { type: "load" }): void {
    const bytes = this.#running?.replay ? this.#options.checkpoints?.load(name, this.#sources) : undefined;
    this.#post({ type: "loaded", id, bytes });
  }

  /** The code of the running cell and of those before it in the file. Exercises do not count: no later cell depends on an answer. */
  get #sources(): string[] {
    const { code } = this.#running!;
    const before = this.made.filter(({ index, exercise }) => index >= 0 && index < code.index && !exercise);
    return [...before.toSorted((a, b) => a.index - b.index), code].map(({ source }) => source);
  }

  #post(request: Request): void {
    this.#worker?.postMessage(request);
  }

  async #withExcerpt(error: LessonError, source?: string): Promise<LessonError> {
    if (!error.place) return error;
    try {
      const excerpt = excerptOf(source ?? await Deno.readTextFile(error.place.file), error.place);
      return { ...error, excerpt };
    } catch {
      return error; // the file is gone, or not ours to read
    }
  }
}

/** A cell is more than what has to be said to run it. */
function plain({ index, source, line, file, quiet }: Code): Code {
  return { index, source, line, file, quiet };
}
