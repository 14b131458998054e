/** The compiled kernel at work: it takes arguments by their names, copies arrays in and out, and runs jobs. */
import { type FloatArray, overlap } from "../storage.ts";
import { Arena } from "./arena.ts";
import { ArenaStore } from "./arena_storage.ts";
import type * as list from "./assembly/arguments.ts";
import { ARGUMENTS, FLOAT_ARGUMENTS, MAX_ARGUMENTS, MAX_FLOAT_ARGUMENTS } from "./assembly/layout.ts";
import { type Binary, compileBinary } from "./binary.ts";
import { ARENA_START, PAGE, reserveMemory } from "./memory.ts";
import { type WorkerOptions, Workers } from "./workers.ts";

interface Exports {
  setThread(index: number, count: number): void;
  runAlone(code: number, chunks: number): void;
  run(code: number, chunks: number): void;
  finished(chunks: number, spins: number): number;
  measurePeak(rounds: number, address: number): number;
  allFinite(address: number, count: number): number;
}

/** How the machine is set up; most options are for tests. */
export interface MachineOptions extends WorkerOptions {
  /** Whether to ask for shared memory. */
  shared?: boolean;
  /** How many bytes of temporaries may wait to be released. */
  temporaryLimit?: number;
  /** How many bytes of memory to use; all that is reserved, unless this is given. */
  memoryLimit?: number;
  /** The compiled kernels to choose from, best first. */
  binaries?: string[];
}

/** Thrown where the reference has to compute instead: there is no memory for copies, or a number is not finite. */
export class FallBackToReference extends Error {}

type Numbers = FloatArray | Int32Array;

/** An argument that is an integer, a flag or an address. */
type IntArgument =
  | list.Matmul
  | list.SumRows
  | list.Conv
  | list.Winograd
  | list.Pool
  | list.Elementwise
  | list.Softmax
  | list.BatchNorm
  | list.Update;

/** An argument that is a float32 number. */
type FloatArgument =
  | list.SoftmaxFloat
  | list.BatchNormFloat
  | list.SGDFloat
  | list.RMSPropFloat
  | list.AdamFloat;

/**
 * One instance of the kernel. A call of an operation sets the arguments of its jobs, then runs them. Arrays that are in
 * the memory already are used in place; others (a learner's tensor) are copied in, and copied back if a job wrote them.
 */
export class Machine {
  readonly memory: WebAssembly.Memory;
  readonly store: ArenaStore;
  /** Whether products and sums are fused. */
  readonly fused: boolean;
  readonly #exports: Exports;
  readonly #ints: Int32Array;
  readonly #floats: Float32Array;
  readonly #workers: Workers;
  readonly #borrowed: { address: number; bytes: number; copyBackTo: Numbers | undefined }[] = []; // by calls that run now

  private constructor(memory: WebAssembly.Memory, binary: Binary, options: MachineOptions) {
    const { buffer } = memory;
    this.memory = memory;
    this.fused = binary.fused;
    this.store = new ArenaStore(
      new Arena(ARENA_START, Math.min(buffer.byteLength, options.memoryLimit ?? Infinity)),
      buffer,
      options.temporaryLimit,
    );
    this.#ints = new Int32Array(buffer, ARGUMENTS, MAX_ARGUMENTS);
    this.#floats = new Float32Array(buffer, FLOAT_ARGUMENTS, MAX_FLOAT_ARGUMENTS);
    const instance = new WebAssembly.Instance(binary.module, { env: { memory, abort: () => {} } });
    this.#exports = instance.exports as unknown as Exports;
    this.#exports.setThread(0, options.threads);
    this.#workers = new Workers(binary.module, memory, options);
  }

  /** A machine, or the reason why this engine cannot have one. */
  static create(options: MachineOptions): Machine | string {
    if (typeof WebAssembly === "undefined") return "there is no WebAssembly here";
    // A page may be allowed to make a shared memory, and not to hand it to a worker.
    const { crossOriginIsolated } = globalThis as { crossOriginIsolated?: boolean };
    const wanted = options.threads > 1 && (options.shared ?? crossOriginIsolated !== false);
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
    return this.#workers.count + 1;
  }

  /** Sets an argument that is an integer. */
  int(name: IntArgument, value: number): void {
    this.#ints[name] = value;
  }

