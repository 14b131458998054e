/** Plausible wrong answers to the exercises about pictures: counting, moving, covering, looking back. */
import { type Module, Tensor } from "../../../mod.ts";
import type { WrongAnswers } from "./wrong_answers.ts";

type Picture = number[][];
const counted = (is: (dot: number, r: number, c: number, picture: Picture) => boolean) => (picture: Picture): number =>
  picture.reduce((sum, row, r) => sum + row.filter((dot, c) => is(dot, r, c, picture)).length, 0);

export const countBright: WrongAnswers<(picture: Picture) => number> = {
  "the dark ones": counted((dot) => dot < 0.5),
  "all dots": counted(() => true),
  "one too few rows": counted((dot, r, _c, picture) => dot > 0.5 && r < picture.length - 1),
  "one too few columns": counted((dot, r, c, picture) => dot > 0.5 && c < picture[r].length - 1),
  "without the first row": counted((dot, r) => dot > 0.5 && r > 0),
  "without the first column": counted((dot, _r, c) => dot > 0.5 && c > 0),
  "a square": counted((dot, _r, c, picture) => dot > 0.5 && c < picture.length),
  "only the first row": counted((dot, r) => dot > 0.5 && r === 0),
  "only the diagonal": counted((dot, r, c) => dot > 0.5 && r === c),
  "a border of 0": counted((dot) => dot > 0),
  "a border of 0.9": counted((dot) => dot > 0.9),
  "a border of 1": counted((dot) => dot >= 1),
  "adds the light": (picture) => picture.flat().reduce((a, b) => a + b),
  "adds the bright light": (picture) => picture.flat().filter((dot) => dot > 0.5).reduce((a, b) => a + b, 0),
  "the share": (picture) => counted((dot) => dot > 0.5)(picture) / picture.flat().length,
  "rows with a bright dot": (picture) => picture.filter((row) => row.some((dot) => dot > 0.5)).length,
  "begins at 1": (picture) => counted((dot) => dot > 0.5)(picture) + 1,
  "the last row": (picture) => picture.at(-1)!.filter((dot) => dot > 0.5).length,
  "the longest row": (picture) => Math.max(...picture.map((row) => row.filter((dot) => dot > 0.5).length)),
};

export const negativeRow: WrongAnswers<(row: number[]) => number[]> = {
  "the same": (row) => row,
  "negative numbers": (row) => row.map((dot) => -dot),
  "minus 1": (row) => row.map((dot) => dot - 1),
  "255 for 1": (row) => row.map((dot) => 255 - dot),
  "a half for 1": (row) => row.map((dot) => 0.5 - dot),
  "1 divided": (row) => row.map((dot) => 1 / dot),
  "reversed": (row) => row.toReversed(),
  "only black and white": (row) => row.map((dot) => dot > 0.5 ? 0 : 1),
  "rounded": (row) => row.map((dot) => Math.round(1 - dot)),
  "the largest": (row) => row.map((dot) => Math.max(...row) + 0.1 - dot),
  "without the first": (row) => row.map((dot, i) => i === 0 ? dot : 1 - dot),
  "without the last": (row) => row.map((dot, i) => i === row.length - 1 ? dot : 1 - dot),
  "only the first": (row) => [1 - row[0]],
  "all but the first": (row) => row.slice(1).map((dot) => 1 - dot),
  "the square": (row) => row.map((dot) => (1 - dot) ** 2),
  "all ones": (row) => row.map(() => 1),
  "plus 1": (row) => row.map((dot) => 1 + dot),
  "only the bright": (row) => row.map((dot) => dot > 0.5 ? 1 - dot : dot),
};

type Shift = (image: number[], H: number, W: number, down: number, right: number) => number[];
const shifted = (
  source: (r: number, q: number, of: { H: number; W: number; down: number; right: number }) => [number, number],
  wrap = false,
): Shift =>
(image, H, W, down, right) =>
  image.map((_, at) => {
    let [r, q] = source(Math.floor(at / W), at % W, { H, W, down, right });
    if (wrap) [r, q] = [(r + 10 * H) % H, (q + 10 * W) % W];
    return r >= 0 && r < H && q >= 0 && q < W ? image[r * W + q] : 0;
  });

