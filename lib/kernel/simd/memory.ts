/** The memory that the kernel and its threads compute in. */
import { ARENA } from "./assembly/layout.ts";

/** The unit in which WebAssembly counts memory, in bytes. */
export const PAGE = 65536;
const MEBIBYTES = [1024, 256, 64];

/**
 * Reserves memory once, as much as it may ever take: so it never moves, and no view of it ever goes stale. What is not
 * touched takes no room. Shared between threads if the engine allows, else for one thread; undefined if there is none.
 */
export function reserveMemory(shared: boolean): WebAssembly.Memory | undefined {
  for (const size of MEBIBYTES) {
    const pages = size * 2 ** 20 / PAGE;
    try {
      return new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
    } catch {
      // not that much, or not at all: try less
    }
  }
  return shared ? reserveMemory(false) : undefined;
}

/** Where memory to hand out begins. */
export const ARENA_START: number = ARENA;
