/** center-of-mass: the mean place of the ink. */
import { exercise } from "../../lib/exercise/mod.ts";
import { type Random, Tensor } from "../../mod.ts";

function centerOfMass(image: Tensor): [number, number] {
  const [H, W] = image.shape;
  let [ink, row, column] = [0, 0, 0];
  for (let r = 0; r < H; r++) {
    for (let q = 0; q < W; q++) {
      ink += image.at(r, q);
      row += image.at(r, q) * r;
      column += image.at(r, q) * q;
    }
  }
  return [row / ink, column / ink];
}

/** The weighted mean of row and column, with weights of its own, divided by something of its own. */
const weighing = (
  weight: (value: number) => number,
  divisor: (total: number, image: Tensor, axis: number) => number = (total) => total,
  from = 0,
) =>
(image: Tensor): [number, number] => {
  const W = image.shape[1];
  let [total, row, column] = [0, 0, 0];
  for (const [k, value] of Array.from(image.data).entries()) {
    const w = weight(value);
    total += w;
    row += w * (Math.floor(k / W) + from);
    column += w * (k % W + from);
  }
  return [row / divisor(total, image, 0), column / divisor(total, image, 1)];
};

const same = (value: number): number => value;

/** The rows and the columns that have ink. */
const inked = (image: Tensor): [number[], number[]] => {
  const W = image.shape[1], places = Array.from(image.data, (_, k) => k).filter((k) => image.data[k] > 0);
  return [places.map((k) => Math.floor(k / W)), places.map((k) => k % W)];
};

/** The place of the brightest pixel. */
const brightest = (image: Tensor): [number, number] => {
  const k = image.data.indexOf(image.max());
  return [Math.floor(k / image.shape[1]), k % image.shape[1]];
};

/** A number of an example, as a learner would write it. */
const written = (value: number): string => String(Number(Number(value).toPrecision(4)));

export default exercise({
  // Ink in a part of the image only, of all shades, and not in the middle.
  inputs: (random: Random): [Tensor] => {
    const [H, W] = [9 + random.integer(4), 14 + random.integer(4)];
    const [top, left] = [1 + random.integer(3), 6 + random.integer(3)];
    const ink = Tensor.zeros([H, W], { dtype: "float64" }).map((_, k) => {
      const row = Math.floor(k / W) - top, column = k % W - left;
      const inside = row >= 0 && row < 5 && column >= 0 && column < 4;
      return inside && random.uniform() < 0.7 ? random.uniform(0.1, 1) * (1 + row + column) / 8 : 0;
    });
    ink.data[(top + 1) * W + left + 1] = 0.9; // never without ink
    return [ink];
  },
  evidence: (answer: typeof centerOfMass) =>
    "For example, an image of 2 × 3 pixels: row 0 is 0 0 1, row 1 is 0 0 3. All the ink is in column 2, and three quarters " +
    `of it in row 1: [0.75, 2]. You return [${answer(Tensor.from([[0, 0, 1], [0, 0, 3]])).map(written).join(", ")}]`,
  solution: centerOfMass,
  explanation:
    "A weighted mean: each row number counts as much as the ink of its pixel, and the sum is divided by all the ink. " +
    "The same for the columns. Blank pixels weigh nothing, so the size of the sheet does not matter, and a gray pixel " +
    "weighs less than a black one.",
  mistakes: [
    {
      answer: (image) => centerOfMass(image).toReversed() as [number, number],
      reply: "The right numbers, swapped: the row comes first",
    },
    {
      answer: weighing(() => 1),
      reply: "That is the middle of the sheet, wherever the ink is. How much should a blank pixel weigh?",
    },
    {
      answer: weighing((value) => value > 0 ? 1 : 0),
      reply: "Every pixel with ink weighs the same in your answer. A gray one should weigh less than a black one",
    },
    {
      answer: (image) => inked(image).map((list) => (Math.min(...list) + Math.max(...list)) / 2) as [number, number],
      reply: "That is the middle of the box around the ink. The center of mass leans to where there is more ink",
    },
    {
      answer: weighing(same, () => 1),
      reply: "Those are the weighted sums. For a mean, divide by the sum of the weights: all the ink",
    },
    {
      answer: weighing(same, (_total, image) => image.size),
      reply: "You divide by the number of pixels. Divide by the sum of the weights: all the ink",
    },
    {
      answer: weighing(same, (_total, image) => Array.from(image.data).filter((v) => v > 0).length),
      reply: "You divide by the number of pixels with ink. Divide by the sum of the weights: all the ink",
    },
    {
      answer: weighing(same, (_total, image, axis) => image.shape[axis]),
      reply: "You divide by the number of rows and of columns. Divide by the sum of the weights: all the ink",
    },
    {
      answer: weighing(same, undefined, 1),
      reply: "You count rows and columns from 1. The first row is row 0",
    },
    {
      answer: weighing(same, undefined, 0.5),
      reply: "You measure to the middle of each pixel, which is half a pixel more. Here row r is simply r",
    },
    {
      answer: (image) => centerOfMass(image).map(Math.round) as [number, number],
      reply: "You round. The center need not lie on a pixel",
    },
    {
      answer: (image) => [centerOfMass(image)[0], centerOfMass(image)[0]],
      reply: "The row is right. Your column is the same number: it adds up row numbers, too",
    },
    {
      answer: (image) => centerOfMass(image.reshape([image.shape[1], image.shape[0]])),
      reply: "You cut the flat data into rows of H pixels. A row has W of them: row ⌊k / W⌋, column k mod W",
    },
    {
      answer: brightest,
      reply: "That is the place of the pixel with the most ink. All pixels count, each as much as its ink",
    },
    {
      answer: weighing((value) => value ** 2),
      reply: "The ink is squared in your weights",
    },
    {
      answer: weighing(same, (_total, image) => image.max()),
      reply: "You divide by the brightest pixel. The weights of the mean add up to all the ink: divide by that",
    },
  ],
  hints: [
    "A mean of row numbers in which each pixel counts as much as its ink. How did you compute a mean before?",
    "Three sums over all pixels: the ink, ink · row, ink · column",
    "[sum of ink · row / sum of ink, sum of ink · column / sum of ink]",
  ],
});
