/** log-softmax: the logarithm of the softmax of each row, where the softmax itself is too small for a number. */
import { exercise } from "../../lib/exercise/mod.ts";
import { type Random, Tensor } from "../../mod.ts";

function logSoftmax(x: Tensor): Tensor {
  const [N, columns] = x.shape;
  const result = Tensor.zeros(x.shape, { dtype: "float64" });
  for (let n = 0; n < N; n++) {
    const row = x.data.subarray(n * columns, (n + 1) * columns);
    const largest = Math.max(...row);
    let sum = 0;
    for (const score of row) sum += Math.exp(score - largest);
    for (const [j, score] of row.entries()) {
      result.data[n * columns + j] = score - largest - Math.log(sum);
    }
  }
  return result;
}

/**
 * Kinds of rows, by the level of score j. Where e to a power is nearly too small for a number, only some of its digits
 * are left: there a logarithm taken too late is a little off, and each time by a different amount.
 */
const farRows: readonly ((j: number) => number)[] = [
  () => 0,
  (j) => j === 0 ? 1000 : j === 1 ? 0 : -1000, // too large, and too far apart
  (j) => j === 0 ? 0 : -741, // nearly too small next to the first
  () => 1000, // too large
  () => -741, // nearly too small
  (j) => j === 0 ? 0 : -27, // next to the first, smaller than what some people add
];

/** Which two kinds of rows are in a trial. */
const together = [[0, 4], [1, 0], [4, 5], [2, 3], [3, 5], [2, 4]];

/** Applies a function of the whole row to each score in it. */
function byRow(x: Tensor, f: (row: number[], j: number) => number): Tensor {
  const columns = x.shape[1];
  return x.map((_, i) => {
    const start = i - i % columns;
    return f(Array.from(x.data.subarray(start, start + columns)), i % columns);
  });
}

/** log Σ e^(score − m) */
function logSum(scores: number[], m: number): number {
  return Math.log(scores.reduce((sum, score) => sum + Math.exp(score - m), 0));
}

export default exercise({
  // Rows of different kinds, sometimes more of them than columns. After six trials each kind was there.
  inputs: (random: Random, trial = 0): [Tensor] => {
    const columns = 3 + random.integer(3), pair = together[trial % together.length];
    const kinds = trial % 3 === 2
      ? [...pair, ...new Array(columns - 1).fill(0)]
      : random.integer(2)
      ? [...pair, 0]
      : pair;
    const rows = Array.from(
      random.permutation(kinds.length),
      (n) => Array.from({ length: columns }, (_, j) => farRows[kinds[n]](j) + random.normal()),
    );
    return [Tensor.from(rows, undefined, { dtype: "float64" })];
  },
  solution: logSoftmax,
  tolerance: 1e-6,
  explanation:
    "log (e^(xⱼ − m) / Σₖ e^(xₖ − m)) = xⱼ − m − log Σₖ e^(xₖ − m): the logarithm of a quotient is a difference, " +
    "and log eᵃ is a. So e is never raised to the score itself, and the sum is at least e⁰ = 1.",
  mistakes: [
    {
      answer: (x) =>
        byRow(x, (row, j) => Math.log(Math.exp(row[j] - Math.max(...row)) / Math.exp(logSum(row, Math.max(...row))))),
      reply:
        "You take the softmax first, and its logarithm afterward. Far below the largest score the softmax is 0, and log " +
        "0 is −∞. Use the laws of logarithms before you compute anything: what is log eᵃ?",
    },
    {
      answer: (x) => byRow(x, (row, j) => row[j] - x.max() - logSum(row, x.max())),
      reply:
        "You subtract the largest score of the whole tensor. In a row whose scores are far below it all powers are 0: " +
        "every sample has its own largest score",
    },
    {
      answer: (x) => byRow(x, (row, j) => row[j] - logSum(row, Math.max(...row))),
      reply:
        "You took the largest score out of the sum, but not out of the score in front of it: subtract it from both",
    },
    {
      answer: (x) => byRow(x, (row, j) => row[j] - logSum(row, 0)),
      reply: "You raise e to the scores themselves, and e¹⁰⁰⁰ is ∞. Make the scores smaller first, as softmax does",
    },
    {
      answer: (x) => x.map((score) => score - x.max() - logSum([...x.data], x.max())),
      reply: "You sum over all rows. Each row is its own sample, with its own largest score and its own sum",
    },
    {
      answer: (x) =>
        byRow(x, (row, j) => Math.log(Math.exp(row[j] - Math.max(...row) - logSum(row, Math.max(...row))) + 1e-12)),
      reply:
        "The small number keeps the logarithm from −∞, but it hides how small the softmax is: it never goes below log 1e-12 = −27.6. Stay with the scores",
    },
    {
      answer: (x) => byRow(x, (row, j) => Math.exp(row[j] - Math.max(...row) - logSum(row, Math.max(...row)))),
      reply: "That is softmax itself, and it is right. Now its logarithm, without computing softmax on the way",
    },
  ],
  hints: [
    "With m for the largest score of the row, softmax is e^(xⱼ − m) / Σₖ e^(xₖ − m). What does the logarithm turn a quotient into?",
    "log (a / b) = log a − log b. And log e^(xⱼ − m) needs neither log nor e",
    "Copy softmax, and change the line that writes into the result: score − largest, minus the logarithm of the sum",
  ],
});
