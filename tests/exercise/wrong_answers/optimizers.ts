/** Plausible wrong answers to the exercises about optimizers, the start of the weights and a training step. */
import type { Module, MSELoss, Tensor } from "../../../mod.ts";
import type { WrongAnswers } from "./wrong_answers.ts";

type Slopes = number[][];

/** Moves of weights that each keep one number. */
const keeping =
  (next: (v: number, slope: number) => number, move: (v: number, slope: number) => number) => (slopes: Slopes) => {
    const v = slopes[0].map(() => 0);
    return slopes.map((row) =>
      row.map((slope, i) => {
        v[i] = next(v[i], slope);
        return move(v[i], slope);
      })
    );
  };

export const momentumMoves: WrongAnswers<(slopes: Slopes, rate: number, keep: number) => Slopes> = {
  "no momentum": (slopes, rate) => slopes.map((row) => row.map((s) => -rate * s)),
  "uphill": (slopes, rate, keep) => keeping((v, s) => keep * v + s, (v) => rate * v)(slopes),
  "no rate": (slopes, _rate, keep) => keeping((v, s) => keep * v + s, (v) => -v)(slopes),
  "a running mean": (slopes, rate, keep) => keeping((v, s) => keep * v + (1 - keep) * s, (v) => -rate * v)(slopes),
  "keeps everything": (slopes, rate) => keeping((v, s) => v + s, (v) => -rate * v)(slopes),
  "keeps the rest": (slopes, rate, keep) => keeping((v, s) => (1 - keep) * v + s, (v) => -rate * v)(slopes),
  "the factor on the slope": (slopes, rate, keep) => keeping((v, s) => v + keep * s, (v) => -rate * v)(slopes),
  "the factor on both": (slopes, rate, keep) => keeping((v, s) => keep * (v + s), (v) => -rate * v)(slopes),
  "the rate inside twice": (slopes, rate, keep) => keeping((v, s) => keep * v + rate * s, (v) => -rate * v)(slopes),
  "subtracts the slope": (slopes, rate, keep) => keeping((v, s) => keep * v - s, (v) => -rate * v)(slopes),
  "Nesterov": (slopes, rate, keep) => keeping((v, s) => keep * v + s, (v, s) => -rate * (s + keep * v))(slopes),
  "moves by the old v": (slopes, rate, keep) => {
    const v = slopes[0].map(() => 0);
    return slopes.map((row) =>
      row.map((s, i) => {
        const move = -rate * v[i];
        v[i] = keep * v[i] + s;
        return move;
      })
    );
  },
  "one v for all weights": (slopes, rate, keep) => {
    let v = 0;
    return slopes.map((row) => row.map((s) => -rate * (v = keep * v + s)));
  },
  "begins anew each step": (slopes, rate, keep) =>
    slopes.map((row) => {
      let v = 0;
      return row.map((s) => -rate * (v = keep * v + s));
    }),
  "begins at the first slope": (slopes, rate, keep) => {
    const v = [...slopes[0]];
    return slopes.map((row) => row.map((s, i) => -rate * (v[i] = keep * v[i] + s)));
  },
  "only the step before": (slopes, rate, keep) =>
    slopes.map((row, t) => row.map((s, i) => -rate * (s + (t > 0 ? keep * slopes[t - 1][i] : 0)))),
  "the lesson's 0.9": (slopes, rate) => keeping((v, s) => 0.9 * v + s, (v) => -rate * v)(slopes),
  "the places": (slopes, rate, keep) => {
    const at = slopes[0].map(() => 0);
    return keeping((v, s) => keep * v + s, (v) => -rate * v)(slopes).map((row) => row.map((move, i) => at[i] += move));
  },
};

