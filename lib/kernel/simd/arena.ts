/** Arena: allocates pieces of one block of memory, by address. */

/** Sizes are multiples of a quarter of the power of two below them: at most a fifth of a piece is wasted. */
function roundUp(bytes: number): number {
  if (bytes <= 256) return Math.max(64, Math.ceil(bytes / 64) * 64);
  const step = 2 ** (Math.floor(Math.log2(bytes - 1)) - 2);
  return Math.ceil(bytes / step) * step;
}

/**
 * Memory from `start` to `end`. A freed piece is allocated again, the latest first, because it is still in the cache; and
 * only for the same rounded size, so pieces are never split or searched for.
 */
export class Arena {
  readonly #end: number;
  readonly #free = new Map<number, number[]>();
  #next: number;
  #used = 0;

  constructor(start: number, end: number) {
    this.#next = start;
    this.#end = end;
  }

  /** How many bytes are allocated now, counting the rounded sizes. */
  get used(): number {
    return this.#used;
  }

  /** The address of `bytes` bytes (a multiple of 64), or 0 if there is not enough memory. Their contents are arbitrary. */
  allocate(bytes: number): number {
    const size = roundUp(bytes);
    let address = this.#free.get(size)?.pop();
    if (address === undefined) {
      if (this.#next + size > this.#end) return 0;
      address = this.#next;
      this.#next += size;
    }
    this.#used += size;
    return address;
  }

  /** Frees a piece: the address is what `allocate(bytes)` returned. */
  free(address: number, bytes: number): void {
    const size = roundUp(bytes), list = this.#free.get(size);
    if (list) list.push(address);
    else this.#free.set(size, [address]);
    this.#used -= size;
  }
}