export const shiftImage: WrongAnswers<Shift> = {
  "the other way": shifted((r, q, { down, right }) => [r + down, q + right]),
  "up and right": shifted((r, q, { down, right }) => [r + down, q - right]),
  "down and left": shifted((r, q, { down, right }) => [r - down, q + right]),
  "exchanged": shifted((r, q, { down, right }) => [r - right, q - down]),
  "only down": shifted((r, q, { down }) => [r - down, q]),
  "only right": shifted((r, q, { right }) => [r, q - right]),
  "around the border": shifted((r, q, { down, right }) => [r - down, q - right], true),
  "by one": shifted((r, q) => [r - 1, q - 1]),
  "twice as far": shifted((r, q, { down, right }) => [r - 2 * down, q - 2 * right]),
  "not at all": shifted((r, q) => [r, q]),
  "on the flat list": (image, _H, W, down, right) => image.map((_, at) => image[at - down * W - right] ?? 0),
  "no test of the columns": (image, H, W, down, right) =>
    image.map((_, at) => {
      const r = Math.floor(at / W) - down, q = at % W - right;
      return r >= 0 && r < H ? image[r * W + q] ?? 0 : 0;
    }),
  "no test of the rows": (image, _H, W, down, right) =>
    image.map((_, at) => {
      const r = Math.floor(at / W) - down, q = at % W - right;
      return q >= 0 && q < W ? image[r * W + q] : 0;
    }),
  "H for W": (image, H, W, down, right) =>
    image.map((_, at) => {
      const r = Math.floor(at / H) - down, q = at % H - right;
      return r >= 0 && r < W && q >= 0 && q < H ? image[r * H + q] : 0;
    }),
  "tests > 0": (image, H, W, down, right) =>
    image.map((_, at) => {
      const r = Math.floor(at / W) - down, q = at % W - right;
      return r > 0 && r < H && q > 0 && q < W ? image[r * W + q] : 0;
    }),
  "keeps the old pixels": (image, H, W, down, right) =>
    image.map((old, at) => {
      const r = Math.floor(at / W) - down, q = at % W - right;
      return r >= 0 && r < H && q >= 0 && q < W ? image[r * W + q] : old;
    }),
  "white at the border": (image, H, W, down, right) =>
    image.map((_, at) => {
      const r = Math.floor(at / W) - down, q = at % W - right;
      return r >= 0 && r < H && q >= 0 && q < W ? image[r * W + q] : 1;
    }),
  "the border repeated": (image, H, W, down, right) =>
    image.map((_, at) => {
      const r = Math.min(H - 1, Math.max(0, Math.floor(at / W) - down)),
        q = Math.min(W - 1, Math.max(0, at % W - right));
      return image[r * W + q];
    }),
};

const center = (
  weight: (v: number, r: number, q: number) => number,
  result: (row: number, column: number, ink: number, image: Tensor) => number[],
) =>
(image: Tensor): number[] => {
  const [H, W] = image.shape;
  let [ink, row, column] = [0, 0, 0];
  for (let r = 0; r < H; r++) {
    for (let q = 0; q < W; q++) {
      const w = weight(image.at(r, q), r, q);
      [ink, row, column] = [ink + w, row + w * r, column + w * q];
    }
  }
  return result(row, column, ink, image);
};
const mean = (row: number, column: number, ink: number): number[] => [row / ink, column / ink];

export const centerOfMass: WrongAnswers<(image: Tensor) => number[]> = {
  "column first": center((v) => v, (r, q, ink) => [q / ink, r / ink]),
  "the sums": center((v) => v, (r, q) => [r, q]),
  "divided by the pixels": center((v) => v, (r, q, _ink, image) => [r / image.size, q / image.size]),
  "divided by the sides": center((v) => v, (r, q, _ink, image) => [r / image.shape[0], q / image.shape[1]]),
  "every pixel counts the same": center(() => 1, mean),
  "ink or not": center((v) => v > 0 ? 1 : 0, mean),
  "dark ink only": center((v) => v > 0.5 ? v : 0, mean),
  "squares": center((v) => v * v, mean),
  "paper for ink": center((v) => 1 - v, mean),
  "rounded": center((v) => v, (r, q, ink) => [Math.round(r / ink), Math.round(q / ink)]),
  "counts from 1": center((v) => v, (r, q, ink) => [r / ink + 1, q / ink + 1]),
  "the ink, too": center((v) => v, (r, q, ink) => [r / ink, q / ink, ink]),
  "the middle of the image": (image) => image.shape.map((side) => (side - 1) / 2),
  "the darkest pixel": (image) => {
    const at = image.data.indexOf(image.max());
    return [Math.floor(at / image.shape[1]), at % image.shape[1]];
  },
  "the middle of the box": (image) => {
    const [, W] = image.shape, at = Array.from(image.data, (v, i) => v > 0 ? i : -1).filter((i) => i >= 0);
    const middle = (list: number[]) => (Math.min(...list) + Math.max(...list)) / 2;
    return [middle(at.map((i) => Math.floor(i / W))), middle(at.map((i) => i % W))];
  },
  "only the row": center((v) => v, (r, _q, ink) => [r / ink, r / ink]),
  "from the middle": center(
    (v) => v,
    (r, q, ink, image) => [r / ink - (image.shape[0] - 1) / 2, q / ink - (image.shape[1] - 1) / 2],
  ),
  "without the last row and column": (image) => {
    const [H, W] = image.shape;
    let [ink, row, column] = [0, 0, 0];
    for (let r = 0; r < H; r++) {
      for (let q = 0; q < W; q++) {
        ink += image.at(r, q);
        row += image.at(r, q) * (r + 1);
        column += image.at(r, q) * q;
      }
    }
    return [row / ink, column / ink];
  },
};

