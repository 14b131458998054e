/** The compiled kernel, in the best form that this engine runs. */
import { fusedWasm, plainWasm } from "./kernel_wasm.ts";

/** A compiled kernel and what it is. */
export interface Binary {
  readonly module: WebAssembly.Module;
  /** Whether it multiplies and adds in one step. */
  readonly fused: boolean;
}

/** Compiles the kernel for a memory that is shared or not; undefined where the engine has no SIMD. */
export function compileBinary(shared: boolean, candidates: string[] = [fusedWasm, plainWasm]): Binary | undefined {
  for (const text of candidates) {
    const bytes = decodeBase64(text);
    if (!shared) unshare(bytes);
    if (WebAssembly.validate(bytes)) return { module: new WebAssembly.Module(bytes), fused: text === fusedWasm };
  }
  return undefined;
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/**
 * The binary imports a shared memory as `env.memory`; one byte of that import says so. Cleared, the same code runs on a
 * memory of its own, where the engine has no shared ones.
 */
function unshare(bytes: Uint8Array): void {
  const wanted = [...new TextEncoder().encode("\x03env\x06memory\x02")];
  for (let i = 0; i < bytes.length; i++) {
    if (wanted.every((byte, j) => bytes[i + j] === byte)) {
      bytes[i + wanted.length] = 1; // limits with a maximum, not shared (3: shared)
      return;
    }
  }
}
