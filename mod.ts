/**
 * Gradually: the network library of the course. Tensors, layers, losses, optimizers, training, and pictures of them
 * all.
 *
 * @example A network of two layers learns to tell left from right
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Adam, evaluate, FC, fit, Module, Random, ReLU, Tensor } from "@gradually/gradually";
 *
 * const random = new Random(1);
 * const model = new Module([
 *   new FC({ inFeatures: 2, outFeatures: 8, init: "he", random }),
 *   new ReLU(),
 *   new FC({ inFeatures: 8, outFeatures: 2, random }),
 * ]);
 * const points = Tensor.randn([200, 2], { random });
 * const data = { images: points, labels: Array.from({ length: 200 }, (_, i) => points.at(i, 0) > 0 ? 1 : 0) };
 * const optimizer = new Adam(model.parameters(), { learningRate: 0.01 });
 * for await (const _ of fit(model, data, { optimizer, epochs: 20, batchSize: 20, random }));
 * assertEquals(evaluate(model, data).accuracy > 0.95, true);
 * ```
 *
 * @module
 */
export { type KernelChoice, kernelInUse, useKernel } from "./lib/kernel/select.ts";
export type { DType, FloatArray } from "./lib/kernel/storage.ts";
export * from "./lib/tensor/mod.ts";
export * from "./lib/layers/mod.ts";
export * from "./lib/losses/mod.ts";
export * from "./lib/optimizers/mod.ts";
export * from "./lib/files/mod.ts";
export * from "./lib/training/mod.ts";
export * from "./lib/show/mod.ts";
