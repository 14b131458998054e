/** Plausible wrong answers to the exercises about whole networks, and about layers that spoil what is not theirs. */
import {
  AvgPool2D,
  BatchNorm,
  CrossEntropyLoss,
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
  type Tensor,
} from "../../../mod.ts";
import type { WrongAnswers } from "./wrong_answers.ts";

type Way = (layers: Layer[], given: Tensor) => Tensor;
const forward: Way = (layers, x) => layers.reduce((y, layer) => layer.forward(y), x);
const backward: Way = (layers, grad) => layers.reduceRight((g, layer) => layer.backward(g), grad);
const chained = (there: Way, back: Way) =>
  class {
    constructor(readonly layers: Layer[]) {}
    forward(x: Tensor): Tensor {
      return there(this.layers, x);
    }
    backward(gradOut: Tensor): Tensor {
      return back(this.layers, gradOut);
    }
  };

export const chain: Readonly<Record<string, unknown>> = {
  "backward in the order of forward": chained(
    forward,
    (layers, grad) => layers.reduce((g, layer) => layer.backward(g), grad),
  ),
  "forward in the order of backward": chained(
    (layers, x) => layers.reduceRight((y, layer) => layer.forward(y), x),
    backward,
  ),
  "only the first layer": chained((layers, x) => layers[0].forward(x), backward),
  "only the last layer": chained((layers, x) => layers.at(-1)!.forward(x), backward),
  "each layer gets x": chained((layers, x) => layers.map((layer) => layer.forward(x)).at(-1)!, backward),
  "each layer gets gradOut": chained(
    forward,
    (layers, grad) => layers.toReversed().map((layer) => layer.backward(grad)).at(-1)!,
  ),
  "without the first layer": chained((layers, x) => forward(layers.slice(1), x), backward),
  "without the last layer": chained((layers, x) => forward(layers.slice(0, -1), x), backward),
  "backward without the first layer": chained(forward, (layers, grad) => backward(layers.slice(1), grad)),
  "backward without the last layer": chained(forward, (layers, grad) => backward(layers.slice(0, -1), grad)),
  "reverses the list itself": chained(
    forward,
    (layers, grad) => layers.reverse().reduce((g, layer) => layer.backward(g), grad),
  ),
  "calls forward on the way back": chained(
    forward,
    (layers, grad) => layers.reduceRight((g, layer) => layer.forward(g), grad),
  ),
  "returns x": chained((_layers, x) => x, backward),
  "returns gradOut": chained(forward, (_layers, grad) => grad),
  "adds what comes back": chained(
    forward,
    (layers, grad) => layers.reduceRight((g, layer) => g.plus(layer.backward(g)), grad),
  ),
  "the residual on the way": chained((layers, x) => layers.reduce((y, layer) => y.plus(layer.forward(y)), x), backward),
  "backward twice": chained(forward, (layers, grad) => {
    backward(layers, grad);
    return backward(layers, grad);
  }),
};

