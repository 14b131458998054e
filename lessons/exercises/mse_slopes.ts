/** mse-slopes: how the mean squared error of a line responds to w and to b. */
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
    const xs = Array.from({ length: 3 + random.integer(20) }, () => random.uniform(-3, 3));
    return [random.normal(), random.normal(), xs, xs.map((x) => 2 * x - 1 + random.normal())];
  },
  solution: mseSlopes,
  explanation:
    "The mean over the samples stays a mean, 1/N · Σ. Each square gives 2 · (p − y), times the slope of p: x for w, " +
    "1 for b.",
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
        "You divide by 40, the number of points in the lesson. The check brings its own points: how many are there?",
    },
    {
      answer: times(() => -1),
      reply:
        "The sign is flipped: (y − p) has the same square as (p − y), but it responds to w and b in the opposite direction",
    },
    {
      answer: times((samples) => samples / 2),
      reply: "Two factors are missing: the one from differentiating a square, and the one that turns a sum into a mean",
    },
    {
      answer: (w, b, xs, ys) => {
        const [slopeW, slopeB] = mseSlopes(w, b, xs.slice(-1), ys.slice(-1));
        return [slopeW / xs.length, slopeB / xs.length];
      },
      reply:
        "Only the last sample is left in your slopes: each sample overwrites the one before instead of being added",
    },
    {
      answer: (...inputs) => [mseSlopes(...inputs)[1], mseSlopes(...inputs)[1]],
      reply: "The slope for b is right, and you return the same one for w. But the slope of p = wx + b for w is not 1",
    },
    {
      answer: (...inputs) => [mseSlopes(...inputs)[1], mseSlopes(...inputs)[0]],
      reply: "Both numbers are right, but in the wrong order: first ∂L/∂w, then ∂L/∂b",
    },
  ],
  hints: [
    "Take one sample alone: L = (wx + b − y)². The derivative of d² is 2d, times the derivative of d. What is the derivative of d for w? And for b?",
    "For one sample it is 2 · (p − y) · x for w, and 2 · (p − y) for b. Now take the mean over all samples, for each of the two",
    "Let two sums start at 0 and loop over xs.entries(), which gives n and x; divide by xs.length",
  ],
});
