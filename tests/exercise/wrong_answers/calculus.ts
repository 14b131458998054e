/** Plausible wrong answers to the exercises of lessons 3, 7 and 13: slopes, their errors, and a loss. */
import type { Tensor } from "../../../mod.ts";
import type { WrongAnswers } from "./wrong_answers.ts";

type Curve = (x: number) => number;

export const centralDifference: WrongAnswers<(f: Curve, x: number, h: number) => number> = {
  "divides by h": (f, x, h) => (f(x + h) - f(x - h)) / h,
  "forward": (f, x, h) => (f(x + h) - f(x)) / h,
  "backward": (f, x, h) => (f(x) - f(x - h)) / h,
  "no parentheses below": (f, x, h) => (f(x + h) - f(x - h)) / 2 * h,
  "no parentheses above": (f, x, h) => f(x + h) - f(x - h) / (2 * h),
  "the wrong order": (f, x, h) => (f(x - h) - f(x + h)) / (2 * h),
  "a sum": (f, x, h) => (f(x + h) + f(x - h)) / (2 * h),
  "not divided": (f, x, h) => f(x + h) - f(x - h),
  "the same side twice": (f, x, h) => (f(x + h) - f(x + h)) / (2 * h),
  "steps of the function": (f, x, h) => (f(x) + h - (f(x) - h)) / (2 * h),
  "h/2 on each side": (f, x, h) => (f(x + h / 2) - f(x - h / 2)) / (2 * h),
  "only the step": (f, _x, h) => (f(h) - f(-h)) / (2 * h),
  "a fixed step": (f, x) => (f(x + 1e-4) - f(x - 1e-4)) / 2e-4,
  "without x": (f, x, h) => (f(x + h) - f(h)) / (2 * h),
  "one side of the middle": (f, x, h) => (f(x + h) - f(x)) / (2 * h),
  "divides by the square": (f, x, h) => (f(x + h) - f(x - h)) / (2 * h * h),
  "the curvature": (f, x, h) => (f(x + h) - 2 * f(x) + f(x - h)) / (h * h),
};

type Loss = (xs: number[]) => number;

const slopes = (f: Loss, xs: number[], h: number, slope: (right: number, left: number, i: number) => number) =>
  xs.map((x, i) => slope(f(xs.with(i, x + h)), f(xs.with(i, x - h)), i));

export const numericGradient: WrongAnswers<(f: Loss, xs: number[], h: number) => number[]> = {
  "divides by h": (f, xs, h) => slopes(f, xs, h, (a, b) => (a - b) / h),
  "not divided": (f, xs, h) => slopes(f, xs, h, (a, b) => a - b),
  "the wrong order": (f, xs, h) => slopes(f, xs, h, (a, b) => (b - a) / (2 * h)),
  "forward": (f, xs, h) => slopes(f, xs, h, (a) => (a - f(xs)) / h),
  "backward": (f, xs, h) => slopes(f, xs, h, (_, b) => (f(xs) - b) / h),
  "half a forward": (f, xs, h) => slopes(f, xs, h, (a) => (a - f(xs)) / (2 * h)),
  "all moved at once": (f, xs, h) => xs.map(() => (f(xs.map((x) => x + h)) - f(xs.map((x) => x - h))) / (2 * h)),
  "always the first": (f, xs, h) => xs.map(() => slopes(f, xs, h, (a, b) => (a - b) / (2 * h))[0]),
  "not put back": (f, xs, h) => {
    const moved = [...xs];
    return xs.map((x, i) => {
      moved[i] = x + h;
      const right = f(moved);
      moved[i] = x - h;
      return (right - f(moved)) / (2 * h);
    });
  },
  "changes its input": (f, xs, h) =>
    xs.map((x, i) => {
      xs[i] = x + h;
      const right = f(xs);
      xs[i] = x - h;
      return (right - f(xs)) / (2 * h);
    }),
  "the sum of the slopes": (f, xs, h) => {
    const all = slopes(f, xs, h, (a, b) => (a - b) / (2 * h)), sum = all.reduce((a, b) => a + b);
    return all.map(() => sum);
  },
  "without the last": (f, xs, h) =>
    slopes(f, xs.slice(0, -1).concat(xs.slice(-1)), h, (a, b) => (a - b) / (2 * h)).slice(0, -1),
  "a fixed step": (f, xs) => slopes(f, xs, 1e-5, (a, b) => (a - b) / 2e-5),
  "times x": (f, xs, h) => slopes(f, xs, h, (a, b, i) => xs[i] * (a - b) / (2 * h)),
  "only the other numbers": (f, xs, h) =>
    xs.map((_, i) => (f(xs.map((x, j) => i === j ? x : x + h)) - f(xs.map((x, j) => i === j ? x : x - h))) / (2 * h)),
  "the mean": (f, xs, h) => slopes(f, xs, h, (a, b) => (a - b) / (2 * h) / xs.length),
};

