/** Plausible wrong answers to the exercises about shapes, products and the sharing of work. */
import { Tensor } from "../../../mod.ts";
import type { WrongAnswers } from "./wrong_answers.ts";

const product = (list: number[]): number => list.reduce((a, b) => a * b, 1);
const stepping =
  (distance: (shape: number[], axis: number) => number) => (shape: number[], indices: number[]): number =>
    indices.reduce((sum, index, axis) => sum + index * distance(shape, axis), 0);

export const flatIndex: WrongAnswers<(shape: number[], indices: number[]) => number> = {
  "column-major": stepping((shape, axis) => product(shape.slice(0, axis))),
  "its own size": stepping((shape, axis) => shape[axis]),
  "with its own size": stepping((shape, axis) => product(shape.slice(axis))),
  "only the next size": stepping((shape, axis) => shape[axis + 1] ?? 1),
  "the last size": stepping((shape, axis) => axis === shape.length - 1 ? 1 : shape.at(-1)!),
  "the sum of the sizes after it": stepping((shape, axis) => shape.slice(axis + 1).reduce((a, b) => a + b, 0) || 1),
  "a sum": stepping(() => 1),
  "a product": (_shape, indices) => product(indices),
  "two axes": (shape, indices) => indices[0] * (shape[1] ?? 1) + (indices[1] ?? 0),
  "from 1": (shape, indices) => stepping((s, axis) => product(s.slice(axis + 1)))(shape, indices) + 1,
  "indices from 1": (shape, indices) =>
    stepping((s, axis) => product(s.slice(axis + 1)))(shape, indices.map((i) => i + 1)),
  "without the last": (shape, indices) => stepping((s, axis) => product(s.slice(axis + 1)))(shape, indices.with(-1, 0)),
  "without the first": (shape, indices) => stepping((s, axis) => product(s.slice(axis + 1)))(shape, indices.with(0, 0)),
  "reversed indices": (shape, indices) =>
    stepping((s, axis) => product(s.slice(axis + 1)))(shape, indices.toReversed()),
  "reversed shape": (shape, indices) => stepping((s, axis) => product(s.slice(axis + 1)))(shape.toReversed(), indices),
  "the number of elements": (shape) => product(shape),
  "adds the size": (shape, indices) => shape.reduce((at, size, axis) => at + size + indices[axis], 0),
  "the index of the last axis": (_shape, indices) => indices.at(-1),
};

interface Terms {
  value(a: Tensor, b: Tensor, i: number, j: number, l: number): number;
  length(a: Tensor, b: Tensor): number;
  from: number;
}
const multiplied = (wrong: Partial<Terms>) => (a: Tensor, b: Tensor): Tensor => {
  const { value, length, from }: Terms = {
    value: (a, b, i, j, l) => a.at(i, l) * b.at(l, j),
    length: (a) => a.shape[1],
    from: 0,
    ...wrong,
  };
  const [m, n] = [a.shape[0], b.shape[1]];
  return Tensor.zeros([m, n], { dtype: "float64" }).map((_, k) => {
    let sum = 0;
    for (let l = from; l < length(a, b); l++) sum += value(a, b, Math.floor(k / n), k % n, l);
    return sum;
  });
};

