/** chain: layers in a row, forward and backward. */
import { exercise } from "../../lib/exercise/mod.ts";
import { FC, Layer, Random, Sigmoid, Tanh, Tensor } from "../../mod.ts";

class Chain {
  layers: Layer[];
  constructor(layers: Layer[]) {
    this.layers = layers;
  }
  forward(x: Tensor): Tensor {
    let out = x;
    for (const layer of this.layers) out = layer.forward(out);
    return out;
  }
  backward(gradOut: Tensor): Tensor {
    let grad = gradOut;
    for (const layer of this.layers.toReversed()) grad = layer.backward(grad); // toReversed makes a new list
    return grad;
  }
}

/** A chain that does one direction differently. */
const changed = (change: Partial<Record<"forward" | "backward", (layers: Layer[], given: Tensor) => Tensor>>) =>
  class extends Chain {
    override forward(x: Tensor): Tensor {
      return change.forward?.(this.layers, x) ?? super.forward(x);
    }
    override backward(gradOut: Tensor): Tensor {
      return change.backward?.(this.layers, gradOut) ?? super.backward(gradOut);
    }
  };

const backThrough = (layers: readonly Layer[], gradOut: Tensor): Tensor =>
  layers.reduceRight((grad, layer) => layer.backward(grad), gradOut);

/** Squares each number. */
class Square extends Layer {
  #x?: Tensor;
  forward(x: Tensor): Tensor {
    this.#x = x;
    return x.times(x);
  }
  backward(gradOut: Tensor): Tensor {
    return gradOut.times(this.saved(this.#x)).times(2);
  }
}

/** A number of an example, as a learner would write it. */
const written = (value: number): string => String(Number(Number(value).toPrecision(4)));

export default exercise({
  // All layers keep the number of features: in the wrong order they still fit.
  inputs: (random: Random): [Tensor, Tensor, number, number] => {
    const [N, D] = [5 + random.integer(3), 3 + random.integer(2)];
    const [x, gradOut] = [1, 2].map(() => Tensor.randn([N, D], { random, dtype: "float64" }));
    return [x, gradOut, 2 + random.integer(2), random.integer(1e6)];
  },
  use: (answer: typeof Chain, x: Tensor, gradOut: Tensor, pairs: number, seed: number) => {
    const random = new Random(seed), [, D] = x.shape;
    const layers = Array.from({ length: pairs }, (_, i) => [
      new FC({ inFeatures: D, outFeatures: D, dtype: "float64", random }),
      i % 2 ? new Sigmoid() : new Tanh(),
    ]).flat();
    for (const layer of layers) layer.forward(x); // an answer that leaves one out gets wrong numbers, not an error
    const [first] = layers[0].parameters(), chain = new answer([...layers]);
    const [y, gradX] = [chain.forward(x), chain.backward(gradOut)];
    return {
      forward: y,
      backward: gradX,
      "gradient of the first weights": first.grad.clone(),
      "forward, when it runs again": chain.forward(x),
    };
  },
  evidence: (answer) => {
    const dtype = "float64", one = (v: number) => Tensor.from([v], [1, 1], { dtype });
    const times = (factor: number): FC => {
      const layer = new FC({ inFeatures: 1, outFeatures: 1, bias: false, dtype });
      layer.weight.value = one(factor);
      return layer;
    };
    const found = new answer([times(2), new Square(), times(5)]);
    const [y, gradX] = [found.forward(one(3)), found.backward(one(1))];
    return "For example, a layer that multiplies by 2, one that squares, and one that multiplies by 5. For x = 3, " +
      "forward goes 6, 36, 180. Backward from 1 goes 5, then times 2 · 6 is 60, then times 2 is 120. You return " +
      `${written(y.data[0])} and ${written(gradX.data[0])}`;
  },
  solution: Chain,
  explanation:
    "Forward, each layer takes what the one before it put out. Backward, each layer takes the gradient of its output, " +
    "which is what the layer *after* it returned, so the order is reversed. toReversed() makes a new list; reverse() " +
    "would turn the network itself around, and the next forward would be wrong.",
  mistakes: [
    {
      answer: changed({
        forward: (layers, x) => layers.reduceRight((out, layer) => layer.forward(out), x),
        backward: (layers, gradOut) => layers.reduce((grad, layer) => layer.backward(grad), gradOut),
      }),
      reply: "Both directions are turned around: forward begins with the first layer, backward with the last",
    },
    {
      answer: changed({ forward: (layers, x) => layers.reduceRight((out, layer) => layer.forward(out), x) }),
      reply: "forward runs from the last layer to the first. It must begin with layers[0]",
    },
    {
      answer: changed({ forward: (layers, x) => (layers.reduce((out, layer) => layer.forward(out), x), x) }),
      reply: "forward returns x itself. Return what the last layer put out",
    },
    {
      answer: changed({ forward: (layers, x) => layers.map((layer) => layer.forward(x)).at(-1)! }),
      reply:
        "In forward the last layer gets x. Only the first one should: each of the others takes what the one before it put out",
    },
    {
      answer: changed({ backward: (layers, gradOut) => layers.reduce((grad, layer) => layer.backward(grad), gradOut) }),
      reply: "backward runs from the first layer to the last. The gradient comes in at the other end",
    },
    {
      answer: changed({
        backward: (layers, gradOut) => layers.toReversed().map((layer) => layer.backward(gradOut)).at(-1)!,
      }),
      reply:
        "In backward every layer gets gradOut. Only the last one should: the one before it takes what the last returned",
    },
    {
      answer: changed({ backward: (layers, gradOut) => backThrough(layers.reverse().toReversed(), gradOut) }),
      reply:
        "The first time all is right. But reverse() turns the list itself around, and the second forward runs the wrong way: look for a copy",
    },
    {
      answer: changed({ backward: (layers, gradOut) => backThrough(layers.slice(1), gradOut) }),
      reply: "backward stops before the first layer: its weights get no gradient. Does your loop reach index 0?",
    },
    {
      answer: changed({ backward: (layers, gradOut) => backThrough(layers.slice(0, -1), gradOut) }),
      reply: "backward leaves out the last layer. Does your loop begin at layers.length − 1?",
    },
    {
      answer: changed({ forward: (layers, x) => layers.slice(0, -1).reduce((out, layer) => layer.forward(out), x) }),
      reply: "forward leaves out the last layer, so backward has nothing to begin with",
    },
    {
      answer: changed({
        backward: (layers, gradOut) => layers.toReversed().reduce((grad, layer) => layer.forward(grad), gradOut),
      }),
      reply: "backward calls layer.forward. On the way back, each layer has its own backward",
    },
    {
      answer: changed({
        backward: (layers, gradOut) => (backThrough(layers, gradOut), gradOut),
      }),
      reply: "All layers get their gradients, but you return gradOut itself. Return what the first layer returned",
    },
  ],
  hints: [
    "Keep what travels in one variable: let out = x. Each layer takes it and replaces it",
    "backward is the same with grad, and the layers in reverse order",
    "this.layers.toReversed() is a new list in reverse order; this.layers.reverse() would turn the network around",
  ],
});