type Occlusion = (image: Tensor, scoreOf: (image: Tensor) => number, size: number, stride: number) => Tensor;
interface Cover {
  places(side: number, size: number, stride: number): number;
  corner(i: number, stride: number): number;
  value(score: number, covered: number): number;
  paint: number | "mean";
  width(size: number): number;
  height(size: number): number;
}
const covering = (wrong: Partial<Cover>): Occlusion => (image, scoreOf, size, stride) => {
  const parts: Cover = {
    places: (side, size, stride) => Math.floor((side - size) / stride) + 1,
    corner: (i, stride) => i * stride,
    value: (score, covered) => score - covered,
    paint: 0,
    width: (size) => size,
    height: (size) => size,
    ...wrong,
  };
  const [H, W] = image.shape, score = scoreOf(image), columns = parts.places(W, size, stride);
  return Tensor.zeros([parts.places(H, size, stride), columns]).map((_, k) => {
    const top = parts.corner(Math.floor(k / columns), stride), left = parts.corner(k % columns, stride);
    const covered = image.map((v, at) => {
      const r = Math.floor(at / W), q = at % W;
      const inside = r >= top && r < top + parts.height(size) && q >= left && q < left + parts.width(size);
      return !inside ? v : parts.paint === "mean" ? image.sum() / image.size : parts.paint;
    });
    return parts.value(score, scoreOf(covered));
  });
};

export const occlusion: WrongAnswers<Occlusion> = {
  "the sign": covering({ value: (score, covered) => covered - score }),
  "the scores": covering({ value: (_score, covered) => covered }),
  "white squares": covering({ paint: 1 }),
  "gray squares": covering({ paint: 0.5 }),
  "squares of the mean": covering({ paint: "mean" }),
  "one pixel": covering({ width: () => 1, height: () => 1 }),
  "one row of the square": covering({ height: () => 1 }),
  "a square too wide": covering({ width: (size) => size + 1 }),
  "a square too small": covering({ width: (size) => size - 1, height: (size) => size - 1 }),
  "steps by 1": covering({ corner: (i) => i }),
  "steps by the size": covering({ corner: (i, stride) => i * (stride + 1) }),
  "one place too few": covering({ places: (side, size, stride) => Math.floor((side - size) / stride) }),
  "no floor of the size": covering({ places: (side, _size, stride) => Math.floor(side / stride) }),
  "the absolute fall": covering({ value: (score, covered) => Math.abs(score - covered) }),
  "relative to the score": covering({ value: (score, covered) => (score - covered) / score }),
  "the quotient": covering({ value: (score, covered) => covered / score }),
  "squares that stay": (image, scoreOf, size, stride) => {
    const covered = image.clone(), score = scoreOf(image), [H, W] = image.shape;
    const columns = Math.floor((W - size) / stride) + 1;
    return Tensor.zeros([Math.floor((H - size) / stride) + 1, columns]).map((_, k) => {
      for (let u = 0; u < size; u++) {
        for (let v = 0; v < size; v++) {
          covered.data[(stride * Math.floor(k / columns) + u) * W + stride * (k % columns) + v] = 0;
        }
      }
      return score - scoreOf(covered);
    });
  },
};

const lookingBack =
  (back: (scores: Tensor, ofClass: number) => Tensor) => (model: Module, x: Tensor, ofClass: number): Tensor =>
    model.backward(back(model.forward(x), ofClass));