/** RMSProp with its own parts. */
const sized = (
  wrong: {
    next?: (s: number, slope: number, alpha: number) => number;
    move?: (slope: number, s: number, rate: number, epsilon: number) => number;
  },
) =>
(slopes: Slopes, rate: number, alpha: number, epsilon: number): Slopes => {
  const next = wrong.next ?? ((s, slope, alpha) => alpha * s + (1 - alpha) * slope ** 2);
  const move = wrong.move ?? ((slope, s, rate, epsilon) => -rate * slope / (Math.sqrt(s) + epsilon));
  return keeping((s, slope) => next(s, slope, alpha), (s, slope) => move(slope, s, rate, epsilon))(slopes);
};

export const rmspropMoves: WrongAnswers<(slopes: Slopes, rate: number, alpha: number, epsilon: number) => Slopes> = {
  "epsilon under the root": sized({ move: (g, s, rate, e) => -rate * g / Math.sqrt(s + e) }),
  "no root": sized({ move: (g, s, rate, e) => -rate * g / (s + e) }),
  "no epsilon": sized({ move: (g, s, rate) => -rate * g / Math.sqrt(s) }),
  "uphill": sized({ move: (g, s, rate, e) => rate * g / (Math.sqrt(s) + e) }),
  "no rate": sized({ move: (g, s, _rate, e) => -g / (Math.sqrt(s) + e) }),
  "no slope": sized({ move: (_g, s, rate, e) => -rate / (Math.sqrt(s) + e) }),
  "multiplies": sized({ move: (g, s, rate, e) => -rate * g * (Math.sqrt(s) + e) }),
  "no parentheses below": sized({ move: (g, s, rate, e) => -rate * g / Math.sqrt(s) + e }),
  "the slope itself": sized({ next: (s, g, alpha) => alpha * s + (1 - alpha) * g }),
  "the size of the slope": sized({ next: (s, g, alpha) => alpha * s + (1 - alpha) * Math.abs(g) }),
  "the shares exchanged": sized({ next: (s, g, alpha) => (1 - alpha) * s + alpha * g ** 2 }),
  "the whole square": sized({ next: (s, g, alpha) => alpha * s + g ** 2 }),
  "no running mean": sized({ next: (_s, g) => g ** 2 }),
  "Adagrad": sized({ next: (s, g) => s + g ** 2 }),
  "the square of the mean": sized({ next: (s, g, alpha) => (alpha * s + (1 - alpha) * g) ** 2 }),
  "two kept": sized({ next: (s, g) => 0.9 * s + 0.1 * g ** 2 }),
  "the old s": (slopes, rate, alpha, epsilon) => {
    const s = slopes[0].map(() => 0);
    return slopes.map((row) =>
      row.map((g, i) => {
        const move = -rate * g / (Math.sqrt(s[i]) + epsilon);
        s[i] = alpha * s[i] + (1 - alpha) * g ** 2;
        return move;
      })
    );
  },
  "corrected for the start": (slopes, rate, alpha, epsilon) => {
    const s = slopes[0].map(() => 0);
    return slopes.map((row, t) =>
      row.map((g, i) => {
        s[i] = alpha * s[i] + (1 - alpha) * g ** 2;
        return -rate * g / (Math.sqrt(s[i] / (1 - alpha ** (t + 1))) + epsilon);
      })
    );
  },
};

interface Adam {
  nextM(m: number, g: number, b1: number, b2: number): number;
  nextS(s: number, g: number, b1: number, b2: number): number;
  move(m: number, s: number, of: { rate: number; e: number; b1: number; b2: number; t: number; g: number }): number;
}

