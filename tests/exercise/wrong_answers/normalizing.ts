/** Plausible wrong answers to the exercises about normalizing, dropout and a fair split. */
import type { Random, Tensor } from "../../../mod.ts";
import type { WrongAnswers } from "./wrong_answers.ts";

interface Formula {
  mean(column: number[], all: number[]): number;
  variance(column: number[], mean: number): number;
  result(v: number, of: { mean: number; variance: number; gamma: number; beta: number; epsilon: number }): number;
}

const meanOf = (list: number[]): number => list.reduce((a, b) => a + b, 0) / list.length;

const byColumn = (wrong: Partial<Formula>) => (x: Tensor, gamma: Tensor, beta: Tensor, epsilon: number): Tensor => {
  const parts: Formula = {
    mean: (column) => meanOf(column),
    variance: (column, mean) => meanOf(column.map((v) => (v - mean) ** 2)),
    result: (v, { mean, variance, gamma, beta, epsilon }) => gamma * (v - mean) / Math.sqrt(variance + epsilon) + beta,
    ...wrong,
  };
  const [N, C] = x.shape, all = Array.from(x.data);
  return x.map((v, i) => {
    const c = i % C, column = Array.from({ length: N }, (_, n) => all[n * C + c]), mean = parts.mean(column, all);
    return parts.result(v, {
      mean,
      variance: parts.variance(column, mean),
      gamma: gamma.data[c],
      beta: beta.data[c],
      epsilon,
    });
  });
};

export const batchNorm: WrongAnswers<(x: Tensor, gamma: Tensor, beta: Tensor, epsilon: number) => Tensor> = {
  "no root": byColumn({
    result: (v, { mean, variance, gamma, beta, epsilon }) => gamma * (v - mean) / (variance + epsilon) + beta,
  }),
  "epsilon outside the root": byColumn({
    result: (v, { mean, variance, gamma, beta, epsilon }) =>
      gamma * (v - mean) / (Math.sqrt(variance) + epsilon) + beta,
  }),
  "no epsilon": byColumn({
    result: (v, { mean, variance, gamma, beta }) => gamma * (v - mean) / Math.sqrt(variance) + beta,
  }),
  "divided by N − 1": byColumn({
    variance: (column, mean) => column.reduce((s, v) => s + (v - mean) ** 2, 0) / (column.length - 1),
  }),
  "no mean of the squares": byColumn({ variance: (column, mean) => column.reduce((s, v) => s + (v - mean) ** 2, 0) }),
  "no beta": byColumn({
    result: (v, { mean, variance, gamma, epsilon }) => gamma * (v - mean) / Math.sqrt(variance + epsilon),
  }),
  "no gamma": byColumn({
    result: (v, { mean, variance, beta, epsilon }) => (v - mean) / Math.sqrt(variance + epsilon) + beta,
  }),
  "gamma and beta exchanged": byColumn({
    result: (v, { mean, variance, gamma, beta, epsilon }) => beta * (v - mean) / Math.sqrt(variance + epsilon) + gamma,
  }),
  "beta inside": byColumn({
    result: (v, { mean, variance, gamma, beta, epsilon }) =>
      gamma * ((v - mean) / Math.sqrt(variance + epsilon) + beta),
  }),
  "the mean is not subtracted": byColumn({
    result: (v, { variance, gamma, beta, epsilon }) => gamma * v / Math.sqrt(variance + epsilon) + beta,
  }),
  "the mean is added": byColumn({
    result: (v, { mean, variance, gamma, beta, epsilon }) => gamma * (v + mean) / Math.sqrt(variance + epsilon) + beta,
  }),
  "no parentheses above": byColumn({
    result: (v, { mean, variance, gamma, beta, epsilon }) => gamma * v - mean / Math.sqrt(variance + epsilon) + beta,
  }),
  "the mean of everything": byColumn({ mean: (_column, all) => meanOf(all) }),
  "the squares of the numbers": byColumn({ variance: (column) => meanOf(column.map((v) => v * v)) }),
  "absolute distances": byColumn({ variance: (column, mean) => meanOf(column.map((v) => Math.abs(v - mean))) }),
  "distances without a square": byColumn({ variance: (column, mean) => meanOf(column.map((v) => v - mean)) }),
  "row by row": (x, gamma, beta, epsilon) => {
    const C = x.shape[1];
    return x.map((v, i) => {
      const row = Array.from(x.data).slice(i - i % C, i - i % C + C), mean = meanOf(row);
      const variance = meanOf(row.map((w) => (w - mean) ** 2));
      return gamma.data[i % C] * (v - mean) / Math.sqrt(variance + epsilon) + beta.data[i % C];
    });
  },
  "the first gamma for all": (x, gamma, beta, epsilon) =>
    byColumn({})(x, gamma.map(() => gamma.data[0]), beta, epsilon),
  "only the first column": (x, gamma, beta, epsilon) => {
    const right = byColumn({})(x, gamma, beta, epsilon);
    return x.map((v, i) => i % x.shape[1] === 0 ? right.data[i] : v);
  },
};

