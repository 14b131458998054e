// A training that saves after each step, in a process that is killed: training_child.ts PATH THREADS.
// Prints one line when it begins to train, and at its end losses and weights.
import { createHash } from "node:crypto";
import {
  Adam,
  BatchNorm,
  Conv2D,
  Dropout,
  FC,
  fit,
  Flatten,
  Module,
  oneCycle,
  Random,
  ReLU,
  Tensor,
} from "../../mod.ts";
import { useKernel } from "../../mod.ts";

const [path, threads] = Deno.args;
useKernel({ threads: Number(threads) });
const random = new Random(5);
const images = Tensor.uniform([96, 1, 12, 12], { random });
const data = { images, labels: Array.from({ length: 96 }, (_, i) => i % 4) };
const model = new Module([
  new Conv2D({ inChannels: 1, outChannels: 8, kernelSize: 3, random }),
  new BatchNorm({ features: 8 }),
  new ReLU(),
  new Flatten(),
  new Dropout({ rate: 0.3, random }),
  new FC({ inFeatures: 800, outFeatures: 64, random }),
  new ReLU(),
  new FC({ inFeatures: 64, outFeatures: 4, random }),
]);
const losses: number[] = [];
const training = fit(model, data, {
  optimizer: new Adam(model.parameters()),
  schedule: oneCycle({ maxLearningRate: 0.003, steps: 36 }),
  epochs: 3,
  batchSize: 8,
  random,
  test: data,
  ...path === "-" ? {} : { checkpoint: { path, everySeconds: 0 }, resume: true },
});
for await (const event of training) {
  if (event.type === "step") losses.push(event.loss);
  if (losses.length === 1 && event.type === "step") console.log("training");
}
const hash = createHash("sha256");
for (const { value } of [...model.parameters(), ...model.buffers()]) {
  hash.update(new Uint8Array(value.data.slice().buffer));
}
console.log(JSON.stringify({ losses, weights: hash.digest("hex"), state: random.state }));
Deno.exit(0);
