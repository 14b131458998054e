/** Plausible wrong answers to the exercises of lesson 8. */
import { Softmax, type Tensor } from "../../../mod.ts";
import type { WrongAnswers } from "./wrong_answers.ts";

const softmax = (z: Tensor): Tensor => new Softmax().forward(z);

/** p with something done to it for each sample, then scaled. */
const changed =
  (change: (p: Tensor, n: number, label: number, z: Tensor) => void, scale = (z: Tensor) => 1 / z.shape[0]) =>
  (z: Tensor, labels: number[]): Tensor => {
    const p = softmax(z);
    labels.forEach((label, n) => change(p, n, label, z));
    return p.times(scale(z));
  };

const atLabel = (p: Tensor, n: number, label: number): void => {
  p.data[n * p.shape[1] + label] -= 1;
};

export const ceBackward: WrongAnswers<(z: Tensor, labels: number[]) => Tensor> = {
  "forgets the labels": changed(() => {}),
  "divided by the number of classes": changed(atLabel, (z) => 1 / z.shape[1]),
  "divided by all elements": changed(atLabel, (z) => 1 / z.size),
  "divided by N twice": changed(atLabel, (z) => 1 / z.shape[0] ** 2),
  "divided by the lesson's 6": changed(atLabel, () => 1 / 6),
  "adds 1": changed((p, n, label) => p.data[n * p.shape[1] + label] += 1),
  "sets −1": changed((p, n, label) => p.data[n * p.shape[1] + label] = -1),
  "row and column exchanged": changed((p, n, label) => p.data[label * p.shape[1] + n] -= 1),
  "N for C in the index": changed((p, n, label) => p.data[n * p.shape[0] + label] -= 1),
  "no row in the index": changed((p, _n, label) => p.data[label] -= 1),
  "the class after": changed((p, n, label) => p.data[n * p.shape[1] + label + 1] -= 1),
  "labels that count from 1": changed((p, n, label) => p.data[n * p.shape[1] + label - 1] -= 1),
  "subtracts 1 everywhere": changed((p, n) => {
    for (let j = 0; j < p.shape[1]; j++) p.data[n * p.shape[1] + j] -= 1;
  }),
  "subtracts the label": changed((p, n, label) => p.data[n * p.shape[1] + label] -= label),
  "subtracts 1 after dividing": (z, labels) => {
    const p = softmax(z).times(1 / z.shape[0]);
    labels.forEach((label, n) => atLabel(p, n, label));
    return p;
  },
  "divides only the ones": (z, labels) => {
    const p = softmax(z);
    labels.forEach((label, n) => p.data[n * p.shape[1] + label] -= 1 / z.shape[0]);
    return p;
  },
  "no softmax": (z, labels) => {
    const grad = z.clone();
    labels.forEach((label, n) => atLabel(grad, n, label));
    return grad.times(1 / z.shape[0]);
  },
  "softmax down the columns": (z, labels) => {
    const p = softmax(z.transpose()).transpose();
    labels.forEach((label, n) => atLabel(p, n, label));
    return p.times(1 / z.shape[0]);
  },
  "only the first sample": (z, labels) => {
    const p = softmax(z);
    atLabel(p, 0, labels[0]);
    return p.times(1 / z.shape[0]);
  },
  "without the first sample": (z, labels) => {
    const p = softmax(z);
    for (let n = 1; n < labels.length; n++) atLabel(p, n, labels[n]);
    return p.times(1 / z.shape[0]);
  },
  "always the first label": (z, labels) => changed((p, n) => atLabel(p, n, labels[0]))(z, labels),
  "only the right class": (z, labels) => {
    const p = softmax(z), C = z.shape[1];
    return p.map((v, i) => labels[Math.floor(i / C)] === i % C ? v - 1 : 0).times(1 / z.shape[0]);
  },
  "the slope of −log p": changed((p, n, label) => {
    for (let j = 0; j < p.shape[1]; j++) p.data[n * p.shape[1] + j] = j === label ? -1 / p.at(n, j) : 0;
  }),
  "p · (1 − p)": changed((p, n) => {
    for (let j = 0; j < p.shape[1]; j++) p.data[n * p.shape[1] + j] *= 1 - p.data[n * p.shape[1] + j];
  }),
  "the logarithm of p": (z, labels) => {
    const p = softmax(z).map(Math.log);
    labels.forEach((label, n) => atLabel(p, n, label));
    return p.times(1 / z.shape[0]);
  },
};

