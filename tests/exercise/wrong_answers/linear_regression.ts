/** Plausible wrong answers to the exercises of lesson 4. */
import type { WrongAnswers } from "./wrong_answers.ts";

type Pair = [number, number];

/** Forty points, as a learner has them in the lesson. */
const lessonXs = Array.from({ length: 40 }, (_, i) => -3 + 6 * i / 39);
const lessonYs = lessonXs.map((x, i) => 2 * x - 1 + 0.3 * Math.sin(12 * i));

let [staleW, staleB] = [0, 0];

/** Sums over the points, each term its own. */
const summed =
  (termW: (d: number, x: number, y: number, N: number) => number, termB: (d: number, N: number, x: number) => number) =>
  (w: number, b: number, xs: number[], ys: number[]): Pair => {
    let [slopeW, slopeB] = [0, 0];
    xs.forEach((x, n) => {
      const d = w * x + b - ys[n];
      slopeW += termW(d, x, ys[n], xs.length);
      slopeB += termB(d, xs.length, x);
    });
    return [slopeW, slopeB];
  };

export const mseSlopes: WrongAnswers<(w: number, b: number, xs: number[], ys: number[]) => Pair> = {
  "divides by the lesson's 40": summed((d, x) => 2 * d * x / 40, (d) => 2 * d / 40),
  "the points of the lesson": (w, b) =>
    summed((d, x, _y, N) => 2 * d * x / N, (d, N) => 2 * d / N)(w, b, lessonXs, lessonYs),
  "loops to 40": (w, b, xs, ys) => {
    let [slopeW, slopeB] = [0, 0];
    for (let n = 0; n < 40; n++) {
      const d = w * xs[n] + b - ys[n];
      slopeW += 2 * d * xs[n] / xs.length;
      slopeB += 2 * d / xs.length;
    }
    return [slopeW, slopeB];
  },
  "x in both": summed((d, x, _y, N) => 2 * d * x / N, (d, N, x) => 2 * d * x / N),
  "x in neither": summed((d, _x, _y, N) => 2 * d / N, (d, N) => 2 * d / N),
  "the two exchanged": (w, b, xs, ys) => {
    const [slopeW, slopeB] = summed((d, x, _y, N) => 2 * d * x / N, (d, N) => 2 * d / N)(w, b, xs, ys);
    return [slopeB, slopeW];
  },
  "x squared": summed((d, x, _y, N) => 2 * d * x * x / N, (d, N) => 2 * d / N),
  "y for x": summed((d, _x, y, N) => 2 * d * y / N, (d, N) => 2 * d / N),
  "squares the difference": summed((d, x, _y, N) => 2 * d * d * x / N, (d, N) => 2 * d * d / N),
  "no 2 in the slope of b": summed((d, x, _y, N) => 2 * d * x / N, (d, N) => d / N),
  "no 2 in the slope of w": summed((d, x, _y, N) => d * x / N, (d, N) => 2 * d / N),
  "no 1/N in the slope of b": summed((d, x, _y, N) => 2 * d * x / N, (d) => 2 * d),
  "divides by N twice": summed((d, x, _y, N) => 2 * d * x / N / N, (d, N) => 2 * d / N / N),
  "divides by N − 1": summed((d, x, _y, N) => 2 * d * x / (N - 1), (d, N) => 2 * d / (N - 1)),
  "takes the size of the difference": summed((d, x, _y, N) => 2 * Math.abs(d) * x / N, (d, N) => 2 * Math.abs(d) / N),
  "the prediction for the difference": (w, b, xs) => {
    const p = xs.map((x) => w * x + b), N = xs.length;
    return [p.reduce((sum, v, n) => sum + 2 * v * xs[n] / N, 0), p.reduce((sum, v) => sum + 2 * v / N, 0)];
  },
  "forgets b": (w, _b, xs, ys) => summed((d, x, _y, N) => 2 * d * x / N, (d, N) => 2 * d / N)(w, 0, xs, ys),
  "= for +=": (w, b, xs, ys) => {
    let [slopeW, slopeB] = [0, 0];
    for (const [n, x] of xs.entries()) {
      const d = w * x + b - ys[n];
      slopeW = 2 * d * x / xs.length;
      slopeB = 2 * d / xs.length;
    }
    return [slopeW, slopeB];
  },
  "returns within the loop": (w, b, xs, ys) => {
    for (const [n, x] of xs.entries()) {
      const d = w * x + b - ys[n];
      return [2 * d * x / xs.length, 2 * d / xs.length];
    }
    return [0, 0];
  },
  "starts at the second point": (w, b, xs, ys) => {
    let [slopeW, slopeB] = [0, 0];
    for (let n = 1; n < xs.length; n++) {
      const d = w * xs[n] + b - ys[n];
      slopeW += 2 * d * xs[n] / xs.length;
      slopeB += 2 * d / xs.length;
    }
    return [slopeW, slopeB];
  },
  "leaves out the last point": (w, b, xs, ys) => {
    let [slopeW, slopeB] = [0, 0];
    for (let n = 0; n < xs.length - 1; n++) {
      const d = w * xs[n] + b - ys[n];
      slopeW += 2 * d * xs[n] / xs.length;
      slopeB += 2 * d / xs.length;
    }
    return [slopeW, slopeB];
  },
  "the mean of x times the mean of the difference": (w, b, xs, ys) => {
    const mean = (values: number[]) => values.reduce((a, v) => a + v) / values.length;
    const d = mean(xs.map((x, n) => w * x + b - ys[n]));
    return [2 * d * mean(xs), 2 * d];
  },
  "the loss itself": (w, b, xs, ys) => {
    const loss = xs.reduce((sum, x, n) => sum + (w * x + b - ys[n]) ** 2, 0) / xs.length;
    return [loss, loss];
  },
  "sums that are never cleared": (w, b, xs, ys) => {
    xs.forEach((x, n) => {
      const d = w * x + b - ys[n];
      staleW += 2 * d * x / xs.length;
      staleB += 2 * d / xs.length;
    });
    return [staleW, staleB];
  },
  "divides only the last term": (w, b, xs, ys) => {
    let [slopeW, slopeB] = [0, 0];
    for (let n = 0; n < xs.length; n++) {
      const d = w * xs[n] + b - ys[n];
      slopeW = slopeW + 2 * d * xs[n] / xs.length;
      slopeB = (slopeB + 2 * d) / xs.length;
    }
    return [slopeW, slopeB];
  },
};

