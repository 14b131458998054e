/** The compiled kernel at work: its memory, its jobs, and the threads that compute them. */
import { Arena } from "./arena.ts";
import { ArenaStore } from "./arena_storage.ts";
import { ARGUMENTS, FAILED, STOP, WAKE } from "./assembly/layout.ts";
import { type Binary, compileBinary } from "./binary.ts";
import { ARENA_START, PAGE, reserveMemory } from "./memory.ts";
import { startThread, type Thread } from "./threads.ts";

interface Exports {
  setThread(index: number, count: number): void;
  runAlone(code: number, chunks: number): void;
  run(code: number, chunks: number): void;
  finished(chunks: number, turns: number): number;
  measurePeak(turns: number, address: number): number;
  allFinite(address: number, count: number): number;
}

/** How the machine is set up; most of it for tests. */
export interface MachineOptions {
  /** How many threads compute, the calling one included. */
  threads: number;
  /** Told, once, why fewer threads compute than were asked for. */
  troubled?: (reason: string) => void;
  /** Milliseconds until a worker that does not finish its chunk is given up. */
  patience?: number;
  /** Whether to ask for shared memory. */
  shared?: boolean;
  /** The bytes of temporaries that may wait for a release. */
  temporaryLimit?: number;
  /** The bytes of memory to use, if not all that is reserved. */
  memoryLimit?: number;
  /** The compiled kernels to choose from, the best first. */
  binaries?: string[];
  /** What starts a thread. */
  start?: typeof startThread;
  /** How many chunks are computed alone before threads are started. */
  startAfter?: number;
}

/** How often a worker looks for the next job before it sleeps: a few tenths of a millisecond; longer robs others of a core. */
const TURNS = 20_000;
/**
 * How many chunks are computed alone, in a few hundredths of a second, before threads are started: starting one takes up to
 * a tenth of a second, which a short computation would not get back.
 */
const START_AFTER = 1000;
/** A job's ticket has 16 bits for the number of chunks. */
const MOST_CHUNKS = 65_535;

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
  readonly #patience: number;
  readonly #troubled: (reason: string) => void;
  readonly #startThread: typeof startThread;
  #threads: Thread[] = [];
  #alone: number; // how many more chunks are computed before threads are started
  #others: number; // how many threads there are to be besides this one

  private constructor(memory: WebAssembly.Memory, binary: Binary, options: MachineOptions) {
    this.memory = memory;
    this.fused = binary.fused;
    this.#module = binary.module;
    this.#patience = options.patience ?? 20_000;
    this.#troubled = options.troubled ?? (() => {});
    this.#startThread = options.start ?? startThread;
    this.#alone = options.startAfter ?? START_AFTER;
    this.#others = options.threads - 1;
    const { buffer } = memory;
    this.store = new ArenaStore(
      new Arena(ARENA_START, Math.min(buffer.byteLength, options.memoryLimit ?? Infinity)),
      buffer,
      options.temporaryLimit,
    );
    this.#ints = new Int32Array(buffer, ARGUMENTS, 64);
    this.#floats = new Float32Array(buffer, ARGUMENTS, 64);
    this.#words = new Int32Array(buffer, 0, ARENA_START / 4);
    const instance = new WebAssembly.Instance(binary.module, { env: { memory, abort: () => {} } });
    this.#exports = instance.exports as unknown as Exports;
    this.#exports.setThread(0, this.threads);
  }

  /** A machine, or why there can be none. */
  static create(options: MachineOptions): Machine | string {
    if (typeof WebAssembly === "undefined") return "there is no WebAssembly here";
    const wanted = options.threads > 1 && (options.shared ?? true);
    const memory = reserveMemory(wanted);
    if (!memory) return "there is no memory to reserve";
    const shared = typeof SharedArrayBuffer !== "undefined" && memory.buffer instanceof SharedArrayBuffer;
    const binary = compileBinary({ pages: memory.buffer.byteLength / PAGE, shared }, options.binaries);
    if (!binary) return "this engine has no WebAssembly SIMD";
    if (options.threads > 1 && !shared) options.troubled?.("there is no shared memory here");
    return new Machine(memory, binary, shared ? options : { ...options, threads: 1 });
  }

  /** How many threads compute, this one included. */
  get threads(): number {
    return this.#others + 1;
  }

  /** Sets the arguments of the next job from word `first` on: whole numbers and addresses. */
  ints(first: number, ...values: number[]): void {
    for (let i = 0; i < values.length; i++) this.#ints[first + i] = values[i];
  }

  /** Sets arguments of the next job that are float32. */
  floats(first: number, ...values: number[]): void {
    for (let i = 0; i < values.length; i++) this.#floats[first + i] = values[i];
  }

  /** Computes a job; returns when it is done. The result does not depend on who computes which chunk. */
  run(code: number, chunks: number): void {
    if (this.#others === 0 || chunks === 1 || chunks > MOST_CHUNKS) this.#exports.runAlone(code, chunks);
    else {
      if (this.#threads.length === 0) {
        this.#alone -= chunks;
        if (this.#alone > 0) return this.#exports.runAlone(code, chunks);
        this.#start(); // while they start, this one computes alone
      }
      this.#exports.run(code, chunks);
      if (!this.#exports.finished(chunks, 2000)) this.#wait(chunks);
    }
  }

  /** Whether the `count` numbers at an address are finite. */
  allFinite(address: number, count: number): boolean {
    return this.#exports.allFinite(address, count) !== 0;
  }

  /** Billions of floating point operations a second that one thread's multiply-add unit reaches. For the benchmark. */
  measurePeak(): number {
    const turns = 20_000, start = performance.now();
    for (let i = 0; i < 20; i++) this.#exports.measurePeak(turns, ARENA_START);
    return 80 * turns * 20 / (performance.now() - start) / 1e6;
  }

  /** Ends the threads. The machine goes on computing with one. */
  close(): void {
    this.#others = 0;
    Atomics.store(this.#words, STOP / 4, 1);
    Atomics.add(this.#words, WAKE / 4, 1);
    if (this.#threads.length > 0) Atomics.notify(this.#words, WAKE / 4);
    for (const thread of this.#threads) thread.terminate();
    this.#threads = [];
  }

  #start(): void {
    for (let thread = 1; thread <= this.#others; thread++) {
      const addresses = { stop: STOP, failed: FAILED };
      const data = {
        module: this.#module,
        memory: this.memory,
        thread,
        threads: this.threads,
        ...addresses,
        turns: TURNS,
      };
      try {
        this.#threads.push(this.#startThread(data, (error) => this.#giveUp(`a thread failed: ${error.message}`)));
      } catch (error) {
        this.#giveUp(`a thread did not start: ${(error as Error).message}`);
      }
    }
  }

  /** Waits for chunks that workers have taken; a worker that has died with one in its hands is found out. */
  #wait(chunks: number): void {
    const deadline = performance.now() + this.#patience;
    while (!this.#exports.finished(chunks, 100_000)) {
      const failed = Atomics.load(this.#words, FAILED / 4) !== 0;
      if (!failed && performance.now() < deadline) continue;
      this.#giveUp(failed ? "a thread failed" : "a thread did not answer");
      throw new Error(
        `the kernel lost a thread in the middle of a computation, and with it the numbers of this step: ` +
          `from here on it computes with one thread; run this cell again, or start with fewer threads`,
      );
    }
  }

  #giveUp(reason: string): void {
    if (this.#others > 0) this.#troubled(reason);
    this.close();
  }
}
