// Beyond the largest float32: the SIMD kernel agrees with the reference or is not finite; it gives no wrong number.
import { assert, assertEquals } from "@std/assert";
import { Random } from "../../mod.ts";
import type { Kernel } from "../../lib/kernel/kernel.ts";
import { referenceKernel } from "../../lib/kernel/reference.ts";
import { simdKernel } from "./kernels.ts";

const largest = 3.4028234663852886e38;
const big = Math.fround(3e38);

const plain = { transposeA: false, transposeB: false, accumulate: false };
const window = { kernelHeight: 1, kernelWidth: 3, strideHeight: 1, strideWidth: 1, outHeight: 1, outWidth: 1 };
const row = { batch: 1, inChannels: 1, outChannels: 1, height: 1, width: 3, paddingHeight: 0, paddingWidth: 0 };
const floats = (...numbers: number[]) => Float32Array.from(numbers);

/** Operations whose result fits into float32, but not what is computed on the way. */
const passing: Record<string, [reference: number, run: (kernel: Kernel, out: Float32Array) => void]> = {
  "a sum of products": [big, (kernel, out) => {
    kernel.matmul({ m: 1, n: 1, k: 3, ...plain }, floats(big, big, -big), floats(1, 1, 1), out, undefined);
  }],
  "products that cancel": [0, (kernel, out) => {
    kernel.matmul({ m: 1, n: 1, k: 2, ...plain }, floats(1e30, 1e30), floats(1e30, -1e30), out, undefined);
  }],
  "a sum over rows": [big, (kernel, out) => kernel.sumRows(3, 1, floats(big, big, -big), out)],
  "a convolution": [big, (kernel, out) => {
    kernel.convForward({ ...row, ...window }, floats(big, big, -big), floats(1, 1, 1), undefined, out);
  }],
  "a mean of pixels": [big, (kernel, out) => {
    const shape = { planes: 1, height: 1, width: 3, ...window, strideWidth: 3 };
    kernel.avgPoolForward(shape, floats(big, big, big), out);
  }],
  "a mean of a channel": [big, (kernel, out) => {
    kernel.channelStatistics({ batch: 2, channels: 1, plane: 2 }, floats(big, big, big, big), out, floats(0));
  }],
};

for (const [name, [wanted, run]] of Object.entries(passing)) {
  Deno.test(`${name} beyond float32 on the way: the reference gives the number, the SIMD kernel ∞ or NaN`, () => {
    const kernel = simdKernel({ threads: 1 });
    const [reference, fast] = [floats(0), floats(0)];
    run(referenceKernel, reference);
    run(kernel, fast);
    kernel.machine.close();
    assertEquals(reference[0], wanted);
    assert(!Number.isFinite(fast[0]), String(fast[0]));
  });
}

Deno.test("a product of large numbers agrees, or is not finite where a partial sum may be beyond float32", () => {
  const kernel = simdKernel({ threads: 1 }), random = new Random(1), k = 5;
  let beyond = 0;
  for (let trial = 0; trial < 2000; trial++) {
    const draw = () => Float32Array.from({ length: k }, () => random.normal() * 10 ** random.uniform(16, 20));
    const [a, b, reference, fast] = [draw(), draw(), floats(0), floats(0)];
    const shape = { m: 1, n: 1, k, ...plain };
    referenceKernel.matmul(shape, a, b, reference, undefined);
    kernel.matmul(shape, a, b, fast, undefined);
    const size = a.reduce((sum, value, i) => sum + Math.abs(value * b[i]), 0);
    const agrees = Math.abs(fast[0] - reference[0]) <= 1e-5 * size || fast[0] === reference[0];
    if (size < largest) assert(agrees, `${fast[0]} for ${reference[0]}`);
    else assert(agrees || !Number.isFinite(fast[0]), `${fast[0]} for ${reference[0]}`);
    if (size >= largest) beyond++;
  }
  kernel.machine.close();
  assert(beyond > 100 && beyond < 1900, `${beyond} beyond float32`);
});

Deno.test("a squared gradient beyond float32: RMSProp and Adam leave the weight where it is", () => {
  const kernel = simdKernel({ threads: 1 });
  const value = floats(1), [mean, square] = [floats(0), floats(0)];
  kernel.rmspropStep({ learningRate: 1e-3, alpha: 0.99, epsilon: 1e-8, weightDecay: 0 }, value, floats(1e25), square);
  assertEquals(value[0], 1);
  const adam = {
    learningRate: 1e-3,
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-8,
    weightDecay: 0,
    decoupled: false,
    step: 1,
  };
  kernel.adamStep(adam, value, floats(1e25), mean, floats(0));
  assertEquals(value[0], 1);
  kernel.machine.close();
});