export const saliency: WrongAnswers<(model: Module, x: Tensor, ofClass: number) => Tensor> = {
  "all classes": lookingBack((scores) => scores.map(() => 1)),
  "the scores": lookingBack((scores) => scores),
  "the score of the class": lookingBack((scores, k) => scores.map((s, c) => c === k ? s : 0)),
  "the guess": lookingBack((scores) => scores.map((s) => s === scores.max() ? 1 : 0)),
  "all but the class": lookingBack((scores, k) => scores.map((_, c) => c === k ? 0 : 1)),
  "minus 1": lookingBack((scores, k) => scores.map((_, c) => c === k ? -1 : 0)),
  "the class for the 1": lookingBack((scores, k) => scores.map((_, c) => c === k ? k : 0)),
  "the first class": lookingBack((scores) => scores.map((_, c) => c === 0 ? 1 : 0)),
  "the class after": lookingBack((scores, k) => scores.map((_, c) => c === (k + 1) % scores.size ? 1 : 0)),
  "against the others": lookingBack((scores, k) => scores.map((_, c) => c === k ? 1 : -1)),
  "the probabilities less 1": lookingBack((scores, k) => {
    const powers = scores.map((s) => Math.exp(s - scores.max()));
    return powers.map((p, c) => p / powers.sum() - (c === k ? 1 : 0));
  }),
  "the absolute values": (model, x, k) =>
    lookingBack((scores) => scores.map((_, c) => c === k ? 1 : 0))(model, x, k).map(Math.abs),
  "times the image": (model, x, k) =>
    lookingBack((scores) => scores.map((_, c) => c === k ? 1 : 0))(model, x, k).times(x),
  "only what is positive": (model, x, k) =>
    lookingBack((scores) => scores.map((_, c) => c === k ? 1 : 0))(model, x, k).map((v) => Math.max(0, v)),
  "the scores themselves": (model, x) => model.forward(x),
  "the image": (_model, x) => x,
  "two steps back": (model, x, k) => {
    const scores = model.forward(x);
    model.backward(scores);
    return model.backward(scores.map((_, c) => c === k ? 2 : 0));
  },
};

type Confusion = (probabilities: Tensor, labels: ArrayLike<number>) => Tensor;
const table = (
  of: {
    divide?: (counts: number[], label: number, N: number, guess: number) => number;
    at?: (label: number, guess: number, classes: number) => number;
    add?: (p: number, row: number[]) => number;
  },
): Confusion =>
(probabilities, labels) => {
  const {
    divide = (counts, label) => counts[label],
    at = (label, guess, classes) => classes * label + guess,
    add = (p) => p,
  } = of;
  const [N, classes] = probabilities.shape, counts = Array<number>(classes).fill(0);
  for (let n = 0; n < N; n++) counts[labels[n]]++;
  const result = Tensor.zeros([classes, classes], { dtype: "float64" });
  for (let n = 0; n < N; n++) {
    const row = Array.from(probabilities.data.subarray(n * classes, (n + 1) * classes));
    for (let g = 0; g < classes; g++) {
      result.data[at(labels[n], g, classes)] += add(row[g], row) / divide(counts, labels[n], N, g);
    }
  }
  return result;
};

export const softConfusion: WrongAnswers<Confusion> = {
  "not divided": table({ divide: () => 1 }),
  "divided by N": table({ divide: (_counts, _label, N) => N }),
  "divided by the classes": table({ divide: (counts) => counts.length }),
  "divided by the count of the guess": table({ divide: (counts, _label, _N, guess) => counts[guess] }),
  "one less": table({ divide: (counts, label) => Math.max(0.5, counts[label] - 1) }),
  "transposed": table({ at: (label, guess, classes) => classes * guess + label }),
  "hard guesses": table({ add: (p, row) => p === Math.max(...row) ? 1 : 0 }),
  "only the best guess": table({ add: (p, row) => p === Math.max(...row) ? p : 0 }),
  "squares": table({ add: (p) => p * p }),
  "logarithms": table({ add: (p) => Math.log(p) }),
  "only the diagonal": table({ at: (label, _guess, classes) => classes * label + label }),
  "only the first row": table({ at: (_label, guess) => guess }),
  "one minus p": table({ add: (p) => 1 - p }),
  "without the last image": (p, labels) =>
    table({})(Tensor.from(p.data.slice(0, -p.shape[1]), [p.shape[0] - 1, p.shape[1]]), labels),
  "without the first image": (p, labels) =>
    table({})(Tensor.from(p.data.slice(p.shape[1]), [p.shape[0] - 1, p.shape[1]]), Array.from(labels).slice(1)),
  "the last image of each class": (p, labels) => {
    const classes = p.shape[1], result = Tensor.zeros([classes, classes], { dtype: "float64" });
    for (let n = 0; n < p.shape[0]; n++) {
      for (let g = 0; g < classes; g++) result.data[classes * labels[n] + g] = p.at(n, g);
    }
    return result;
  },
  "labels that count from 1": (p, labels) => table({})(p, Array.from(labels, (label) => (label + 1) % p.shape[1])),
  "percent": table({ add: (p) => 100 * p }),
};
