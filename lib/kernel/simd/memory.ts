/** The memory that the kernel and its threads compute in. */
import { ARENA } from "./assembly/layout.ts";

/** The unit in which WebAssembly counts memory, in bytes. */
export const PAGE = 65536;
const MEBIBYTES = [1024, 256, 64];

/**
 * Reserves, once, as much memory as the kernel may ever need: so it never moves, and views of it stay valid. Pages that are
 * not touched take no physical memory. The memory is shared between threads if the engine allows it, otherwise it is for
 * one thread; undefined if the engine has none.
 */
export function reserveMemory(shared: boolean): WebAssembly.Memory | undefined {
  for (const size of MEBIBYTES) {
    const pages = size * 2 ** 20 / PAGE;
    try {
      return new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
    } catch {
      // not that much: try less
    }
  }
  return shared ? reserveMemory(false) : undefined;
}

/** Where the memory to allocate begins. */
export const ARENA_START: number = ARENA;
