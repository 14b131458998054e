/** The compiled kernel at work: its memory, its jobs, and the threads that compute them. */
import { Arena } from "./arena.ts";
import { ArenaStore } from "./arena_storage.ts";
import {
  ARGUMENTS,
  FAILED,
  FLOAT_ARGUMENTS,
  MAX_ARGUMENTS,
  MAX_FLOAT_ARGUMENTS,
  STOP,
  WAKE,
} from "./assembly/layout.ts";
import { type Binary, compileBinary } from "./binary.ts";
import { ARENA_START, PAGE, reserveMemory } from "./memory.ts";
import { startThread, type Thread } from "./threads.ts";

interface Exports {
  setThread(index: number, count: number): void;
  runAlone(code: number, chunks: number): void;
  run(code: number, chunks: number): void;
  finished(chunks: number, spins: number): number;
  measurePeak(rounds: number, address: number): number;
  allFinite(address: number, count: number): number;
}

/** How the machine is set up; most options are for tests. */
export interface MachineOptions {
  /** How many threads compute, the calling one included. */
  threads: number;
  /** Is called once, with the reason, if fewer threads compute than `threads`. */
  onProblem?: (reason: string) => void;
  /** How long to wait for a worker that does not finish its chunk, in milliseconds. */
  timeoutMs?: number;
  /** Whether to ask for shared memory. */
  shared?: boolean;
  /** How many bytes of temporaries may wait to be released. */
  temporaryLimit?: number;
  /** How many bytes of memory to use; all that is reserved, unless this is given. */
  memoryLimit?: number;
  /** The compiled kernels to choose from, best first. */
  binaries?: string[];
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

/** One instance of the kernel. */
export class Machine {
  readonly memory: WebAssembly.Memory;
  readonly store: ArenaStore;
  /** Whether products and sums are fused. */
  readonly fused: boolean;
  readonly #exports: Exports;
  readonly #ints: Int32Array;
  readonly #floats: Float32Array;
  readonly #words: Int32Array;
  readonly #module: WebAssembly.Module;
  readonly #timeoutMs: number;
  readonly #onProblem: (reason: string) => void;
  readonly #startThread: typeof startThread;
  #workers: Thread[] = [];
  #chunksAlone: number; // how many more chunks this thread computes alone before it starts workers
  #workerCount: number; // how many workers compute besides this thread, once they are started

  private constructor(memory: WebAssembly.Memory, binary: Binary, options: MachineOptions) {
    this.memory = memory;
    this.fused = binary.fused;
    this.#module = binary.module;
    this.#timeoutMs = options.timeoutMs ?? 20_000;
    this.#onProblem = options.onProblem ?? (() => {});
    this.#startThread = options.start ?? startThread;
    this.#chunksAlone = options.startAfter ?? START_AFTER;
    this.#workerCount = options.threads - 1;
    const { buffer } = memory;
    this.store = new ArenaStore(
      new Arena(ARENA_START, Math.min(buffer.byteLength, options.memoryLimit ?? Infinity)),
      buffer,
      options.temporaryLimit,
    );
    this.#ints = new Int32Array(buffer, ARGUMENTS, MAX_ARGUMENTS);
    this.#floats = new Float32Array(buffer, FLOAT_ARGUMENTS, MAX_FLOAT_ARGUMENTS);
    this.#words = new Int32Array(buffer, 0, ARENA_START / 4);
    const instance = new WebAssembly.Instance(binary.module, { env: { memory, abort: () => {} } });
    this.#exports = instance.exports as unknown as Exports;
    this.#exports.setThread(0, this.threads);
  }

  /** A machine, or the reason why this engine cannot have one. */
  static create(options: MachineOptions): Machine | string {
    if (typeof WebAssembly === "undefined") return "there is no WebAssembly here";
    const wanted = options.threads > 1 && (options.shared ?? true);
    const memory = reserveMemory(wanted);
    if (!memory) return "there is no memory to reserve";
    const shared = typeof SharedArrayBuffer !== "undefined" && memory.buffer instanceof SharedArrayBuffer;
    const binary = compileBinary({ pages: memory.buffer.byteLength / PAGE, shared }, options.binaries);
    if (!binary) return "this engine has no WebAssembly SIMD";
    if (options.threads > 1 && !shared) options.onProblem?.("there is no shared memory here");
    return new Machine(memory, binary, shared ? options : { ...options, threads: 1 });
  }

  /** How many threads compute, including this one. */
  get threads(): number {
    return this.#workerCount + 1;
  }

  /** Sets an argument of the next job that is a whole number or an address. */
  setInt(name: number, value: number): void {
    this.#ints[name] = value;
  }

  /** Sets an argument of the next job that is a float32 number. */
  setFloat(name: number, value: number): void {
    this.#floats[name] = value;
  }

  /** Computes a job; returns when it is done. The result does not depend on which thread computes which chunk. */
  run(code: number, chunks: number): void {
    if (this.#workerCount === 0 || chunks === 1 || chunks > MAX_CHUNKS) this.#exports.runAlone(code, chunks);
    else {
      if (this.#workers.length === 0) {
        this.#chunksAlone -= chunks;
        if (this.#chunksAlone > 0) return this.#exports.runAlone(code, chunks);
        this.#startWorkers(); // until they are up, this thread computes alone
      }
      this.#exports.run(code, chunks);
      if (!this.#exports.finished(chunks, 2000)) this.#wait(chunks);
    }
  }

  /** Whether all `count` numbers at an address are finite. */
  allFinite(address: number, count: number): boolean {
    return this.#exports.allFinite(address, count) !== 0;
  }

  /** The peak speed of one thread's multiply-add unit, in GFLOP/s. For the benchmark. */
  measurePeak(): number {
    const rounds = 20_000, start = performance.now();
    for (let i = 0; i < 20; i++) this.#exports.measurePeak(rounds, ARENA_START);
    return 80 * rounds * 20 / (performance.now() - start) / 1e6;
  }

  /** Ends the workers. The machine then computes with one thread. */
  close(): void {
    this.#workerCount = 0;
    Atomics.store(this.#words, STOP / 4, 1);
    Atomics.add(this.#words, WAKE / 4, 1);
    if (this.#workers.length > 0) Atomics.notify(this.#words, WAKE / 4);
    for (const thread of this.#workers) thread.terminate();
    this.#workers = [];
  }

  #startWorkers(): void {
    for (let thread = 1; thread <= this.#workerCount; thread++) {
      const layout = { stop: STOP, failed: FAILED }, { memory, threads } = this;
      const data = { module: this.#module, memory, thread, threads, ...layout, spins: SPINS };
      try {
        this.#workers.push(this.#startThread(data, (error) => this.#giveUp(`a thread failed: ${error.message}`)));
      } catch (error) {
        this.#giveUp(`a thread did not start: ${(error as Error).message}`);
      }
    }
  }

  /** Waits for the chunks that workers have taken; notices a worker that died before it finished its chunk. */
  #wait(chunks: number): void {
    const deadline = performance.now() + this.#timeoutMs;
    while (!this.#exports.finished(chunks, 100_000)) {
      const failed = Atomics.load(this.#words, FAILED / 4) !== 0;
      if (!failed && performance.now() < deadline) continue;
      this.#giveUp(failed ? "a thread failed" : "a thread did not answer");
      throw new Error(
        `the kernel lost a thread in the middle of a computation, and with it the numbers of this step: ` +
          `from now on it computes with one thread; run this cell again, or start with fewer threads`,
      );
    }
  }

  #giveUp(reason: string): void {
    if (this.#workerCount > 0) this.#onProblem(reason);
    this.close();
  }
}
