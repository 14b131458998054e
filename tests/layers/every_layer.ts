// One of every layer, and an input that it takes: for what must hold of all of them.
import {
  AvgPool2D,
  BatchNorm,
  Conv2D,
  Dropout,
  type DType,
  FC,
  Flatten,
  type Layer,
  MaxPool2D,
  Module,
  Random,
  ReLU,
  Sigmoid,
  Softmax,
  Tanh,
  Tensor,
} from "../../mod.ts";

/** How to make a layer, and the shape of an input. */
export interface Kind {
  readonly make: (dtype: DType) => Layer;
  readonly shape: readonly number[];
}

const image = [2, 2, 5, 6];
const rows = [4, 6];

/** By name. */
export const everyLayer: Record<string, Kind> = {
  FC: { make: (dtype) => new FC({ inFeatures: 6, outFeatures: 3, dtype }), shape: rows },
  Conv2D: {
    make: (dtype) => new Conv2D({ inChannels: 2, outChannels: 3, kernelSize: 3, padding: 1, dtype }),
    shape: image,
  },
  MaxPool2D: { make: () => new MaxPool2D({ kernelSize: 2 }), shape: image },
  AvgPool2D: { make: () => new AvgPool2D({ kernelSize: 3, stride: 2 }), shape: image },
  ReLU: { make: () => new ReLU(), shape: image },
  Sigmoid: { make: () => new Sigmoid(), shape: rows },
  Tanh: { make: () => new Tanh(), shape: image },
  Softmax: { make: () => new Softmax(), shape: rows },
  Flatten: { make: () => new Flatten(), shape: image },
  "Dropout in training": { make: () => new Dropout({ rate: 0.5, random: new Random(1) }), shape: rows },
  "Dropout in evaluation": {
    make: () => evaluating(new Dropout({ rate: 0.5, random: new Random(1) })),
    shape: rows,
  },
  "BatchNorm of rows": { make: (dtype) => new BatchNorm({ features: 6, dtype }), shape: rows },
  "BatchNorm of images": { make: (dtype) => new BatchNorm({ features: 2, dtype }), shape: image },
  "BatchNorm in evaluation": { make: (dtype) => evaluating(new BatchNorm({ features: 2, dtype })), shape: image },
  Module: { make: network, shape: image },
};

/** Every layer in both types, under a name for a test. */
export const inBothTypes: { name: string; dtype: DType; kind: Kind }[] = Object.entries(everyLayer).flatMap(
  ([name, kind]) => (["float32", "float64"] as const).map((dtype) => ({ name: `${name}, ${dtype}`, dtype, kind })),
);

/** Random numbers of a shape: the same for the same seed. */
export function drawn(shape: readonly number[], dtype: DType, seed: number = 1): Tensor {
  return Tensor.randn(shape, { random: new Random(seed), dtype });
}

function network(dtype: DType): Module {
  const random = new Random(1);
  return new Module([
    new Conv2D({ inChannels: 2, outChannels: 2, kernelSize: 3, dtype, random }),
    new BatchNorm({ features: 2, dtype }),
    new ReLU(),
    new Flatten(),
    new Module([new FC({ inFeatures: 24, outFeatures: 5, dtype, random }), new Tanh()]),
    new Dropout({ rate: 0.3, random }),
    new FC({ inFeatures: 5, outFeatures: 3, dtype, random }),
    new Softmax(),
  ]);
}

function evaluating<L extends Layer>(layer: L): L {
  layer.training = false;
  return layer;
}
