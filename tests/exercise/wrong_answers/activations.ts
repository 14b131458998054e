/** Plausible wrong answers to the exercises of lesson 2. */
import { Tensor } from "../../../mod.ts";
import type { WrongAnswers } from "./wrong_answers.ts";

const like = (x: Tensor): Tensor => Tensor.zeros(x.shape, { dtype: "float64" });

const sigmoid = (v: number): number => 1 / (1 + Math.exp(-v));

let runningSum = 0;

export const reluBackward: WrongAnswers<(x: Tensor, gradOut: Tensor) => Tensor> = {
  "returns the slope alone": (x) => x.map((v) => v > 0 ? 1 : 0),
  "looks at the sign of gradOut": (_x, gradOut) => gradOut.map((g) => g > 0 ? g : 0),
  "multiplies by relu(x)": (x, gradOut) => x.map((v) => Math.max(0, v)).times(gradOut),
  "leaks a hundredth": (x, gradOut) => gradOut.map((g, i) => x.data[i] > 0 ? g : 0.01 * g),
  "takes the sign of x for the slope": (x, gradOut) => x.map(Math.sign).times(gradOut),
  "the wrong way round": (x, gradOut) => gradOut.map((g, i) => x.data[i] < 0 ? g : 0),
  "drops the sign of the gradient": (x, gradOut) => gradOut.map((g, i) => x.data[i] > 0 ? Math.abs(g) : 0),
  "adds the slope": (x, gradOut) => gradOut.plus(x.map((v) => v > 0 ? 1 : 0)),
  "loops over the rows only": (x, gradOut) => {
    const dx = like(x);
    for (let i = 0; i < x.shape[0]; i++) dx.data[i] = x.data[i] > 0 ? gradOut.data[i] : 0;
    return dx;
  },
  "always looks at the first x": (x, gradOut) => gradOut.map((g) => x.data[0] > 0 ? g : 0),
  "starts at 1": (x, gradOut) => {
    const dx = like(x);
    for (let i = 1; i < x.size; i++) dx.data[i] = x.data[i] > 0 ? gradOut.data[i] : 0;
    return dx;
  },
  "stops one early": (x, gradOut) => {
    const dx = like(x);
    for (let i = 0; i < x.size - 1; i++) dx.data[i] = x.data[i] > 0 ? gradOut.data[i] : 0;
    return dx;
  },
  "returns relu(x)": (x) => x.map((v) => v > 0 ? v : 0),
  "uses the slope of the sigmoid": (x, gradOut) =>
    gradOut.map((g, i) => g * sigmoid(x.data[i]) * (1 - sigmoid(x.data[i]))),
  "adds up what came before": (x, gradOut) =>
    gradOut.map((g, i) => {
      runningSum += g;
      return x.data[i] > 0 ? runningSum : 0;
    }),
  "takes the threshold for 1": (x, gradOut) => gradOut.map((g, i) => x.data[i] > 1 ? g : 0),
  "passes on x where gradOut is positive": (x, gradOut) => x.map((v, i) => gradOut.data[i] > 0 ? v : 0),
};

/** The logarithm of the softmax, with what a learner may get wrong in it. */
interface Parts {
  m(row: number[], x: Tensor): number;
  power(score: number, m: number): number;
  result(score: number, m: number, sum: number): number;
  before: number;
}

const rowByRow = (parts: Partial<Parts>) => (x: Tensor): Tensor => {
  const { m, power, result, before }: Parts = {
    m: (row) => Math.max(...row),
    power: (score, m) => Math.exp(score - m),
    result: (score, m, sum) => score - m - Math.log(sum),
    before: 0,
    ...parts,
  };
  const [N, C] = x.shape, y = like(x);
  for (let n = 0; n < N; n++) {
    const row = [...x.data.subarray(n * C, (n + 1) * C)], largest = m(row, x);
    let sum = before;
    for (const score of row) sum += power(score, largest);
    row.forEach((score, j) => y.data[n * C + j] = result(score, largest, sum));
  }
  return y;
};

export const logSoftmax: WrongAnswers<(x: Tensor) => Tensor> = {
  "keeps away from 0 by adding 1e-12": rowByRow({
    result: (score, m, sum) => Math.log(Math.exp(score - m) / sum + 1e-12),
  }),
  "keeps away from 0 by a floor": rowByRow({
    result: (s, m, sum) => Math.log(Math.max(Math.exp(s - m) / sum, 1e-300)),
  }),
  "the maximum of the whole tensor": rowByRow({ m: (_row, x) => x.max() }),
  "a sum that is not reset": (x) => {
    const [N, C] = x.shape, y = like(x);
    let sum = 0;
    for (let n = 0; n < N; n++) {
      const row = x.data.subarray(n * C, (n + 1) * C), m = Math.max(...row);
      for (const score of row) sum += Math.exp(score - m);
      row.forEach((score, j) => y.data[n * C + j] = score - m - Math.log(sum));
    }
    return y;
  },
  "forgets the sum": rowByRow({ result: (score, m) => score - m }),
  "logarithm of base 2": rowByRow({ result: (score, m, sum) => score - m - Math.log2(sum) }),
  "logarithm of base 10": rowByRow({ result: (score, m, sum) => score - m - Math.log10(sum) }),
  "subtracts m twice": rowByRow({ result: (score, m, sum) => score - 2 * m - Math.log(sum) }),
  "adds m": rowByRow({ result: (score, m, sum) => score + m - Math.log(sum) }),
  "does not subtract m at the end": rowByRow({ result: (score, _m, sum) => score - Math.log(sum) }),
  "no m in the powers": rowByRow({ power: (score) => Math.exp(score) }),
  "the mean for the maximum": rowByRow({ m: (row) => row.reduce((a, b) => a + b) / row.length }),
  "the minimum for the maximum": rowByRow({ m: (row) => Math.min(...row) }),
  "a sum that starts at 1": rowByRow({ before: 1 }),
  "adds the logarithm": rowByRow({ result: (score, m, sum) => score - m + Math.log(sum) }),
  "the logarithm of the score": rowByRow({ result: (score, m, sum) => Math.log(score - m) - Math.log(sum) }),
  "divides by the sum": rowByRow({ result: (score, m, sum) => (score - m) / sum }),
  "divides by the logarithm": rowByRow({ result: (score, m, sum) => (score - m) / Math.log(sum) }),
  "the other sign": rowByRow({ result: (score, m, sum) => Math.log(sum) + m - score }),
  "leaves out the last row": (x) => {
    const right = rowByRow({})(x), C = x.shape[1];
    for (let j = 0; j < C; j++) right.data[right.size - C + j] = 0;
    return right;
  },
  "only the first row": (x) => {
    const right = rowByRow({})(x);
    return right.map((v, i) => i < x.shape[1] ? v : 0);
  },
  "down the columns": (x) => rowByRow({})(x.transpose()).transpose(),
  "the wrong row length": (x) => {
    const [N, C] = x.shape, y = like(x), right = rowByRow({})(x);
    for (let n = 0; n < N; n++) {
      for (let j = 0; j < C; j++) y.data[n * N + j] = right.at(n, j);
    }
    return y;
  },
};
