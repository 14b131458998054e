/** shift-image: an image, moved; what leaves it is lost, and what comes in is 0. */
import { exercise } from "../../lib/exercise/mod.ts";
import type { Random } from "../../mod.ts";

type Inputs = [image: number[], H: number, W: number, down: number, right: number];

function shiftImage(image: number[], H: number, W: number, down: number, right: number): number[] {
  return image.map((_, at) => {
    const r = Math.floor(at / W) - down, q = at % W - right; // where it was before
    return r >= 0 && r < H && q >= 0 && q < W ? image[r * W + q] : 0;
  });
}

/** The image, where pixel (i, j) comes from another place. */
const from =
  (place: (i: number, j: number, inputs: { H: number; W: number; down: number; right: number }) => number) =>
  (image: number[], H: number, W: number, down: number, right: number): number[] =>
    image.map((_, at) => image[place(Math.floor(at / W), at % W, { H, W, down, right })] ?? 0);

const clamp = (at: number, size: number): number => Math.max(0, Math.min(size - 1, at));
const around = (at: number, size: number): number => (at % size + size) % size;

export default exercise({
  // Not square, both shifts at least 1 and different in size; never both are negative.
  inputs: (random: Random): Inputs => {
    const [H, W] = random.shuffle([5 + random.integer(2), 8 + random.integer(3)]);
    const [d, r] = random.shuffle([1 + random.integer(2), 3]), way = random.integer(3);
    const [down, right] = [way === 1 ? -d : d, way === 2 ? -r : r];
    return [Array.from({ length: H * W }, () => random.uniform(0.1, 1)), H, W, down, right];
  },
  evidence: (answer: (...inputs: Inputs) => number[]) => {
    const image = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
    const rows = (list: number[]) =>
      [0, 4, 8].map((first) => [0, 1, 2, 3].map((j) => String(list[first + j] ?? "?").padStart(3)).join(""));
    const [before, yours, right] = [image, answer([...image], 3, 4, 1, -2), shiftImage(image, 3, 4, 1, -2)].map(rows);
    const lines = before.map((row, i) => `  ${row}     ${yours[i]}     ${right[i]}`);
    return ["down 1, right -2:", "  before           yours            it should be", ...lines].join("\n");
  },
  solution: shiftImage,
  explanation:
    "Ask for each place of the result where its pixel was before: `down` rows above and `right` columns to the left. If " +
    "that was outside the image, 0 comes in. Row and column are asked separately: in the flat list, the pixel to the " +
    "left of the first one of a row is the last one of the row above.",
  mistakes: [
    {
      answer: (image, H, W, down, right) => shiftImage(image, H, W, -down, -right),
      reply:
        "Your image moves in the opposite direction. Where was the pixel that is now at row 5, if the image moved down?",
    },
    {
      answer: (image, H, W, down, right) => shiftImage(image, H, W, -down, right),
      reply: "Right and left are right, but your image moves up where it should move down",
    },
    {
      answer: (image, H, W, down, right) => shiftImage(image, H, W, down, -right),
      reply: "Up and down are right, but your image moves left where it should move right",
    },
    {
      answer: (image, H, W, down, right) => shiftImage(image, H, W, right, down),
      reply: "You exchanged the two: the image moves `right` rows and `down` columns",
    },
    {
      answer: from((i, j, { H, W, down, right }) => around(i - down, H) * W + around(j - right, W)),
      reply: "What leaves the image comes in again on the other side. It should be lost, and 0 should come in",
    },
    {
      answer: from((i, j, { H, W, down, right }) => clamp(i - down, H) * W + clamp(j - right, W)),
      reply: "At the border you repeat the outermost pixels. 0 should come in there",
    },
    {
      answer: from((i, j, { W, down, right }) => (i - down) * W + j - right),
      reply:
        "You ask only whether the index is inside the list. At the left and right border, pixels of the neighboring row come in: check row and column separately",
    },
    {
      answer: from((i, j, { H, W, down, right }) => {
        const r = i - down, q = j - right;
        return r >= 0 && r < W && q >= 0 && q < H ? r * W + q : -1;
      }),
      reply: "You exchanged the sizes: rows go up to H, columns up to W",
    },
    {
      answer: from((i, j, { H, W, down, right }) => {
        const r = i - down, q = j - right;
        return r >= 0 && r < H && q >= 0 && q < W ? r * H + q : -1;
      }),
      reply: "Row r begins at r · W in the flat list, because a row has W pixels. You multiply by H",
    },
    {
      answer: from((i, j, { H, W, down, right }) => {
        const r = i - down, q = j - right;
        return r > 0 && r < H && q > 0 && q < W ? r * W + q : -1;
      }),
      reply: "Row 0 and column 0 of the image are lost: they are inside, too",
    },
    {
      answer: (image, H, W, down, right) => {
        const moved = shiftImage(image, H, W, down, right);
        return moved.map((value, at) => {
          const r = Math.floor(at / W) - down, q = at % W - right;
          return r >= 0 && r < H && q >= 0 && q < W ? value : image[at];
        });
      },
      reply: "Where nothing comes in, the old pixels are still there. 0 should be there: begin with zeros",
    },
    {
      answer: (image, _H, _W, down, right) => shiftImage(image, 28, 28, down, right),
      reply: "You use 28, the size of MNIST's images. This image has H rows of W pixels",
    },
    {
      answer: (image, H, W, down) => shiftImage(image, H, W, down, 0),
      reply: "Your image moves only up and down. What about `right`?",
    },
    {
      answer: (image, H, W, _down, right) => shiftImage(image, H, W, 0, right),
      reply: "Your image moves only left and right. What about `down`?",
    },
  ],
  hints: [
    "Begin with H · W zeros. Go through the places of the *result*: row i, column j",
    "The pixel that is now at (i, j) was at row i − down and column j − right before",
    "Copy it only if 0 ≤ row < H and 0 ≤ column < W. In the flat list it is number row · W + column",
  ],
});
