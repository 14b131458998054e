/** Plausible wrong answers to the exercises of lesson 15. */
import { Tensor } from "../../../mod.ts";
import type { WrongAnswers } from "./wrong_answers.ts";

interface At {
  x: Tensor;
  dy: Tensor;
  i: number;
  j: number;
  k: number;
  stride: number;
  H: number;
  W: number;
}

/** What a learner may get wrong while looking for the largest, or with what is found. */
interface Parts {
  corner(at: At): [row: number, column: number];
  size(at: At): number;
  start(corner: number, at: At): number;
  better(value: number, best: number): boolean;
  pixel(row: number, column: number, at: At): number;
  give(dx: Tensor["data"], best: number, at: At): void;
  windows(at: { rows: number; columns: number }): [number, number];
}

const routed = (parts: Partial<Parts>) => (x: Tensor, dy: Tensor, k: number, stride: number): Tensor => {
  const part: Parts = {
    corner: ({ i, j, stride }) => [i * stride, j * stride],
    size: ({ k }) => k,
    start: (corner) => corner,
    better: (value, best) => value > best,
    pixel: (row, column, { W }) => row * W + column,
    give: (dx, best, { dy, i, j }) => dx[best] += dy.at(i, j),
    windows: ({ rows, columns }) => [rows, columns],
    ...parts,
  };
  const [H, W] = x.shape, dx = Tensor.zeros([H, W]), data = x.data;
  const [rows, columns] = part.windows({ rows: dy.shape[0], columns: dy.shape[1] });
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const at = { x, dy, i, j, k, stride, H, W }, [top, left] = part.corner(at);
      let best = part.start(part.pixel(top, left, at), at);
      for (let u = 0; u < part.size(at); u++) {
        for (let v = 0; v < part.size(at); v++) {
          const pixel = part.pixel(top + u, left + v, at);
          if (part.better(data[pixel], data[best])) best = pixel;
        }
      }
      part.give(dx.data, best, at);
    }
  }
  return dx;
};

export const maxPoolBackward: WrongAnswers<(x: Tensor, dy: Tensor, k: number, stride: number) => Tensor> = {
  ">= for >": routed({ better: (value, best) => value >= best }),
  "the smallest": routed({ better: (value, best) => value < best }),
  "the largest size": routed({ better: (value, best) => Math.abs(value) > Math.abs(best) }),
  "= for +=": routed({ give: (dx, best, { dy, i, j }) => dx[best] = dy.at(i, j) }),
  "a 1 for dy": routed({ give: (dx, best) => dx[best] += 1 }),
  "times x": routed({ give: (dx, best, { x, dy, i, j }) => dx[best] += x.data[best] * dy.at(i, j) }),
  "the value of x": routed({ give: (dx, best, { x }) => dx[best] += x.data[best] }),
  "the corner gets it": routed({
    give: (dx, _best, { dy, i, j, stride, W }) => dx[i * stride * W + j * stride] += dy.at(i, j),
  }),
  "divided by the window": routed({ give: (dx, best, { dy, i, j, k }) => dx[best] += dy.at(i, j) / k / k }),
  "everybody gets it": routed({
    give: (dx, _best, { dy, i, j, k, stride, W }) => {
      for (let u = 0; u < k; u++) {
        for (let v = 0; v < k; v++) dx[(i * stride + u) * W + j * stride + v] += dy.at(i, j);
      }
    },
  }),
  "steps by k": routed({ corner: ({ i, j, k }) => [i * k, j * k] }),
  "steps by 1": routed({ corner: ({ i, j }) => [i, j] }),
  "steps by 2": routed({ corner: ({ i, j }) => [2 * i, 2 * j] }),
  "a window of 2": routed({ size: () => 2 }),
  "a window of 3": routed({ size: () => 3 }),
  "a window of the stride": routed({ size: ({ stride }) => stride }),
  "one pixel less in the window": routed({ size: ({ k }) => k - 1 }),
  "one pixel more in the window": routed({ size: ({ k }) => k + 1 }),
  "begins at pixel 0": routed({ start: () => 0 }),
  "i for j": routed({ corner: ({ i, stride }) => [i * stride, i * stride] }),
  "i and j exchanged": routed({ corner: ({ i, j, stride }) => [j * stride, i * stride] }),
  "H for W in the index": routed({ pixel: (row, column, { H }) => row * H + column }),
  "leaves out the last row of windows": routed({ windows: ({ rows, columns }) => [rows - 1, columns] }),
  "the first window only": routed({ windows: () => [1, 1] }),
  "the best is not reset": (x, dy, k, stride) => {
    let last = 0;
    return routed({
      start: () => last,
      give: (dx, best, { dy, i, j }) => {
        last = best;
        dx[best] += dy.at(i, j);
      },
    })(x, dy, k, stride);
  },
  "the best begins at 0": (x, dy, k, stride) => {
    const [H, W] = x.shape, dx = Tensor.zeros([H, W]);
    for (let i = 0; i < dy.shape[0]; i++) {
      for (let j = 0; j < dy.shape[1]; j++) {
        let [best, where] = [0, i * stride * W + j * stride];
        for (let u = 0; u < k; u++) {
          for (let v = 0; v < k; v++) {
            const pixel = (i * stride + u) * W + j * stride + v;
            if (x.data[pixel] > best) [best, where] = [x.data[pixel], pixel];
          }
        }
        dx.data[where] += dy.at(i, j);
      }
    }
    return dx;
  },
  "dy along the wrong axis": routed({ give: (dx, best, { dy, i, j }) => dx[best] += dy.data[j * dy.shape[0] + i] }),
  "always the first dy": routed({ give: (dx, best, { dy }) => dx[best] += dy.data[0] }),
  "all that are equal get it": routed({
    give: (dx, best, { x, dy, i, j, k, stride, W }) => {
      for (let u = 0; u < k; u++) {
        for (let v = 0; v < k; v++) {
          const pixel = (i * stride + u) * W + j * stride + v;
          if (x.data[pixel] === x.data[best]) dx[pixel] += dy.at(i, j);
        }
      }
    },
  }),
};

