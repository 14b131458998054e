/** The compiled kernel, in the best form that this engine runs. */
import { fusedWasm, plainWasm } from "./kernel_wasm.ts";

/** A compiled kernel and what it is. */
export interface Binary {
  readonly module: WebAssembly.Module;
  /** Whether it multiplies and adds in one step. */
  readonly fused: boolean;
}

/** Compiles the kernel for a memory of this size, shared or not; undefined where the engine has no SIMD. */
export function compileBinary(
  memory: { pages: number; shared: boolean },
  candidates: string[] = [fusedWasm, plainWasm],
): Binary | undefined {
  for (const text of candidates) {
    const bytes = decodeBase64(text);
    describeMemory(bytes, memory);
    if (WebAssembly.validate(bytes)) return { module: new WebAssembly.Module(bytes), fused: text === fusedWasm };
  }
  return undefined;
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/**
 * The binary imports a shared memory of 16,384 pages as `env.memory`. It is made to import the memory that there is: with
 * its exact size as both limits, because the engine compares every address with the size, and of a memory that might
 * grow in another thread it would fetch the size anew each time (a tenth of all the time of a matrix product).
 */
function describeMemory(bytes: Uint8Array, { pages, shared }: { pages: number; shared: boolean }): void {
  const wanted = [...new TextEncoder().encode("\x03env\x06memory\x02")];
  const found = bytes.findIndex((_, i) => wanted.every((byte, j) => bytes[i + j] === byte));
  if (found < 0) return; // no kernel: it will not be valid either
  const size = [pages & 127 | 128, pages >> 7 & 127 | 128, pages >> 14]; // in portions of 7 bits, as the format wants it
  bytes.set([shared ? 3 : 1, ...size, ...size], found + wanted.length); // 1: it has a maximum, 2: it is shared
}
