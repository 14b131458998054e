/** learn-xor: build a network and train it until XOR is right. */
import { exercise } from "../../lib/exercise/mod.ts";
import { CrossEntropyLoss, FC, Module, Random, ReLU, Tanh, Tensor } from "../../mod.ts";

type Answer = (points: Tensor, labels: number[], random: Random) => Module;

function learnXor(points: Tensor, labels: number[], random: Random): Module {
  const model = new Module([
    new FC({ inFeatures: 2, outFeatures: 8, random }),
    new Tanh(), // the bend
    new FC({ inFeatures: 8, outFeatures: 2, random }),
  ]);
  const loss = new CrossEntropyLoss();
  for (let step = 0; step < 120; step++) {
    model.zeroGrad();
    loss.forward(model.forward(points), labels);
    model.backward(loss.backward());
    model.update(1);
  }
  return model;
}

/** Points around the corners of a square, in random order. */
function data(random: Random, corner: number): { points: Tensor; labels: number[] } {
  const all = random.shuffle(Array.from({ length: 24 }, (_, n) => [Math.floor(n / 2) % 2, n % 2]));
  const at = (bit: number) => corner * (2 * bit - 1) + random.normal(0, 0.12);
  return { points: Tensor.from(all.map(([a, b]) => [at(a), at(b)])), labels: all.map(([a, b]) => a === b ? 0 : 1) };
}

function rightOf(model: Module, points: Tensor, labels: number[]): number {
  return model.forward(points).argmax().filter((guess, n) => guess === labels[n]).length;
}

/** A network that has not learned: training would not change what is wrong with it. */
const untrained = (outputs: number, init?: "zeros"): Answer => (_points, _labels, random) =>
  new Module([
    new FC({ inFeatures: 2, outFeatures: 8, random, init }),
    new ReLU(),
    new FC({ inFeatures: 8, outFeatures: outputs, random, init }),
  ]);

const yes = (holds: boolean): string => holds ? "yes" : "no";

/** Whether the scores in the middle of two points are the mean of the scores there, for all points. */
function isLinear(model: Module, points: Tensor): boolean {
  const other = Tensor.from(points.data.toReversed(), points.shape);
  const middle = model.forward(points.plus(other).times(0.5));
  const mean = model.forward(points).plus(model.forward(other)).times(0.5);
  return middle.minus(mean).map(Math.abs).max() < 1e-3 * (1 + mean.map(Math.abs).max());
}

export default exercise({
  inputs: (random: Random): [number, number] => [random.integer(1e6), random.uniform(0.9, 1.2)],
  // What is true of the network: its weights can be any.
  use: (answer: Answer, seed: number, corner: number) => {
    const { points, labels } = data(new Random(seed), corner);
    const model: unknown = answer(points, labels, new Random(seed + 1));
    if (!(model instanceof Module)) {
      throw new TypeError("learnXor returns a Module: return the network that you trained");
    }
    const scores = model.forward(points);
    const finite = scores.data.every(Number.isFinite);
    const two = scores.shape.length === 2 && scores.shape[1] === 2;
    const apart = finite && two && scores.map((score, i) => score - scores.data[i % 2]).map(Math.abs).max() > 1e-6;
    const answers = {
      'answer to "does it give two scores for each point?"': two,
      'answer to "are all scores finite numbers?"': finite,
      'answer to "do different points get different scores?"': apart,
      'answer to "does it bend?"': !finite || !isLinear(model, points),
      'answer to "are all points right?"': finite && two && rightOf(model, points, labels) === labels.length,
    };
    return {
      ...Object.fromEntries(Object.entries(answers).map(([name, holds]) => [name, yes(holds)])),
      "list of these answers": Object.values(answers).map(Number), // which hold and which do not tells a mistake
    };
  },
  evidence: (answer: Answer, seed, corner) => {
    const { points, labels } = data(new Random(seed), corner);
    const model = answer(points, labels, new Random(seed + 1));
    const scores = model.forward(points);
    if (scores.shape[1] !== 2) return "";
    const loss = new CrossEntropyLoss().forward(scores, labels);
    return `Your network gets ${rightOf(model, points, labels)} of ${labels.length} points right, with a loss of ` +
      `${Number(loss.toPrecision(3))}`;
  },
  solution: learnXor,
  explanation:
    "A hidden layer with a bend, and the step from lesson 7, a hundred times or more: clear, forward, loss, backward, " +
    "update. Eight hidden numbers are more than the two that are necessary, and that makes it easy to find a way. " +
    "Without the bend the whole network would be a line.",
  mistakes: [
    {
      answer: (_points, _labels, random) =>
        new Module([
          new FC({ inFeatures: 2, outFeatures: 8, random }),
          new FC({ inFeatures: 8, outFeatures: 2, random }),
        ]),
      reply:
        "Your network is still a straight line: its scores do not bend anywhere. What must stand between two FC layers?",
    },
    {
      answer: untrained(2, "zeros"),
      reply:
        "All points get the same scores. Do the weights start at 0? Then all hidden numbers are equal, and stay equal: take random ones",
    },
    {
      answer: untrained(2),
      reply:
        "It bends, but not all points are right: does it learn the right labels, is the bend between the FC layers, is the gradient cleared, does each step go against it, are there enough steps?",
    },
    {
      answer: (points, labels, random) => {
        const model = untrained(2)(points, labels, random);
        for (const { value } of model.parameters()) value.data.fill(NaN);
        return model;
      },
      reply: "The scores are not finite numbers any longer: the rate is far too large",
    },
    {
      answer: untrained(1),
      reply: "Your network does not give two scores for each point. The cross entropy needs one score for each class",
    },
  ],
  hints: [
    "Three layers: FC from 2 to 8, a bend (Tanh or ReLU), FC from 8 to 2. Pass random to both FC layers",
    "A step: zeroGrad, forward, loss.forward, backward(loss.backward()), update(rate). Take a hundred or more of them",
    "A rate of 1 works well here. Return the model after the loop",
  ],
});
