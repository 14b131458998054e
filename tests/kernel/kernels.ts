// Kernels for tests: every form in which the SIMD kernel may find itself.
import { createSimdKernel, type SimdKernel } from "../../lib/kernel/simd.ts";
import type { MachineOptions } from "../../lib/kernel/simd/machine.ts";

/** The SIMD kernel, with its threads from the first job on; fails where there is none, since all that these tests run on have it. */
export function simdKernel(options: MachineOptions): SimdKernel {
  const kernel = createSimdKernel({ startAfter: 0, ...options });
  if (typeof kernel === "string") throw new Error(`the SIMD kernel is not there: ${kernel}`);
  return kernel;
}

/** Waits until the threads of a kernel are up, so that they do take part. */
export async function threadsUp(kernel: SimdKernel): Promise<void> {
  const x = kernel.allocatePersistent(2 ** 20, "float32").array;
  for (let i = 0; i < 4; i++) {
    kernel.reluForward(x, x); // many chunks: the threads are started
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
