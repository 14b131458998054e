/**
 * Arrays on their way into the kernel's memory. Those that live there are used in place; others (a learner's own tensor)
 * are copied in, and copied back if the kernel wrote them.
 */
import { type FloatArray, overlap } from "../storage.ts";
import type { Machine } from "./machine.ts";

/** A call that the fast kernel leaves to the reference: there is no room for its copies, or its numbers are not finite. */
export class LeaveToReference extends Error {}

type Numbers = FloatArray | Int32Array;

/** The arrays of one kernel call. */
export class Call {
  readonly machine: Machine;
  readonly #pieces: { address: number; bytes: number; writeBack: Numbers | undefined }[] = [];

  constructor(machine: Machine) {
    this.machine = machine;
  }

  /** The address of an array that the kernel reads; 0 for none. */
  read(array: Numbers | undefined): number {
    return array === undefined ? 0 : this.#place(array, true, false);
  }

  /** The same of an array that stays as it is while `out` is written, though it may be `out`. */
  readBeside(array: FloatArray, out: FloatArray): number {
    return this.read(overlap(array, out) ? array.slice() : array);
  }

  /** The address of an array that the kernel overwrites. */
  write(array: Numbers): number {
    return this.#place(array, false, true);
  }

  /** The address of an array that the kernel changes; 0 for none. */
  update(array: Numbers | undefined): number {
    return array === undefined ? 0 : this.#place(array, true, true);
  }

  /** Memory for this call alone. */
  scratch(bytes: number): number {
    const address = this.machine.store.arena.take(bytes);
    if (address === 0) throw new LeaveToReference("the kernel's memory is used up");
    this.#pieces.push({ address, bytes, writeBack: undefined });
    return address;
  }

  /** Memory of `bytes` for each thread; the size of a thread's part comes second. */
  scratchOfThreads(bytes: number): [address: number, part: number] {
    const part = Math.ceil(bytes / 64) * 64;
    return [this.scratch(part * this.machine.threads), part];
  }

  /** Leaves the call to the reference unless all numbers at an address are finite. */
  expectFinite(address: number, size: number): void {
    if (!this.machine.allFinite(address, size)) throw new LeaveToReference("a number is infinite or NaN");
  }

  /** The end of the call: results are copied back, memory is given back. */
  finish(done: boolean): void {
    const { arena, buffer } = this.machine.store;
    for (let i = this.#pieces.length - 1; i >= 0; i--) {
      const { address, bytes, writeBack } = this.#pieces[i];
      if (writeBack && done) {
        writeBack.set(view(writeBack, buffer, address));
      }
      arena.give(address, bytes);
    }
  }

  #place(array: Numbers, read: boolean, write: boolean): number {
    const { buffer } = this.machine.store;
    if (array.buffer === buffer) return array.byteOffset;
    const address = this.scratch(array.byteLength);
    this.#pieces[this.#pieces.length - 1].writeBack = write ? array : undefined;
    if (read) view(array, buffer, address).set(array);
    return address;
  }
}

/** The numbers at an address, as many and of the type as in `like`. */
function view(like: Numbers, buffer: ArrayBufferLike, address: number): Int32Array | Float32Array {
  if (like instanceof Int32Array) return new Int32Array(buffer, address, like.length);
  return new Float32Array(buffer, address, like.length);
}
