// A product whose output is also one of its factors: every kernel uses what the factor held before.
import { assert } from "@std/assert";
import { referenceKernel } from "../../lib/kernel/reference.ts";
import type { Kernel } from "../../lib/kernel/kernel.ts";
import type { DType, FloatArray } from "../../lib/kernel/storage.ts";
import { simdKernel, threadsUp } from "./kernels.ts";

/** Compares `out += a · b`, where a, b or both are `out`, with the same on copies; sizes for both orders of the SIMD kernel. */
function check(
  kernel: Kernel,
  dtype: DType,
  overlap: (sum: FloatArray, other: FloatArray) => [FloatArray, FloatArray],
) {
  for (const n of kernel.name === "simd" ? [7, 64, 370] : [2, 7, 64]) {
    for (const accumulate of [true, false]) {
      for (const [transposeA, transposeB] of [[false, false], [true, false], [false, true]]) {
        const random = (seed: number) => {
          const { array } = kernel.allocatePersistent(n * n, dtype);
          for (let i = 0; i < n * n; i++) array[i] = Math.sin(i * 12.9898 + seed) * 43.5 % 1;
          return array;
        };
        const [sum, other] = [random(1), random(2)];
        const [a, b] = overlap(sum, other);
        const [wideA, wideB, wanted] = [a, b, sum].map((array) => Float64Array.from(array));
        const shape = { m: n, n, k: n, transposeA, transposeB, accumulate };
        kernel.matmul(shape, a, b, sum);
        referenceKernel.matmul(shape, wideA, wideB, wanted);
        const error = wanted.reduce((most, value, i) => Math.max(most, Math.abs(value - sum[i])), 0);
        assert(
          error < 1e-3,
          `${n}, accumulate ${accumulate}, transposed ${transposeA}, ${transposeB}: off by ${error}`,
        );
      }
    }
  }
}

const overlaps: [string, (sum: FloatArray, other: FloatArray) => [FloatArray, FloatArray]][] = [
  ["the left factor is the output", (sum, other) => [sum, other]],
  ["the right factor is the output", (sum, other) => [other, sum]],
  ["both factors are the output", (sum) => [sum, sum]],
];

for (const [name, overlap] of overlaps) {
  for (const dtype of ["float32", "float64"] as const) {
    Deno.test(`${name}: the reference kernel, ${dtype}`, () => check(referenceKernel, dtype, overlap));
  }
  Deno.test(`${name}: the SIMD kernel, in its own memory, on two threads`, async () => {
    const kernel = simdKernel({ threads: 2 });
    await threadsUp(kernel);
    check(kernel, "float32", overlap);
    kernel.machine.close();
  });
}
