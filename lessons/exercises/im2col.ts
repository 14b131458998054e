/** im2col: an image, laid out as one column for each place of the window. */
import { exercise } from "../../lib/exercise/mod.ts";
import { type Random, Tensor } from "../../mod.ts";

interface Window {
  kh: number;
  kw: number;
  stride: number;
  padding: number;
}

function toColumns(image: Tensor, window: Window): Tensor {
  const [C, H, W] = image.shape, { kh, kw, stride, padding } = window, [rows, columns] = placesOf([H, W], window);
  const matrix = Tensor.zeros([C * kh * kw, rows * columns]);
  let entry = 0; // the entries come in memory order
  for (let c = 0; c < C; c++) {
    for (let u = 0; u < kh; u++) {
      for (let v = 0; v < kw; v++) {
        for (let i = 0; i < rows; i++) {
          for (let j = 0; j < columns; j++) {
            const r = i * stride + u - padding, q = j * stride + v - padding;
            if (r >= 0 && r < H && q >= 0 && q < W) matrix.data[entry] = image.at(c, r, q);
            entry++;
          }
        }
      }
    }
  }
  return matrix;
}

/** As in the lesson: the number of places, down and across. */
function placesOf([H, W]: number[], { kh, kw, stride, padding }: Window): [number, number] {
  const along = (size: number, k: number) => Math.floor((size + 2 * padding - k) / stride) + 1;
  return [along(H, kh), along(W, kw)];
}

/** One way to lay out the image: which row and column of the matrix, and which pixel. */
interface Layout {
  row(at: { c: number; u: number; v: number }, of: { C: number; kh: number; kw: number }): number;
  column(at: { i: number; j: number }, of: { rows: number; columns: number }): number;
  place(i: number, u: number, window: Window): number;
  isPixel(r: number, q: number, H: number, W: number): boolean;
}

/** toColumns, except for one part of its layout. */
const laidOut = (wrong: Partial<Layout>) => (image: Tensor, window: Window): Tensor => {
  const { row, column, place, isPixel }: Layout = {
    row: ({ c, u, v }, { kh, kw }) => (c * kh + u) * kw + v,
    column: ({ i, j }, { columns }) => i * columns + j,
    place: (i, u, { stride, padding }) => i * stride + u - padding,
    isPixel: (r, q, H, W) => r >= 0 && r < H && q >= 0 && q < W,
    ...wrong,
  };
  const [C, H, W] = image.shape, { kh, kw } = window, [rows, columns] = placesOf([H, W], window);
  const matrix = Tensor.zeros([C * kh * kw, rows * columns]);
  for (let weight = 0; weight < C * kh * kw; weight++) {
    const c = Math.floor(weight / (kh * kw)), u = Math.floor(weight / kw) % kh, v = weight % kw;
    for (let at = 0; at < rows * columns; at++) {
      const i = Math.floor(at / columns), j = at % columns, r = place(i, u, window), q = place(j, v, window);
      const entry = row({ c, u, v }, { C, kh, kw }) * rows * columns + column({ i, j }, { rows, columns });
      if (isPixel(r, q, H, W)) matrix.data[entry] = image.data[(c * H + r) * W + q] ?? 0;
    }
  }
  return matrix;
};

export default exercise({
  // Another stride and another padding in each trial; neither the image nor the window is square.
  inputs: (random: Random, trial = 0): [Tensor, Window] => {
    const [stride, padding] = [[2, 1], [1, 0], [3, 2], [1, 1], [2, 2], [3, 1]][trial % 6];
    const [kh, kw] = [[3, 2], [2, 3]][random.integer(2)];
    const shape = [trial % 6 === 1 ? 1 : 2 + random.integer(2), 4 + random.integer(2), 6 + random.integer(2)];
    return [Tensor.randn(shape, { random }), { kh, kw, stride, padding }];
  },
  solution: toColumns,
  explanation:
    "Five loops, in the order of the matrix: c, u and v are its rows, i and j its columns. The formula for the " +
    "pixel is that of lesson 13, but nothing is multiplied here. Entries in the padding keep the 0 they had.",
  mistakes: [
    {
      answer: laidOut({ row: ({ c, u, v }, { C, kw }) => (u * kw + v) * C + c }),
      reply:
        "The right numbers, in the wrong order: you put the channels of a pixel side by side. Which index varies slowest in [O, C, kh, kw]?",
    },
    {
      answer: (image, window) => toColumns(image, window).transpose(),
      reply:
        "Your matrix has a row for each place and a column for each weight. The row of weights is on the *left* of the product: so how must the matrix be laid out?",
    },
    {
      answer: (image, window) => {
        const matrix = toColumns(image, window);
        return matrix.transpose().reshape(matrix.shape);
      },
      reply:
        "You write column after column, but in memory a matrix is stored row after row. Which loops must be the outer ones?",
    },
    {
      answer: laidOut({ place: (i, u, { stride }) => i * stride + u }),
      reply: "You forgot the padding: where does the window begin when i = 0?",
    },
    {
      answer: laidOut({ place: (i, u, { stride, padding }) => i * stride + u + padding }),
      reply: "Your windows are too far to the right and too far down: which way does padding move the first one?",
    },
    {
      answer: laidOut({ place: (i, u, { padding }) => i + u - padding }),
      reply: "You forgot the stride: your windows are one pixel apart",
    },
    {
      answer: laidOut({ place: (i, u, { stride, padding }) => i + u * stride - padding }),
      reply:
        "You multiply the wrong index by the stride: the window takes large steps, but pixels inside it stay neighbors",
    },
    {
      answer: laidOut({ isPixel: (r, q, H, W) => r * W + q >= 0 && r * W + q < H * W }),
      reply:
        "At the left and right border you wrap around into the row above or below: check r and q separately for being inside",
    },
    {
      answer: laidOut({ isPixel: () => true }),
      reply:
        "You never ask whether the pixel is inside: at the border you get pixels of another row, or of another channel",
    },
    {
      answer: laidOut({ row: ({ c, u, v }, { kh, kw }) => (c * kw + v) * kh + u }),
      reply:
        "Each column has the right pixels, but you walk the window from top to bottom first. Read it like text: row by row",
    },
    {
      answer: laidOut({ column: ({ i, j }, { rows }) => j * rows + i }),
      reply: "The right columns in the wrong order: your window goes down first, and then across",
    },
  ],
  hints: [
    "Which pixel lies under weight (c, u, v) when the window is at place (i, j)? Lesson 13 had a formula for its row r and its column q",
    "Five loops: c, u, v for the rows of the matrix, then i, j for its columns. In this order the entries come one after another",
    "r = i · stride + u − padding, and q likewise. Inside the image copy image.at(c, r, q); otherwise leave the 0. Then entry++",
  ],
});
