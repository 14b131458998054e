/** Workers: the threads that compute besides the first one. When they start, and what happens when one dies. */
import { FAILED, STOP, WAKE } from "./assembly/layout.ts";
import { startThread, type Thread, type WorkerData } from "./start_thread.ts";

/** How the workers are set up; most options are for tests. */
export interface WorkerOptions {
  /** How many threads compute, the first one included. */
  threads: number;
  /** Is called once, with the reason, if fewer threads compute than `threads`. */
  onProblem?: (reason: string) => void;
  /** How long to wait for a worker that does not finish its chunk, in milliseconds. */
  timeoutMs?: number;
  /** Starts a thread. */
  start?: typeof startThread;
  /** How many chunks the first thread computes alone before it starts the others. */
  startAfter?: number;
}

/** How often a worker checks for the next job before it sleeps: a few tenths of a millisecond; longer would waste a core. */
const SPINS = 20_000;
/**
 * How many chunks the first thread computes alone, in a few hundredths of a second, before it starts the others: starting
 * one takes up to a tenth of a second, which a short computation would not gain back.
 */
const START_AFTER = 1000;
/** A job's ticket has 16 bits for the number of chunks. */
const MAX_CHUNKS = 65_535;

/** The workers of one machine. */
export class Workers {
  readonly #module: WebAssembly.Module;
  readonly #memory: WebAssembly.Memory;
  readonly #words: Int32Array;
  readonly #timeoutMs: number;
  readonly #onProblem: (reason: string) => void;
  readonly #startThread: typeof startThread;
  #threads: Thread[] = [];
  #chunksAlone: number; // how many more chunks the first thread computes alone
  #count: number;

  constructor(module: WebAssembly.Module, memory: WebAssembly.Memory, options: WorkerOptions) {
    this.#module = module;
    this.#memory = memory;
    this.#words = new Int32Array(memory.buffer);
    this.#timeoutMs = options.timeoutMs ?? 20_000;
    this.#onProblem = options.onProblem ?? (() => {});
    this.#startThread = options.start ?? startThread;
    this.#chunksAlone = options.startAfter ?? START_AFTER;
    this.#count = options.threads - 1;
  }

  /** How many there are, or will be when they are needed. */
  get count(): number {
    return this.#count;
  }

  /** Whether they help with a job of so many chunks; starts them once there is enough to do. */
  help(chunks: number): boolean {
    if (this.#count === 0 || chunks === 1 || chunks > MAX_CHUNKS) return false;
    if (this.#threads.length > 0) return true;
    this.#chunksAlone -= chunks;
    if (this.#chunksAlone > 0) return false;
    this.#start(); // until they are up, the first thread does their work
    return true;
  }

  /** Waits until `finished` says so; throws if a worker died, or does not answer, with a chunk that it has taken. */
  wait(finished: () => boolean): void {
    const deadline = performance.now() + this.#timeoutMs;
    while (!finished()) {
      const failed = Atomics.load(this.#words, FAILED / 4) !== 0;
      if (!failed && performance.now() < deadline) continue;
      this.#giveUp(failed ? "a thread failed" : "a thread did not answer");
      throw new Error(
        `the kernel lost a thread in the middle of a computation, and with it the numbers of this step: ` +
          `from now on it computes with one thread; run this cell again, or start with fewer threads`,
      );
    }
  }

  /** Ends them all. */
  close(): void {
    this.#count = 0;
    Atomics.store(this.#words, STOP / 4, 1);
    Atomics.add(this.#words, WAKE / 4, 1);
    if (this.#threads.length > 0) Atomics.notify(this.#words, WAKE / 4);
    for (const thread of this.#threads) thread.terminate();
    this.#threads = [];
  }

  #start(): void {
    const common = {
      module: this.#module,
      memory: this.#memory,
      threads: this.#count + 1,
      failed: FAILED,
      spins: SPINS,
    };
    for (let thread = 1; thread <= this.#count; thread++) {
      const data: WorkerData = { ...common, thread };
      try {
        this.#threads.push(this.#startThread(data, (error) => this.#giveUp(`a thread failed: ${error.message}`)));
      } catch (error) {
        this.#giveUp(`a thread did not start: ${(error as Error).message}`);
      }
    }
  }

  #giveUp(reason: string): void {
    if (this.#count > 0) this.#onProblem(reason);
    this.close();
  }
}
