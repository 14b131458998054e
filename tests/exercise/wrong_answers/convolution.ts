/** Plausible wrong answers to the exercises of lesson 13. */
import { Tensor } from "../../../mod.ts";
import type { WrongAnswers } from "./wrong_answers.ts";

const { ceil, floor, max, round } = Math;

export const outputSize: WrongAnswers<(size: number, k: number, stride: number, padding: number) => number> = {
  "rounds up": (size, k, stride, padding) => ceil((size + 2 * padding - k) / stride) + 1,
  "rounds to the nearest": (size, k, stride, padding) => round((size + 2 * padding - k) / stride) + 1,
  "does not round": (size, k, stride, padding) => (size + 2 * padding - k) / stride + 1,
  "padding on one side": (size, k, stride, padding) => floor((size + padding - k) / stride) + 1,
  "no + 1": (size, k, stride, padding) => floor((size + 2 * padding - k) / stride),
  "+ 2": (size, k, stride, padding) => floor((size + 2 * padding - k) / stride) + 2,
  "padding after the division": (size, k, stride, padding) => floor((size - k) / stride) + 1 + 2 * padding,
  "forgets the window": (size, _k, stride, padding) => floor((size + 2 * padding) / stride),
  "+ 1 before the division": (size, k, stride, padding) => floor((size + 2 * padding - k + 1) / stride),
  "parentheses forgotten": (size, k, stride, padding) => floor(size + 2 * padding - k / stride + 1),
  "forgets the stride": (size, k, _stride, padding) => size + 2 * padding - k + 1,
  "forgets the padding": (size, k, stride) => floor((size - k) / stride) + 1,
  "one less in the division": (size, k, stride, padding) => floor((size + 2 * padding - k - 1) / stride) + 1,
  "padding subtracted": (size, k, stride, padding) => floor((size - 2 * padding - k) / stride) + 1,
  "padding on four sides": (size, k, stride, padding) => floor((size + 4 * padding - k) / stride) + 1,
  "half a window": (size, k, stride, padding) => floor((size + 2 * padding - floor(k / 2)) / stride) + 1,
  "the lesson's 28": (_size, k, stride, padding) => floor((28 + 2 * padding - k) / stride) + 1,
  "the lesson's window of 3": (size, _k, stride, padding) => floor((size + 2 * padding - 3) / stride) + 1,
  "counts with <": (size, k, stride, padding) => {
    let count = 0;
    for (let at = -padding; at + k < size + padding; at += stride) count++;
    return count;
  },
  "counts starts within the image": (size, _k, stride, padding) => {
    let count = 0;
    for (let at = -padding; at < size; at += stride) count++;
    return count;
  },
  "counts without the padding on the right": (size, k, stride, padding) => {
    let count = 0;
    for (let at = -padding; at + k <= size; at += stride) count++;
    return count;
  },
  "the same size, divided": (size, _k, stride) => ceil(size / stride),
  "steps by the window": (size, k, _stride, padding) => floor((size + 2 * padding - k) / k) + 1,
  "window and stride exchanged": (size, k, stride, padding) => floor((size + 2 * padding - stride) / k) + 1,
  "at least the size": (size, k, stride, padding) => max(size, floor((size + 2 * padding - k) / stride) + 1),
  "places in both directions": (size, k, stride, padding) => (floor((size + 2 * padding - k) / stride) + 1) ** 2,
};

/** One term of both sums, and everything that it needs. */
interface At {
  i: number;
  j: number;
  u: number;
  v: number;
  H: number;
  W: number;
  kh: number;
  kw: number;
  rows: number;
  columns: number;
  stride: number;
  padding: number;
}

interface Parts {
  loops(at: At): Partial<Pick<At, "rows" | "columns" | "kh" | "kw">>;
  first: number;
  r(at: At): number;
  q(at: At): number;
  outside(r: number, q: number, at: At): boolean;
  add(
    dx: Tensor["data"],
    dw: Tensor["data"],
    of: At & { x: Tensor; w: Tensor; dy: Tensor; r: number; q: number },
  ): void;
}

