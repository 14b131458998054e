/** The compiled kernel, in the fastest form that this engine can run. */
import { fusedWasm, plainWasm } from "./kernel_wasm.ts";

/** A compiled kernel. */
export interface Binary {
  readonly module: WebAssembly.Module;
  /** Whether it has fused multiply-adds: one instruction, one rounding. */
  readonly fused: boolean;
}

/** Compiles the kernel for a memory of this size, shared or not; undefined where the engine has no SIMD. */
export function compileBinary(
  memory: { pages: number; shared: boolean },
  candidates: string[] = [fusedWasm, plainWasm],
): Binary | undefined {
  for (const text of candidates) {
    const bytes = decodeBase64(text);
    setMemoryImport(bytes, memory);
    if (WebAssembly.validate(bytes)) return { module: new WebAssembly.Module(bytes), fused: text === fusedWasm };
  }
  return undefined;
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/**
 * The binary imports a shared memory of 16,384 pages as `env.memory`. This changes the import to the memory that exists,
 * with its exact size as both limits: the engine compares every address with the size, and if the memory might grow in
 * another thread, it would fetch the size again each time (a tenth of the time of a matrix product).
 */
function setMemoryImport(bytes: Uint8Array, { pages, shared }: { pages: number; shared: boolean }): void {
  const wanted = [...new TextEncoder().encode("\x03env\x06memory\x02")];
  const found = bytes.findIndex((_, i) => wanted.every((byte, j) => bytes[i + j] === byte));
  if (found < 0) return; // not a kernel: it will not be valid either
  const size = [pages & 127 | 128, pages >> 7 & 127 | 128, pages >> 14]; // 7 bits a byte, as the format wants it
  bytes.set([shared ? 3 : 1, ...size, ...size], found + wanted.length); // 1: it has a maximum, 2: it is shared
}
