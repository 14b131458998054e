/** squared-error: an error that compares each prediction with every truth, as broadcasting does. */
import { exercise } from "../../lib/exercise/mod.ts";
import { type Random, Tensor } from "../../mod.ts";

function squaredError(prediction: Tensor, truth: Tensor): number {
  let sum = 0;
  for (const [n, t] of truth.data.entries()) {
    sum += (prediction.data[n] - t) ** 2; // sample n with its own truth
  }
  return sum / truth.size;
}

type Answer = typeof squaredError;

/** The differences of the pairs, reduced to one number. */
const reducing = (reduce: (differences: number[]) => number): Answer => (prediction, truth) =>
  reduce(Array.from(prediction.data, (p, n) => p - truth.data[n]));

const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);
const squares = (numbers: number[]): number[] => numbers.map((number) => number ** 2);

/** Each prediction with every truth: the sum of all squares, times a factor. */
const allPairs = (factor: (B: number) => number): Answer => (prediction, truth) =>
  factor(truth.size) * sum(Array.from(prediction.data).flatMap((p) => Array.from(truth.data, (t) => (p - t) ** 2)));

export default exercise({
  inputs: (random: Random): [Tensor, Tensor] => {
    const B = 3 + random.integer(6);
    const truth = Tensor.randn([B], { random, dtype: "float64" });
    const noise = Tensor.randn([B], { random, dtype: "float64" });
    return [truth.plus(noise.times(0.5)).reshape([B, 1]), truth];
  },
  planted: allPairs((B) => 1 / B ** 2),
  evidence: (answer) => {
    const found = Number(answer(Tensor.from([[1], [3]]), Tensor.from([1, 2])));
    return `For example: the predictions 1 and 3, the truths 1 and 2. The differences are 0 and 1, so the mean of the ` +
      `squares is 0.5, and you return ${Number(found.toPrecision(4))}`;
  },
  solution: squaredError,
  explanation:
    "Two loops, one inside the other, make all B · B pairs, and that is what broadcasting does. One loop with one " +
    "index makes the B pairs that are meant: prediction n with truth n. There are B squares, so the mean divides by B.",
  mistakes: [
    {
      answer: reducing((differences) => sum(squares(differences)) / differences.length ** 2),
      reply: "The pairs are right now. But you still divide by B · B: how many squares are in the sum?",
    },
    {
      answer: reducing((differences) => sum(squares(differences))),
      reply: "The pairs are right now. But that is the sum of the squares: return their mean",
    },
    {
      answer: reducing((differences) => sum(differences.map(Math.abs)) / differences.length),
      reply: "That is the mean distance. The error takes the mean of the *squared* differences",
    },
    {
      answer: reducing((differences) => sum(differences) / differences.length),
      reply: "Without the square, too high and too low cancel each other",
    },
    {
      answer: reducing((differences) => Math.sqrt(sum(squares(differences)) / differences.length)),
      reply: "You take a root at the end. The error is the mean of the squares itself",
    },
    {
      answer: reducing((differences) => (sum(differences) / differences.length) ** 2),
      reply: "You take the mean first and then square it. Square each difference, then take the mean",
    },
    {
      answer: reducing((differences) => sum(squares(differences.slice(0, -1))) / differences.length),
      reply: "The last pair is left out of the sum: where does your loop end?",
    },
    {
      answer: reducing((differences) => sum(squares(differences.slice(1))) / differences.length),
      reply: "The first pair is left out of the sum: where does your loop begin?",
    },
    {
      answer: reducing((differences) => differences[0] ** 2),
      reply: "That is the square of the first pair alone: do you return inside the loop?",
    },
    {
      answer: reducing((differences) => differences.at(-1)! ** 2 / differences.length),
      reply: "Only the last pair is in your sum: each square overwrites the one before instead of being added",
    },
    {
      answer: reducing((differences) => differences.at(-1)! ** 2),
      reply: "That is the square of the last pair alone: add them all up, then divide by B",
    },
    {
      answer: allPairs((B) => 1 / B),
      reply: "You divide by B now, but the sum still has all B · B pairs: each prediction needs only its own truth",
    },
    {
      answer: (prediction, truth) =>
        Array.from(prediction.data).reduce((total, p) => total + (p - truth.data[0]) ** 2, 0) / truth.size,
      reply: "Every prediction is compared with the first truth. Both need the same index n",
    },
    {
      answer: (prediction, truth) => sum(squares(Array.from(truth.data, (t) => prediction.data[0] - t))) / truth.size,
      reply: "Every truth is compared with the first prediction. Both need the same index n",
    },
  ],
  hints: [
    "With B samples, how many times does the line with sum += run? And how many times should it?",
    "Prediction n belongs to truth n. So one loop over n is enough, and both are read at n",
    "prediction.data[n] and truth.data[n] are a pair, whatever their shapes. At the end, divide by truth.size",
  ],
});
