/** Runs the cells of a notebook in a realm of their own, and can always stop them. */

import { withExcerpt } from "./excerpt.ts";
import { InterruptControl, RUNAWAY_AFTER } from "./interrupt.ts";
import type { CellError, CellResult, Code, Output, OutputScreen, RealmStart, Variable } from "./protocol.ts";
import { type Question, Realm } from "./realm.ts";

/** What is known of the code on whose behalf a bridge asks. */
export interface RunInfo {
  /** Whether it is run again silently, and not by the reader. */
  replay: boolean;
  /** The sources that its state is made of: of the cells before it in the document, leaves left out, and its own. */
  sources: string[];
}

/** What an engine needs to know. */
export interface EngineOptions extends RealmStart {
  /** What the cells may do. */
  permissions: Deno.PermissionOptionsObject;
  /** Answers what the bridge asks, and hears what it tells. */
  onMessage?(name: string, data: unknown, run: RunInfo): unknown;
}

/** What V8 says of a name that is declared in two ways. */
const DECLARED = /^Identifier '.*' has already been declared$/;

/** Code that was run; one that was interrupted is interrupted again, when it is run again, after asking as often. */
interface Run {
  cell: Code;
  askedBeforeStop?: number;
}

/** Code that runs now. */
interface Running {
  id: number;
  code: Code;
  replay: boolean;
  onOutput?: (output: Output) => void;
  died?: CellError;
}

/**
 * The engine of one notebook. Its cells share one scope.
 *
 * The first {@linkcode Engine.interrupt} asks: whatever polls the flag ends early and the variables are kept. A cell that nobody can ask,
 * such as an endless loop, is ended with its realm, as is any cell at the second interrupt; the cells that ran before are then run again,
 * silently, when they are next needed.
 */
export class Engine {
  readonly #options: EngineOptions;
  readonly #control = new InterruptControl();
  #realm?: Realm;
  #ran: Run[] = []; //              what the present state was made of, in order
  #lost = false; //                 whether it has to be made again
  #restoring?: Promise<boolean>;
  #onAssumed?: (cell: Code, output: Output) => void;
  #onReplay?: (done: number, total: number) => void;
  #nextId = 1;
  #running?: Running;

  constructor(options: EngineOptions) {
    this.#options = { ...options };
  }

  /** Starts the realm, if that has not been done; cells may be run without waiting for it. */
  async start(): Promise<void> {
    await this.#open().ready;
  }

  /** Whether a cell is running. */
  get busy(): boolean {
    return this.#running !== undefined;
  }

  /** Whether the next cell has to wait for earlier ones to be run again. */
  get stale(): boolean {
    return this.#lost && this.#ran.length > 0;
  }

  /** The code that the present state is made of, in order. */
  get made(): readonly Code[] {
    return this.#ran.map(({ cell }) => cell);
  }

