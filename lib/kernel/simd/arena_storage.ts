/**
 * Storage in the memory of the kernel. Three rules keep it correct whatever a learner does, and its size constant in a
 * training loop:
 *
 * - a temporary that is claimed moves to the JavaScript heap, and its memory is used again;
 * - temporaries that are not released pile up to a limit; then the oldest moves to the heap, where the garbage collector
 *   finds out whether it is still in use (a weak reference cannot tell that inside a loop that never awaits). If it is
 *   released after all, the move was in vain, as in a network whose step needs more: then the limit grows by its size;
 * - a persistent array that was claimed stays where it is forever: views of it may be held anywhere.
 */
import { HeapStorage, type Storage } from "../storage.ts";
import type { Arena } from "./arena.ts";

type Numbers = Float32Array | Int32Array;
type View<A extends Numbers> = {
  new (size: number): A;
  new (buffer: ArrayBufferLike, offset: number, size: number): A;
};

/** How many bytes of temporaries may wait to be released: at first, and at most. */
const TEMPORARY_LIMIT = 64 * 2 ** 20;
const LARGEST_LIMIT = 512 * 2 ** 20;

/** The memory of one kernel, and the storages in it. */
export class ArenaStore {
  readonly arena: Arena;
  readonly buffer: ArrayBufferLike;
  #limit: number;
  readonly #waiting = new Set<Temporary<Numbers>>(); // oldest first
  readonly #collected = new FinalizationRegistry<Block>((block) => {
    if (!block.pinned) this.arena.free(block.address, block.bytes);
  });
  #waitingBytes = 0;

  constructor(arena: Arena, buffer: ArrayBufferLike, limit = TEMPORARY_LIMIT) {
    this.arena = arena;
    this.buffer = buffer;
    this.#limit = limit;
  }

  /** Numbers for one forward and backward pass. Their values are arbitrary. */
  temporary<A extends Numbers>(view: View<A>, size: number): Storage<A> {
    const bytes = size * 4;
    while (this.#waitingBytes + bytes > this.#limit && this.#waiting.size > 0) {
      for (const oldest of this.#waiting) {
        oldest.moveAway();
        break;
      }
    }
    const address = this.arena.allocate(bytes);
    if (address === 0) return new HeapStorage(new view(size));
    const storage = new Temporary(this, new view(this.buffer, address, size), view);
    this.#waiting.add(storage as unknown as Temporary<Numbers>);
    this.#waitingBytes += bytes;
    return storage;
  }

  /** Numbers that stay; zero at first. */
  persistent<A extends Numbers>(view: View<A>, size: number): Storage<A> {
    const bytes = size * 4, address = this.arena.allocate(bytes);
    if (address === 0) return new HeapStorage(new view(size));
    const block = { address, bytes, pinned: false };
    const storage = new Persistent(this, new view(this.buffer, address, size), block);
    storage.array.fill(0);
    this.#collected.register(storage, block, block);
    return storage;
  }

  /** Frees the memory of a temporary. */
  freeTemporary(storage: Temporary<Numbers>, array: Numbers): void {
    this.#waiting.delete(storage);
    this.#waitingBytes -= array.byteLength;
    this.arena.free(array.byteOffset, array.byteLength);
  }

  /** Lets more temporaries wait: one of so many bytes was moved away, and then released. */
  raiseLimit(bytes: number): void {
    this.#limit = Math.max(this.#limit, Math.min(this.#limit + bytes, LARGEST_LIMIT));
  }

  /** Frees the memory of a persistent array that was not claimed. */
  freePersistent(block: Block): void {
    this.#collected.unregister(block);
    this.arena.free(block.address, block.bytes);
  }
}

/** The memory of a persistent array. */
interface Block {
  readonly address: number;
  readonly bytes: number;
  /** Whether the array was claimed: then it is never freed. */
  pinned: boolean;
}

class Temporary<A extends Numbers> implements Storage<A> {
  readonly #store: ArenaStore;
  readonly #view: View<A>;
  #array: A | undefined;
  #inArena = true;
  #movedInVain = false; // moved to the heap by the store: so far nobody asked for it there

  constructor(store: ArenaStore, array: A, view: View<A>) {
    this.#store = store;
    this.#array = array;
    this.#view = view;
  }

  get array(): A {
    if (this.#array === undefined) throw released();
    return this.#array;
  }

  claim(): A {
    const array = this.array;
    this.#movedInVain = false;
    if (!this.#inArena) return array;
    const copy = new this.#view(array.length);
    copy.set(array);
    this.#free(array);
    this.#array = copy;
    return copy;
  }

  /** Moves to the heap, because too many temporaries wait. */
  moveAway(): void {
    this.claim();
    this.#movedInVain = true;
  }

  release(): void {
    if (this.#movedInVain) this.#store.raiseLimit(this.array.byteLength);
    this.#movedInVain = false;
    if (!this.#inArena) return; // the copy on the heap may be in use
    this.#free(this.array);
    this.#array = undefined;
  }

  #free(array: A): void {
    this.#inArena = false;
    this.#store.freeTemporary(this as unknown as Temporary<Numbers>, array);
  }
}

class Persistent<A extends Numbers> implements Storage<A> {
  readonly #store: ArenaStore;
  readonly #block: Block;
  #array: A | undefined;

  constructor(store: ArenaStore, array: A, block: Block) {
    this.#store = store;
    this.#array = array;
    this.#block = block;
  }

  get array(): A {
    if (this.#array === undefined) throw released();
    return this.#array;
  }

  claim(): A {
    this.#block.pinned = true;
    return this.array;
  }

  release(): void {
    if (this.#block.pinned || this.#array === undefined) return;
    this.#array = undefined;
    this.#store.freePersistent(this.#block);
  }
}

function released(): Error {
  return new Error("these numbers were released, and their memory may hold others: clone a tensor to keep it");
}