const adam = (wrong: Partial<Adam>) => (slopes: Slopes, rate: number, b1: number, b2: number, e: number): Slopes => {
  const parts: Adam = {
    nextM: (m, g, b1) => b1 * m + (1 - b1) * g,
    nextS: (s, g, _b1, b2) => b2 * s + (1 - b2) * g ** 2,
    move: (m, s, { rate, e, b1, b2, t }) => -rate * m / (1 - b1 ** t) / (Math.sqrt(s / (1 - b2 ** t)) + e),
    ...wrong,
  };
  const m = slopes[0].map(() => 0), s = slopes[0].map(() => 0);
  return slopes.map((row, step) =>
    row.map((g, i) => {
      m[i] = parts.nextM(m[i], g, b1, b2);
      s[i] = parts.nextS(s[i], g, b1, b2);
      return parts.move(m[i], s[i], { rate, e, b1, b2, t: step + 1, g });
    })
  );
};

export const adamMoves: WrongAnswers<
  (slopes: Slopes, rate: number, beta1: number, beta2: number, epsilon: number) => Slopes
> = {
  "the betas exchanged in m": adam({ nextM: (m, g, _b1, b2) => b2 * m + (1 - b2) * g }),
  "the betas exchanged in s": adam({ nextS: (s, g, b1) => b1 * s + (1 - b1) * g ** 2 }),
  "the shares exchanged in m": adam({ nextM: (m, g, b1) => (1 - b1) * m + b1 * g }),
  "the shares exchanged in s": adam({ nextS: (s, g, _b1, b2) => (1 - b2) * s + b2 * g ** 2 }),
  "the whole slope in m": adam({ nextM: (m, g, b1) => b1 * m + g }),
  "the whole square in s": adam({ nextS: (s, g, _b1, b2) => b2 * s + g ** 2 }),
  "m is squared in s": adam({ nextS: (s, g, _b1, b2) => b2 * s + (1 - b2) * Math.abs(g) }),
  "no running mean of the slopes": adam({ nextM: (_m, g) => g }),
  "multiplies by the corrections": adam({
    move: (m, s, { rate, e, b1, b2, t }) => -rate * m * (1 - b1 ** t) / (Math.sqrt(s * (1 - b2 ** t)) + e),
  }),
  "the corrections exchanged": adam({
    move: (m, s, { rate, e, b1, b2, t }) => -rate * m / (1 - b2 ** t) / (Math.sqrt(s / (1 - b1 ** t)) + e),
  }),
  "one correction for the quotient": adam({
    move: (m, s, { rate, e, b1, t }) => -rate * (m / (Math.sqrt(s) + e)) / (1 - b1 ** t),
  }),
  "no epsilon": adam({ move: (m, s, { rate, b1, b2, t }) => -rate * m / (1 - b1 ** t) / Math.sqrt(s / (1 - b2 ** t)) }),
  "epsilon on top": adam({
    move: (m, s, { rate, e, b1, b2, t }) => -rate * (m / (1 - b1 ** t) + e) / Math.sqrt(s / (1 - b2 ** t)),
  }),
  "no parentheses below": adam({
    move: (m, s, { rate, e, b1, b2, t }) => -rate * m / (1 - b1 ** t) / Math.sqrt(s / (1 - b2 ** t)) + e,
  }),
  "times the slope": adam({
    move: (m, s, { rate, e, b1, b2, t, g }) => -rate * g * m / (1 - b1 ** t) / (Math.sqrt(s / (1 - b2 ** t)) + e),
  }),
  "the sign of m": adam({ move: (m, _s, { rate }) => -rate * Math.sign(m) }),
  "the lesson's 0.9 in m": adam({ nextM: (m, g) => 0.9 * m + 0.1 * g }),
  "the rate twice": adam({
    move: (m, s, { rate, e, b1, b2, t }) => -rate * rate * m / (1 - b1 ** t) / (Math.sqrt(s / (1 - b2 ** t)) + e),
  }),
};

type Deviation = (fanIn: number, fanOut: number, activation: string) => number;
const deviation =
  (tanh: (fanIn: number, fanOut: number) => number, relu: (fanIn: number, fanOut: number) => number): Deviation =>
  (fanIn, fanOut, activation) => (activation === "relu" ? relu : tanh)(fanIn, fanOut);
