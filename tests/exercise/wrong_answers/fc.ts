/** Plausible wrong answers to the exercises of lesson 5. */
import { matmul, Tensor, transpose } from "../../../mod.ts";
import type { WrongAnswers } from "./wrong_answers.ts";

type Three = { gradX: Tensor; gradW: Tensor; gradB: Tensor };

/** What the lesson calls N, ins and outs. */
const [N, ins, outs] = [5, 7, 4];
const dtype = "float64";
const lessonWeight = Tensor.from(Array.from({ length: 28 }, (_, i) => Math.sin(3 * i + 1)), [ins, outs], { dtype });
const lessonG = Tensor.from(Array.from({ length: 20 }, (_, i) => Math.cos(2 * i + 1)), [N, outs], { dtype });

function columnSums(g: Tensor): Tensor {
  const sums = Tensor.zeros([g.shape[1]], { dtype });
  g.data.forEach((value, i) => sums.data[i % sums.size] += value);
  return sums;
}

const but =
  (wrong: (x: Tensor, W: Tensor, g: Tensor) => Partial<Three>) => (x: Tensor, W: Tensor, g: Tensor): Three => ({
    gradX: matmul(g, transpose(W)),
    gradW: matmul(transpose(x), g),
    gradB: columnSums(g),
    ...wrong(x, W, g),
  });

const biasBy = (add: (to: Tensor["data"], g: Tensor, rows: number, columns: number) => void) =>
  but((_x, _W, g) => {
    const gradB = Tensor.zeros([g.shape[1]], { dtype });
    add(gradB.data, g, ...(g.shape as [number, number]));
    return { gradB };
  });

export const fcBackward: WrongAnswers<(x: Tensor, W: Tensor, g: Tensor) => Three> = {
  "loops to the lesson's N and outs": (x, W, g) => {
    const gradX = x.times(0), gradW = W.times(0), gradB = Tensor.zeros([outs], { dtype });
    for (let n = 0; n < N; n++) {
      for (let j = 0; j < outs; j++) {
        for (let i = 0; i < outs; i++) {
          gradX.data[n * outs + i] += g.data[n * outs + j] * W.data[i * outs + j];
          gradW.data[i * outs + j] += x.data[n * outs + i] * g.data[n * outs + j];
        }
        gradB.data[j] += g.data[n * outs + j];
      }
    }
    return { gradX, gradW, gradB };
  },
  "gradB has the lesson's size": but((_x, _W, g) => {
    const gradB = Tensor.zeros([outs], { dtype });
    g.data.forEach((value, i) => gradB.data[i % outs] += value);
    return { gradB };
  }),
  "gradB loops over the lesson's five samples": biasBy((to, g, _rows, columns) => {
    for (let n = 0; n < N; n++) {
      for (let j = 0; j < columns; j++) to[j] += g.data[n * columns + j];
    }
  }),
  "the lesson's weight": but((_x, _W, g) => ({ gradX: matmul(g, transpose(lessonWeight)) })),
  "the lesson's g for gradB": but(() => ({ gradB: columnSums(lessonG) })),
  "no transpose for gradX": but((_x, W, g) => ({ gradX: matmul(g, W) })),
  "gradW the other way round": but((x, _W, g) => ({ gradW: matmul(transpose(g), x) })),
  "x for g in gradX": but((x, W) => ({ gradX: matmul(x, transpose(W)) })),
  "the forward product": but((x, W) => ({ gradX: matmul(x, W) })),
  "g with itself": but((_x, _W, g) => ({ gradW: matmul(transpose(g), g) })),
  "gradX for x in gradW": but((_x, W, g) => ({ gradW: matmul(transpose(matmul(g, transpose(W))), g) })),
  "gradW divided by N": but((x, _W, g) => ({ gradW: matmul(transpose(x), g).times(1 / x.shape[0]) })),
  "gradX divided by N": but((x, W, g) => ({ gradX: matmul(g, transpose(W)).times(1 / x.shape[0]) })),
  "everything divided by N": (x, W, g) => {
    const { gradX, gradW, gradB } = but(() => ({}))(x, W, g), scale = 1 / x.shape[0];
    return { gradX: gradX.times(scale), gradW: gradW.times(scale), gradB: gradB.times(scale) };
  },
  "gradB sums the rows": but((_x, _W, g) => ({
    gradB: Tensor.from(Array.from({ length: g.shape[0] }, (_, n) => g.slice(n).sum()), undefined, { dtype }),
  })),
  "gradB takes the first sample": biasBy((to, g, _rows, columns) => to.set(g.data.subarray(0, columns))),
  "gradB without the first sample": biasBy((to, g, rows, columns) => {
    for (let n = 1; n < rows; n++) {
      for (let j = 0; j < columns; j++) to[j] += g.at(n, j);
    }
  }),
  "gradB without the last sample": biasBy((to, g, rows, columns) => {
    for (let n = 0; n < rows - 1; n++) {
      for (let j = 0; j < columns; j++) to[j] += g.at(n, j);
    }
  }),
  "gradB at i % N": biasBy((to, g, rows) => g.data.forEach((value, i) => to[i % rows] += value)),
  "gradB at floor(i / out)": biasBy((to, g, _rows, columns) => {
    g.data.forEach((value, i) => to[Math.floor(i / columns)] += value);
  }),
  "gradB is one number": but((_x, _W, g) => ({ gradB: Tensor.from([g.sum()], undefined, { dtype }) })),
  "gradB is the largest": biasBy((to, g, rows, columns) => {
    for (let j = 0; j < columns; j++) to[j] = Math.max(...Array.from({ length: rows }, (_, n) => g.at(n, j)));
  }),
  "gradB is g": but((_x, _W, g) => ({ gradB: g })),
  "gradX and gradW exchanged": but((x, W, g) => ({ gradX: matmul(transpose(x), g), gradW: matmul(g, transpose(W)) })),
};

