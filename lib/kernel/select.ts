/** Which kernel computes: the fast one for float32 once it is chosen, the reference for all else. */
import type { Kernel } from "./kernel.ts";
import { referenceKernel } from "./reference.ts";
import type { DType } from "./storage.ts";

let float32Kernel: Kernel = referenceKernel;

/** The kernel that computes numbers of this type. */
export function kernelFor(dtype: DType): Kernel {
  return dtype === "float32" ? float32Kernel : referenceKernel;
}

/** Makes `kernel` the one that computes float32 from now on. */
export function setFloat32Kernel(kernel: Kernel): void {
  float32Kernel = kernel;
}