  /** Sets an argument that is yes or no. */
  flag(name: IntArgument, value: boolean): void {
    this.int(name, value ? 1 : 0);
  }

  /** Sets an argument that is a float32 number. */
  float(name: FloatArgument, value: number): void {
    this.#floats[name] = value;
  }

  /** Passes an array that the jobs read. This and the next ones set the address, and return it; 0 for no array. */
  read(name: IntArgument, array: Numbers | undefined): number {
    return this.#pass(name, array === undefined ? 0 : this.#locate(array, true, false));
  }

  /** Passes an array that the jobs read while they write `out`: a copy, if the two overlap. */
  readUnaliased(name: IntArgument, array: FloatArray, out: FloatArray): number {
    return this.read(name, overlap(array, out) ? array.slice() : array);
  }

  /** Passes an array that the jobs overwrite. */
  write(name: IntArgument, array: Numbers): number {
    return this.#pass(name, this.#locate(array, false, true));
  }

  /** Passes an array that the jobs read and write. */
  update(name: IntArgument, array: Numbers | undefined): number {
    return this.#pass(name, array === undefined ? 0 : this.#locate(array, true, true));
  }

  /** Passes memory for this call alone. */
  scratch(name: IntArgument, bytes: number): number {
    return this.#pass(name, this.#borrow(bytes));
  }

  /** Passes memory of `bytes` for each thread; the argument `size` becomes the size of one thread's part. */
  threadScratch(start: IntArgument, size: IntArgument, bytes: number): void {
    const part = Math.ceil(bytes / 64) * 64;
    this.scratch(start, part * this.threads);
    this.int(size, part);
  }

  /** Computes a job; returns when it is done. The result does not depend on which thread computes which chunk. */
  run(code: number, chunks: number): void {
    if (!this.#workers.help(chunks)) return this.#exports.runAlone(code, chunks);
    this.#exports.run(code, chunks);
    if (!this.#exports.finished(chunks, 2000)) this.#workers.wait(() => this.#exports.finished(chunks, 100_000) !== 0);
  }

  /** Leaves the call to the reference unless all `count` numbers at an address are finite. */
  expectFinite(address: number, count: number): void {
    if (!this.#exports.allFinite(address, count)) throw new FallBackToReference("a number is infinite or NaN");
  }

  /** Begins a call; returns what `end` takes. */
  begin(): number {
    return this.#borrowed.length;
  }

  /** Ends a call: copies its results back, unless it failed, and frees the memory that it borrowed. */
  end(call: number, done: boolean): void {
    const { arena, buffer } = this.store;
    while (this.#borrowed.length > call) {
      const { address, bytes, copyBackTo } = this.#borrowed.pop()!;
      if (copyBackTo && done) copyBackTo.set(view(copyBackTo, buffer, address));
      arena.free(address, bytes);
    }
  }

  /** The peak speed of one thread's multiply-add unit, in GFLOP/s. For the benchmark. */
  measurePeak(): number {
    const rounds = 20_000, start = performance.now();
    for (let i = 0; i < 20; i++) this.#exports.measurePeak(rounds, ARENA_START);
    return 80 * rounds * 20 / (performance.now() - start) / 1e6;
  }

  /** Ends the workers. The machine then computes with one thread. */
  close(): void {
    this.#workers.close();
  }

  #pass(name: IntArgument, address: number): number {
    this.int(name, address);
    return address;
  }

  /** The address of an array in the memory; an array that lives elsewhere is copied there. */
  #locate(array: Numbers, read: boolean, write: boolean): number {
    const { buffer } = this.store;
    if (array.buffer === buffer) return array.byteOffset;
    const address = this.#borrow(array.byteLength, write ? array : undefined);
    if (read) view(array, buffer, address).set(array);
    return address;
  }

  #borrow(bytes: number, copyBackTo?: Numbers): number {
    const address = this.store.arena.allocate(bytes);
    if (address === 0) throw new FallBackToReference("the kernel's memory is used up");
    this.#borrowed.push({ address, bytes, copyBackTo });
    return address;
  }
}

/** The numbers at an address, as many and of the type as in `like`. */
function view(like: Numbers, buffer: ArrayBufferLike, address: number): Int32Array | Float32Array {
  if (like instanceof Int32Array) return new Int32Array(buffer, address, like.length);
  return new Float32Array(buffer, address, like.length);
}