type Four = { y: Tensor; gradX: Tensor; gradW: Tensor; gradB: Tensor };

/** One number of each result, and where it goes. */
interface Lines {
  start(b: Tensor, j: number): number;
  weight(W: Tensor, i: number, j: number): number;
  gradX(to: Tensor["data"], at: At): void;
  gradW(to: Tensor["data"], at: At): void;
  gradB(to: Tensor["data"], at: At): void;
  often: boolean;
}

interface At {
  x: Tensor;
  W: Tensor;
  b: Tensor;
  g: Tensor;
  y: Tensor;
  n: number;
  i: number;
  j: number;
  N: number;
  D: number;
}

const suspectWith = (lines: Partial<Lines>) => (x: Tensor, W: Tensor, b: Tensor, g: Tensor): Four => {
  const line: Lines = {
    start: (b, j) => b.at(j),
    weight: (W, i, j) => W.at(i, j),
    gradX: (to, { g, W, n, i, j, D }) => to[n * D + i] += g.at(n, j) * W.at(i, j),
    gradW: (to, { x, g, n, i, j, D }) => to[i * D + j] += x.at(n, i) * g.at(n, j),
    gradB: (to, { g, n, j }) => to[j] += g.at(n, j),
    often: false,
    ...lines,
  };
  const [N, D] = x.shape, y = x.times(0), gradX = x.times(0), gradW = W.times(0), gradB = b.times(0);
  for (let n = 0; n < N; n++) {
    for (let j = 0; j < D; j++) {
      let sum = line.start(b, j);
      for (let i = 0; i < D; i++) sum += x.at(n, i) * line.weight(W, i, j);
      y.data[n * D + j] = sum;
    }
    for (let j = 0; j < D; j++) {
      const at = { x, W, b, g, y, n, j, N, D };
      for (let i = 0; i < D; i++) {
        line.gradX(gradX.data, { ...at, i });
        line.gradW(gradW.data, { ...at, i });
        if (line.often) line.gradB(gradB.data, { ...at, i });
      }
      if (!line.often) line.gradB(gradB.data, { ...at, i: 0 });
    }
  }
  return { y, gradX, gradW, gradB };
};

export const findTheBug: WrongAnswers<(x: Tensor, W: Tensor, b: Tensor, g: Tensor) => Four> = {
  "y at j": suspectWith({ gradW: (to, { y, g, n, i, j, D }) => to[i * D + j] += y.at(n, j) * g.at(n, j) }),
  "x at j": suspectWith({ gradW: (to, { x, g, n, i, j, D }) => to[i * D + j] += x.at(n, j) * g.at(n, j) }),
  "g at i": suspectWith({ gradW: (to, { x, g, n, i, j, D }) => to[i * D + j] += x.at(n, i) * g.at(n, i) }),
  "x at j, g at i": suspectWith({ gradW: (to, { x, g, n, i, j, D }) => to[i * D + j] += x.at(n, j) * g.at(n, i) }),
  "still y, and g at i": suspectWith({ gradW: (to, { y, g, n, i, j, D }) => to[i * D + j] += y.at(n, i) * g.at(n, i) }),
  "y without its bias": suspectWith({
    gradW: (to, { y, b, g, n, i, j, D }) => to[i * D + j] += (y.at(n, i) - b.at(i)) * g.at(n, j),
  }),
  "W for y": suspectWith({ gradW: (to, { W, g, n, i, j, D }) => to[i * D + j] += W.at(i, j) * g.at(n, j) }),
  "gradX for y": suspectWith({ gradW: (to, { x, g, n, i, j, D }) => to[i * D + j] += g.at(n, i) * x.at(n, i) }),
  "= for += in gradW": suspectWith({ gradW: (to, { x, g, n, i, j, D }) => to[i * D + j] = x.at(n, i) * g.at(n, j) }),
  "divided by N": suspectWith({ gradW: (to, { x, g, n, i, j, N, D }) => to[i * D + j] += x.at(n, i) * g.at(n, j) / N }),
  "gradW turned": suspectWith({ gradW: (to, { x, g, n, i, j, D }) => to[j * D + i] += x.at(n, i) * g.at(n, j) }),
  "gradX repaired where nothing was wrong": suspectWith({
    gradX: (to, { g, W, n, i, j, D }) => to[n * D + i] += g.at(n, j) * W.at(j, i),
  }),
  "x in gradX": suspectWith({ gradX: (to, { x, W, n, i, j, D }) => to[n * D + i] += x.at(n, j) * W.at(i, j) }),
  "= for += in gradX": suspectWith({ gradX: (to, { g, W, n, i, j, D }) => to[n * D + i] = g.at(n, j) * W.at(i, j) }),
  "= for += in gradB": suspectWith({ gradB: (to, { g, n, j }) => to[j] = g.at(n, j) }),
  "gradB within the loop over i": suspectWith({ often: true }),
  "W turned in forward": suspectWith({ weight: (W, i, j) => W.at(j, i) }),
  "forward without the bias": suspectWith({ start: () => 0 }),
  "only gradX changed, the bug is still there": suspectWith({
    gradX: (to, { g, W, n, i, j, D }) => to[n * D + i] += g.at(n, i) * W.at(i, j),
    gradW: (to, { y, g, n, i, j, D }) => to[i * D + j] += y.at(n, i) * g.at(n, j),
  }),
};
