/** mse-slopes: how the mean squared error of a line answers to w and to b. */
import { exercise } from "../../lib/exercise/mod.ts";
import type { Random } from "../../mod.ts";

function mseSlopes(w: number, b: number, xs: number[], ys: number[]): [number, number] {
  let [slopeW, slopeB] = [0, 0];
  for (const [n, x] of xs.entries()) {
    const difference = w * x + b - ys[n];
    slopeW += 2 * difference * x / xs.length;
    slopeB += 2 * difference / xs.length;
  }
  return [slopeW, slopeB];
}

type Inputs = [number, number, number[], number[]];
type Slopes = (...inputs: Inputs) => [number, number];

/** The right slopes, each times a factor. */
const times = (factor: (samples: number) => number): Slopes => (w, b, xs, ys) => {
  const [slopeW, slopeB] = mseSlopes(w, b, xs, ys);
  return [factor(xs.length) * slopeW, factor(xs.length) * slopeB];
};

export default exercise({
  inputs: (random: Random): Inputs => {
    const xs = Array.from({ length: 5 + random.integer(20) }, () => random.uniform(-3, 3));
    return [random.normal(), random.normal(), xs, xs.map((x) => 2 * x - 1 + random.normal())];
  },
  solution: mseSlopes,
  explanation:
    "The mean over the samples stays a mean, 1/N · Σ. Each square gives 2 · (p − y), times how p answers: with x " +
    "to w, with 1 to b.",
  mistakes: [
    {
      answer: times(() => 1 / 2),
      reply: "Both slopes are half as large as they should be. What is the derivative of d²?",
    },
    {
      answer: times((samples) => samples),
      reply: "Your slopes are those of the sum of the squares. The loss is their mean: how many samples are there?",
    },
    {
      answer: times((samples) => samples / 40),
      reply:
        "You divide by 40, as many points as the lesson has. The check brings points of its own: how many are there?",
    },
    {
      answer: times(() => -1),
      reply: "The sign is turned: (y − p) has the same square as (p − y), but it answers to w and b the other way",
    },
    {
      answer: times((samples) => samples / 2),
      reply:
        "Two factors are missing: the one that a square gives when it is differentiated, and the one that makes a sum a mean",
    },
    {
      answer: (w, b, xs, ys) => {
        const [slopeW, slopeB] = mseSlopes(w, b, xs.slice(-1), ys.slice(-1));
        return [slopeW / xs.length, slopeB / xs.length];
      },
      reply: "Only the last sample is left in your slopes: each one overwrites the one before, instead of being added",
    },
    {
      answer: (...inputs) => [mseSlopes(...inputs)[1], mseSlopes(...inputs)[1]],
      reply: "The slope for b is right, and that for w is the same. But p = wx + b answers to w not with 1",
    },
    {
      answer: (...inputs) => [mseSlopes(...inputs)[1], mseSlopes(...inputs)[0]],
      reply: "Both numbers are right, and they have changed places: first ∂L/∂w, then ∂L/∂b",
    },
  ],
  hints: [
    "Take one sample alone: L = (wx + b − y)². The derivative of d² is 2d, times how d answers. How does d answer to w? And to b?",
    "For one sample it is 2 · (p − y) · x, and 2 · (p − y). Now take the mean over all samples, for each of the two",
    "Let two sums start at 0 and walk over xs.entries(), which gives n and x; divide by xs.length",
  ],
});