export const matrixProduct: WrongAnswers<(a: Tensor, b: Tensor) => Tensor> = {
  "one term too few": multiplied({ length: (a) => a.shape[1] - 1 }),
  "without the first term": multiplied({ from: 1 }),
  "adds the factors": multiplied({ value: (a, b, i, j, l) => a.at(i, l) + b.at(l, j) }),
  "only the row": multiplied({ value: (a, _b, i, _j, l) => a.at(i, l) }),
  "only the column": multiplied({ value: (_a, b, _i, j, l) => b.at(l, j) }),
  "a fixed row of b": multiplied({ value: (a, b, i, j, l) => a.at(i, l) * b.at(0, j) }),
  "a fixed column of a": multiplied({ value: (a, b, i, j, l) => a.at(i, 0) * b.at(l, j) }),
  "always the first row of a": multiplied({ value: (a, b, _i, j, l) => a.at(0, l) * b.at(l, j) }),
  "always the first column of b": multiplied({ value: (a, b, i, _j, l) => a.at(i, l) * b.at(l, 0) }),
  "no absolute signs": multiplied({ value: (a, b, i, j, l) => Math.abs(a.at(i, l) * b.at(l, j)) }),
  "the mean": multiplied({ value: (a, b, i, j, l) => a.at(i, l) * b.at(l, j) / a.shape[1] }),
  "the last product only": (a, b) => multiplied({ from: a.shape[1] - 1 })(a, b),
  "transposed": (a, b) => multiplied({})(a, b).transpose(),
  "the wrong row length": (a, b) => {
    const right = multiplied({})(a, b), y = Tensor.zeros(right.shape), [m, n] = right.shape, k = a.shape[1];
    for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) y.data[i * k + j] = right.at(i, j);
    return y;
  },
  "a sum that is not reset": (a, b) => {
    let sum = 0;
    return multiplied({})(a, b).map((v) => sum += v);
  },
  "reset in each row": (a, b) => {
    let sum = 0;
    const n = b.shape[1];
    return multiplied({})(a, b).map((v, k) => k % n === 0 ? sum = v : sum += v);
  },
  "only square": (a, b) => multiplied({ length: (a) => Math.min(...a.shape) })(a, b),
  "the flat lists": (a, b) => {
    const n = b.shape[1];
    return multiplied({})(a, b).map((_, k) => a.data[k % a.size] * b.data[k % n]);
  },
};

type Shapes = (a: number[], b: number[]) => number[] | undefined;
const refusing = (
  bad: (a: number[], b: number[]) => boolean,
  result: (a: number[], b: number[]) => number[] = (a, b) => [a[0], b[1]],
): Shapes =>
(a, b) => {
  if (bad(a, b)) throw new RangeError("no product");
  return result(a, b);
};
const unfit = (a: number[], b: number[]): boolean => a.length !== 2 || b.length !== 2 || a[1] !== b[0];

export const productShape: WrongAnswers<Shapes> = {
  "never refuses": refusing(() => false),
  "refuses everything": refusing(() => true),
  "only the axes": refusing((a, b) => a.length !== 2 || b.length !== 2),
  "only the inner sizes": refusing((a, b) => a[1] !== b[0]),
  "the axes of a alone": refusing((a, b) => a.length !== 2 || a[1] !== b[0]),
  "the axes of b alone": refusing((a, b) => b.length !== 2 || a[1] !== b[0]),
  "more than two axes": refusing((a, b) => a.length > 2 || b.length > 2 || a[1] !== b[0]),
  "fewer than two axes": refusing((a, b) => a.length < 2 || b.length < 2 || a[1] !== b[0]),
  "rows with rows": refusing((a, b) => a.length !== 2 || b.length !== 2 || a[0] !== b[0]),
  "and for or": refusing((a, b) => a.length !== 2 && b.length !== 2 && a[1] !== b[0]),
  "equal for unequal": refusing((a, b) => a.length !== 2 || b.length !== 2 || a[1] === b[0]),
  "the last with the first": refusing((a, b) => a.at(-1) !== b[0], (a, b) => [...a.slice(0, -1), ...b.slice(1)]),
  "the inner sizes returned": refusing(unfit, (a, b) => [a[1], b[0]]),
  "turned around": refusing(unfit, (a, b) => [b[1], a[0]]),
  "as large as a": refusing(unfit, (a) => a),
  "as large as b": refusing(unfit, (_a, b) => b),
  "both shapes": refusing(unfit, (a, b) => [...a, ...b]),
  "the number of elements": refusing(unfit, (a, b) => [a[0] * b[1]]),
  "returns nothing": (a, b) => unfit(a, b) ? undefined : [a[0], b[1]],
  "0 by 0": (a, b) => unfit(a, b) ? [0, 0] : [a[0], b[1]],
};

const lanesOf = (
  lane: (i: number, lanes: number, length: number) => number,
  term: (a: number, b: number) => number = (a, b) => a * b,
) =>
(a: number[], b: number[], lanes: number): number[] => {
  const sums: number[] = Array(lanes).fill(0);
  a.forEach((value, i) => {
    const to = lane(i, lanes, a.length);
    if (to >= 0 && to < lanes) sums[to] += term(value, b[i]);
  });
  return sums;
};