export const keepTheGradient: WrongAnswers<(x: Tensor, gradOut: Tensor) => Tensor> = {
  "writes into gradOut": (x, gradOut) => {
    for (let i = 0; i < x.size; i++) if (!(x.data[i] > 0)) gradOut.data[i] = 0;
    return gradOut;
  },
  "writes into x": (x, gradOut) => {
    for (let i = 0; i < x.size; i++) x.data[i] = x.data[i] > 0 ? gradOut.data[i] : 0;
    return x;
  },
  "a copy that is not one": (x, gradOut) => {
    const copy = gradOut;
    for (let i = 0; i < x.size; i++) if (!(x.data[i] > 0)) copy.data[i] = 0;
    return copy;
  },
  "copies afterward": (x, gradOut) => {
    for (let i = 0; i < x.size; i++) if (!(x.data[i] > 0)) gradOut.data[i] = 0;
    return gradOut.clone();
  },
  ">= for >": (x, gradOut) => gradOut.map((g, i) => x.data[i] >= 0 ? g : 0),
  "the other side": (x, gradOut) => gradOut.map((g, i) => x.data[i] < 0 ? g : 0),
  "the gradient decides": (_x, gradOut) => gradOut.map((g) => g > 0 ? g : 0),
  "passes everything": (_x, gradOut) => gradOut.clone(),
  "the very gradient": (_x, gradOut) => gradOut,
  "the slope alone": (x) => x.map((v) => v > 0 ? 1 : 0),
  "times relu(x)": (x, gradOut) => gradOut.map((g, i) => g * Math.max(0, x.data[i])),
  "times x": (x, gradOut) => gradOut.times(x),
  "leaks": (x, gradOut) => gradOut.map((g, i) => x.data[i] > 0 ? g : 0.01 * g),
  "a half at 0": (x, gradOut) => gradOut.map((g, i) => x.data[i] > 0 ? g : x.data[i] === 0 ? g / 2 : 0),
  "the first x for all": (x, gradOut) => gradOut.map((g) => x.data[0] > 0 ? g : 0),
  "clears x": (x, gradOut) => {
    const result = gradOut.map((g, i) => x.data[i] > 0 ? g : 0);
    x.data.fill(0);
    return result;
  },
  "clears gradOut": (x, gradOut) => {
    const result = gradOut.map((g, i) => x.data[i] > 0 ? g : 0);
    gradOut.data.fill(0);
    return result;
  },
};

const rows = (z: Tensor, of: (row: number[]) => number[], target: Tensor = z.clone()): Tensor => {
  const C = z.shape[1];
  for (let n = 0; n < z.shape[0]; n++) {
    of(Array.from(z.data.subarray(n * C, (n + 1) * C))).forEach((p, j) => target.data[n * C + j] = p);
  }
  return target;
};
const softmaxRow = (row: number[], largest = Math.max(...row)): number[] => {
  const powers = row.map((score) => Math.exp(score - largest)), sum = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / sum);
};

export const leakySoftmax: WrongAnswers<(z: Tensor) => Tensor> = {
  "writes into z": (z) => rows(z, (row) => softmaxRow(row), z),
  "copies afterward": (z) => rows(z, (row) => softmaxRow(row), z).clone(),
  "only shifts z": (z) => {
    rows(z, (row) => row.map((score) => score - Math.max(...row)), z);
    return rows(z, (row) => softmaxRow(row));
  },
  "no largest": (z) => rows(z, (row) => softmaxRow(row, 0)),
  "the largest of all": (z) => rows(z, (row) => softmaxRow(row, z.max())),
  "the first score": (z) => rows(z, (row) => softmaxRow(row, row[0])),
  "the mean": (z) => rows(z, (row) => softmaxRow(row, row.reduce((a, b) => a + b) / row.length)),
  "the powers": (z) => rows(z, (row) => row.map((score) => Math.exp(score - Math.max(...row)))),
  "only the first row": (z) => rows(z, (row) => softmaxRow(row)).map((p, i) => i < z.shape[1] ? p : z.data[i]),
  "without the last row": (z) =>
    rows(z, (row) => softmaxRow(row)).map((p, i) => i < z.size - z.shape[1] ? p : z.data[i]),
  "divided by the count": (z) => rows(z, (row) => row.map((score) => Math.exp(score - Math.max(...row)) / row.length)),
  "divided by the largest": (z) => rows(z, (row) => row.map((score) => score / Math.max(...row))),
  "shares of the scores": (z) => rows(z, (row) => row.map((score) => score / row.reduce((a, b) => a + b))),
  "the logarithm": (z) => rows(z, (row) => softmaxRow(row).map(Math.log)),
  "powers of 2": (z) =>
    rows(z, (row) => {
      const powers = row.map((score) => 2 ** (score - Math.max(...row))), sum = powers.reduce((a, b) => a + b);
      return powers.map((p) => p / sum);
    }),
  "down the columns": (z) => rows(z.transpose(), (row) => softmaxRow(row)).transpose(),
  "hard": (z) => rows(z, (row) => row.map((score) => score === Math.max(...row) ? 1 : 0)),
  "the sum of everything": (z) => {
    const powers = z.map((score) => Math.exp(score - z.max()));
    return powers.times(1 / powers.sum());
  },
};

