// A recipe for Fashion-MNIST: deno run --allow-read --allow-write=. docs/fashion_mnist.ts [FOLDER]
// Clothes instead of digits, in MNIST's format; Debian's package dataset-fashion-mnist has them. Two convolutions, fewer
// than 100,000 parameters; mirrored images, dropout, AdamW, one cycle. If it is stopped, start it again: it goes on.
import { AdamW, BatchNorm, Conv2D, type Dataset, Dropout, FC, fit, Flatten, MaxPool2D, Module } from "../mod.ts";
import { oneCycle, Random, ReLU, saveModel, watch } from "../mod.ts";
import { type ImageDataset, loadIDX } from "../data/mod.ts";

const [folder = "/usr/share/datasets/fashion-mnist"] = Deno.args;
const read = (set: string, like?: ImageDataset) =>
  loadIDX({
    images: `${folder}/${set}-images-idx3-ubyte.gz`,
    labels: `${folder}/${set}-labels-idx1-ubyte.gz`,
    like,
  }) as Promise<ImageDataset>;
const train = await read("train"), test = await read("t10k", train);
const random = new Random(1), epochs = 12;

const look = (inChannels: number, outChannels: number) => [
  new Conv2D({ inChannels, outChannels, kernelSize: 3, padding: 1, bias: false, init: "he", random }),
  new BatchNorm({ features: outChannels }),
  new ReLU(),
  new MaxPool2D({ kernelSize: 2 }),
];
const model = new Module([
  ...look(1, 16),
  ...look(16, 32),
  new Flatten(),
  new Dropout({ rate: 0.3, random }),
  new FC({ inFeatures: 32 * 7 * 7, outFeatures: 50, init: "he", random }),
  new ReLU(),
  new FC({ inFeatures: 50, outFeatures: 10, random }),
]);

/** Half of the images, drawn again each time, are mirrored: a shoe may point either way. */
class Mirrored implements Dataset {
  readonly random = new Random(7); // public, so that a checkpoint finds it
  readonly size = train.size;
  readonly labels = train.labels;
  readonly sampleShape = train.sampleShape;

  gather(indices: ArrayLike<number>, out: Float32Array | Float64Array): void {
    train.gather(indices, out);
    for (let n = 0; n < indices.length; n++) {
      if (this.random.uniform() < 0.5) continue;
      for (let row = 28 * n; row < 28 * (n + 1); row++) out.subarray(28 * row, 28 * (row + 1)).reverse();
    }
  }
}

await watch(fit(model, new Mirrored(), {
  optimizer: new AdamW(model.parameters(), { weightDecay: 0.02 }),
  schedule: oneCycle({ maxLearningRate: 0.008, steps: epochs * Math.ceil(train.size / 64), warmup: 0.2 }),
  epochs,
  random,
  test,
  checkpoint: { path: "fashion.training.safetensors", everySeconds: 30 },
  resume: true,
}));
await saveModel(model, "fashion.safetensors");
