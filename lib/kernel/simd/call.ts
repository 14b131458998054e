/**
 * One call of a compiled operation: it sets the arguments of the jobs, by name, and runs them. Arrays that are already in
 * the kernel's memory are used in place; others (a learner's tensor) are copied in, and copied back if the kernel wrote
 * them.
 */
import { type FloatArray, overlap } from "../storage.ts";
import type {
  AdamFloat,
  BatchNorm,
  BatchNormFloat,
  Conv,
  Elementwise,
  Matmul,
  Pool,
  RMSPropFloat,
  SGDFloat,
  Softmax,
  SoftmaxFloat,
  SumRows,
  Update,
} from "./assembly/arguments.ts";
import type { Machine } from "./machine.ts";

/** Thrown where the reference has to compute instead: there is no memory for copies, or a number is not finite. */
export class FallBackToReference extends Error {}

type Numbers = FloatArray | Int32Array;
type IntArgument = Matmul | SumRows | Conv | Pool | Elementwise | Softmax | BatchNorm | Update;
type FloatArgument = SoftmaxFloat | BatchNormFloat | SGDFloat | RMSPropFloat | AdamFloat;

/** The arguments of one call, and the memory that it borrows. */
export class Call {
  readonly machine: Machine;
  readonly #borrowed: { address: number; bytes: number; copyBackTo: Numbers | undefined }[] = [];

  constructor(machine: Machine) {
    this.machine = machine;
  }

  /** Sets an argument that is a whole number. */
  int(name: IntArgument, value: number): void {
    this.machine.setInt(name, value);
  }

  /** Sets an argument that is yes or no. */
  flag(name: IntArgument, value: boolean): void {
    this.machine.setInt(name, value ? 1 : 0);
  }

  /** Sets an argument that is a float32 number. */
  float(name: FloatArgument, value: number): void {
    this.machine.setFloat(name, value);
  }

  /** Passes an array that the kernel reads. Like the next ones, it sets the argument to the address, which it returns; 0 for no array. */
  read(name: IntArgument, array: Numbers | undefined): number {
    return this.#pass(name, array === undefined ? 0 : this.#locate(array, true, false));
  }

  /** Passes an array that the kernel reads while it writes `out`: a copy, if the two overlap. */
  readUnaliased(name: IntArgument, array: FloatArray, out: FloatArray): number {
    return this.read(name, overlap(array, out) ? array.slice() : array);
  }

  /** Passes an array that the kernel overwrites. */
  write(name: IntArgument, array: Numbers): number {
    return this.#pass(name, this.#locate(array, false, true));
  }

  /** Passes an array that the kernel reads and writes. */
  update(name: IntArgument, array: Numbers | undefined): number {
    return this.#pass(name, array === undefined ? 0 : this.#locate(array, true, true));
  }

  /** Passes memory for this call alone. */
  scratch(name: IntArgument, bytes: number): number {
    return this.#pass(name, this.#borrow(bytes));
  }

  /** Passes memory of `bytes` for each thread; the second argument is the size of one thread's part. */
  threadScratch(start: IntArgument, size: IntArgument, bytes: number): void {
    const part = Math.ceil(bytes / 64) * 64;
    this.scratch(start, part * this.machine.threads);
    this.int(size, part);
  }

  /** Computes a job with the arguments that were set. */
  run(job: number, chunks: number): void {
    this.machine.run(job, chunks);
  }

  /** Leaves the call to the reference unless all numbers at an address are finite. */
  expectFinite(address: number, size: number): void {
    if (!this.machine.allFinite(address, size)) throw new FallBackToReference("a number is infinite or NaN");
  }

  /** Ends the call: copies results back, unless it failed, and frees the memory. */
  finish(done: boolean): void {
    const { arena, buffer } = this.machine.store;
    for (let i = this.#borrowed.length - 1; i >= 0; i--) {
      const { address, bytes, copyBackTo } = this.#borrowed[i];
      if (copyBackTo && done) copyBackTo.set(view(copyBackTo, buffer, address));
      arena.free(address, bytes);
    }
  }

  #pass(name: IntArgument, address: number): number {
    this.machine.setInt(name, address);
    return address;
  }

  /** The address of an array in the kernel's memory; it is copied there if it lives elsewhere. */
  #locate(array: Numbers, read: boolean, write: boolean): number {
    const { buffer } = this.machine.store;
    if (array.buffer === buffer) return array.byteOffset;
    const address = this.#borrow(array.byteLength, write ? array : undefined);
    if (read) view(array, buffer, address).set(array);
    return address;
  }

  #borrow(bytes: number, copyBackTo?: Numbers): number {
    const address = this.machine.store.arena.allocate(bytes);
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