type Layered = { y: Tensor; gradX: Tensor };
const tanhWith =
  (tanh: (v: number) => number, slope: (y: number, x: number) => number = (y) => 1 - y * y) =>
  (x: Tensor, gradOut: Tensor): Layered => {
    const y = x.map(tanh);
    return { y, gradX: gradOut.map((g, i) => g * slope(y.data[i], x.data[i])) };
  };

export const findTheNan: WrongAnswers<(x: Tensor, gradOut: Tensor) => Layered> = {
  "1 for NaN": tanhWith((v) => {
    const y = (Math.exp(v) - Math.exp(-v)) / (Math.exp(v) + Math.exp(-v));
    return Number.isNaN(y) ? 1 : y;
  }),
  "cut off at 1": tanhWith((v) => v > 1 ? 1 : v < -1 ? -1 : Math.tanh(v)),
  "only the right side": tanhWith((v) => v > 20 ? 1 : (Math.exp(v) - Math.exp(-v)) / (Math.exp(v) + Math.exp(-v))),
  "only the left side": tanhWith((v) => v < -20 ? -1 : (Math.exp(v) - Math.exp(-v)) / (Math.exp(v) + Math.exp(-v))),
  "the powers without 2": tanhWith((v) => Math.sign(v) * (1 - Math.exp(-Math.abs(v))) / (1 + Math.exp(-Math.abs(v)))),
  "no absolute value": tanhWith((v) => Math.sign(v) * (1 - Math.exp(-2 * v)) / (1 + Math.exp(-2 * v))),
  "no sign": tanhWith((v) => Math.tanh(Math.abs(v))),
  "the sign exchanged": tanhWith((v) => -Math.tanh(v)),
  "the sigmoid": tanhWith((v) => 1 / (1 + Math.exp(-v)), (y) => y * (1 - y)),
  "x kept small": tanhWith((v) => Math.tanh(Math.max(-1, Math.min(1, v)))),
  "x divided": tanhWith((v) => Math.tanh(v / 1000)),
  "the slope of the sigmoid": tanhWith(Math.tanh, (y) => y * (1 - y)),
  "1 − y": tanhWith(Math.tanh, (y) => 1 - y),
  "1 + y²": tanhWith(Math.tanh, (y) => 1 + y * y),
  "y²": tanhWith(Math.tanh, (y) => y * y),
  "the slope at x": tanhWith(Math.tanh, (_y, x) => 1 - x * x),
  "the root of the slope": tanhWith(Math.tanh, (y) => Math.sqrt(1 - y * y)),
  "0 for NaN in gradX": tanhWith(Math.tanh, (_y, x) => Math.abs(x) > 1 ? 0 : 1 - Math.tanh(x) ** 2),
};

type Learn = (points: Tensor, labels: number[], random: Random) => unknown;
const trained =
  (make: (random: Random) => Layer[], { steps = 120, rate = 1, clear = true } = {}): Learn =>
  (points, labels, random) => {
    const model = new Module(make(random)), loss = new CrossEntropyLoss();
    for (let step = 0; step < steps; step++) {
      if (clear) model.zeroGrad();
      loss.forward(model.forward(points), labels);
      model.backward(loss.backward());
      model.update(rate);
    }
    return model;
  };
const two = (bend: () => Layer[], random: Random, hidden = 8, outputs = 2): Layer[] => [
  new FC({ inFeatures: 2, outFeatures: hidden, random }),
  ...bend(),
  new FC({ inFeatures: hidden, outFeatures: outputs, random }),
];

