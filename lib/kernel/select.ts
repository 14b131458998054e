/** Which kernel computes: for float32 the fast one, unless told otherwise; for all else the reference. */
import type { Kernel } from "./kernel.ts";
import { referenceKernel } from "./reference.ts";
import { createSimdKernel, type SimdKernel } from "./simd.ts";
import type { DType } from "./storage.ts";

/** What {@linkcode useKernel} takes. */
export interface KernelChoice {
  /** `"simd"`, the fast one, or `"reference"`, the plain loops that define every operation. */
  kernel?: string;
  /** How many threads compute; as many as the machine has cores, but not more than 4, unless told otherwise. */
  threads?: number;
}

let float32Kernel: Kernel | undefined; // chosen when it is first needed: what never computes does not pay for it
let fast: SimdKernel | undefined; // the latest that was made: a cell that is run again shall not start more threads
let fallback: string | undefined; // why it is not the fast one, or not on as many threads, as asked for

/** The kernel that computes numbers of this type. */
export function kernelFor(dtype: DType): Kernel {
  return dtype === "float32" ? float32Kernel ??= choose({}) : referenceKernel;
}

/** Makes `kernel` the one that computes float32 from now on. */
export function setFloat32Kernel(kernel: Kernel): void {
  float32Kernel = kernel;
  fallback = undefined;
}

/**
 * Chooses the kernel that computes float32 from now on, and says in one line what that is. Where the machine lacks what
 * the fast kernel needs, the line says so. Results do not depend on the number of threads. What was computed before stays
 * as it is, and choosing the same again changes nothing.
 *
 * @throws {RangeError} If there is no such kernel, or the number of threads is no whole number from 1 to 64.
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
    throw new RangeError(`the kernels are simd and reference, and got ${JSON.stringify(kernel)}`);
  }
  if (!Number.isInteger(threads) || threads < 1 || threads > 64) {
    throw new RangeError(`a kernel takes 1 to 64 threads and got ${threads}`);
  }
  fallback = undefined;
  if (kernel === "reference") return referenceKernel;
  if (fast?.threads === threads) return fast;
  fast?.machine.close(); // its memory stays for as long as there are tensors in it
  fast = undefined;
  const simd = createSimdKernel({ threads, troubled: (reason) => fallback = reason });
  if (typeof simd !== "string") return fast = simd;
  fallback = simd;
  return referenceKernel;
}

function defaultThreads(): number {
  return Math.min(globalThis.navigator?.hardwareConcurrency ?? 1, 4);
}