export const dotLanes: WrongAnswers<(a: number[], b: number[], lanes: number) => number[]> = {
  "one sum": (a, b) => [a.reduce((sum, v, i) => sum + v * b[i], 0)],
  "the number": (a, b) => a.reduce((sum, v, i) => sum + v * b[i], 0),
  "blocks": lanesOf((i, lanes, length) => Math.floor(i * lanes / length)),
  "divided index": lanesOf((i, lanes) => Math.floor(i / lanes)),
  "adds the factors": lanesOf((i, lanes) => i % lanes, (a, b) => a + b),
  "only b": lanesOf((i, lanes) => i % lanes, (_a, b) => b),
  "lanes from 1": lanesOf((i, lanes) => (i + 1) % lanes),
  "backward lanes": lanesOf((i, lanes) => lanes - 1 - i % lanes),
  "the lesson's four": lanesOf((i) => i % 4),
  "without the rest": lanesOf((i, lanes, length) => i < length - length % lanes ? i % lanes : -1),
  "without the first round": lanesOf((i, lanes) => i < lanes ? -1 : i % lanes),
  "one lane too few": lanesOf((i, lanes) => i % (lanes - 1)),
  "only the last product": (a, b, lanes) => {
    const sums: number[] = Array(lanes).fill(0);
    a.forEach((v, i) => sums[i % lanes] = v * b[i]);
    return sums;
  },
  "begins at 1": (a, b, lanes) => lanesOf((i, lanes) => i % lanes)(a, b, lanes).map((v) => v + 1),
  "the means": (a, b, lanes) => lanesOf((i, lanes) => i % lanes)(a, b, lanes).map((v) => v / lanes),
  "b at the lane": (a, b, lanes) => {
    const sums: number[] = Array(lanes).fill(0);
    a.forEach((v, i) => sums[i % lanes] += v * b[i % lanes]);
    return sums;
  },
  "sums that go on": (a, b, lanes) => {
    let sum = 0;
    return lanesOf((i, lanes) => i % lanes)(a, b, lanes).map((v) => sum += v);
  },
};

interface Tiles {
  end(from: number, tile: number, size: number): number;
  add: boolean;
  value(A: Tensor, B: Tensor, i: number, k: number, j: number): number;
  start: number;
}
const tiled = (wrong: Partial<Tiles>) => (A: Tensor, B: Tensor, tile: number): Tensor => {
  const { end, add, value, start }: Tiles = {
    end: (from, tile, size) => Math.min(from + tile, size),
    add: true,
    value: (A, B, i, k, j) => A.at(i, k) * B.at(k, j),
    start: 0,
    ...wrong,
  };
  const [m, p] = A.shape, n = B.shape[1], C = Tensor.zeros([m, n], { dtype: "float64" });
  for (let i0 = 0; i0 < m; i0 += tile) {
    for (let k0 = start; k0 < p; k0 += tile) {
      for (let j0 = 0; j0 < n; j0 += tile) {
        for (let i = i0; i < end(i0, tile, m); i++) {
          for (let k = k0; k < end(k0, tile, p); k++) {
            for (let j = j0; j < end(j0, tile, n); j++) {
              const at = i * n + j;
              C.data[at] = (add ? C.data[at] : 0) + value(A, B, i, k, j);
            }
          }
        }
      }
    }
  }
  return C;
};