type Gradients = { dx: Tensor; dw: Tensor };

const value = (t: Tensor, row: number, column: number): number => t.data[row * t.shape[1] + column];

const walk =
  (parts: Partial<Parts>) => (x: Tensor, w: Tensor, dy: Tensor, stride: number, padding: number): Gradients => {
    const part: Parts = {
      loops: () => ({}),
      first: 0,
      r: ({ i, u, stride, padding }) => i * stride + u - padding,
      q: ({ j, v, stride, padding }) => j * stride + v - padding,
      outside: (r, q, { H, W }) => r < 0 || r >= H || q < 0 || q >= W,
      add: (dx, dw, { x, w, dy, r, q, i, j, u, v, W, kw }) => {
        dx[r * W + q] += value(w, u, v) * value(dy, i, j);
        dw[u * kw + v] += value(x, r, q) * value(dy, i, j);
      },
      ...parts,
    };
    const [H, W] = x.shape, [kh, kw] = w.shape, [rows, columns] = dy.shape;
    const dx = Tensor.zeros([H, W]), dw = Tensor.zeros([kh, kw]);
    const all = { i: 0, j: 0, u: 0, v: 0, H, W, kh, kw, rows, columns, stride, padding };
    const to = { ...all, ...part.loops(all) };
    for (let i = part.first; i < to.rows; i++) {
      for (let j = part.first; j < to.columns; j++) {
        for (let u = 0; u < to.kh; u++) {
          for (let v = 0; v < to.kw; v++) {
            const at = { ...all, i, j, u, v }, r = part.r(at), q = part.q(at);
            if (!part.outside(r, q, at)) part.add(dx.data, dw.data, { ...at, x, w, dy, r, q });
          }
        }
      }
    }
    return { dx, dw };
  };

export const convBackward: WrongAnswers<
  (x: Tensor, w: Tensor, dy: Tensor, stride: number, padding: number) => Gradients
