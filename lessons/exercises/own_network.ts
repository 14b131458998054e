/** own-network: any network for MNIST with fewer than 100,000 parameters. */
import { exercise } from "../../lib/exercise/mod.ts";
import {
  AvgPool2D,
  Conv2D,
  FC,
  Flatten,
  type Layer,
  MaxPool2D,
  Module,
  Random,
  ReLU,
  Softmax,
  Tensor,
} from "../../mod.ts";

type Answer = (random: Random) => Module;

function ownNetwork(random: Random): Module {
  return new Module([
    new Conv2D({ inChannels: 1, outChannels: 4, kernelSize: 5, padding: 2, init: "he", random }),
    new ReLU(),
    new MaxPool2D({ kernelSize: 2 }),
    new Conv2D({ inChannels: 4, outChannels: 8, kernelSize: 5, padding: 2, init: "he", random }),
    new ReLU(),
    new MaxPool2D({ kernelSize: 2 }),
    new Flatten(),
    new FC({ inFeatures: 8 * 7 * 7, outFeatures: 16, init: "he", random }),
    new ReLU(),
    new FC({ inFeatures: 16, outFeatures: 10, random }),
  ]);
}

/** A small network, quick to make: it looks at means of 4 × 4 pixels. */
const small = (
  random: Random,
  {
    bend = (): Layer[] => [new ReLU()],
    end = [] as Layer[],
    hidden = 12,
    classes = 10,
    init = "xavier" as "xavier" | "zeros",
  } = {},
): Module =>
  new Module([
    new AvgPool2D({ kernelSize: 4 }),
    new Flatten(),
    new FC({ inFeatures: 49, outFeatures: hidden, init, random }),
    ...bend(),
    new FC({ inFeatures: hidden, outFeatures: classes, init, random }),
    ...end,
  ]);

/** Some numbers of each parameter that does not begin as zeros or ones, as text. */
const numbers = (model: Module): string[] =>
  model.parameters().map(({ value }) => value.data.subarray(0, 50)).filter((some) => new Set(some).size > 1).map(
    String,
  );

/** What a seed changes: whether the same one gives the same weights, and how much of them another one changes. */
function seeds(answer: Answer, model: Module, seed: number): { repeats: boolean; changed: string } {
  const here = numbers(model), again = numbers(answer(new Random(seed))), other = numbers(answer(new Random(seed + 1)));
  const changed = here.filter((text, i) => text !== other[i]).length;
  return {
    repeats: String(here) === String(again),
    changed: changed === here.length ? "all" : changed === 0 ? "none" : "some",
  };
}

/** Whether the network is one linear step: then the output for a sum is the sum of the outputs. */
function isLinear(model: Module, random: Random): boolean {
  const [a, b] = [0, 1].map(() => Tensor.randn([1, 1, 28, 28], { random }));
  const [none, atA, atB, sum] = [a.times(0), a, b, a.plus(b)].map((x) => model.forward(x).clone());
  const apart = sum.plus(none).minus(atA).minus(atB).map(Math.abs).max();
  return apart < 1e-3 * sum.map(Math.abs).max();
}

export default exercise({
  inputs: (random: Random): [number] => [random.integer(1e6)],
  // Any good network passes, so compare what must be true of it.
  use: (answer: Answer, seed) => {
    const model = answer(new Random(seed));
    if (!(model instanceof Module)) return model as string;
    model.eval();
    const logits = model.forward(Tensor.uniform([2, 1, 28, 28], { random: new Random(seed) })).clone();
    const sums = [0, 1].map((n) => logits.slice(n).sum());
    const parameters = model.parameters().reduce((sum, { value }) => sum + value.size, 0);
    const differ = logits.slice(0).data.some((score, i) => score !== logits.slice(1).data[i]);
    const big = parameters >= 100_000; // it would take long, and there is enough to say already
    const { repeats, changed } = big ? { repeats: true, changed: "all" } : seeds(answer, model, seed);
    const shape = logits.shape.join(" × ");
    const answers = {
      'answer to "are there fewer than 100,000 parameters?"': parameters < 100_000,
      'answer to "is there anything to learn?"': parameters > 0,
      'answer to "is anything in it bent?"': big || !isLinear(model, new Random(seed)),
      'answer to "do two images get different logits?"': big || differ,
      'answer to "are the outputs free to be any numbers, as logits are?"': sums.some((sum) =>
        Math.abs(sum - 1) > 1e-4
      ),
      'answer to "does the same seed give the same weights?"': repeats,
    };
    return {
      "shape of the logits for two images": shape,
      ...answers,
      'answer to "how many of its weights does another seed change: all, some or none?"': changed,
      // Which of all these are right and which are not tells a mistake.
      "list of what is right": [shape === "2 × 10", ...Object.values(answers), changed === "all"].map(Number),
    };
  },
  solution: ownNetwork,
  explanation:
    "This one is small on purpose: 7,370 parameters, and a quarter of the kernels of the sample solution. Any network passes that " +
    "returns ten logits for each image, has something bent between its linear layers, takes its weights from `random`, " +
    "and stays within the budget.",
  mistakes: [
    {
      answer: (random) => small(random, { hidden: 2000, init: "zeros" }), // quick to make, and never trained
      reply:
        "It has more than 100,000 parameters. Where are most of them? A wide FC layer after many inputs is expensive",
    },
    {
      answer: (random) => small(random, { end: [new Softmax()] }),
      reply: "It ends with a softmax. The loss takes logits, and has the softmax inside: with two, it learns slowly",
    },
    {
      answer: (random) => small(random, { bend: () => [] }),
      reply: "Nothing in it is bent: its linear layers are one linear layer (lesson 16). Where could a ReLU go?",
    },
    {
      answer: () => small(new Random(1)),
      reply: "Its weights do not come from `random`: pass { random } to each layer that has weights",
    },
    {
      answer: (random) => small(random, { end: [new ReLU(), new FC({ inFeatures: 10, outFeatures: 10 })] }),
      reply: "A layer of it does not get { random }. Then its weights differ from run to run, or are always the same",
    },
    {
      answer: (random) => small(random, { init: "zeros" }),
      reply: "All images get the same logits. Do the weights begin at 0? Then all kernels stay alike: take random ones",
    },
    {
      answer: (random) => small(random, { classes: 9 }),
      reply: "It returns nine numbers for each image. There are ten classes, from 0 to 9",
    },
    {
      answer: (random) => small(random, { classes: 1 }),
      reply: "It returns one number for each image. A classifier returns one for each class",
    },
  ],
  hints: [
    "Begin with `sample` from above, and change one thing: fewer kernels, another window, one more convolution",
    "new Module([…]) takes the layers in order. Flatten comes before the first FC layer: its inFeatures is channels · rows · columns",
    "A pool of 2 halves both sides: 28, 14, 7. With 16 maps at the end, the FC layer has 16 · 7 · 7 inputs",
  ],
});