export const tiledMatmul: WrongAnswers<(A: Tensor, B: Tensor, tile: number) => Tensor> = {
  "= for +=": tiled({ add: false }),
  "one too few in each tile": tiled({ end: (from, tile, size) => Math.min(from + tile - 1, size) }),
  "no last row or column": tiled({ end: (from, tile, size) => Math.min(from + tile, size - 1) }),
  "whole tiles only": tiled({ end: (from, tile, size) => from + tile <= size ? from + tile : from }),
  "the first tile only": tiled({ end: (from, tile, size) => from > 0 ? from : Math.min(tile, size) }),
  "from the second tile along k": (A, B, tile) => tiled({ start: tile })(A, B, tile),
  "max for min": (A, B, tile) => tiled({ end: (from, tile, size) => Math.max(from, Math.min(size, tile)) })(A, B, tile),
  "adds the factors": tiled({ value: (A, B, i, k, j) => A.at(i, k) + B.at(k, j) }),
  "transposed": (A, B, tile) => tiled({})(A, B, tile).transpose(),
  "the first row of B": tiled({ value: (A, B, i, k, j) => A.at(i, k) * B.at(0, j) }),
  "the last two axes only": tiled({ value: (A, B, i, k, j) => A.at(0, k) * B.at(k, j) + 0 * i }),
  "twice": (A, B, tile) => tiled({})(A, B, tile).times(2),
  "without the first k": tiled({ value: (A, B, i, k, j) => k === 0 ? 0 : A.at(i, k) * B.at(k, j) }),
  "divided by the tile": (A, B, tile) => tiled({})(A, B, tile).times(1 / tile),
  "a fixed tile of 4": (A, B) =>
    tiled({
      end: (from) => from + 4 > 8 ? from : from + 4,
      value: (A, B, i, k, j) => (A.data[i * A.shape[1] + k] ?? 0) * (B.data[k * B.shape[1] + j] ?? 0),
    })(A, B, 4),
  "the row length of A": (A, B, tile) => {
    const right = tiled({})(A, B, tile), [m, n] = right.shape, y = Tensor.zeros([m, n], { dtype: "float64" });
    for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) y.data[i * A.shape[1] + j] += right.at(i, j);
    return y;
  },
};

type Ranges = [number, number][];
const cut = (count: number, size: number, threads: number): Ranges =>
  Array.from({ length: threads }, (_, t) => [t * size, Math.min(count, (t + 1) * size)]);

export const shareWork: WrongAnswers<(count: number, threads: number) => unknown> = {
  "the last takes the rest": (count, threads) => {
    const size = Math.floor(count / threads);
    return Array.from({ length: threads }, (_, t) => [t * size, t === threads - 1 ? count : (t + 1) * size]);
  },
  "the first takes the rest": (count, threads) => {
    const size = Math.floor(count / threads), rest = count % threads;
    return Array.from({ length: threads }, (_, t) => [t === 0 ? 0 : t * size + rest, (t + 1) * size + rest]);
  },
  "rounded up": (count, threads) => cut(count, Math.ceil(count / threads), threads),
  "rounded down": (count, threads) => cut(count, Math.floor(count / threads), threads),
  "not rounded": (count, threads) =>
    Array.from({ length: threads }, (_, t) => [count * t / threads, count * (t + 1) / threads]),
  "the end included": (count, threads) =>
    Array.from(
      { length: threads },
      (_, t) => [Math.floor(count * t / threads), Math.floor(count * (t + 1) / threads) - 1],
    ),
  "from 1": (count, threads) =>
    Array.from(
      { length: threads },
      (_, t) => [Math.floor(count * t / threads) + 1, Math.floor(count * (t + 1) / threads) + 1],
    ),
  "the sizes": (count, threads) =>
    Array.from({ length: threads }, (_, t) => Math.floor(count * (t + 1) / threads) - Math.floor(count * t / threads)),
  "start and size": (count, threads) =>
    Array.from(
      { length: threads },
      (
        _,
        t,
      ) => [Math.floor(count * t / threads), Math.floor(count * (t + 1) / threads) - Math.floor(count * t / threads)],
    ),
  "one thread too many": (count, threads) =>
    Array.from(
      { length: threads + 1 },
      (_, t) => [Math.floor(count * t / (threads + 1)), Math.floor(count * (t + 1) / (threads + 1))],
    ),
  "one thread too few": (count, threads) =>
    Array.from(
      { length: threads - 1 },
      (_, t) => [Math.floor(count * t / (threads - 1)), Math.floor(count * (t + 1) / (threads - 1))],
    ),
  "all for everyone": (count, threads) => Array.from({ length: threads }, () => [0, count]),
  "all for one": (count, threads) => Array.from({ length: threads }, (_, t) => t === 0 ? [0, count] : [count, count]),
  "the lesson's four": (count) =>
    Array.from({ length: 4 }, (_, t) => [Math.floor(count * t / 4), Math.floor(count * (t + 1) / 4)]),
  "floor and ceil": (count, threads) =>
    Array.from({ length: threads }, (_, t) => [Math.floor(count * t / threads), Math.ceil(count * (t + 1) / threads)]),
  "the threads as the size": (count, threads) => cut(count, threads, threads),
  "rows of single images": (count, threads) =>
    Array.from(
      { length: threads },
      (_, t) => Array.from({ length: count }, (_, i) => i).filter((i) => i % threads === t),
    ),
};

