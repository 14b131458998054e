/** stable-ce: the cross entropy from the scores, whatever their size. */
import { exercise } from "../../lib/exercise/mod.ts";
import { type Random, Tensor } from "../../mod.ts";

function stableCE(z: Tensor, labels: number[]): number {
  const [N, C] = z.shape;
  let loss = 0;
  for (let n = 0; n < N; n++) {
    const row = z.data.subarray(n * C, (n + 1) * C);
    const m = Math.max(...row);
    let sum = 0;
    for (const score of row) sum += Math.exp(score - m);
    loss += -row[labels[n]] + m + Math.log(sum);
  }
  return loss / N;
}

/**
 * Kinds of samples for each trial, by the level of score j. Where e to a power is nearly too small for a number, only
 * some of its digits are left: there a logarithm taken too late is a little off, and each time by a different amount.
 */
const farRows: readonly (readonly ((j: number, label: number) => number)[])[] = [
  [() => 0, (j, label) => j === label ? -741 : 0], // the right class is nearly too small next to the others
  [() => -741, (j, label) => j === label ? -741 : 0], // all of them are nearly too small
  [(j) => j === 0 ? 1000 : j === 1 ? 0 : -1000, () => 1000],
  [(j, label) => j === label ? -27 : 0, (j, label) => j === label ? -741 : 0], // next to the others, smaller than what some people add
  [() => 0, () => -741],
  [() => -1000, (j, label) => j === label ? -2500 : 300],
];

type OfSample = (score: number, m: number, logSum: (m: number) => number) => number;

/** The mean over the samples of what `f` computes from the score of the right class and the largest score m. */
const mean = (f: OfSample) => (z: Tensor, labels: number[]): number => {
  const [N, C] = z.shape;
  const losses = labels.map((label, n) => {
    const row = Array.from(z.data.subarray(n * C, (n + 1) * C));
    const logSum = (m: number) => Math.log(row.reduce((sum, score) => sum + Math.exp(score - m), 0));
    return f(row[label], Math.max(...row), logSum);
  });
  return losses.reduce((sum, loss) => sum + loss, 0) / N;
};

export default exercise({
  // Two or three samples of different kinds. After six trials each kind was there. In half of the trials no power is too
  // large or too small for a number: they tell apart what is ∞ in the others.
  inputs: (random: Random, trial = 0): [Tensor, number[]] => {
    const C = [3, 5, 6][random.integer(3)], N = 2 + random.integer(2), kinds = farRows[trial % farRows.length];
    const labels = Array.from({ length: N }, () => random.integer(C));
    const rows = labels.map((label, n) =>
      Array.from({ length: C }, (_, j) => kinds[n % kinds.length](j, label) + random.normal())
    );
    return [Tensor.from(rows, undefined, { dtype: "float64" }), labels];
  },
  solution: stableCE,
  tolerance: 1e-7,
  explanation:
    "log Σ e^zₖ = log (eᵐ · Σ e^(zₖ − m)) = m + log Σ e^(zₖ − m). With the largest score as m no power is above 1, " +
    "and one of them is exactly 1: the sum is never 0 and never ∞.",
  mistakes: [
    {
      answer: mean((score, m, logSum) => -Math.log(Math.exp(score - m) / Math.exp(logSum(m)))),
      reply:
        "You take the logarithm of a probability, and one of them is too small for a floating-point number: −log 0 is ∞. Stay with the scores",
    },
    {
      answer: mean((score, m, logSum) => -score + logSum(m)),
      reply: "You took the largest score m out of the sum, but you never add it back: it belongs outside the logarithm",
    },
    {
      answer: (z, labels) => stableCE(z, labels) * z.shape[0] / z.shape[1],
      reply: "You divide by C, the number of classes. The loss is the mean over the samples, and there are N of them",
    },
    {
      answer: mean((score, _m, logSum) => -score + logSum(0)),
      reply: "You raise e to the scores themselves. e¹⁰⁰⁰ is ∞, and e⁻¹⁰⁰⁰ is 0, which has no logarithm",
    },
    {
      answer: mean((score, m, logSum) => -score + Math.max(0, m) + logSum(Math.max(0, m))),
      reply:
        "In one row all powers are 0, and 0 has no logarithm: m must be the largest score of that very row, even where all of its scores are below 0",
    },
    {
      answer: mean((score, m, logSum) => -Math.log(Math.exp(score - m - logSum(m)) + 1e-12)),
      reply:
        "The small number keeps the logarithm from −∞, but it hides how wrong the answer is: −log 1e-12 is 27.6, and no loss can be larger. Stay with the scores",
    },
    {
      answer: (z, labels) => {
        const C = z.shape[1], m = z.max();
        return labels.reduce((sum, label, n) => {
          const row = [...z.data.subarray(n * C, (n + 1) * C)];
          return sum + m - row[label] + Math.log(row.reduce((powers, score) => powers + Math.exp(score - m), 0));
        }, 0) / labels.length;
      },
      reply:
        "You take the largest score of all samples. Far below it all powers of a row are 0: each sample has its own largest score",
    },
    {
      answer: (z, labels) => stableCE(z, labels) * z.shape[0],
      reply: "That is the sum over the samples. The loss is their mean",
    },
    {
      answer: mean((score, m, logSum) => score - m - logSum(m)),
      reply: "That is log p. The loss is −log p: being right with certainty costs 0, and everything else costs more",
    },
    {
      answer: mean((score, m, logSum) => -score - m + logSum(m)),
      reply: "Look at the sign of m: log (eᵐ · …) is m + log …, with a plus",
    },
    {
      answer: mean((_score, m, logSum) => m + logSum(m)),
      reply: "The score of the right class is missing: L = −z_c + …",
    },
  ],
  hints: [
    "e^zₖ = eᵐ · e^(zₖ − m), and eᵐ is the same in each term of the sum: take it out. What does the logarithm turn a product into?",
    "L = −z_c + m + log Σₖ e^(zₖ − m), for each sample with the m of its own row. Then the mean over the N samples",
    "z.data.subarray(n * C, (n + 1) * C) is row n, Math.max(...row) its largest score, row[labels[n]] the score of the right class",
  ],
});