type Gradients = { dx: number[]; dGamma: number; dBeta: number };
interface Sums {
  m: number;
  dGamma: number;
  dBeta: number;
}
const backward = (
  dx: (of: { g: number; xHat: number; sigma: number; gamma: number } & Sums) => number,
  sums: (s: Sums) => Partial<Sums> = () => ({}),
) =>
(xHat: number[], sigma: number, gamma: number, dy: number[]): Gradients => {
  const right = {
    m: dy.length,
    dGamma: dy.reduce((s, g, j) => s + g * xHat[j], 0),
    dBeta: dy.reduce((s, g) => s + g, 0),
  };
  const { dGamma, dBeta } = { ...right, ...sums(right) };
  return { dx: dy.map((g, i) => dx({ g, xHat: xHat[i], sigma, gamma, ...right })), dGamma, dBeta };
};
type Of = Parameters<Parameters<typeof backward>[0]>[0];
const rightDx = ({ g, xHat, sigma, gamma, m, dGamma, dBeta }: Of): number =>
  gamma / sigma * (g - dBeta / m - xHat * dGamma / m);

export const batchNormBackward: WrongAnswers<
  (xHat: number[], sigma: number, gamma: number, dy: number[]) => Gradients
> = {
  "as if mean and sigma were constants": backward(({ g, sigma, gamma }) => gamma / sigma * g),
  "no path through the mean": backward(({ g, xHat, sigma, gamma, m, dGamma }) =>
    gamma / sigma * (g - xHat * dGamma / m)
  ),
  "no path through sigma": backward(({ g, sigma, gamma, m, dBeta }) => gamma / sigma * (g - dBeta / m)),
  "sums for means": backward(({ g, xHat, sigma, gamma, dGamma, dBeta }) => gamma / sigma * (g - dBeta - xHat * dGamma)),
  "adds both paths": backward(({ g, xHat, sigma, gamma, m, dGamma, dBeta }) =>
    gamma / sigma * (g + dBeta / m + xHat * dGamma / m)
  ),
  "the path through sigma without x̂": backward(({ g, sigma, gamma, m, dGamma, dBeta }) =>
    gamma / sigma * (g - dBeta / m - dGamma / m)
  ),
  "no gamma": backward((of) => rightDx(of) / of.gamma),
  "no sigma": backward((of) => rightDx(of) * of.sigma),
  "times sigma": backward((of) => rightDx(of) * of.sigma ** 2),
  "sigma squared": backward((of) => rightDx(of) / of.sigma),
  "dGamma and dBeta exchanged in dx": backward(({ g, xHat, sigma, gamma, m, dGamma, dBeta }) =>
    gamma / sigma * (g - dGamma / m - xHat * dBeta / m)
  ),
  "dGamma and dBeta exchanged": backward(rightDx, ({ dGamma, dBeta }) => ({ dGamma: dBeta, dBeta: dGamma })),
  "means for dGamma and dBeta": backward(rightDx, ({ m, dGamma, dBeta }) => ({ dGamma: dGamma / m, dBeta: dBeta / m })),
  "dBeta with gamma": (xHat, sigma, gamma, dy) => {
    const right = backward(rightDx)(xHat, sigma, gamma, dy);
    return { ...right, dBeta: gamma * right.dBeta };
  },
  "dGamma with the sum of x̂": (xHat, sigma, gamma, dy) => ({
    ...backward(rightDx)(xHat, sigma, gamma, dy),
    dGamma: dy.reduce((s, g) => s + g, 0) * xHat.reduce((s, v) => s + v, 0),
  }),
  "only the last in the sums": (xHat, sigma, gamma, dy) => ({
    ...backward(rightDx)(xHat, sigma, gamma, dy),
    dGamma: dy.at(-1)! * xHat.at(-1)!,
    dBeta: dy.at(-1)!,
  }),
  "one sample too few": backward(({ g, xHat, sigma, gamma, m, dGamma, dBeta }) =>
    gamma / sigma * (g - dBeta / (m - 1) - xHat * dGamma / (m - 1))
  ),
  "the other sign": backward((of) => -rightDx(of)),
};