export const convFlop: WrongAnswers<
  (N: number, C: number, O: number, k: number, rows: number, columns: number) => number
> = {
  "multiplications only": (N, C, O, k, r, c) => N * O * r * c * C * k * k,
  "no samples": (_N, C, O, k, r, c) => 2 * O * r * c * C * k * k,
  "no channels": (N, _C, O, k, r, c) => 2 * N * O * r * c * k * k,
  "no kernels": (N, C, _O, k, r, c) => 2 * N * r * c * C * k * k,
  "no positions": (N, C, O, k) => 2 * N * O * C * k * k,
  "k once": (N, C, O, k, r, c) => 2 * N * O * r * c * C * k,
  "one fewer addition": (N, C, O, k, r, c) => N * O * r * c * (2 * C * k * k - 1),
  "a bias": (N, C, O, k, r, c) => N * O * r * c * (2 * C * k * k + 1),
  "the sum": (N, C, O, k, r, c) => 2 * (N * O * r * c + C * k * k),
  "places of a window": (N, C, O, k, r, c) => 2 * N * O * (r - k + 1) * (c - k + 1) * C * k * k,
  "rows twice": (N, C, O, k, r) => 2 * N * O * r * r * C * k * k,
  "columns twice": (N, C, O, k, _r, c) => 2 * N * O * c * c * C * k * k,
  "k³": (N, C, O, k, r, c) => 2 * N * O * r * c * C * k ** 3,
  "three steps": (N, C, O, k, r, c) => 3 * 2 * N * O * r * c * C * k * k,
  "the parameters": (_N, C, O, k) => O * (C * k * k + 1),
  "the outputs": (N, _C, O, _k, r, c) => 2 * N * O * r * c,
  "a kernel of 5": (N, C, O, _k, r, c) => 2 * N * O * r * c * C * 25,
};

type Layers = [k: number, stride: number][];
const field = (
  added: (k: number, stride: number, step: number) => number,
  next: (step: number, stride: number, k: number) => number = (step, stride) => step * stride,
) =>
(layers: Layers): number => {
  let [size, step] = [1, 1];
  for (const [k, stride] of layers) {
    size += added(k, stride, step);
    step = next(step, stride, k);
  }
  return size;
};

export const receptiveField: WrongAnswers<(layers: Layers) => number> = {
  "no strides": field((k) => k - 1),
  "the own stride": field((k, stride, step) => (k - 1) * step * stride),
  "k for k − 1": field((k, _stride, step) => k * step),
  "k + 1": field((k, _stride, step) => (k + 1) * step),
  "strides added": field((k, _stride, step) => (k - 1) * step, (step, stride) => step + stride),
  "only its own stride": field((k, stride) => (k - 1) * stride),
  "the window for the stride": field((k, _stride, step) => (k - 1) * step, (step, _stride, k) => step * k),
  "strides squared": field((k, _stride, step) => (k - 1) * step, (step, stride) => step * stride ** 2),
  "without the 1": (layers) => field((k, _stride, step) => (k - 1) * step)(layers) - 1,
  "one too many": (layers) => field((k, _stride, step) => (k - 1) * step)(layers) + 1,
  "the largest window": (layers) => Math.max(...layers.map(([k]) => k)),
  "the last window": (layers) => layers.at(-1)![0],
  "the first window": (layers) => layers[0][0],
  "the windows multiplied": (layers) => layers.reduce((p, [k]) => p * k, 1),
  "the windows added": (layers) => layers.reduce((sum, [k]) => sum + k, 0),
  "from the end": (layers) => field((k, _stride, step) => (k - 1) * step)(layers.toReversed()),
  "the strides": (layers) => layers.reduce((p, [, stride]) => p * stride, 1),
  "without the last": (layers) => field((k, _stride, step) => (k - 1) * step)(layers.slice(0, -1)),
  "half windows": field((k, _stride, step) => Math.floor(k / 2) * step),
};
