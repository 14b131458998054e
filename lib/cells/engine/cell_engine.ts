/** Runs the cells of a notebook in their own realm, and can always stop them. */

import type { EngineOptions, RunInfo } from "./engine_options.ts";
import { withExcerpt } from "./excerpt.ts";
import { RUNAWAY_AFTER, SAME_REQUEST } from "./interrupt.ts";
import type { CellError, CellResult, Code, Output, OutputScreen, RealmStart, Variable } from "./protocol.ts";
import { RanCells } from "./ran_cells.ts";
import type { OpenRealm, Question, RealmChannel } from "./realm_channel.ts";

/** How long the realm may take to answer, in milliseconds, before it is ended. */
const GRACE = 50;

/** Code that is running now. */
interface Running {
  id: number;
  code: Code;
  replay: boolean;
  onOutput?: (output: Output) => void;
  died?: CellError;
  /** When it was asked to stop. */
  askedAt?: number;
}

/**
 * The engine of one notebook. Its cells share one scope.
 *
 * The first {@linkcode CellEngine.interrupt} is a request: code that polls the flag ends early, and the variables are kept. A cell that does
 * not poll, such as an endless loop, is ended together with its realm; so is any cell at the second interrupt. The earlier cells are then
 * run again, silently, when they are next needed.
 */
export class CellEngine {
  readonly #options: EngineOptions;
  readonly #openRealm: OpenRealm;
  #realm?: RealmChannel;
  readonly #ran = new RanCells(); //              the code that produced the current state, in order
  #lost = false; //                 whether that code must be run again
  #restoring?: Promise<boolean>;
  #onAssumed?: (cell: Code, output: Output) => void;
  #onReplay?: (done: number, total: number) => void;
  #nextId = 1;
  readonly #ended = new Set<Promise<void>>(); // processes on their way out
  #running?: Running;

  /** @param openRealm Starts what the cells run in; called again after it has ended. */
  constructor(options: EngineOptions, openRealm: OpenRealm) {
    this.#options = { ...options };
    this.#openRealm = openRealm;
  }

  /** Starts the realm, if it has not been started; cells may be run without waiting for it. */
  async start(): Promise<void> {
    await this.#open().ready;
  }

  /** Whether a cell is running. */
  get busy(): boolean {
    return this.#running !== undefined;
  }

  /** Whether the next cell has to wait until earlier ones have been run again. */
  get stale(): boolean {
    return this.#lost && this.#ran.runs.length > 0;
  }

  /** The code that produced the current state, in order. */
  get made(): readonly Code[] {
    return this.#ran.code;
  }

  /** Whether the running cell has been asked to stop and is finishing its step. */
  get stopping(): boolean {
    return this.#running?.askedAt !== undefined;
  }

  /**
   * Assumes that cells were run before, in an earlier session: they are run, silently, before the next cell.
   *
   * @param onOutput Receives their outputs, the first time.
   */
  assume(cells: readonly Code[], onOutput?: (cell: Code, output: Output) => void): void {
    this.#ran.replaceBy(cells);
    this.#lost = cells.length > 0;
    this.#onAssumed = onOutput;
  }

  /**
   * Runs again what must be run again, before the next cell needs it.
   *
   * @param onReplay Called before each of them.
   * @returns Whether the state is restored; false if this was stopped.
   */
  async restore(onReplay?: (done: number, total: number) => void): Promise<boolean> {
    if (!this.#lost) return true;
    this.#onReplay = onReplay;
    this.#restoring ??= this.#replay().finally(() => this.#restoring = undefined);
    return await this.#restoring;
  }

  /** Discards the state; before the next cell, it is made again from the given code. Any other code is forgotten. */
  remake(cells: readonly Code[]): void {
    this.#discard();
    this.assume(cells);
  }

  /** Gives cells that have moved in the file their new positions; a cell that is gone is not run again. */
  moved(place: (cell: Code) => Code | undefined): void {
    this.#ran.move(place);
  }

  /**
   * Runs a cell. Never throws because of what the cell does.
   *
   * @param onOutput Called for every output of the cell, in order.
   * @param onReplay Called before each earlier cell that has to be run again first.
   */
  async run(
    cell: Code,
    onOutput?: (output: Output) => void,
    onReplay?: (done: number, total: number) => void,
  ): Promise<CellResult> {
    if (!await this.restore(onReplay)) return { status: "killed", milliseconds: 0 };
    const result = await this.#evaluate(cell, onOutput);
    if (result.status === "killed" || this.#realm === undefined) return result; // it has left nothing behind
    this.#ran.add({ cell, pollsBeforeStop: result.status === "interrupted" ? result.pollCount : undefined });
    return result;
  }

  /** Runs code that is not part of what must be run again, such as a check of an exercise. */
  async runApart(code: Code, onOutput?: (output: Output) => void): Promise<CellResult> {
    if (!await this.restore()) return { status: "killed", milliseconds: 0 };
    return await this.#evaluate(code, onOutput);
  }

  /** Checks whether the whole file parses; returns the error if it does not. */
  async check(source: string): Promise<CellError | undefined> {
    const reply = await this.#ask({ type: "check", id: this.#nextId++, source });
    const error = reply?.type === "checked" ? reply.error : undefined;
    return error && withExcerpt(error, { source, file: error.place?.file });
  }

  /** The variables that the cells have declared, without functions and whole modules. */
  async variables(): Promise<Variable[]> {
    await this.restore();
    const reply = await this.#ask({ type: "variables", id: this.#nextId++ });
    return reply?.type === "variables" ? reply.variables : [];
  }

  /** A picture of a variable, by MIME type. */
  async picture(name: string): Promise<Record<string, string> | undefined> {
    const reply = await this.#ask({ type: "picture", id: this.#nextId++, name });
    return reply?.type === "picture" ? reply.bundle : undefined;
  }

  /** One frame of an earlier picture; undefined when the picture is no longer there. */
  async frame(frames: number, index: number): Promise<Record<string, string> | undefined> {
    const reply = await this.#ask({ type: "frame", id: this.#nextId++, frames, index });
    return reply?.type === "picture" ? reply.bundle : undefined;
  }

  /** Asks the running cell to stop; the second time, or if it does not poll, ends it. */
  interrupt(): void {
    const running = this.#running;
    if (!running) return;
    const now = performance.now();
    if (running.askedAt !== undefined) return now - running.askedAt > SAME_REQUEST ? this.#kill() : undefined;
    running.askedAt = now;
    const kill = (): void => this.#running === running ? this.#kill() : undefined;
    const timer = setTimeout(kill, RUNAWAY_AFTER + GRACE); // not even the process answers
    this.#ask({ type: "interrupt", id: this.#nextId++ }).then((reply) => {
      clearTimeout(timer);
      if (reply?.type !== "asked" || !reply.polling) kill();
    });
  }

