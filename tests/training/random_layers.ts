// Layers and networks of random sizes with an input that fits, in float64, for the gradient checks.
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
  Softmax,
  Tanh,
  Tensor,
} from "../../mod.ts";

const dtype = "float64";

/** A layer, an input that fits, and a source that has made both. */
export interface Case {
  readonly layer: Layer;
  readonly x: Tensor;
  readonly random: Random;
}

/** What makes a case: `size(least, most)` draws a size, `x(shape)` an input. */
interface Draw {
  readonly random: Random;
  readonly size: (least: number, most: number) => number;
  readonly flip: () => boolean;
  readonly x: (...shape: number[]) => Tensor;
}

/** How to make a case, and whether its function has kinks. */
interface Recipe {
  readonly kinks: boolean;
  readonly make: (draw: Draw) => { layer: Layer; x: Tensor };
}

/** A layer that is a network inside: x + tanh(x W). */
class Residual extends Module {
  inner: FC;
  tanh: Tanh = new Tanh();
  constructor(features: number, random: Random) {
    super();
    this.inner = new FC({ inFeatures: features, outFeatures: features, dtype, random });
  }
  override forward(x: Tensor): Tensor {
    return this.tanh.forward(this.inner.forward(x)).plus(x);
  }
  override backward(gradOut: Tensor): Tensor {
    return this.inner.backward(this.tanh.backward(gradOut)).plus(gradOut);
  }
}

/** The kinds of layers and networks, by name. */
export const recipes: Record<string, Recipe> = {
  "FC": smooth(({ random, size, flip, x }) => {
    const [inFeatures, outFeatures] = [size(1, 6), size(1, 5)];
    const layer = new FC({ inFeatures, outFeatures, bias: flip(), init: "he", random, dtype });
    return { layer: shaken(layer, random), x: x(size(1, 4), inFeatures) };
  }),
  "Conv2D": smooth(({ random, size, flip, x }) => {
    const [inChannels, outChannels] = [size(1, 3), size(1, 3)];
    const kernelSize = [size(1, 3), size(1, 3)] as const;
    const stride = [size(1, 3), size(1, 3)] as const;
    const padding = [size(0, 2), size(0, 2)] as const;
    const bias = flip();
    const layer = new Conv2D({ inChannels, outChannels, kernelSize, stride, padding, bias, random, dtype });
    return { layer: shaken(layer, random), x: x(size(1, 2), inChannels, size(3, 6), size(3, 6)) };
  }),
  "MaxPool2D": kinked(({ size, x }) => ({
    layer: new MaxPool2D({ kernelSize: [size(1, 3), size(1, 3)], stride: [size(1, 4), size(1, 4)] }),
    x: x(size(1, 2), size(1, 2), size(3, 7), size(3, 7)),
  })),
  "AvgPool2D": smooth(({ size, x }) => ({
    layer: new AvgPool2D({ kernelSize: [size(1, 3), size(1, 3)], stride: [size(1, 4), size(1, 4)] }),
    x: x(size(1, 2), size(1, 2), size(3, 7), size(3, 7)),
  })),
  "ReLU": kinked(({ size, x }) => ({ layer: new ReLU(), x: x(size(1, 4), size(1, 8)) })),
  "Sigmoid": smooth(({ size, x }) => ({ layer: new Sigmoid(), x: x(size(1, 4), size(1, 8)) })),
  "Tanh": smooth(({ size, x }) => ({ layer: new Tanh(), x: x(size(1, 4), size(1, 8)) })),
  "Softmax": smooth(({ size, x }) => ({ layer: new Softmax(), x: x(size(1, 4), size(1, 8)) })),
  "Flatten": smooth(({ size, x }) => ({ layer: new Flatten(), x: x(size(1, 3), size(1, 3), size(1, 4), size(1, 4)) })),
  "Dropout in training": smooth(({ random, size, x }) => ({
    layer: new Dropout({ rate: random.uniform(0, 0.9), random: random.fork() }),
    x: x(size(1, 4), size(1, 8)),
  })),
  "Dropout in evaluation": smooth(({ random, size, x }) => ({
    layer: evaluating(new Dropout({ rate: 0.5, random: random.fork() })),
    x: x(size(1, 4), size(1, 8)),
  })),
  "BatchNorm in training": smooth((draw) => batchNorm(draw)),
  "BatchNorm in evaluation": smooth((draw) => {
    const { layer, x } = batchNorm(draw);
    return { layer: evaluating(layer), x };
  }),
  "a smooth network": smooth(({ random, size, x }) => {
    const [inFeatures, hidden, classes] = [size(1, 5), size(1, 5), size(2, 4)];
    const layer = new Module([
      new FC({ inFeatures, outFeatures: hidden, random, dtype }),
      new BatchNorm({ features: hidden, dtype }),
      new Tanh(),
      new Dropout({ rate: 0.3, random: random.fork() }),
      new Module([new FC({ inFeatures: hidden, outFeatures: hidden, random, dtype }), new Sigmoid()]),
      new Residual(hidden, random),
      new FC({ inFeatures: hidden, outFeatures: classes, random, dtype }),
      new Softmax(),
    ]);
    return { layer: shaken(layer, random), x: x(size(2, 4), inFeatures) };
  }),
  "a convolutional network": kinked(({ random, size, x }) => {
    const [channels, filters] = [size(1, 2), size(1, 3)];
    const [height, width] = [size(4, 6), size(4, 6)];
    const first = [
      new Conv2D({ inChannels: channels, outChannels: filters, kernelSize: 3, padding: 1, random, dtype }),
      new BatchNorm({ features: filters, dtype }),
      new ReLU(),
      new MaxPool2D({ kernelSize: 2 }),
      new Flatten(),
    ];
    const inFeatures = first.reduce((shape, each) => each.outputShape(shape), [2, channels, height, width])[1];
    const layer = new Module([...first, new FC({ inFeatures, outFeatures: 3, random, dtype })]);
    return { layer: shaken(layer, random), x: x(2, channels, height, width) };
  }),
};