const errors =
  (of: (a: number, n: number, floor: number) => number) => (ours: number[], measured: number[], floor: number) =>
    ours.map((a, i) => of(a, measured[i], floor));

export const relativeErrors: WrongAnswers<(ours: number[], measured: number[], floor: number) => number[]> = {
  "no floor": errors((a, n) => Math.abs(a - n) / (Math.abs(a) + Math.abs(n))),
  "adds the floor": errors((a, n, floor) => Math.abs(a - n) / (Math.abs(a) + Math.abs(n) + floor)),
  "min for max": errors((a, n, floor) => Math.abs(a - n) / Math.min(Math.abs(a) + Math.abs(n), floor)),
  "no absolute value above": errors((a, n, floor) => (a - n) / Math.max(Math.abs(a) + Math.abs(n), floor)),
  "no absolute values below": errors((a, n, floor) => Math.abs(a - n) / Math.max(a + n, floor)),
  "the absolute value of the sum": errors((a, n, floor) => Math.abs(a - n) / Math.max(Math.abs(a + n), floor)),
  "divides by ours": errors((a, _n, floor) => Math.abs(a - _n) / Math.max(Math.abs(a), floor)),
  "divides by the measured": errors((a, n, floor) => Math.abs(a - n) / Math.max(Math.abs(n), floor)),
  "the larger of the two": errors((a, n, floor) => Math.abs(a - n) / Math.max(Math.abs(a), Math.abs(n), floor)),
  "the mean size": errors((a, n, floor) => Math.abs(a - n) / Math.max((Math.abs(a) + Math.abs(n)) / 2, floor)),
  "not relative": errors((a, n) => Math.abs(a - n)),
  "a difference of sizes": errors((a, n, floor) =>
    Math.abs(Math.abs(a) - Math.abs(n)) / Math.max(Math.abs(a) + Math.abs(n), floor)
  ),
  "always the floor": errors((a, n, floor) => Math.abs(a - n) / floor),
  "the floor on the error": errors((a, n, floor) => Math.max(Math.abs(a - n), floor) / (Math.abs(a) + Math.abs(n))),
  "a floor of its own": errors((a, n) => Math.abs(a - n) / Math.max(Math.abs(a) + Math.abs(n), 1e-8)),
  "a sum above": errors((a, n, floor) => Math.abs(a + n) / Math.max(Math.abs(a) + Math.abs(n), floor)),
  "squares": errors((a, n, floor) => (a - n) ** 2 / Math.max(a * a + n * n, floor)),
  "percent": errors((a, n, floor) => 100 * Math.abs(a - n) / Math.max(Math.abs(a) + Math.abs(n), floor)),
};

const points =
  (of: (right: number, left: number, f: Curve, x: number, h: number) => number) => (f: Curve, x: number, h: number) =>
    of(Math.fround(x + h), Math.fround(x - h), f, x, h);

