// The networks that are measured.
import {
  BatchNorm,
  Conv2D,
  FC,
  Flatten,
  type Layer,
  MaxPool2D,
  Module,
  Random,
  ReLU,
  Tanh,
  Tensor,
} from "../../mod.ts";

/** The names of the networks. */
export type NetworkName = "original" | "better";

/** A network with fresh weights. */
export function makeNetwork(name: NetworkName): Module {
  return new Module(layers[name](new Random(1)));
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
};

/** Images and labels that mean nothing: what is measured is speed. */
export function noise(size: number): { images: Tensor; labels: Uint8Array } {
  const random = new Random(2);
  return {
    images: Tensor.randn([size, 1, 28, 28], { random }),
    labels: Uint8Array.from({ length: size }, (_, i) => i % 10),
  };
}