/** The case of a recipe that belongs to a seed; fast-check draws seeds, so that each run has a layer of its own. */
export function caseOf({ kinks, make }: Recipe, seed: number): Case {
  const random = new Random(seed);
  // Where there are kinks, half of the inputs are small whole numbers: zeros and ties everywhere.
  const whole = kinks && random.uniform() < 0.5;
  const scale = [0.1, 1, 3][random.integer(3)];
  const draw: Draw = {
    random,
    size: (least, most) => least + random.integer(most - least + 1),
    flip: () => random.uniform() < 0.5,
    x: (...shape) => {
      const normal = Tensor.randn(shape, { random, dtype });
      return whole ? normal.map((v) => Math.round(v)) : normal.times(scale);
    },
  };
  return { ...make(draw), random };
}

function smooth(make: Recipe["make"]): Recipe {
  return { kinks: false, make };
}

function kinked(make: Recipe["make"]): Recipe {
  return { kinks: true, make };
}

/** The layer with parameters that are nowhere zero or one, as a bias or a gamma at the start would be. */
function shaken<L extends Layer>(layer: L, random: Random): L {
  for (const { value } of layer.parameters()) {
    for (let i = 0; i < value.size; i++) value.data[i] += random.normal(0, 0.2);
  }
  return layer;
}

function evaluating<L extends Layer>(layer: L): L {
  layer.training = false;
  return layer;
}

function batchNorm({ random, size, flip, x }: Draw): { layer: BatchNorm; x: Tensor } {
  const features = size(1, 3);
  const layer = shaken(new BatchNorm({ features, dtype }), random);
  for (let c = 0; c < features; c++) {
    layer.runningMean.data[c] = random.normal();
    layer.runningVar.data[c] = random.uniform(0.5, 2);
  }
  return { layer, x: flip() ? x(size(2, 6), features) : x(size(1, 3), features, size(2, 4), size(1, 4)) };
}