export const realStep: WrongAnswers<(f: Curve, x: number, h: number) => number> = {
  "a rounded h": points((r, l, f, _x, h) => (f(r) - f(l)) / (2 * Math.fround(h))),
  "a rounded 2h": points((r, l, f, _x, h) => (f(r) - f(l)) / Math.fround(2 * h)),
  "points that are not rounded": (f, x, h) => (f(x + h) - f(x - h)) / (2 * h),
  "the result is rounded": points((r, l, f, _x, h) => Math.fround((f(r) - f(l)) / (2 * h))),
  "the right half": points((r, _l, f, x) => (f(r) - f(x)) / (r - x)),
  "the left half": points((_r, l, f, x) => (f(x) - f(l)) / (x - l)),
  "the mean of both halves": points((r, l, f, x) => ((f(r) - f(x)) / (r - x) + (f(x) - f(l)) / (x - l)) / 2),
  "no parentheses below": points((r, l, f) => (f(r) - f(l)) / r - l),
  "no parentheses above": points((r, l, f) => f(r) - f(l) / (r - l)),
  "a sum below": points((r, l, f) => (f(r) - f(l)) / (r + l)),
  "a sum above": points((r, l, f) => (f(r) + f(l)) / (r - l)),
  "the wrong order": points((r, l, f) => (f(l) - f(r)) / (r - l)),
  "half of the distance": points((r, l, f) => (f(r) - f(l)) / ((r - l) / 2)),
  "twice the right half": points((r, _l, f, x) => (f(r) - f(_l)) / (2 * (r - x))),
  "a step of 1": points((r, l, f) => f(r) - f(l)),
  "h squared": points((r, l, f, _x, h) => (f(r) - f(l)) / (h * h)),
};

type Best = (f: Curve, x: number, truth: number, steps: number[]) => number;

const central = (f: Curve, x: number, h: number): number => (f(x + h) - f(x - h)) / (2 * h);

/** The step with the smallest of these numbers. */
const least = (error: (f: Curve, x: number, h: number, truth: number) => number): Best => (f, x, truth, steps) =>
  steps.reduce((best, h) => error(f, x, h, truth) < error(f, x, best, truth) ? h : best);

export const bestStep: WrongAnswers<Best> = {
  "the smallest step": (_f, _x, _truth, steps) => Math.min(...steps),
  "the largest step": (_f, _x, _truth, steps) => Math.max(...steps),
  "the first step": (_f, _x, _truth, steps) => steps[0],
  "the last step": (_f, _x, _truth, steps) => steps.at(-1)!,
  "the middle step": (_f, _x, _truth, steps) => steps[Math.floor(steps.length / 2)],
  "the index": (f, x, truth, steps) =>
    steps.indexOf(least((f, x, h) => Math.abs(central(f, x, h) - truth))(f, x, truth, steps)),
  "no absolute value": least((f, x, h, truth) => central(f, x, h) - truth),
  "the largest error": least((f, x, h, truth) => -Math.abs(central(f, x, h) - truth)),
  "forward differences": least((f, x, h, truth) => Math.abs((f(x + h) - f(x)) / h - truth)),
  "divides by h": least((f, x, h, truth) => Math.abs((f(x + h) - f(x - h)) / h - truth)),
  "the smallest slope": least((f, x, h) => Math.abs(central(f, x, h))),
  "the error itself": (f, x, truth, steps) => Math.min(...steps.map((h) => Math.abs(central(f, x, h) - truth))),
  "the sum of both sides": least((f, x, h, truth) => Math.abs((f(x + h) + f(x - h)) / (2 * h) - truth)),
  "always 1e-5": () => 1e-5,
  "the first below 1e-6": (f, x, truth, steps) =>
    steps.find((h) => Math.abs(central(f, x, h) - truth) < 1e-6) ?? steps[0],
  "never updates the error": (f, x, truth, steps) => {
    let best = steps[0];
    const smallest = Math.abs(central(f, x, best) - truth);
    for (const h of steps) if (Math.abs(central(f, x, h) - truth) < smallest) best = h;
    return best;
  },
};

type LossAndGradient = { loss: number; grad: Tensor };

