/**
 * Where the numbers of a tensor live, and who may read them for how long.
 *
 * A kernel that keeps its numbers in memory of its own (WebAssembly) wants that memory back; a learner wants to hold a
 * tensor for as long as they like, and never to free one. A storage lets both have their way:
 *
 * - `array` is for a kernel call that starts now: it may change place between two calls, so nobody keeps it;
 * - `claim()` is for everybody else: the array it returns stays theirs, readable and writable, for ever;
 * - `release()` is for the one who can prove that nobody will look again (a module, of its own intermediate tensors).
 *
 * Forgetting to release costs speed, never a wrong number.
 */

/** The element types of a tensor. */
export type DType = "float32" | "float64";

/** The array that holds the elements of a tensor. */
export type FloatArray = Float32Array | Float64Array;

/** Whether two arrays have memory in common. */
export function overlap(a: ArrayBufferView, b: ArrayBufferView): boolean {
  return a.buffer === b.buffer && a.byteOffset < b.byteOffset + b.byteLength &&
    b.byteOffset < a.byteOffset + a.byteLength;
}

/** The numbers of one tensor, or of several that share them. */
export interface Storage<A = FloatArray> {
  /** The numbers, for a kernel call that starts now. Throws after {@linkcode Storage.release}. */
  readonly array: A;
  /** The numbers, to keep: the array returned stays valid and shared with this storage. */
  claim(): A;
  /** Gives the memory back. Only for who can prove that nobody reads these numbers again. */
  release(): void;
}

/** Storage in the ordinary JavaScript heap: the garbage collector does all the work. */
export class HeapStorage<A> implements Storage<A> {
  readonly array: A;

  constructor(array: A) {
    this.array = array;
  }

  claim(): A {
    return this.array;
  }

  release(): void {}
}
