/** count-parameters: what a CNN has to learn, layer by layer. */
import { exercise } from "../../lib/exercise/mod.ts";
import type { Random } from "../../mod.ts";

function countParameters(size: number, channels: number[], kernelSize: number, features: number[]): number[] {
  const counts: number[] = [];
  let [side, maps] = [size, channels[0]];
  for (const kernels of channels.slice(1)) {
    counts.push(kernels * (maps * kernelSize * kernelSize + 1)); // + 1: its bias
    [side, maps] = [side / 2, kernels]; // the pool
  }
  let inputs = maps * side * side;
  for (const outputs of features) {
    counts.push(outputs * (inputs + 1));
    inputs = outputs;
  }
  return counts;
}

/** The parts of the count that a wrong answer can change. */
interface Count {
  conv(k: number, from: number, to: number, side: number): number;
  fc(from: number, to: number): number;
  inputs(maps: number, size: number, pools: number): number;
}

const counting = (wrong: Partial<Count>): typeof countParameters => (size, channels, kernelSize, features) => {
  const { conv, fc, inputs }: Count = {
    conv: (k, from, to) => from * k * k * to + to,
    fc: (from, to) => from * to + to,
    inputs: (maps, size, pools) => maps * (size / 2 ** pools) ** 2,
    ...wrong,
  };
  const all = [inputs(channels.at(-1)!, size, channels.length - 1), ...features];
  return [
    ...channels.slice(1).map((to, i) => conv(kernelSize, channels[i], to, size / 2 ** i)),
    ...features.map((to, i) => fc(all[i], to)),
  ];
};

export default exercise({
  // Sizes that can be halved one more time than they are: an answer that pools too often still gets whole numbers. Never
  // the lesson's kernels of 3, and not 9, which is 3 squared.
  inputs: (random: Random, trial = 0): [number, number[], number, number[]] => {
    const channels = [2 + random.integer(2), 4 + random.integer(5), 9 + random.integer(8), 17 + random.integer(8)];
    const features = [40 + random.integer(60), 10 + random.integer(20), 5 + random.integer(5)];
    const size = 16 * [2, 3, 5, 7][random.integer(4)];
    return [
      size,
      channels.slice(0, 4 - trial % 2),
      [5, 7, 11][random.integer(3)],
      features.slice(0, 2 + trial % 3 % 2),
    ];
  },
  tolerance: 1e-9,
  solution: countParameters,
  explanation:
    "A kernel looks at all maps below it, so it has kernelSize² weights for each of them, and one bias. The size of " +
    "the image does not matter: the same weights are used everywhere. An FC layer has a weight for each pair of " +
    "input and output, and a bias for each output. Its inputs are all the numbers of all maps, and each pool has " +
    "halved both sides.",
  mistakes: [
    {
      answer: counting({ conv: (k, from, to) => from * k * k * to, fc: (from, to) => from * to }),
      reply: "The weights are right. What else does a layer learn, besides its weights?",
    },
    {
      answer: counting({ conv: (k, from, to) => from * k * k * to }),
      reply: "The FC layers are right. In the convolutions you count only the weights: what else does a kernel learn?",
    },
    {
      answer: counting({ fc: (from, to) => from * to }),
      reply:
        "The convolutions are right. In the FC layers you count only the weights: what does each output add to its sum?",
    },
    {
      answer: counting({ inputs: (maps, size) => maps * size * size }),
      reply:
        "The convolutions are right. For the first FC layer you use the original image size: what has pooling done to it?",
    },
    {
      answer: counting({ conv: (k, _, to) => k * k * to + to }),
      reply:
        "Your kernels are flat. Each kernel looks at *all* maps below it, and has separate weights for each of them",
    },
    {
      answer: counting({ inputs: (_, size, pools) => (size / 2 ** pools) ** 2 }),
      reply: "The convolutions are right. All the maps go into the first FC layer, not just one",
    },
    {
      answer: counting({ inputs: (maps, size) => maps * (size / 2) ** 2 }),
      reply: "The convolutions are right. You pool only once, but there is a pool after each convolution",
    },
    {
      answer: counting({ inputs: (maps, size, pools) => maps * (size / 2 ** (pools + 1)) ** 2 }),
      reply:
        "The convolutions are right. For the first FC layer you pool once too often: the first number in channels is the input, not a convolution",
    },
    {
      answer: counting({ inputs: (maps, size, pools) => maps * (size / 2 ** (pools - 1)) ** 2 }),
      reply: "The convolutions are right. For the first FC layer a pool is missing: the last convolution has one, too",
    },
    {
      answer: counting({ inputs: (maps, size, pools) => maps * size * size / 2 ** pools }),
      reply: "The convolutions are right. A pool halves height *and* width: how much of the area is left?",
    },
    {
      answer: counting({ conv: (k, from, to, side) => (from * k * k * to + to) * side * side }),
      reply: "You count the weights once for each place of the window. But the weights are the same at every place",
    },
    {
      answer: counting({ conv: (k, from, to) => (k * k + 1) * from * to }),
      reply: "The FC layers are right. A kernel has one bias, not one for each map that it looks at",
    },
    {
      answer: counting({ fc: (from, to) => from * to + from }),
      reply: "The convolutions are right. In an FC layer each *output* has a bias",
    },
    {
      answer: counting({ conv: (k, from, to) => from * k * k * to + from }),
      reply: "The FC layers are right. In a convolution it is each kernel that has a bias, not each map that comes in",
    },
    {
      answer: (size, channels, kernelSize, features) =>
        countParameters(size, channels, kernelSize, features).map((count, layer) => {
          const at = layer - channels.length + 1;
          return at < 1 ? count : features[at] * (channels.at(-1)! * (size / 2 ** (channels.length - 1)) ** 2 + 1);
        }),
      reply: "Right up to the first FC layer. The input of the second is the output of the first",
    },
    {
      answer: (...inputs) => countParameters(...inputs).reduce((a, b) => a + b),
      reply: "That is the sum over all layers, and it is right. Return one number for each layer",
    },
    {
      answer: counting({ conv: (k, from, to) => from * k * to + to }),
      reply: "Your kernels are one row high. How many weights does a kernel of size 3 have on one map?",
    },
  ],
  hints: [
    "Take a single kernel of the first convolution. How many weights does it have on one map, how many maps are there, and what is added to the sum?",
    "After each convolution the pool halves height and width. How many numbers are left in all maps together, laid out in a row?",
    "Convolution: kernels · (maps · kernelSize² + 1). FC: outputs · (inputs + 1), and its outputs are the inputs of the next",
  ],
});
