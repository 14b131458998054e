/** Which kernel computes: by default the fast one for float32, and always the reference for float64. */
import type { Kernel } from "./kernel.ts";
import { referenceKernel } from "./reference.ts";
import { createSimdKernel, type SimdKernel } from "./simd.ts";
import type { DType } from "./storage.ts";

/** What {@linkcode useKernel} takes. */
export interface KernelChoice {
  /** `"simd"`, the fast kernel (the default), or `"reference"`, the plain loops that define every operation. */
  kernel?: string;
  /** How many threads compute; by default as many as the machine has cores, but at most 4. */
  threads?: number;
}

let float32Kernel: Kernel | undefined; // chosen on first use: a program that never computes does not pay for it
let fast: SimdKernel | undefined; // the last one made: a cell that runs again must not start more threads
let fallback: string | undefined; // why it is not the kernel, or not the number of threads, that was chosen

/** The kernel that computes tensors of this type. */
export function kernelFor(dtype: DType): Kernel {
  return dtype === "float32" ? float32Kernel ??= choose({}) : referenceKernel;
}

/** Makes `kernel` the one that computes float32 from now on. */
export function setFloat32Kernel(kernel: Kernel): void {
  float32Kernel = kernel;
  fallback = undefined;
}

/**
 * Chooses the kernel that computes float32 from now on, and describes it in one line. If the machine lacks what the fast
 * kernel needs, the line says so. Results do not depend on the number of threads. Existing tensors stay as they are, and
 * choosing the same kernel again changes nothing.
 *
 * @throws {RangeError} If there is no such kernel, or the number of threads is not an integer from 1 to 64.
 *
 * @example The plain loops
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { useKernel } from "@gradually/gradually";
 *
 * assertEquals(useKernel({ kernel: "reference" }), "float32 by the reference kernel, 1 thread");
 * ```
 */
export function useKernel(choice: KernelChoice = {}): string {
  float32Kernel = choose(choice);
  return kernelInUse();
}

/**
 * One line that says what computes float32: which kernel, on how many threads, and why not a faster one.
 *
 * @example
 * ```ts
 * import { assertMatch } from "@std/assert";
 * import { kernelInUse } from "@gradually/gradually";
 *
 * assertMatch(kernelInUse(), /^float32 by the (simd|reference) kernel, \d threads?/);
 * ```
 */
export function kernelInUse(): string {
  const { name, threads } = kernelFor("float32");
  const reason = fallback ? ` (${fallback})` : "";
  return `float32 by the ${name} kernel, ${threads} ${threads === 1 ? "thread" : "threads"}${reason}`;
}

function choose({ kernel = "simd", threads = defaultThreads() }: KernelChoice): Kernel {
  if (kernel !== "simd" && kernel !== "reference") {
    throw new RangeError(`useKernel takes the kernel "simd" or "reference" and got ${JSON.stringify(kernel)}`);
  }
  if (!Number.isInteger(threads) || threads < 1 || threads > 64) {
    const found = typeof threads === "number" ? threads : `a ${typeof threads}`;
    throw new RangeError(`useKernel takes 1 to 64 threads, as a number, and got ${found}`);
  }
  fallback = undefined;
  if (kernel === "reference") return referenceKernel;
  if (fast?.threads === threads) return fast;
  fast?.machine.close(); // its memory stays as long as there are tensors in it
  fast = undefined;
  const simd = createSimdKernel({ threads, onProblem: (reason) => fallback = reason });
  if (typeof simd !== "string") return fast = simd;
  fallback = simd;
  return referenceKernel;
}

function defaultThreads(): number {
  return Math.min(globalThis.navigator?.hardwareConcurrency ?? 1, 4);
}