/** What a learner may get wrong in the stable loss. */
interface Parts {
  m(row: number[], z: Tensor): number;
  power(score: number, m: number): number;
  loss(right: number, m: number, sum: number): number;
  before: number;
  first: number;
  right(row: number[], label: number, n: number, z: Tensor): number;
  scale(N: number, C: number): number;
}

const ce = (parts: Partial<Parts>) => (z: Tensor, labels: number[]): number => {
  const part: Parts = {
    m: (row) => Math.max(...row),
    power: (score, m) => Math.exp(score - m),
    loss: (right, m, sum) => -right + m + Math.log(sum),
    before: 0,
    first: 0,
    right: (row, label) => row[label],
    scale: (N) => 1 / N,
    ...parts,
  };
  const [N, C] = z.shape;
  let loss = 0;
  for (let n = part.first; n < N; n++) {
    const row = [...z.data.subarray(n * C, (n + 1) * C)], m = part.m(row, z);
    let sum = part.before;
    for (const score of row) sum += part.power(score, m);
    loss += part.loss(part.right(row, labels[n], n, z), m, sum);
  }
  return loss * part.scale(N, C);
};

export const stableCE: WrongAnswers<(z: Tensor, labels: number[]) => number> = {
  "logarithm of base 2": ce({ loss: (right, m, sum) => -right + m + Math.log2(sum) }),
  "logarithm of base 10": ce({ loss: (right, m, sum) => -right + m + Math.log10(sum) }),
  "no m at the end": ce({ loss: (right, _m, sum) => -right + Math.log(sum) }),
  "m subtracted": ce({ loss: (right, m, sum) => -right - m + Math.log(sum) }),
  "m added twice": ce({ loss: (right, m, sum) => -right + 2 * m + Math.log(sum) }),
  "the other sign": ce({ loss: (right, m, sum) => right - m - Math.log(sum) }),
  "forgets the right score": ce({ loss: (_right, m, sum) => m + Math.log(sum) }),
  "forgets the sum": ce({ loss: (right, m) => -right + m }),
  "the sum without its logarithm": ce({ loss: (right, m, sum) => -right + m + sum }),
  "log(1 + sum)": ce({ loss: (right, m, sum) => -right + m + Math.log1p(sum) }),
  "keeps away from 0 by a floor": ce({
    loss: (right, m, sum) => -Math.log(Math.max(Math.exp(right - m) / sum, 1e-12)),
  }),
  "keeps away from 0 by adding": ce({ loss: (right, m, sum) => -Math.log(Math.exp(right - m) / sum + 1e-9) }),
  "clips the scores": ce({ loss: (right, m, sum) => Math.min(-right + m + Math.log(sum), 700) }),
  "a sum that starts at 1": ce({ before: 1 }),
  "no m in the powers": ce({ power: (score) => Math.exp(score) }),
  "m outside of the power": ce({ power: (score, m) => Math.exp(score) - m }),
  "the maximum of all samples": ce({ m: (_row, z) => z.max() }),
  "the minimum for the maximum": ce({ m: (row) => Math.min(...row) }),
  "the mean for the maximum": ce({ m: (row) => row.reduce((a, b) => a + b) / row.length }),
  "without the first sample": ce({ first: 1 }),
  "not divided by N": ce({ scale: () => 1 }),
  "divided by the classes, too": ce({ scale: (N, C) => 1 / N / C }),
  "divided by the classes": ce({ scale: (_N, C) => 1 / C }),
  "divided by N − 1": ce({ scale: (N) => 1 / (N - 1) }),
  "the score at n": ce({ right: (row, _label, n) => row[n % row.length] }),
  "the score of the first sample": ce({ right: (_row, label, _n, z) => z.data[label] }),
  "the class after": ce({ right: (row, label) => row[label + 1] ?? row[0] }),
  "the last sample alone": (z, labels) => {
    const n = z.shape[0] - 1;
    return ce({})(z.slice(n), [labels[n]]);
  },
  "the first sample alone": (z, labels) => ce({})(z.slice(0), [labels[0]]),
  "a sum that is not reset": (z, labels) => {
    const [N, C] = z.shape;
    let [loss, sum] = [0, 0];
    for (let n = 0; n < N; n++) {
      const row = z.data.subarray(n * C, (n + 1) * C), m = Math.max(...row);
      for (const score of row) sum += Math.exp(score - m);
      loss += -row[labels[n]] + m + Math.log(sum);
    }
    return loss / N;
  },
};
