// Sums of a million numbers in float32: small terms are not lost in a large sum, on any number of threads.
import { assert, assertEquals } from "@std/assert";
import type { SimdKernel } from "../../lib/kernel/simd.ts";
import { simdKernel, threadsUp } from "./kernels.ts";

const side = 1000, size = side * side, part = Math.fround(0.1);
const full = (count: number, value: number) => new Float32Array(count).fill(value);

const sums: Record<string, (kernel: SimdKernel) => { found: Float32Array; wanted: number }> = {
  "a bias gradient of a fully connected layer": (kernel) => {
    const found = full(5, 0);
    kernel.sumRows(size, 5, full(5 * size, part), found);
    return { found, wanted: part * size };
  },
  "the mean of a large window": (kernel) => {
    const window = { kernelHeight: side, kernelWidth: side, strideHeight: side, strideWidth: side };
    const shape = { planes: 2, height: side, width: side, ...window, outHeight: 1, outWidth: 1 };
    const found = full(2, 0);
    kernel.avgPoolForward(shape, full(2 * size, part), found);
    return { found, wanted: part };
  },
  "the mean of a long and narrow window": (kernel) => {
    const window = { kernelHeight: size, kernelWidth: 1, strideHeight: 1, strideWidth: 1 };
    const found = full(1, 0);
    kernel.avgPoolForward(
      { planes: 1, height: size, width: 1, ...window, outHeight: 1, outWidth: 1 },
      full(size, part),
      found,
    );
    return { found, wanted: part };
  },
  "a bias gradient of a convolution": (kernel) => {
    const images = { inChannels: 1, height: side, width: side, outChannels: 2, outHeight: side, outWidth: side };
    const window = { kernelHeight: 1, kernelWidth: 1, strideHeight: 1, strideWidth: 1 };
    const shape = { batch: 2, ...images, ...window, paddingHeight: 0, paddingWidth: 0 };
    const found = full(2, 0);
    kernel.convBackwardWeight(shape, full(2 * size, 1), full(4 * size, part), full(2, 0), found);
    return { found, wanted: 2 * part * size };
  },
  "the mean of a channel": (kernel) => {
    const [found, variance] = [full(2, 0), full(2, 0)];
    kernel.channelStatistics({ batch: 2, channels: 2, plane: size }, full(4 * size, 1000 + part), found, variance);
    return { found, wanted: 1000 + part };
  },
  "the variance of a channel": (kernel) => {
    const [mean, found] = [full(2, 0), full(2, 0)];
    const x = Float32Array.from({ length: 4 * size }, (_, i) => i % 2 ? 1001 : 999);
    kernel.channelStatistics({ batch: 2, channels: 2, plane: size }, x, mean, found);
    return { found, wanted: 1 };
  },
  "the gradients of batch normalization": (kernel) => {
    const [gradGamma, gradBeta] = [full(1, 0), full(1, 0)];
    const [x, gradOut, gradX] = [full(size, 1), full(size, part), full(size, 0)];
    const [mean, variance, gamma] = [full(1, 0), full(1, 1), full(1, 1)];
    const shape = { batch: 1, channels: 1, plane: size };
    kernel.batchNormBackward(shape, x, mean, variance, 0, gamma, gradOut, false, gradX, gradGamma, gradBeta);
    return { found: Float32Array.from([...gradGamma, ...gradBeta]), wanted: part * size };
  },
};

for (const [name, sum] of Object.entries(sums)) {
  Deno.test(`${name}: right to 1e-4 over a million numbers, to the same bits on one thread and three`, async () => {
    const results = [];
    for (const threads of [1, 3]) {
      const kernel = simdKernel({ threads });
      await threadsUp(kernel);
      const { found, wanted } = sum(kernel);
      for (const value of found) assert(Math.abs(value / wanted - 1) < 1e-4, `${value} for ${wanted}`);
      results.push(new Int32Array(found.buffer));
      kernel.machine.close();
    }
    assertEquals(results[1], results[0]);
  });
}