const xavier = (a: number, b: number): number => Math.sqrt(2 / (a + b));
const he = (a: number): number => Math.sqrt(2 / a);

export const initDeviation: WrongAnswers<Deviation> = {
  "no root": deviation((a, b) => 2 / (a + b), (a) => 2 / a),
  "Xavier for both": deviation(xavier, xavier),
  "He for both": deviation(he, he),
  "exchanged": deviation(he, xavier),
  "1 for 2 in Xavier": deviation((a, b) => Math.sqrt(1 / (a + b)), he),
  "1 for 2 in He": deviation(xavier, (a) => Math.sqrt(1 / a)),
  "fanOut in He": deviation(xavier, (_a, b) => Math.sqrt(2 / b)),
  "LeCun for tanh": deviation((a) => Math.sqrt(1 / a), he),
  "fanOut alone for tanh": deviation((_a, b) => Math.sqrt(1 / b), he),
  "the limits of the uniform one": deviation((a, b) => Math.sqrt(6 / (a + b)), (a) => Math.sqrt(6 / a)),
  "the product": deviation((a, b) => Math.sqrt(2 / (a * b)), he),
  "2 outside the root": deviation((a, b) => 2 / Math.sqrt(a + b), (a) => 2 / Math.sqrt(a)),
  "the other way up": deviation((a, b) => Math.sqrt((a + b) / 2), (a) => Math.sqrt(a / 2)),
  "the difference": deviation((a, b) => Math.sqrt(2 / Math.abs(a - b)), he),
  "both sizes in He": deviation(xavier, (a, b) => Math.sqrt(4 / (a + b))),
  "always a hundredth": () => 0.01,
};

type Step = (net: Module, loss: MSELoss, x: Tensor, truth: Tensor, rate: number) => number;
const step = (net: Module, by: (slope: number, value: number) => number): void => {
  for (const { value, grad } of net.parameters()) {
    grad.data.forEach((slope, i) => value.data[i] += by(slope, value.data[i]));
  }
};
const both = (net: Module, loss: MSELoss, x: Tensor, truth: Tensor): number => {
  const now = loss.forward(net.forward(x), truth);
  net.backward(loss.backward());
  return now;
};

export const trainingStep: WrongAnswers<Step> = {
  "clears after forward and backward": (net, loss, x, truth, rate) => {
    const now = both(net, loss, x, truth);
    net.zeroGrad();
    step(net, (slope) => -rate * slope);
    return now;
  },
  "uphill": (net, loss, x, truth, rate) => {
    net.zeroGrad();
    const now = both(net, loss, x, truth);
    step(net, (slope) => rate * slope);
    return now;
  },
  "no backward": (net, loss, x, truth, rate) => {
    net.zeroGrad();
    const now = loss.forward(net.forward(x), truth);
    step(net, (slope) => -rate * slope);
    return now;
  },
  "no step": (net, loss, x, truth) => {
    net.zeroGrad();
    return both(net, loss, x, truth);
  },
  "the gradient for the weight": (net, loss, x, truth, rate) => {
    net.zeroGrad();
    const now = both(net, loss, x, truth);
    step(net, (slope, value) => -rate * slope - value);
    return now;
  },
  "returns nothing": (net, loss, x, truth, rate) => {
    net.zeroGrad();
    both(net, loss, x, truth);
    step(net, (slope) => -rate * slope);
  },
  "returns the loss after": (net, loss, x, truth, rate) => {
    net.zeroGrad();
    both(net, loss, x, truth);
    step(net, (slope) => -rate * slope);
    return loss.forward(net.forward(x), truth);
  },
  "backward twice": (net, loss, x, truth, rate) => {
    net.zeroGrad();
    both(net, loss, x, truth);
    const now = both(net, loss, x, truth);
    step(net, (slope) => -rate * slope);
    return now;
  },
  "a fixed rate": (net, loss, x, truth) => {
    net.zeroGrad();
    const now = both(net, loss, x, truth);
    step(net, (slope) => -0.1 * slope);
    return now;
  },
  "only the first parameter": (net, loss, x, truth, rate) => {
    net.zeroGrad();
    const now = both(net, loss, x, truth), [{ value, grad }] = net.parameters();
    grad.data.forEach((slope, i) => value.data[i] -= rate * slope);
    return now;
  },
  "divided by N once more": (net, loss, x, truth, rate) => {
    net.zeroGrad();
    const now = both(net, loss, x, truth);
    step(net, (slope) => -rate * slope / x.shape[0]);
    return now;
  },
  "the sign of the slope": (net, loss, x, truth, rate) => {
    net.zeroGrad();
    const now = both(net, loss, x, truth);
    step(net, (slope) => -rate * Math.sign(slope));
    return now;
  },
  "the truth and the prediction exchanged": (net, loss, x, truth, rate) => {
    net.zeroGrad();
    const now = loss.forward(truth, net.forward(x));
    net.backward(loss.backward());
    step(net, (slope) => -rate * slope);
    return now;
  },
  "clears between forward and backward": (net, loss, x, truth, rate) => {
    const now = loss.forward(net.forward(x), truth);
    net.backward(loss.backward());
    step(net, (slope) => -rate * slope);
    net.layers.at(-1)!.zeroGrad();
    return now;
  },
};