type Running = { mean: number; variance: number };
type Normalized = { y: number[]; running: Running };
interface Rules {
  batch(values: number[]): Running;
  use(batch: Running, running: Running, training: boolean): Running;
  next(batch: Running, running: Running, momentum: number, m: number, training: boolean): Running;
  epsilon: number;
}
const normalizing =
  (wrong: Partial<Rules>) => (values: number[], running: Running, momentum: number, training: boolean): Normalized => {
    const mean = meanOf(values), variance = meanOf(values.map((v) => (v - mean) ** 2)), m = values.length;
    const toward = (a: number, b: number) => a + momentum * (b - a);
    const rules: Rules = {
      batch: () => ({ mean, variance }),
      use: (batch, before, training) => training ? batch : before,
      next: (batch, before, _momentum, m, training) =>
        training
          ? { mean: toward(before.mean, batch.mean), variance: toward(before.variance, batch.variance * m / (m - 1)) }
          : before,
      epsilon: 1e-5,
      ...wrong,
    };
    const batch = rules.batch(values), used = rules.use(batch, running, training);
    const y = values.map((v) => (v - used.mean) / Math.sqrt(used.variance + rules.epsilon));
    return { y, running: rules.next(batch, running, momentum, m, training) };
  };
const mix = (a: Running, b: Running, share: number, spread = 1): Running => ({
  mean: a.mean + share * (b.mean - a.mean),
  variance: a.variance + share * (b.variance * spread - a.variance),
});

export const normalizeFeature: WrongAnswers<
  (values: number[], running: Running, momentum: number, training: boolean) => Normalized
> = {
  "the batch in evaluation": normalizing({ use: (batch) => batch }),
  "the running ones in training": normalizing({ use: (_batch, running) => running }),
  "the other way round": normalizing({ use: (batch, running, training) => training ? running : batch }),
  "never updates": normalizing({ next: (_batch, running) => running }),
  "updates in evaluation": normalizing({
    next: (batch, running, momentum, m) => mix(running, batch, momentum, m / (m - 1)),
  }),
  "takes the batch over": normalizing({
    next: (batch, running, _momentum, _m, training) => training ? batch : running,
  }),
  "momentum the other way": normalizing({
    next: (batch, running, momentum, m, training) =>
      training ? mix(running, batch, 1 - momentum, m / (m - 1)) : running,
  }),
  "the biased variance": normalizing({
    next: (batch, running, momentum, _m, training) => training ? mix(running, batch, momentum) : running,
  }),
  "the correction upside down": normalizing({
    next: (batch, running, momentum, m, training) => training ? mix(running, batch, momentum, (m - 1) / m) : running,
  }),
  "no variance in the update": normalizing({
    next: (batch, running, momentum, _m, training) =>
      training ? { ...running, mean: mix(running, batch, momentum).mean } : running,
  }),
  "no mean in the update": normalizing({
    next: (batch, running, momentum, m, training) =>
      training ? { ...running, variance: mix(running, batch, momentum, m / (m - 1)).variance } : running,
  }),
  "adds the share": normalizing({
    next: (batch, running, momentum, m, training) =>
      training
        ? {
          mean: running.mean + momentum * batch.mean,
          variance: running.variance + momentum * batch.variance * m / (m - 1),
        }
        : running,
  }),
  "the deviation for the variance": normalizing({
    next: (batch, running, momentum, m, training) =>
      training
        ? {
          mean: mix(running, batch, momentum).mean,
          variance: running.variance + momentum * (Math.sqrt(batch.variance * m / (m - 1)) - running.variance),
        }
        : running,
  }),
  "the unbiased variance for y": normalizing({
    use: (batch, running, training) => training ? { ...batch, variance: batch.variance * 1.25 } : running,
  }),
  "does not subtract the mean": normalizing({
    use: (batch, running, training) => ({ mean: 0, variance: (training ? batch : running).variance }),
  }),
  "always half": normalizing({
    next: (batch, running, _momentum, m, training) => training ? mix(running, batch, 0.5, m / (m - 1)) : running,
  }),
};

type Drop = (x: Tensor, noise: Tensor, rate: number, training: boolean) => Tensor;
const dropping =
  (of: (v: number, n: number, rate: number, training: boolean) => number): Drop => (x, noise, rate, training) =>
    x.map((v, i) => of(v, noise.data[i], rate, training));