  /** Whether the running cell has been asked to stop and is finishing what it does. */
  get stopping(): boolean {
    return this.busy && this.#control.requested;
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

  /** Runs everything before the next cell again, on the code that is given now; code that was dropped is forgotten so. */
  remake(cells: readonly Code[]): void {
    this.#discard();
    this.assume(cells);
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
    if (!await this.restore(onReplay)) return { status: "killed", milliseconds: 0 };
    let result = await this.#evaluate(cell, onOutput);
    if (result.status === "failed" && DECLARED.test(result.error.message) && this.#ran.length > 0) {
      // The one thing that a scope cannot take twice: a function where there was a const. A new scope can.
      this.#discard();
      this.assume(this.made.filter(({ index }) => index !== cell.index));
      if (!await this.restore(onReplay)) return { status: "killed", milliseconds: 0 };
      result = await this.#evaluate(cell, onOutput);
    }
    if (result.status === "killed") return result;
    if (cell.index >= 0) this.#ran = this.#ran.filter((run) => run.cell.index !== cell.index);
    this.#ran.push({ cell, askedBeforeStop: result.status === "interrupted" ? this.#control.count : undefined });
    return result;
  }

  /** Runs code that does not belong to what has to be run again, such as a look at an exercise. */
  async runApart(code: Code, onOutput?: (output: Output) => void): Promise<CellResult> {
    if (!await this.restore()) return { status: "killed", milliseconds: 0 };
    return await this.#evaluate(code, onOutput);
  }

  /** Looks whether the whole file parses, and says where it does not. */
  async check(source: string): Promise<CellError | undefined> {
    const reply = await this.#ask({ type: "check", id: this.#nextId++, source });
    const error = reply?.type === "checked" ? reply.error : undefined;
    return error && withExcerpt(error, { source, file: error.place?.file });
  }

  /** The variables that the cells have declared, without functions and what was imported as a whole. */
  async variables(): Promise<Variable[]> {
    await this.restore();
    const reply = await this.#ask({ type: "variables", id: this.#nextId++ });
    return reply?.type === "variables" ? reply.variables : [];
  }

  /** What a variable looks like, by MIME type. */
  async picture(name: string): Promise<Record<string, string> | undefined> {
    const reply = await this.#ask({ type: "picture", id: this.#nextId++, name });
    return reply?.type === "picture" ? reply.bundle : undefined;
  }

  /** One frame of a picture that was put out; undefined when it is no longer there. */
  async frame(frames: number, index: number): Promise<Record<string, string> | undefined> {
    const reply = await this.#ask({ type: "frame", id: this.#nextId++, frames, index });
    return reply?.type === "picture" ? reply.bundle : undefined;
  }

  /** Asks the running cell to stop; the second time, or when nobody can be asked, ends it. */
  interrupt(): void {
    const running = this.#running;
    if (!running) return;
    if (this.#control.repeated) return this.#kill();
    if (this.#control.requested) return;
    this.#control.request();
    setTimeout(() => {
      if (this.#running !== running) return;
      this.#control.observe(performance.now());
      if (!this.#control.isPolled(performance.now())) this.#kill();
    }, RUNAWAY_AFTER);
  }

  /** Tells how large pictures may be from now on. */
  resize(columns: number, rows: number): void {
    const screen: OutputScreen = { ...this.#options.screen, columns, rows };
    this.#options.screen = screen;
    this.#realm?.post({ type: "screen", screen });
  }

  /** Ends the realm. */
  close(): void {
    if (this.#running) this.#kill();
    this.#discard();
  }

  #kill(): void {
    this.#lost = true;
    this.#discard();
  }

  #discard(): void {
    const realm = this.#realm;
    this.#realm = undefined;
    realm?.end();
  }

  #open(): Realm {
    return this.#realm ??= new Realm(startOf(this.#options), this.#control.buffer, this.#options.permissions, {
      output: (id, output) => id === this.#running?.id && this.#running.onOutput?.(output),
      ask: (name, data) => this.#options.onMessage?.(name, data, this.#info),
      tell: (name, data) => void this.#options.onMessage?.(name, data, this.#info),
      died: (error) => {
        this.#realm = undefined;
        this.#lost = true;
        if (this.#running) this.#running.died = error;
      },
    });
  }

  async #ask(question: Question) {
    return await this.#open().ask(question);
  }

  async #replay(): Promise<boolean> {
    const runs = this.#ran;
    for (const [i, { cell, askedBeforeStop }] of runs.entries()) {
      this.#onReplay?.(i, runs.length);
      const onOutput = (output: Output): void => this.#onAssumed?.(cell, output);
      const { status } = await this.#evaluate(cell, onOutput, { askedBeforeStop, replay: true });
      if (status === "killed") return false;
    }
    this.#lost = false;
    this.#onAssumed = undefined;
    return true;
  }

  /** @param replay Whether it is run again silently, and not by the reader. */
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
    const running: Running = this.#running = { id, code, replay, onOutput };
    const { index, source, line, file, quiet } = code;
    const reply = await this.#ask({ type: "evaluate", id, code: { index, source, line, file, quiet } });
    clearInterval(watch);
    const interrupted = this.#control.requested;
    this.#running = undefined;
    const evaluated = reply?.type === "evaluated" ? reply : undefined;
    const milliseconds = evaluated?.milliseconds ?? performance.now() - begin;
    if (running.died) return { status: "failed", milliseconds, error: running.died };
    if (!evaluated) return { status: "killed", milliseconds };
    if (evaluated.error) {
      return { status: "failed", milliseconds, error: await withExcerpt(evaluated.error, code) };
    }
    return { status: interrupted ? "interrupted" : "done", milliseconds };
  }

  get #info(): RunInfo {
    const code = this.#running?.code;
    if (!code) return { replay: false, sources: [] };
    const before = this.made.filter(({ index, leaf }) => index >= 0 && index < code.index && !leaf);
    const cells = [...before.toSorted((a, b) => a.index - b.index), code];
    return { replay: this.#running!.replay, sources: cells.map(({ source }) => source) };
  }
}

/** What of the options a realm has to know. */
function startOf({ url, screen, bridge, preload, libraries, sandboxAdvice }: EngineOptions): RealmStart {
  return { url, screen, bridge, preload, libraries, sandboxAdvice };
}