> = {
  "loops over H and W, and reads on": walk({ loops: ({ H, W }) => ({ rows: H, columns: W }) }),
  "loops over H and W": walk({
    loops: ({ H, W }) => ({ rows: H, columns: W }),
    add: (dx, dw, { x, w, dy, r, q, i, j, u, v, W, kw }) => {
      dx[r * W + q] += w.at(u, v) * dy.at(i, j);
      dw[u * kw + v] += x.at(r, q) * dy.at(i, j);
    },
  }),
  "forgets the stride": walk({ r: ({ i, u, padding }) => i + u - padding, q: ({ j, v, padding }) => j + v - padding }),
  "the stride for rows only": walk({ q: ({ j, v, padding }) => j + v - padding }),
  "the padding for rows only": walk({ q: ({ j, v, stride }) => j * stride + v }),
  "forgets the padding": walk({ r: ({ i, u, stride }) => i * stride + u, q: ({ j, v, stride }) => j * stride + v }),
  "adds the padding": walk({
    r: ({ i, u, stride, padding }) => i * stride + u + padding,
    q: ({ j, v, stride, padding }) => j * stride + v + padding,
  }),
  "half the padding": walk({ r: ({ i, u, stride, padding }) => i * stride + u - Math.floor(padding / 2) }),
  "forgets u": walk({ r: ({ i, stride, padding }) => i * stride - padding }),
  "i for j": walk({ q: ({ i, v, stride, padding }) => i * stride + v - padding }),
  "u for v": walk({ q: ({ j, u, stride, padding }) => j * stride + u - padding }),
  "the stride times u, too": walk({ r: ({ i, u, stride, padding }) => (i + u) * stride - padding }),
  "leaves out row 0": walk({ outside: (r, q, { H, W }) => r <= 0 || r >= H || q < 0 || q >= W }),
  "leaves out the last row": walk({ outside: (r, q, { H, W }) => r < 0 || r >= H - 1 || q < 0 || q >= W }),
  "no test for the columns": walk({ outside: (r, _q, { H }) => r < 0 || r >= H }),
  "no test below 0": walk({ outside: (r, q, { H, W }) => r >= H || q >= W }),
  "H and W exchanged in the test": walk({ outside: (r, q, { H, W }) => r < 0 || r >= W || q < 0 || q >= H }),
  "leaves out the last row of dy": walk({ loops: ({ rows }) => ({ rows: rows - 1 }) }),
  "starts at the second place": walk({ first: 1 }),
  "a square kernel of kh": walk({ loops: ({ kh }) => ({ kw: kh }) }),
  "= for dx": walk({
    add: (dx, dw, { x, w, dy, r, q, i, j, u, v, W, kw }) => {
      dx[r * W + q] = w.at(u, v) * dy.at(i, j);
      dw[u * kw + v] += x.at(r, q) * dy.at(i, j);
    },
  }),
  "= for dw": walk({
    add: (dx, dw, { x, w, dy, r, q, i, j, u, v, W, kw }) => {
      dx[r * W + q] += w.at(u, v) * dy.at(i, j);
      dw[u * kw + v] = x.at(r, q) * dy.at(i, j);
    },
  }),
  "H for W in the index": walk({
    add: (dx, dw, { x, w, dy, r, q, i, j, u, v, H, kw }) => {
      dx[r * H + q] += w.at(u, v) * dy.at(i, j);
      dw[u * kw + v] += x.at(r, q) * dy.at(i, j);
    },
  }),
  "kh for kw in the index": walk({
    add: (dx, dw, { x, w, dy, r, q, i, j, u, v, W, kh }) => {
      dx[r * W + q] += w.at(u, v) * dy.at(i, j);
      dw[u * kh + v] += x.at(r, q) * dy.at(i, j);
    },
  }),
  "x in dx": walk({
    add: (dx, dw, { x, dy, r, q, i, j, u, v, W, kw }) => {
      dx[r * W + q] += x.at(r, q) * dy.at(i, j);
      dw[u * kw + v] += x.at(r, q) * dy.at(i, j);
    },
  }),
  "w in dw": walk({
    add: (dx, dw, { w, dy, r, q, i, j, u, v, W, kw }) => {
      dx[r * W + q] += w.at(u, v) * dy.at(i, j);
      dw[u * kw + v] += w.at(u, v) * dy.at(i, j);
    },
  }),
  "x at u and v": walk({
    add: (dx, dw, { x, w, dy, r, q, i, j, u, v, W, kw }) => {
      dx[r * W + q] += w.at(u, v) * dy.at(i, j);
      dw[u * kw + v] += value(x, u, v) * dy.at(i, j);
    },
  }),
  "dx at i and j": walk({
    add: (dx, dw, { x, w, dy, r, q, i, j, u, v, W, kw }) => {
      dx[i * W + j] += w.at(u, v) * dy.at(i, j);
      dw[u * kw + v] += x.at(r, q) * dy.at(i, j);
    },
  }),
  "forgets dy in dw": walk({
    add: (dx, dw, { x, w, dy, r, q, i, j, u, v, W, kw }) => {
      dx[r * W + q] += w.at(u, v) * dy.at(i, j);
      dw[u * kw + v] += x.at(r, q);
    },
  }),
  "the kernel turned around": walk({
    add: (dx, dw, { x, w, dy, r, q, i, j, u, v, W, kh, kw }) => {
      dx[r * W + q] += w.at(kh - 1 - u, kw - 1 - v) * dy.at(i, j);
      dw[u * kw + v] += x.at(r, q) * dy.at(i, j);
    },
  }),
  "dw is a mean": (x, w, dy, stride, padding) => {
    const { dx, dw } = walk({})(x, w, dy, stride, padding);
    return { dx, dw: dw.times(1 / dy.size) };
  },
  "dx only": (x, w, dy, stride, padding) => ({ ...walk({})(x, w, dy, stride, padding), dw: w.times(0) }),
  "dx and dw exchanged": (x, w, dy, stride, padding) => {
    const { dx, dw } = walk({})(x, w, dy, stride, padding);
    return { dx: dw, dw: dx };
  },
};