type Slopes = (w: number, b: number) => Pair;

export const oneStep: WrongAnswers<(w: number, b: number, slopesAt: Slopes, rate: number) => Pair> = {
  "uphill": (w, b, slopesAt, rate) => {
    const [sw, sb] = slopesAt(w, b);
    return [w + rate * sw, b + rate * sb];
  },
  "b first, then w": (w, b, slopesAt, rate) => {
    b -= rate * slopesAt(w, b)[1];
    w -= rate * slopesAt(w, b)[0];
    return [w, b];
  },
  "the two slopes exchanged": (w, b, slopesAt, rate) => {
    const [sb, sw] = slopesAt(w, b);
    return [w - rate * sw, b - rate * sb];
  },
  "w and b exchanged in the call": (w, b, slopesAt, rate) => {
    const [sw, sb] = slopesAt(b, w);
    return [w - rate * sw, b - rate * sb];
  },
  "returns b first": (w, b, slopesAt, rate) => {
    const [sw, sb] = slopesAt(w, b);
    return [b - rate * sb, w - rate * sw];
  },
  "the same slope for both": (w, b, slopesAt, rate) => {
    const [s] = slopesAt(w, b);
    return [w - rate * s, b - rate * s];
  },
  "does not move b": (w, b, slopesAt, rate) => [w - rate * slopesAt(w, b)[0], b],
  "returns the slopes": (w, b, slopesAt) => slopesAt(w, b),
  "forgets the rate": (w, b, slopesAt) => {
    const [sw, sb] = slopesAt(w, b);
    return [w - sw, b - sb];
  },
  "forgets the rate for b": (w, b, slopesAt, rate) => {
    const [sw, sb] = slopesAt(w, b);
    return [w - rate * sw, b - sb];
  },
  "divides by the rate": (w, b, slopesAt, rate) => {
    const [sw, sb] = slopesAt(w, b);
    return [w - sw / rate, b - sb / rate];
  },
  "multiplies": (w, b, slopesAt, rate) => {
    const [sw, sb] = slopesAt(w, b);
    return [w * (1 - rate * sw), b * (1 - rate * sb)];
  },
  "only the sign of the slope": (w, b, slopesAt, rate) => {
    const [sw, sb] = slopesAt(w, b);
    return [w - rate * Math.sign(sw), b - rate * Math.sign(sb)];
  },
  "only the steps": (w, b, slopesAt, rate) => {
    const [sw, sb] = slopesAt(w, b);
    return [-rate * sw, -rate * sb];
  },
  "looks once more after the step": (w, b, slopesAt, rate) => {
    const [sw, sb] = slopesAt(w, b), [w2, b2] = [w - rate * sw, b - rate * sb], [tw, tb] = slopesAt(w2, b2);
    return [w - rate * tw, b - rate * tb];
  },
  "two steps": (w, b, slopesAt, rate) => {
    for (let i = 0; i < 2; i++) {
      const [sw, sb] = slopesAt(w, b);
      [w, b] = [w - rate * sw, b - rate * sb];
    }
    return [w, b];
  },
  "half the slope": (w, b, slopesAt, rate) => {
    const [sw, sb] = slopesAt(w, b);
    return [w - rate * sw / 2, b - rate * sb / 2];
  },
  "keeps the old w, but uses the new one for the slope": (w, b, slopesAt, rate) => {
    const moved = w - rate * slopesAt(w, b)[0];
    return [w, b - rate * slopesAt(moved, b)[1]];
  },
  "the lesson's rate of 0.1": (w, b, slopesAt) => {
    const [sw, sb] = slopesAt(w, b);
    return [w - 0.1 * sw, b - 0.1 * sb];
  },
  "slopes at 0": (w, b, slopesAt, rate) => {
    const [sw, sb] = slopesAt(0, 0);
    return [w - rate * sw, b - rate * sb];
  },
};
