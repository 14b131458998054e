/** Plausible wrong answers to the exercises of lesson 14. */
import { Tensor } from "../../../mod.ts";
import type { WrongAnswers } from "./wrong_answers.ts";

interface Window {
  kh: number;
  kw: number;
  stride: number;
  padding: number;
}

interface At extends Window {
  c: number;
  u: number;
  v: number;
  i: number;
  j: number;
  C: number;
  H: number;
  W: number;
  rows: number;
  columns: number;
}

/** Where an entry of the matrix comes from, and where it goes. */
interface Parts {
  row(at: At): number;
  column(at: At): number;
  r(at: At): number;
  q(at: At): number;
  inside(r: number, q: number, at: At): boolean;
  pixel(r: number, q: number, at: At): number;
  skip(at: At): boolean;
}

const right: Parts = {
  row: ({ c, u, v, kh, kw }) => (c * kh + u) * kw + v,
  column: ({ i, j, columns }) => i * columns + j,
  r: ({ i, u, stride, padding }) => i * stride + u - padding,
  q: ({ j, v, stride, padding }) => j * stride + v - padding,
  inside: (r, q, { H, W }) => r >= 0 && r < H && q >= 0 && q < W,
  pixel: (r, q, { c, H, W }) => (c * H + r) * W + q,
  skip: () => false,
};

const placesOf = ([H, W]: number[], { kh, kw, stride, padding }: Window): number[] => [
  Math.floor((H + 2 * padding - kh) / stride) + 1,
  Math.floor((W + 2 * padding - kw) / stride) + 1,
];

function eachEntry(
  shape: readonly number[],
  window: Window,
  parts: Partial<Parts>,
  visit: (entry: number, pixel: number) => void,
) {
  const part = { ...right, ...parts }, [C, H, W] = shape, [rows, columns] = placesOf([H, W], window);
  for (let c = 0; c < C; c++) {
    for (let u = 0; u < window.kh; u++) {
      for (let v = 0; v < window.kw; v++) {
        for (let i = 0; i < rows; i++) {
          for (let j = 0; j < columns; j++) {
            const at = { ...window, c, u, v, i, j, C, H, W, rows, columns }, r = part.r(at), q = part.q(at);
            if (part.skip(at) || !part.inside(r, q, at)) continue;
            visit(part.row(at) * rows * columns + part.column(at), part.pixel(r, q, at));
          }
        }
      }
    }
  }
}

const laidOut = (parts: Partial<Parts>) => (image: Tensor, window: Window): Tensor => {
  const [C, H, W] = image.shape, [rows, columns] = placesOf([H, W], window);
  const matrix = Tensor.zeros([C * window.kh * window.kw, rows * columns]);
  eachEntry(image.shape, window, parts, (entry, pixel) => matrix.data[entry] = image.data[pixel] ?? 0);
  return matrix;
};

/** Mistakes in the walk, which both directions can make. */
const walks: Record<string, Partial<Parts>> = {
  "forgets the padding": { r: ({ i, u, stride }) => i * stride + u, q: ({ j, v, stride }) => j * stride + v },
  "forgets the padding of the columns": { q: ({ j, v, stride }) => j * stride + v },
  "adds the padding": {
    r: ({ i, u, stride, padding }) => i * stride + u + padding,
    q: ({ j, v, stride, padding }) => j * stride + v + padding,
  },
  "forgets the stride": { r: ({ i, u, padding }) => i + u - padding, q: ({ j, v, padding }) => j + v - padding },
  "the stride of rows only": { q: ({ j, v, padding }) => j + v - padding },
  "u and v exchanged": {
    r: ({ i, v, stride, padding }) => i * stride + v - padding,
    q: ({ j, u, stride, padding }) => j * stride + u - padding,
  },
  "i for j": { q: ({ i, v, stride, padding }) => i * stride + v - padding },
  "H for W in the index": { pixel: (r, q, { c, H }) => (c * H + r) * H + q },
  "always channel 0": { pixel: (r, q, { W }) => r * W + q },
  "W times W a channel": { pixel: (r, q, { c, W }) => (c * W + r) * W + q },
  "leaves out row 0": { inside: (r, q, { H, W }) => r > 0 && r < H && q >= 0 && q < W },
  "leaves out the last column": { inside: (r, q, { H, W }) => r >= 0 && r < H && q >= 0 && q < W - 1 },
  "no test of the columns": { inside: (r, _q, { H }) => r >= 0 && r < H },
  "H and W exchanged in the test": { inside: (r, q, { H, W }) => r >= 0 && r < W && q >= 0 && q < H },
  "places down the columns": { column: ({ i, j, rows }) => j * rows + i },
  "rows for columns in the place": { column: ({ i, j, rows }) => i * rows + j },
  "the window down its columns": { row: ({ c, u, v, kh, kw }) => (c * kw + v) * kh + u },
  "channels last": { row: ({ c, u, v, C, kw }) => (u * kw + v) * C + c },
  "kh for kw in the row": { row: ({ c, u, v, kh }) => (c * kh + u) * kh + v },
  "the channel without its size": { row: ({ c, u, v, kw }) => c + u * kw + v },
  "leaves out the first place": { skip: ({ i, j }) => i === 0 && j === 0 },
  "leaves out the last weight": { skip: ({ u, v, kh, kw }) => u === kh - 1 && v === kw - 1 },
  "leaves out the last channel": { skip: ({ c, C }) => c === C - 1 },
};

