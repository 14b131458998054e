// The networks that are measured.
import {
  AvgPool2D,
  BatchNorm,
  Conv2D,
  Dropout,
  FC,
  Flatten,
  type Layer,
  MaxPool2D,
  Module,
  Random,
  ReLU,
  Sigmoid,
  Tanh,
  Tensor,
} from "../../mod.ts";

/** The names of the networks. */
export type NetworkName = "original" | "better" | "lenet" | "mlp" | "example" | "vgg" | "accurate";

/** A network with fresh weights. */
export function makeNetwork(name: NetworkName, random = new Random(1)): Module {
  return new Module(layers[name](random));
}

const layers: Record<NetworkName, (random: Random) => Layer[]> = {
  original: (random) => [
    new Conv2D({ inChannels: 1, outChannels: 6, kernelSize: 3, padding: 1, random }),
    new MaxPool2D({ kernelSize: 2 }),
    new Tanh(),
    new Conv2D({ inChannels: 6, outChannels: 12, kernelSize: 3, padding: 1, random }),
    new MaxPool2D({ kernelSize: 2 }),
    new Tanh(),
    new Flatten(),
    new FC({ inFeatures: 588, outFeatures: 512, random }),
    new FC({ inFeatures: 512, outFeatures: 128, random }),
    new FC({ inFeatures: 128, outFeatures: 10, random }),
  ],
  better: (random) => [
    new Conv2D({ inChannels: 1, outChannels: 8, kernelSize: 3, padding: 1, random }),
    new BatchNorm({ features: 8 }),
    new ReLU(),
    new MaxPool2D({ kernelSize: 2 }),
    new Conv2D({ inChannels: 8, outChannels: 16, kernelSize: 3, padding: 1, random }),
    new BatchNorm({ features: 16 }),
    new ReLU(),
    new MaxPool2D({ kernelSize: 2 }),
    new Flatten(),
    new FC({ inFeatures: 784, outFeatures: 64, random }),
    new ReLU(),
    new FC({ inFeatures: 64, outFeatures: 10, random }),
  ],
  lenet: (random) => [
    new Conv2D({ inChannels: 1, outChannels: 6, kernelSize: 5, padding: 2, random }),
    new Sigmoid(),
    new AvgPool2D({ kernelSize: 2 }),
    new Conv2D({ inChannels: 6, outChannels: 16, kernelSize: 5, random }),
    new Sigmoid(),
    new AvgPool2D({ kernelSize: 2 }),
    new Flatten(),
    new FC({ inFeatures: 400, outFeatures: 120, random }),
    new Sigmoid(),
    new FC({ inFeatures: 120, outFeatures: 84, random }),
    new Sigmoid(),
    new FC({ inFeatures: 84, outFeatures: 10, random }),
  ],
  mlp: (random) => [
    new Flatten(),
    new FC({ inFeatures: 784, outFeatures: 512, random }),
    new ReLU(),
    new FC({ inFeatures: 512, outFeatures: 512, random }),
    new ReLU(),
    new FC({ inFeatures: 512, outFeatures: 10, random }),
  ],
  example: (random) => [
    new Conv2D({ inChannels: 1, outChannels: 32, kernelSize: 3, random }),
    new ReLU(),
    new Conv2D({ inChannels: 32, outChannels: 64, kernelSize: 3, random }),
    new ReLU(),
    new MaxPool2D({ kernelSize: 2 }),
    new Dropout({ rate: 0.25, random }),
    new Flatten(),
    new FC({ inFeatures: 9216, outFeatures: 128, random }),
    new ReLU(),
    new Dropout({ rate: 0.5, random }),
    new FC({ inFeatures: 128, outFeatures: 10, random }),
  ],
  vgg: (random) => [
    ...[[1, 32], [32, 32]].flatMap(([from, to]) => block(from, to, random)),
    new MaxPool2D({ kernelSize: 2 }),
    ...[[32, 64], [64, 64]].flatMap(([from, to]) => block(from, to, random)),
    new MaxPool2D({ kernelSize: 2 }),
    new Flatten(),
    new FC({ inFeatures: 3136, outFeatures: 128, random }),
    new ReLU(),
    new FC({ inFeatures: 128, outFeatures: 10, random }),
  ],
  accurate: (random) => [
    ...[[1, 16], [16, 16]].flatMap(([from, to]) => block(from, to, random)),
    new MaxPool2D({ kernelSize: 2 }),
    ...[[16, 32], [32, 32]].flatMap(([from, to]) => block(from, to, random)),
    new MaxPool2D({ kernelSize: 2 }),
    ...block(32, 64, random),
    ...block(64, 64, random, 0),
    new Dropout({ rate: 0.3, random }),
    new Flatten(),
    new FC({ inFeatures: 1600, outFeatures: 10, random }),
  ],
};

/** A convolution, padded unless told otherwise, batch norm, ReLU. */
function block(inChannels: number, outChannels: number, random: Random, padding = 1): Layer[] {
  return [
    new Conv2D({ inChannels, outChannels, kernelSize: 3, padding, random }),
    new BatchNorm({ features: outChannels }),
    new ReLU(),
  ];
}

/** What one image costs in training, at least. */
export interface Floor {
  /** Multiplications and additions of the products and convolutions, by the direct algorithm. */
  readonly flop: number;
  /** Bytes: each layer's output is written once and read twice, and its gradient written and read once. */
  readonly bytes: number;
}

/** The least that an image costs: forward, the gradients of the weights, and those of all inputs but the images. */
export function floorOf(name: NetworkName): Floor {
  let shape = [1, 1, 28, 28], [flop, bytes, passes] = [0, 0, 2];
  for (const layer of makeNetwork(name).layers) {
    const out = layer.outputShape(shape), size = out.reduce((a, b) => a * b);
    const products = layer instanceof Conv2D ? layer.weight.value.size * out[2] * out[3] : 0;
    const dense = layer instanceof FC ? layer.weight.value.size : 0;
    if (products + dense > 0) {
      flop += 2 * passes * (products + dense);
      passes = 3; // the gradient of its input is needed, too
    }
    bytes += 5 * 4 * size;
    shape = out;
  }
  return { flop, bytes };
}

/** Images and labels that mean nothing: what is measured is speed. */
export function noise(size: number): { images: Tensor; labels: Uint8Array } {
  const random = new Random(2);
  return {
    images: Tensor.randn([size, 1, 28, 28], { random }),
    labels: Uint8Array.from({ length: size }, (_, i) => i % 10),
  };
}
