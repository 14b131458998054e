/** The networks that read what is drawn: those of lesson 16, the better one of which lesson 18 opens. */

import { BatchNorm, Conv2D, FC, Flatten, MaxPool2D, Module, ReLU, Tanh } from "../../../layers/mod.ts";
import type { Random } from "../../../tensor/mod.ts";

/**
 * The network, ready to be trained or to load a checkpoint.
 *
 * @param random The source of its initial weights; without it they are the same every time.
 */
export function digitNetwork(random?: Random): Module {
  const made = { init: random ? "he" : "zeros", random } as const;
  const looks = { kernelSize: 3, padding: 1, bias: false, ...made } as const;
  return new Module([
    new Conv2D({ inChannels: 1, outChannels: 8, ...looks }),
    new BatchNorm({ features: 8 }),
    new ReLU(),
    new MaxPool2D({ kernelSize: 2 }),
    new Conv2D({ inChannels: 8, outChannels: 16, ...looks }),
    new BatchNorm({ features: 16 }),
    new ReLU(),
    new MaxPool2D({ kernelSize: 2 }),
    new Flatten(),
    new FC({ inFeatures: 16 * 7 * 7, outFeatures: 64, ...made }),
    new ReLU(),
    new FC({ inFeatures: 64, outFeatures: 10, ...made }),
  ]);
}

/** The first network of lesson 16, that of the original. */
export function firstNetwork(): Module {
  const init = "zeros";
  return new Module([
    new Conv2D({ inChannels: 1, outChannels: 6, kernelSize: 3, padding: 1, init }),
    new MaxPool2D({ kernelSize: 2 }),
    new Tanh(),
    new Conv2D({ inChannels: 6, outChannels: 12, kernelSize: 3, padding: 1, init }),
    new MaxPool2D({ kernelSize: 2 }),
    new Tanh(),
    new Flatten(),
    new FC({ inFeatures: 12 * 7 * 7, outFeatures: 512, init }),
    new Tanh(),
    new FC({ inFeatures: 512, outFeatures: 128, init }),
    new Tanh(),
    new FC({ inFeatures: 128, outFeatures: 10, init }),
  ]);
}
