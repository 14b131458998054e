/** Hands out pieces of a block of memory, by address. */

/** The step between the sizes that are handed out is a quarter of the power of two below: at most a fifth is wasted. */
function roundUp(bytes: number): number {
  if (bytes <= 256) return Math.max(64, Math.ceil(bytes / 64) * 64);
  const step = 2 ** (Math.floor(Math.log2(bytes - 1)) - 2);
  return Math.ceil(bytes / step) * step;
}

/**
 * Memory from `start` to `end`. Pieces that come back are handed out again, the latest first, because it is still in the
 * cache; each only for its own size, so nothing is ever split or searched.
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

  /** The bytes that are handed out at present, rounded sizes counted. */
  get used(): number {
    return this.#used;
  }

  /** The address of `bytes` bytes (a multiple of 64), or 0 when there is no room. What lies there is arbitrary. */
  take(bytes: number): number {
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

  /** Takes back a piece: what `take(bytes)` returned. */
  give(address: number, bytes: number): void {
    const size = roundUp(bytes), list = this.#free.get(size);
    if (list) list.push(address);
    else this.#free.set(size, [address]);
    this.#used -= size;
  }
}