const squares = (p: Tensor, t: Tensor): number => p.minus(t).times(p.minus(t)).sum();
const withGradient =
  (gradient: (d: Tensor, N: number, F: number) => Tensor) => (p: Tensor, t: Tensor): LossAndGradient => ({
    loss: squares(p, t) / p.shape[0],
    grad: gradient(p.minus(t), ...p.shape as [number, number]),
  });

export const findTheFactor: WrongAnswers<(p: Tensor, t: Tensor) => LossAndGradient> = {
  "both divided by all": (p, t) => ({ loss: squares(p, t) / p.size, grad: p.minus(t).times(2 / p.size) }),
  "the loss halved": (p, t) => ({ loss: squares(p, t) / (2 * p.shape[0]), grad: p.minus(t).times(1 / p.shape[0]) }),
  "the loss of all elements": (p, t) => ({ loss: squares(p, t) / p.size, grad: p.minus(t).times(2 / p.shape[0]) }),
  "divided by 2N": withGradient((d, N) => d.times(2 / (2 * N))),
  "divided by the lesson's 4": withGradient((d) => d.times(2 / 4)),
  "divided by N − 1": withGradient((d, N) => d.times(2 / (N - 1))),
  "the root of N": withGradient((d, N) => d.times(2 / Math.sqrt(N))),
  "adds 1/N": withGradient((d, N) => d.times(2).map((v) => v + 1 / N)),
  "the square of the difference": withGradient((d, N) => d.times(d).times(2 / N)),
  "t − p": withGradient((d, N) => d.times(-2 / N)),
  "the absolute value": withGradient((d, N) => d.map(Math.abs).times(2 / N)),
  "only the sign": withGradient((d, N) => d.map(Math.sign).times(2 / N)),
  "p for the difference": (p, t) => ({ ...withGradient((d) => d)(p, t), grad: p.times(2 / p.shape[0]) }),
  "4 for 2": withGradient((d, N) => d.times(4 / N)),
  "the mean of the gradient": withGradient((d, N) => d.times(0).map(() => 2 * d.sum() / N)),
};

/** The mean of something over all samples. */
const over =
  (of: (p: number, t: number, n: number) => number, from = 0, to?: number) =>
  (prediction: Tensor, truth: Tensor): number =>
    Array.from(truth.data).slice(from, to).reduce((sum, t, n) => sum + of(prediction.data[n + from], t, n + from), 0) /
    truth.size;
const pairs = (p: Tensor, t: Tensor): number =>
  Array.from(t.data).reduce((sum, a) => sum + Array.from(p.data).reduce((s, b) => s + (b - a) ** 2, 0), 0);
const square = (p: number, t: number): number => (p - t) ** 2;

export const squaredErrorOf: WrongAnswers<(prediction: Tensor, truth: Tensor) => number> = {
  "the sum": (p, t) => over(square)(p, t) * t.size,
  "half of it": (p, t) => over(square)(p, t) / 2,
  "no square": over((p, t) => p - t),
  "absolute values": over((p, t) => Math.abs(p - t)),
  "the root": (p, t) => Math.sqrt(over(square)(p, t)),
  "squared afterward": (p, t) => over((a, b) => a - b)(p, t) ** 2,
  "the first prediction": (p, t) => over((_, b) => square(p.data[0], b))(p, t),
  "the first truth": (p, t) => over((a) => square(a, t.data[0]))(p, t),
  "without the last": over(square, 0, -1),
  "without the first": over(square, 1),
  "all pairs, divided by B": (p, t) => pairs(p, t) / t.size,
  "all pairs, summed": pairs,
  "a sum of both": over((p, t) => (p + t) ** 2),
  "a difference of squares": over((p, t) => p ** 2 - t ** 2),
  "only the last one": over(square, -1),
  "cubes": over((p, t) => (p - t) ** 3),
  "the neighbor's truth": (p, t) => over((a, _, n) => square(a, t.data[(n + 1) % t.size]))(p, t),
};