export const dropout: WrongAnswers<Drop> = {
  "not scaled": dropping((v, n, rate, t) => t && n < rate ? 0 : v),
  "scaled in both": dropping((v, n, rate, t) => t && n < rate ? 0 : v / (1 - rate)),
  "divided by the rate": dropping((v, n, rate, t) => !t ? v : n < rate ? 0 : v / rate),
  "times 1 − rate": dropping((v, n, rate, t) => !t ? v : n < rate ? 0 : v * (1 - rate)),
  "the other side of the noise": dropping((v, n, rate, t) => !t ? v : n > rate ? 0 : v / (1 - rate)),
  "drops in evaluation only": dropping((v, n, rate, t) => t ? v : n < rate ? 0 : v / (1 - rate)),
  "drops always": dropping((v, n, rate) => n < rate ? 0 : v / (1 - rate)),
  "a rate of one half": dropping((v, n, _rate, t) => !t ? v : n < 0.5 ? 0 : v / 0.5),
  "scales by 2": dropping((v, n, rate, t) => !t ? v : n < rate ? 0 : 2 * v),
  "times the noise": dropping((v, n, _rate, t) => t ? v * n : v),
  "the dropped become 1": dropping((v, n, rate, t) => !t ? v : n < rate ? 1 : v / (1 - rate)),
  "a mask": dropping((v, n, rate, t) => !t ? v : n < rate ? 0 : 1 / (1 - rate)),
  "noise of the first number": (x, noise, rate, training) =>
    x.map((v) => !training ? v : noise.data[0] < rate ? 0 : v / (1 - rate)),
  "the size of x decides": dropping((v, _n, rate, t) => !t ? v : Math.abs(v) < rate ? 0 : v / (1 - rate)),
  "the root of 1 − rate": dropping((v, n, rate, t) => !t ? v : n < rate ? 0 : v / Math.sqrt(1 - rate)),
  "0 in evaluation": dropping((v, n, rate, t) => !t ? 0 : n < rate ? 0 : v / (1 - rate)),
  "keeps the dropped": dropping((v, n, rate, t) => !t ? v : n < rate ? v : v / (1 - rate)),
};

type Split = { training: number[]; validation: number[] };
const from = (list: ArrayLike<number>, a: number, b = list.length): number[] => Array.from(list).slice(a, b);

export const fairSplit: WrongAnswers<(count: number, share: number, random: Random) => Split> = {
  "no shuffle": (count, share) => {
    const order = Array.from({ length: count }, (_, i) => i), size = Math.round(count * share);
    return { training: order.slice(size), validation: order.slice(0, size) };
  },
  "the last ones": (count, share) => {
    const order = Array.from({ length: count }, (_, i) => i), size = Math.round(count * share);
    return { training: order.slice(0, count - size), validation: order.slice(count - size) };
  },
  "training for validation": (count, share, random) => {
    const order = random.permutation(count), size = Math.round(count * share);
    return { training: from(order, 0, size), validation: from(order, size) };
  },
  "all for training": (count, share, random) => {
    const order = random.permutation(count), size = Math.round(count * share);
    return { training: from(order, 0), validation: from(order, 0, size) };
  },
  "half and half": (count, _share, random) => {
    const order = random.permutation(count);
    return { training: from(order, count / 2), validation: from(order, 0, count / 2) };
  },
  "one lost": (count, share, random) => {
    const order = random.permutation(count), size = Math.round(count * share);
    return { training: from(order, size + 1), validation: from(order, 0, size) };
  },
  "one in both": (count, share, random) => {
    const order = random.permutation(count), size = Math.round(count * share);
    return { training: from(order, size), validation: from(order, 0, size + 1) };
  },
  "drawn one by one": (count, share, random) => {
    const size = Math.round(count * share), validation = Array.from({ length: size }, () => random.integer(count));
    const rest = Array.from({ length: count }, (_, i) => i).filter((i) => !validation.includes(i));
    return { training: rest, validation };
  },
  "each with a chance": (count, share, random) => {
    const split: Split = { training: [], validation: [] };
    for (let i = 0; i < count; i++) (random.uniform() < share ? split.validation : split.training).push(i);
    return split;
  },
  "Math.random": (count, share) => {
    const order = Array.from({ length: count }, (_, i) => i).sort(() => Math.random() - 0.5),
      size = Math.round(count * share);
    return { training: order.slice(size), validation: order.slice(0, size) };
  },
  "the same part twice": (count, share, random) => {
    const order = random.permutation(count), size = Math.round(count * share);
    return { training: from(order, size), validation: from(order, size, 2 * size) };
  },
  "every few images": (count, share) => {
    const step = Math.round(1 / share), order = Array.from({ length: count }, (_, i) => i);
    return { training: order.filter((i) => i % step !== 0), validation: order.filter((i) => i % step === 0) };
  },
  "nothing for validation": (count, _share, random) => ({
    training: from(random.permutation(count), 0),
    validation: [],
  }),
  "places, not images": (count, share, random) => {
    const order = random.permutation(count), size = Math.round(count * share);
    return { training: Array.from({ length: count - size }, (_, i) => i + size), validation: from(order, 0, size) };
  },
};
