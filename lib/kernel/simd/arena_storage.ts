/**
 * Storage in the memory of the kernel. Three rules keep it right whatever a learner does, and flat in a training loop:
 *
 * - a temporary that somebody claims moves to the JavaScript heap, and its place is used again;
 * - temporaries that nobody released pile up to a limit; then the oldest moves to the heap, where the garbage collector
 *   finds out whether anybody still wants it (a weak reference could not say so inside a loop that never awaits);
 * - a persistent array that somebody claimed stays where it is for ever: views of it may be held anywhere.
 */
import { HeapStorage, type Storage } from "../storage.ts";
import type { Arena } from "./arena.ts";

type Numbers = Float32Array | Int32Array;
type View<A extends Numbers> = {
  new (size: number): A;
  new (buffer: ArrayBufferLike, offset: number, size: number): A;
};

/** How many bytes of temporaries may wait for somebody to release them. */
export const TEMPORARY_LIMIT = 64 * 2 ** 20;

/** What the storages of one kernel share. */
export class ArenaStore {
  readonly arena: Arena;
  readonly buffer: ArrayBufferLike;
  readonly #limit: number;
  readonly #waiting = new Set<Temporary<Numbers>>(); // oldest first
  readonly #dead = new FinalizationRegistry<Place>((place) => {
    if (!place.pinned) this.arena.give(place.address, place.bytes);
  });
  #waitingBytes = 0;

  constructor(arena: Arena, buffer: ArrayBufferLike, limit = TEMPORARY_LIMIT) {
    this.arena = arena;
    this.buffer = buffer;
    this.#limit = limit;
  }

  /** Numbers for one forward and backward pass. What they are is arbitrary. */
  temporary<A extends Numbers>(view: View<A>, size: number): Storage<A> {
    const bytes = size * 4;
    while (this.#waitingBytes + bytes > this.#limit && this.#waiting.size > 0) {
      for (const oldest of this.#waiting) {
        oldest.claim();
        break;
      }
    }
    const address = this.arena.take(bytes);
    if (address === 0) return new HeapStorage(new view(size));
    const storage = new Temporary(this, new view(this.buffer, address, size), view);
    this.#waiting.add(storage as unknown as Temporary<Numbers>);
    this.#waitingBytes += bytes;
    return storage;
  }

  /** Numbers that stay, zero at first. */
  persistent<A extends Numbers>(view: View<A>, size: number): Storage<A> {
    const bytes = size * 4, address = this.arena.take(bytes);
    if (address === 0) return new HeapStorage(new view(size));
    const place = { address, bytes, pinned: false };
    const storage = new Persistent(this, new view(this.buffer, address, size), place);
    storage.array.fill(0);
    this.#dead.register(storage, place, place);
    return storage;
  }

  /** Takes back the place of a temporary. */
  giveTemporary(storage: Temporary<Numbers>, array: Numbers): void {
    this.#waiting.delete(storage);
    this.#waitingBytes -= array.byteLength;
    this.arena.give(array.byteOffset, array.byteLength);
  }

  /** Takes back the place of a persistent array that nobody claimed. */
  givePersistent(place: Place): void {
    this.#dead.unregister(place);
    this.arena.give(place.address, place.bytes);
  }
}

interface Place {
  readonly address: number;
  readonly bytes: number;
  pinned: boolean;
}

class Temporary<A extends Numbers> implements Storage<A> {
  readonly #store: ArenaStore;
  readonly #view: View<A>;
  #array: A | undefined;
  #inArena = true;

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
    if (!this.#inArena) return array;
    const copy = new this.#view(array.length);
    copy.set(array);
    this.#leave(array);
    this.#array = copy;
    return copy;
  }

  release(): void {
    if (!this.#inArena) return; // somebody else holds the copy
    this.#leave(this.array);
    this.#array = undefined;
  }

  #leave(array: A): void {
    this.#inArena = false;
    this.#store.giveTemporary(this as unknown as Temporary<Numbers>, array);
  }
}

class Persistent<A extends Numbers> implements Storage<A> {
  readonly #store: ArenaStore;
  readonly #place: Place;
  #array: A | undefined;

  constructor(store: ArenaStore, array: A, place: Place) {
    this.#store = store;
    this.#array = array;
    this.#place = place;
  }

  get array(): A {
    if (this.#array === undefined) throw released();
    return this.#array;
  }

  claim(): A {
    this.#place.pinned = true;
    return this.array;
  }

  release(): void {
    if (this.#place.pinned || this.#array === undefined) return;
    this.#array = undefined;
    this.#store.givePersistent(this.#place);
  }
}

function released(): Error {
  return new Error("these numbers were released and their memory may hold others: clone a tensor to keep it");
}
