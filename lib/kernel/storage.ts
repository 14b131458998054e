/**
 * Where the numbers of a tensor are, and who may read them for how long.
 *
 * A kernel with separate memory (WebAssembly) needs that memory back; a learner wants to keep a tensor as long as they
 * like, and never free one. A storage makes both possible:
 *
 * - `array` is for a kernel call that starts now: it may move between two calls, so do not keep it;
 * - `claim()` is for everything else: the array it returns can be kept, read and written, forever;
 * - `release()` is for code that can prove that nothing reads the numbers again (a module, for its intermediate tensors).
 *
 * Forgetting to release costs speed, but never gives a wrong number.
 */

/** The element types of a tensor. */
export type DType = "float32" | "float64";

/** The array that holds the elements of a tensor. */
export type FloatArray = Float32Array | Float64Array;

/** Whether two arrays share memory. */
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
  /** Frees the memory. Only for code that can prove that nothing reads these numbers again. */
  release(): void;
}

/** Storage in the JavaScript heap: the garbage collector does all the work. */
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
