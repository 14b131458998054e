// SIMD kernels for tests, in every form that they can have.
import { createSimdKernel, type SimdKernel } from "../../lib/kernel/simd.ts";
import type { MachineOptions } from "../../lib/kernel/simd/machine.ts";

/** The SIMD kernel, with threads from the first job on; throws if there is none, because every engine that runs these tests has it. */
export function simdKernel(options: MachineOptions): SimdKernel {
  const kernel = createSimdKernel({ startAfter: 0, ...options });
  if (typeof kernel === "string") throw new Error(`there is no SIMD kernel: ${kernel}`);
  return kernel;
}

/** Waits until the threads of a kernel have started, so that they compute. */
export async function threadsUp(kernel: SimdKernel): Promise<void> {
  const x = kernel.allocatePersistent(2 ** 20, "float32").array;
  for (let i = 0; i < 4; i++) {
    kernel.reluForward(x, x); // many chunks: this starts the threads
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