  /** Sets how large pictures may be from now on. */
  resize(columns: number, rows: number): void {
    const screen: OutputScreen = { ...this.#options.screen, columns, rows };
    this.#options.screen = screen;
    this.#realm?.post({ type: "screen", screen });
  }

  /** Resolves when no process of an earlier realm runs anymore. */
  async settled(): Promise<void> {
    await Promise.all(this.#ended);
  }

  /** Says which cells there are, when that has changed. */
  expect(sources: readonly string[]): void {
    this.#options.sources = sources;
    this.#realm?.post({ type: "expect", sources });
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
    if (!realm) return;
    realm.end();
    this.#ended.add(realm.gone);
    realm.gone.then(() => this.#ended.delete(realm.gone));
  }

  #open(): RealmChannel {
    return this.#realm ??= this.#openRealm(startOf(this.#options), this.#options.permissions, {
      output: (id, output) => id === this.#running?.id && this.#running.onOutput?.(output),
      written: (stream, text) => this.#running?.onOutput?.({ type: "text", stream, text }),
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
    const { runs } = this.#ran;
    for (const [i, { cell, pollsBeforeStop }] of runs.entries()) {
      this.#onReplay?.(i, runs.length);
      const onOutput = (output: Output): void => this.#onAssumed?.(cell, output);
      const { status } = await this.#evaluate(cell, onOutput, { pollsBeforeStop, replay: true });
      if (status === "killed" || this.#realm === undefined) return false;
    }
    this.#lost = false;
    this.#onAssumed = undefined;
    return true;
  }

  /** @param replay Whether the engine runs it again, silently, rather than the reader. */
  async #evaluate(
    code: Code,
    onOutput?: (output: Output) => void,
    { pollsBeforeStop, replay = false }: { pollsBeforeStop?: number; replay?: boolean } = {},
  ): Promise<CellResult> {
    const id = this.#nextId++;
    const begin = performance.now();
    const running: Running = this.#running = { id, code, replay, onOutput };
    const reply = await this.#ask({ type: "evaluate", id, code: codeOnly(code), pollsBeforeStop });
    this.#running = undefined;
    const evaluated = reply?.type === "evaluated" ? reply : undefined;
    const milliseconds = evaluated?.milliseconds ?? performance.now() - begin;
    if (running.died) return { status: "failed", milliseconds, error: running.died };
    if (!evaluated) return { status: "killed", milliseconds };
    if (evaluated.damaged) this.#kill();
    if (evaluated.error) {
      return { status: "failed", milliseconds, error: await withExcerpt(evaluated.error, code) };
    }
    if (!evaluated.interrupted) return { status: "done", milliseconds };
    return { status: "interrupted", milliseconds, pollCount: evaluated.pollCount };
  }

  get #info(): RunInfo {
    const code = this.#running?.code;
    if (!code) return { replay: false, sources: [] };
    return { replay: this.#running!.replay, sources: this.#ran.sourcesOf(code) };
  }
}

/** A cell has more than it takes to run it. */
function codeOnly({ index, source, line, file, leaf, quiet }: Code): Code {
  return { index, source, line, file, leaf, quiet };
}

/** The part of the options that a realm needs. */
function startOf({ url, screen, sources, bridge, preload, lock, libraries, sandboxAdvice }: EngineOptions): RealmStart {
  return { url, screen, sources, bridge, preload, lock, libraries, sandboxAdvice };
}