export const learnXor: Readonly<Record<string, unknown>> = {
  "no bend": trained((random) => two(() => [], random)),
  "one layer": trained((random) => [new FC({ inFeatures: 2, outFeatures: 2, random })]),
  "a bend at the end": trained((random) => [new FC({ inFeatures: 2, outFeatures: 2, random }), new Tanh()]),
  "not trained": trained((random) => two(() => [new Tanh()], random), { steps: 0 }),
  "one step": trained((random) => two(() => [new Tanh()], random), { steps: 1 }),
  "a tiny rate": trained((random) => two(() => [new Tanh()], random), { rate: 1e-4 }),
  "a negative rate": trained((random) => two(() => [new Tanh()], random), { rate: -1 }),
  "one hidden number": trained((random) => two(() => [new Tanh()], random, 1)),
  "three scores": trained((random) => two(() => [new Tanh()], random, 8, 3), { steps: 20 }),
  "one score": () => new Module(two(() => [new Tanh()], new Random(1), 8, 1)),
  "ten scores": trained((random) => two(() => [new Tanh()], random, 8, 10), { steps: 20 }),
  "all zeros": () =>
    new Module([
      new FC({ inFeatures: 2, outFeatures: 8, init: "zeros" }),
      new Tanh(),
      new FC({ inFeatures: 8, outFeatures: 2, init: "zeros" }),
    ]),
  "returns the loss": (points: Tensor, labels: number[], random: Random) =>
    new CrossEntropyLoss().forward(new Module(two(() => [new Tanh()], random)).forward(points), labels),
  "returns nothing": () => {},
  "labels exchanged": (points: Tensor, labels: number[], random: Random) =>
    trained((random) => two(() => [new Tanh()], random))(points, labels.map((label) => 1 - label), random),
};

type Weights = { W: number[][]; b: number[]; v: number[]; c: number };
const weights = (W: number[][], b: number[], v: number[], c: number) => (): Weights => ({ W, b, v, c });
const ones = [[1, 1], [1, 1]];

export const xorByHand: WrongAnswers<() => Weights> = {
  "all zeros": weights([[0, 0], [0, 0]], [0, 0], [0, 0], 0),
  "all ones": weights(ones, [1, 1], [1, 1], 1),
  "no biases": weights(ones, [0, 0], [1, -2], -0.5),
  "v without the 2": weights(ones, [0, -1], [1, -1], -0.5),
  "v exchanged": weights(ones, [0, -1], [-2, 1], -0.5),
  "b exchanged": weights(ones, [-1, 0], [1, -2], -0.5),
  "c with the other sign": weights(ones, [0, -1], [1, -2], 0.5),
  "c too low": weights(ones, [0, -1], [1, -2], -1.5),
  "everything negative": weights(ones, [0, -1], [-1, 2], 0.5),
  "the difference of the inputs": weights([[1, 0], [-1, 0]], [0, 0], [1, 0], -0.5),
  "OR": weights(ones, [0, 0], [1, 0], -0.5),
  "AND": weights(ones, [0, -1], [0, 1], -0.5),
  "NAND": weights(ones, [0, -1], [0, -1], 0.5),
  "one row": weights([[1, 1]], [0, -1], [1, -2], -0.5),
  "flat": (() => ({ W: [1, 1, 1, 1], b: [0, -1], v: [1, -2], c: -0.5 })) as unknown as () => Weights,
  "c as a list": (() => ({ W: ones, b: [0, -1], v: [1, -2], c: [-0.5] })) as unknown as () => Weights,
  "b as one number": (() => ({ W: ones, b: -1, v: [1, -2], c: -0.5 })) as unknown as () => Weights,
  "only the first input": weights([[1, 1], [0, 0]], [0, -1], [1, -2], -0.5),
};

const net = (
  random: Random,
  bend: Layer[],
  { hidden = 12, outputs = 10, end = [] as Layer[], init = undefined as "zeros" | undefined } = {},
): Module =>
  new Module([
    new AvgPool2D({ kernelSize: 4 }),
    new Flatten(),
    new FC({ inFeatures: 49, outFeatures: hidden, random, init }),
    ...bend,
    new FC({ inFeatures: hidden, outFeatures: outputs, random, init }),
    ...end,
  ]);

