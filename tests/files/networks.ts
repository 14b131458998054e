// Random networks of all layers, with weights and running statistics drawn at random.
import fc from "fast-check";
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
} from "../../mod.ts";

/** A network, in evaluation, and the shape of a sample. */
export interface Drawn {
  readonly model: Module;
  readonly inputShape: readonly number[];
  readonly text: string;
}

const activations: Record<string, () => Layer> = {
  ReLU: () => new ReLU(),
  Sigmoid: () => new Sigmoid(),
  Tanh: () => new Tanh(),
};

/** Networks of images or of rows. */
export const networks: fc.Arbitrary<Drawn> = fc.record({
  seed: fc.nat(),
  images: fc.boolean(),
  depth: fc.integer({ min: 1, max: 6 }),
}).map(({ seed, images, depth }) => drawNetwork(new Random(seed), images, depth));

function drawNetwork(random: Random, images: boolean, depth: number): Drawn {
  const between = (low: number, high: number) => low + random.integer(high - low + 1);
  const size = (most: number): [number, number] => [between(1, most), between(1, most)];
  const inputShape = images ? [between(1, 3), between(7, 14), between(7, 14)] : [between(1, 20)];
  const layers: Layer[] = [];
  let shape = [1, ...inputShape];
  const add = (layer: Layer) => {
    shape = layer.outputShape(shape);
    layers.push(layer);
  };
  for (let i = 0; i < depth; i++) {
    const [, channels, height, width] = shape;
    const norm = new BatchNorm({ features: channels, epsilon: random.uniform() < 0.5 ? 1e-5 : 1e-3 });
    if (shape.length === 4) {
      const window = size(Math.min(height, width, 4));
      const pool = { kernelSize: window, stride: size(2) };
      const conv = {
        inChannels: channels,
        outChannels: between(1, 5),
        kernelSize: window,
        bias: random.uniform() < 0.7,
      };
      const choices = [
        () => new Conv2D({ ...conv, stride: size(2), padding: [between(0, 2), between(0, 2)], random, init: "he" }),
        () => new MaxPool2D(pool),
        () => new AvgPool2D(pool),
        () => norm,
      ];
      add(choices[random.integer(choices.length)]());
    } else {
      const linear = { inFeatures: channels, outFeatures: between(1, 30), bias: random.uniform() < 0.7, random };
      add(random.uniform() < 0.7 ? new FC(linear) : norm);
    }
    if (random.uniform() < 0.7) add(Object.values(activations)[random.integer(3)]());
    if (random.uniform() < 0.2) add(new Dropout({ rate: 0.4, random: new Random(1) }));
  }
  if (images) add(new Flatten());
  const head: Layer[] = [new FC({ inFeatures: shape[1], outFeatures: between(2, 10), random, init: "he" })];
  if (random.uniform() < 0.3) head.push(new Softmax());
  const model = new Module([...layers, new Module(head)]);
  for (const { name, value } of model.parameters()) {
    if (!/weight/.test(name)) value.data.forEach((_, i) => value.data[i] = random.normal(0, 1));
  }
  for (const { name, value } of model.buffers()) {
    const draw = name.endsWith("Mean") ? () => random.normal(0, 3) : () => Math.exp(random.normal(0, 2));
    value.data.forEach((_, i) => value.data[i] = draw());
  }
  model.eval();
  return { model, inputShape, text: [...layers, ...head].map((layer) => layer.constructor.name).join(" ") };
}