const named = <T>(f: (parts: Partial<Parts>) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(walks).map(([name, parts]) => [name, f(parts)]));

export const toColumns: WrongAnswers<(image: Tensor, window: Window) => Tensor> = {
  ...named(laidOut),
  "turned": (image, window) => laidOut({})(image, window).transpose(),
  "entry++ within the if": (image, window) => {
    const whole = laidOut({})(image, window), matrix = whole.times(0);
    let entry = 0;
    eachEntry(image.shape, window, {}, (_entry, pixel) => matrix.data[entry++] = image.data[pixel]);
    return matrix;
  },
  "repeats the border for the padding": (image, window) => {
    const [, H, W] = image.shape, clamp = (v: number, size: number) => Math.min(Math.max(v, 0), size - 1);
    return laidOut({ inside: () => true, pixel: (r, q, { c }) => (c * H + clamp(r, H)) * W + clamp(q, W) })(
      image,
      window,
    );
  },
  "no + 1 in the places": (image, window) => {
    const [, H, W] = image.shape, [rows, columns] = placesOf([H, W], window), whole = laidOut({})(image, window);
    const few = Tensor.zeros([whole.shape[0], (rows - 1) * (columns - 1)]);
    for (let row = 0; row < few.shape[0]; row++) {
      for (let place = 0; place < few.shape[1]; place++) {
        const i = Math.floor(place / (columns - 1)), j = place % (columns - 1);
        few.data[row * few.shape[1] + place] = whole.at(row, i * columns + j);
      }
    }
    return few;
  },
  "a block for each channel": (image, window) => {
    const whole = laidOut({})(image, window);
    return whole.reshape([image.shape[0], window.kh * window.kw, whole.shape[1]]);
  },
  "the lesson's window of 3": (image, { stride, padding }) => laidOut({})(image, { kh: 3, kw: 3, stride, padding }),
};

const summedUp = (parts: Partial<Parts>) => (matrix: Tensor, shape: readonly number[], window: Window): Tensor => {
  const image = Tensor.zeros(shape);
  eachEntry(shape, window, parts, (entry, pixel) => image.data[pixel] += matrix.data[entry] ?? 0);
  return image;
};

export const fromColumns: WrongAnswers<(matrix: Tensor, shape: readonly number[], window: Window) => Tensor> = {
  ...named(summedUp),
  "=": (matrix, shape, window) => {
    const image = Tensor.zeros(shape);
    eachEntry(shape, window, {}, (entry, pixel) => image.data[pixel] = matrix.data[entry]);
    return image;
  },
  "the mean of the copies": (matrix, shape, window) => {
    const image = summedUp({})(matrix, shape, window);
    const times = summedUp({})(matrix.map(() => 1), shape, window);
    return image.map((v, i) => times.data[i] ? v / times.data[i] : 0);
  },
  "the largest copy": (matrix, shape, window) => {
    const image = Tensor.zeros(shape);
    eachEntry(shape, window, {}, (entry, pixel) => image.data[pixel] = Math.max(image.data[pixel], matrix.data[entry]));
    return image;
  },
  "begins with ones": (matrix, shape, window) => summedUp({})(matrix, shape, window).plus(1),
  "the pixel for the entry": (matrix, shape, window) => {
    const image = Tensor.zeros(shape);
    eachEntry(shape, window, {}, (_entry, pixel) => image.data[pixel] += matrix.data[pixel]);
    return image;
  },
  "counts only": (matrix, shape, window) => summedUp({})(matrix.map(() => 1), shape, window),
  "the matrix turned": (matrix, shape, window) => summedUp({})(matrix.transpose(), shape, window),
  "half of it": (matrix, shape, window) => summedUp({})(matrix, shape, window).times(0.5),
  "height and width exchanged": (matrix, [C, H, W], window) => summedUp({})(matrix, [C, W, H], window),
};