export const ownNetwork: Readonly<Record<string, unknown>> = {
  "no bend": (random: Random) => net(random, []),
  "softmax at the end": (random: Random) => net(random, [new ReLU()], { end: [new Softmax()] }),
  "too large": (random: Random) => net(random, [new ReLU()], { hidden: 2000, init: "zeros" }),
  "two classes": (random: Random) => net(random, [new ReLU()], { outputs: 2 }),
  "eleven classes": (random: Random) => net(random, [new ReLU()], { outputs: 11 }),
  "its own seed": () => net(new Random(7), [new ReLU()]),
  "Math.random": () => net(new Random(Math.floor(1e6 * Math.random())), [new ReLU()]),
  "only a pool": (random: Random) =>
    new Module([new MaxPool2D({ kernelSize: 4 }), new Flatten(), new FC({ inFeatures: 49, outFeatures: 49, random })]),
  "no weights": () => new Module([new AvgPool2D({ kernelSize: 14 }), new Flatten(), new ReLU()]),
  "the layers": (random: Random) => net(random, [new ReLU()]).layers,
  "one layer": (random: Random) => new FC({ inFeatures: 784, outFeatures: 10, random }),
  "not flattened": (random: Random) => new Module([new FC({ inFeatures: 784, outFeatures: 10, random }), new ReLU()]),
  "the wrong size": (random: Random) =>
    new Module([new Flatten(), new FC({ inFeatures: 100, outFeatures: 10, random })]),
  "nothing": () => {},
  "a bend that is not used": (random: Random) => net(random, [new BatchNorm({ features: 12 })]),
  "all zeros": (random: Random) => net(random, [new ReLU()], { init: "zeros" }),
  "softmax in the middle, and two scores": (random: Random) => net(random, [new Softmax()], { outputs: 2 }),
  "sigmoid, one score": (random: Random) => net(random, [new ReLU()], { outputs: 1, end: [new Sigmoid()] }),
};

type Part = { training: boolean; layers?: Part[] };
const setting = (
  rule: (part: Part, training: boolean, depth: number) => boolean | undefined,
  goOn: (depth: number) => boolean = () => true,
) => {
  const visit = (part: Part, training: boolean, depth = 0): void => {
    const value = rule(part, training, depth);
    if (value !== undefined) part.training = value;
    if (goOn(depth)) { for (const inner of part.layers ?? []) visit(inner, training, depth + 1); }
  };
  return (part: Part, training: boolean): void => visit(part, training);
};

export const setTraining: WrongAnswers<(part: Part, training: boolean) => void> = {
  "itself alone": setting((_part, training) => training, () => false),
  "one level down": setting((_part, training) => training, (depth) => depth < 1),
  "two levels down": setting((_part, training) => training, (depth) => depth < 2),
  "not itself": setting((_part, training, depth) => depth > 0 ? training : undefined),
  "only the leaves": setting((part, training) => part.layers ? undefined : training),
  "only what has parts": setting((part, training) => part.layers ? training : undefined),
  "always on": setting(() => true),
  "always off": setting(() => false),
  "the other way round": setting((_part, training) => !training),
  "flips": setting((part) => !part.training),
  "nothing": () => {},
  "the first part only": (part, training) => {
    for (let at: Part | undefined = part; at; at = at.layers?.[0]) at.training = training;
  },
  "the last part only": (part, training) => {
    for (let at: Part | undefined = part; at; at = at.layers?.at(-1)) at.training = training;
  },
  "flips further down": setting((_part, training, depth) => depth % 2 ? !training : training),
  "only switches on": setting((part, training) => part.training || training),
  "only switches off": setting((part, training) => part.training && training),
  "returns a copy": (part, training) => ({ ...part, training }),
};
