/** col2im: the way back from columns to an image. */
import { exercise } from "../../lib/exercise/mod.ts";
import { type Random, Tensor } from "../../mod.ts";

interface Window {
  kh: number;
  kw: number;
  stride: number;
  padding: number;
}

type Inputs = [matrix: Tensor, shape: readonly number[], window: Window];

function fromColumns(matrix: Tensor, shape: readonly number[], window: Window): Tensor {
  const image = Tensor.zeros(shape);
  eachEntry(shape, window, (entry, pixel) => {
    image.data[pixel] += matrix.data[entry]; // all copies of a pixel
  });
  return image;
}

/** How to walk over the entries. */
interface Walk {
  place(i: number, u: number, window: Window): number;
  isPixel(r: number, q: number, H: number, W: number): boolean;
  entry(weight: number, place: number, of: { C: number; area: number; window: Window }): number;
}

/** As in the lesson, or slightly wrong. */
function eachEntry(
  [C, H, W]: readonly number[],
  window: Window,
  visit: (entry: number, pixel: number) => void,
  wrong: Partial<Walk> = {},
): void {
  const { place, isPixel, entry }: Walk = {
    place: (i, u, { stride, padding }) => i * stride + u - padding,
    isPixel: (r, q, H, W) => r >= 0 && r < H && q >= 0 && q < W,
    entry: (weight, place, { area }) => weight * area + place,
    ...wrong,
  };
  const { kh, kw } = window, [rows, columns] = placesOf([H, W], window), area = rows * columns;
  for (let weight = 0; weight < C * kh * kw; weight++) {
    const c = Math.floor(weight / (kh * kw)), u = Math.floor(weight / kw) % kh, v = weight % kw;
    for (let at = 0; at < area; at++) {
      const r = place(Math.floor(at / columns), u, window), q = place(at % columns, v, window);
      if (isPixel(r, q, H, W)) visit(entry(weight, at, { C, area, window }), (c * H + r) * W + q);
    }
  }
}

function placesOf([H, W]: number[], { kh, kw, stride, padding }: Window): [number, number] {
  const along = (size: number, k: number) => Math.floor((size + 2 * padding - k) / stride) + 1;
  return [along(H, kh), along(W, kw)];
}

/** Adds up what a different walk finds. */
const walking = (wrong: Partial<Walk>) => (...[matrix, shape, window]: Inputs): Tensor => {
  const image = Tensor.zeros(shape);
  eachEntry(shape, window, (entry, pixel) => image.data[pixel] += matrix.data[entry], wrong);
  return image;
};

/** Combines all copies of each pixel, in the order of the matrix, into one number. */
const joining = (join: (copies: { value: number; column: number }[]) => number) => (...inputs: Inputs): Tensor => {
  const [matrix, shape, window] = inputs, image = Tensor.zeros(shape);
  const copies = Array.from(image.data, (): { value: number; column: number }[] => []);
  eachEntry(shape, window, (entry, pixel) => {
    copies[pixel].push({ value: matrix.data[entry], column: entry % matrix.shape[1] });
  });
  copies.forEach((of, pixel) => image.data[pixel] = of.length ? join(of) : 0);
  return image;
};

export default exercise({
  // Another stride and another padding in each trial; neither the image nor the window is square.
  inputs: (random: Random, trial = 0): Inputs => {
    const [stride, padding] = [[2, 1], [1, 0], [3, 2], [1, 1], [2, 2], [1, 2]][trial % 6];
    const [kh, kw] = [[3, 2], [2, 3]][random.integer(2)], window = { kh, kw, stride, padding };
    const shape = [trial % 6 === 1 ? 1 : 2 + random.integer(2), 4 + random.integer(2), 6 + random.integer(2)];
    const [rows, columns] = placesOf(shape.slice(1), window);
    return [Tensor.randn([shape[0] * kh * kw, rows * columns], { random }), shape, window];
  },
  solution: fromColumns,
  explanation:
    "The walk is the same as in im2col; only the direction of the copy is reversed. A pixel that was copied four " +
    "times moves four numbers of the output, so its blame is the sum of four: +=. Entries in the padding have no " +
    "pixel, so they are dropped.",
  mistakes: [
    {
      answer: joining((copies) => copies.at(-1)!.value),
      reply: "Only the last copy of each pixel counts in your answer. What about the blame that the others bring?",
    },
    {
      answer: joining((copies) => copies.toSorted((a, b) => b.column - a.column)[0].value),
      reply: "Where windows overlap, the last window overwrites what the windows before it left",
    },
    {
      answer: joining((copies) => copies.reduce((sum, { value }) => sum + value, 0) / copies.length),
      reply:
        "You take the mean of the copies. That would undo im2col. But a pixel that was used four times moves the loss in four ways, not in a quarter of them",
    },
    {
      answer: walking({ place: (i, u, { stride }) => i * stride + u }),
      reply: "You forgot the padding: everything has moved down and to the right",
    },
    {
      answer: (matrix, [C, H, W], window) => {
        const { padding } = window, padded = [C, H + 2 * padding, W + 2 * padding];
        return fromColumns(matrix, padded, { ...window, padding: 0 });
      },
      reply: "Everything is there, but with a frame around it that is not part of the image: the padding came along",
    },
    {
      answer: walking({ place: (i, u, { padding }) => i + u - padding }),
      reply: "You forgot the stride: your windows are one pixel apart",
    },
    {
      answer: walking({ isPixel: (r, q, H, W) => r * W + q >= 0 && r * W + q < H * W }),
      reply:
        "You add entries from the left or right padding to the neighboring row: check r and q separately for being inside",
    },
    {
      answer: (matrix, shape, window) => {
        const image = Tensor.zeros(shape);
        let entry = 0;
        eachEntry(shape, window, (_, pixel) => image.data[pixel] += matrix.data[entry++]);
        return image;
      },
      reply:
        "You advance the entry only where there is a pixel. The padding has entries in the matrix, too: skip over them",
    },
    {
      answer: (matrix, shape, window) => {
        const image = Tensor.zeros(shape);
        eachEntry(shape, window, (entry, pixel) => image.data[entry] += matrix.data[pixel]);
        return image;
      },
      reply: "You swapped the two indices: entry is an index into the matrix, pixel an index into the image",
    },
    {
      answer: walking({
        entry: (weight, place, { C, area, window: { kh, kw } }) =>
          (weight % (kh * kw) * C + Math.floor(weight / (kh * kw))) * area + place,
      }),
      reply:
        "You read the rows in a different order than im2col wrote them: there the channel varies slowest, then u, then v",
    },
    {
      answer: walking({ entry: (weight, place, { C, window: { kh, kw } }) => place * C * kh * kw + weight }),
      reply:
        "You read the matrix as if it had a row for each place. It has a row for each weight and a column for each place",
    },
  ],
  hints: [
    "The walk is the same as in im2col. Which way does a number go now: from the pixel to the entry, or from the entry to the pixel?",
    "eachEntry(shape, window, (entry, pixel) => …) gives you both ends of each copy; begin with Tensor.zeros(shape)",
    "A pixel can come up many times, once for each of its copies. What must happen to the value that is already there?",
  ],
});
