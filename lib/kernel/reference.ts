/** The reference kernel: plain loops that define every operation, in both float types, on one thread. */
import type { Kernel } from "./kernel.ts";
import * as activation from "./reference/activation.ts";
import * as batchNorm from "./reference/batch_norm.ts";
import * as convolution from "./reference/convolution.ts";
import * as matmul from "./reference/matmul.ts";
import * as pooling from "./reference/pooling.ts";
import * as update from "./reference/update.ts";
import { type DType, type FloatArray, HeapStorage } from "./storage.ts";

function allocate(size: number, dtype: DType): HeapStorage<FloatArray> {
  return new HeapStorage(dtype === "float64" ? new Float64Array(size) : new Float32Array(size));
}

/** Plain loops over typed arrays; every sum is in double precision. */
export const referenceKernel: Kernel = {
  name: "reference",
  threads: 1,
  dtypes: ["float32", "float64"],
  allocate,
  allocatePersistent: allocate,
  allocateIndices: (size) => new HeapStorage(new Int32Array(size)),
  ...activation,
  ...batchNorm,
  ...convolution,
  ...matmul,
  ...pooling,
  ...update,
};