type Pieces = [Tensor, Tensor][];
const inPieces =
  (share: (n: number, all: number, i: number, pieces: number) => number, clear = true) =>
  (net: Module, loss: MSELoss, pieces: Pieces): void => {
    const all = pieces.reduce((sum, [x]) => sum + x.shape[0], 0);
    if (clear) net.zeroGrad();
    for (const [i, [x, truth]] of pieces.entries()) {
      loss.forward(net.forward(x), truth);
      net.backward(loss.backward().times(share(x.shape[0], all, i, pieces.length)));
    }
  };

export const backwardInPieces: WrongAnswers<(net: Module, loss: MSELoss, pieces: Pieces) => void> = {
  "the mean of the means": inPieces((_n, _all, _i, pieces) => 1 / pieces),
  "not weighted": inPieces(() => 1),
  "weighted by n": inPieces((n) => n),
  "divided by all": inPieces((_n, all) => 1 / all),
  "divided by n": inPieces((n) => 1 / n),
  "the share upside down": inPieces((n, all) => all / n),
  "the share squared": inPieces((n, all) => (n / all) ** 2),
  "never cleared": inPieces((n, all) => n / all, false),
  "the last piece counts whole": inPieces((n, all, i, pieces) => i === pieces - 1 ? 1 : n / all),
  "without the first piece": (net, loss, pieces) => inPieces((n, all) => n / all)(net, loss, pieces.slice(1)),
  "only the first piece": (net, loss, pieces) =>
    inPieces((n) => n / pieces.reduce((s, [x]) => s + x.shape[0], 0))(net, loss, pieces.slice(0, 1)),
  "the features for the samples": (net, loss, pieces) => {
    const all = pieces.reduce((sum, [x]) => sum + x.size, 0);
    inPieces((n) => n / all)(net, loss, pieces);
  },
  "forward of all, then backward of all": (net, loss, pieces) => {
    const all = pieces.reduce((sum, [x]) => sum + x.shape[0], 0);
    net.zeroGrad();
    for (const [x] of pieces) net.forward(x);
    const [x, truth] = pieces.at(-1)!;
    loss.forward(net.forward(x), truth);
    net.backward(loss.backward().times(x.shape[0] / all));
  },
  "cleared at the end": (net, loss, pieces) => {
    inPieces((n, all) => n / all)(net, loss, pieces);
    net.zeroGrad();
  },
  "the number of the piece": inPieces((n, all, i) => (i + 1) * n / all),
  "a negative share": inPieces((n, all) => -n / all),
};
