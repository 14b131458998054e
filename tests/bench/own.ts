// Measures this library, in a process of its own. Arguments: kernel, threads, then what to measure; prints JSON.
import { Adam, evaluate, fit, Random, useKernel } from "../../mod.ts";
import { kernelFor, setFloat32Kernel } from "../../lib/kernel/select.ts";
import { createSimdKernel, type SimdKernel } from "../../lib/kernel/simd.ts";
import { makeNetwork, type NetworkName, noise } from "./networks.ts";

const [kernelName, threads, what, argument, batch] = Deno.args;
useKernel({ kernel: kernelName, threads: Number(threads) });

/** Images a second of training: after a second of warming up, for two seconds. */
async function train(network: NetworkName, batchSize: number): Promise<number> {
  const model = makeNetwork(network), random = new Random(3);
  const optimizer = new Adam(model.parameters(), { learningRate: 1e-3 });
  let [images, start] = [0, performance.now()];
  let warm = false;
  for await (const event of fit(model, noise(3000), { optimizer, epochs: 1e6, batchSize, random })) {
    if (event.type !== "step") continue;
    images += event.batchSize;
    const seconds = (performance.now() - start) / 1000;
    if (warm && seconds > 2) return images / seconds;
    if (!warm && seconds > 1) [warm, images, start] = [true, 0, performance.now()];
  }
  throw new Error("the training ended");
}

/** How many times as fast `threads` threads train as one: some steps each in turn, 50 such pairs or half a minute. */
async function scaling(network: NetworkName, batchSize: number): Promise<number> {
  const steps = network === "example" || network === "vgg" ? 4 : 20;
  const sides = [1, Number(threads)].map((count) => {
    const kernel = createSimdKernel({ threads: count });
    if (typeof kernel === "string") throw new Error(kernel);
    setFloat32Kernel(kernel);
    const model = makeNetwork(network), optimizer = new Adam(model.parameters(), { learningRate: 1e-3 });
    const training = fit(model, noise(3000), { optimizer, epochs: 1e6, batchSize, random: new Random(3) });
    return async (): Promise<number> => {
      setFloat32Kernel(kernel);
      const start = performance.now();
      for (let i = 0; i < steps; i++) await training.next();
      return performance.now() - start;
    };
  });
  const ratios: number[] = [];
  const start = performance.now();
  for (let i = 0; i < 60 && (i < 15 || performance.now() - start < 30_000); i++) {
    ratios.push(await sides[0]() / await sides[1]());
  }
  return median(ratios.slice(10));
}

/** Seconds that the evaluation of 10,000 images takes, after one for warming up. */
function evaluation(network: NetworkName): number {
  const [model, data] = [makeNetwork(network), noise(10_000)];
  evaluate(model, data);
  const start = performance.now();
  evaluate(model, data);
  return (performance.now() - start) / 1000;
}

/** GFLOP/s of a product of two square matrices, and of the multiply-add unit at its best; measured in turn. */
function product(size: number): { product: number; peak?: number } {
  const kernel = kernelFor("float32"), count = size * size;
  const [a, b, out] = [1, 2, 3].map(() => kernel.allocatePersistent(count, "float32").array);
  a.fill(0.5);
  b.fill(0.25);
  const shape = { m: size, n: size, k: size, transposeA: false, transposeB: false, accumulate: false };
  const [speeds, peaks] = [[] as number[], [] as number[]];
  for (let i = 0; i < 60; i++) {
    const start = performance.now();
    kernel.matmul(shape, a, b, out);
    speeds.push(2 * size ** 3 / (performance.now() - start) / 1e6);
    if (kernel.name === "simd") peaks.push((kernel as SimdKernel).machine.measurePeak());
  }
  return { product: median(speeds.slice(10)), ...(peaks.length ? { peak: median(peaks.slice(10)) } : {}) };
}

function median(numbers: number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? NaN;
}

const measures: Record<string, () => unknown> = {
  train: () => train(argument as NetworkName, Number(batch)),
  scaling: () => scaling(argument as NetworkName, Number(batch)),
  evaluate: () => evaluation(argument as NetworkName),
  matmul: () => product(Number(argument)),
};
console.log(JSON.stringify({ value: await measures[what](), version: Deno.version.deno }));
Deno.exit(0);