interface MeanParts {
  share(g: number, of: { k: number; stride: number; outputs: number; rows: number; columns: number }): number;
  mean(sum: number, of: { k: number; stride: number }): number;
  step(of: { k: number; stride: number }): number;
  size(of: { k: number; stride: number }): number;
  add(dx: Tensor["data"], pixel: number, share: number, sum: number): void;
  width(x: Tensor): number;
  keepSum: boolean;
}

const mean =
  (parts: Partial<MeanParts>) => (x: Tensor, dy: Tensor, k: number, stride: number): { y: Tensor; dx: Tensor } => {
    const part: MeanParts = {
      share: (g, { k }) => g / k / k,
      mean: (sum, { k }) => sum / k / k,
      step: ({ stride }) => stride,
      size: ({ k }) => k,
      add: (dx, pixel, share) => dx[pixel] += share,
      width: (x) => x.shape[1],
      keepSum: false,
      ...parts,
    };
    const [rows, columns] = dy.shape,
      y = dy.times(0),
      dx = x.times(0),
      of = { k, stride, outputs: dy.size, rows, columns };
    const step = part.step(of), size = part.size(of);
    let sum = 0;
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        const share = part.share(dy.at(i, j), of);
        if (!part.keepSum) sum = 0;
        for (let r = i * step; r < i * step + size; r++) {
          for (let q = j * step; q < j * step + size; q++) {
            sum += x.data[r * x.shape[1] + q] ?? 0;
            part.add(dx.data, r * part.width(x) + q, share, sum);
          }
        }
        y.data[i * columns + j] = part.mean(sum, of);
      }
    }
    return { y, dx };
  };

export const meanPool: WrongAnswers<(x: Tensor, dy: Tensor, k: number, stride: number) => { y: Tensor; dx: Tensor }> = {
  "divided by k once": mean({ share: (g, { k }) => g / k }),
  "divided by k and the stride": mean({ share: (g, { k, stride }) => g / k / stride }),
  "divided by the sum of both": mean({ share: (g, { k, stride }) => g / (k + stride) }),
  "divided by the stride once": mean({ share: (g, { stride }) => g / stride }),
  "divided by 4": mean({ share: (g) => g / 4 }),
  "divided by 9": mean({ share: (g) => g / 9 }),
  "divided by k³": mean({ share: (g, { k }) => g / k ** 3 }),
  "divided by the number of windows": mean({ share: (g, { outputs }) => g / outputs }),
  "divided by the rows and columns": mean({ share: (g, { rows, columns }) => g / rows / columns / 1 }),
  "not divided": mean({ share: (g) => g }),
  "multiplied": mean({ share: (g, { k }) => g * k * k }),
  "the smaller of the two": mean({ share: (g, { k, stride }) => g / Math.min(k, stride) ** 2 }),
  "the mean changed instead": mean({
    share: (g, { stride }) => g / stride / stride,
    mean: (sum, { stride }) => sum / stride / stride,
  }),
  "the mean changed, too": mean({ mean: (sum, { stride }) => sum / stride / stride }),
  "= for +=": mean({ add: (dx, pixel, share) => dx[pixel] = share }),
  "steps by k": mean({ step: ({ k }) => k }),
  "a window of the stride": mean({ size: ({ stride }) => stride }),
  "the height for the width": mean({ width: (x) => x.shape[0] }),
  "a sum that is not reset": mean({ keepSum: true }),
  "the sum for the mean": mean({ mean: (sum) => sum }),
  "the mean divided once": mean({ mean: (sum, { k }) => sum / k }),
  "gives back the sum": mean({ add: (dx, pixel, share, sum) => dx[pixel] += share * sum }),
};
