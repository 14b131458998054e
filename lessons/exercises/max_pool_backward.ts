/** max-pool-backward: the gradient of each window, to the pixel that won it. */
import { exercise } from "../../lib/exercise/mod.ts";
import { type Random, Tensor } from "../../mod.ts";

type Inputs = [x: Tensor, dy: Tensor, k: number, stride: number];

function maxPoolBackward(x: Tensor, dy: Tensor, k: number, stride: number): Tensor {
  const [H, W] = x.shape, [rows, columns] = dy.shape, dx = Tensor.zeros([H, W]);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let best = i * stride * W + j * stride; // the corner of the window
      for (let u = 0; u < k; u++) {
        for (let v = 0; v < k; v++) {
          const pixel = (i * stride + u) * W + j * stride + v;
          if (x.data[pixel] > x.data[best]) best = pixel;
        }
      }
      dx.data[best] += dy.at(i, j); // a pixel can win more than one window
    }
  }
  return dx;
}

/** One window: its pixels, its largest number, the pixels that have it, and the gradient that comes back to it. */
interface Of {
  pixels: number[];
  largest: number;
  winners: number[];
  g: number;
  values: Tensor["data"];
  columns: number;
  W: number;
}

/** A backward that does something different with a window, or looks for it elsewhere. */
const routing =
  (send: (dx: Tensor["data"], of: Of) => void, corner = (i: number, stride: number): number => i * stride) =>
  (...[x, dy, k, stride]: Inputs): Tensor => {
    const [H, W] = x.shape, columns = dy.shape[1], dx = Tensor.zeros([H, W]), values = x.data;
    dy.data.forEach((g, out) => {
      const top = corner(Math.floor(out / columns), stride), left = corner(out % columns, stride);
      const pixels = Array.from({ length: k * k }, (_, at) => (top + Math.floor(at / k)) * W + left + at % k);
      const largest = Math.max(...pixels.map((pixel) => values[pixel]));
      const winners = pixels.filter((pixel) => values[pixel] === largest);
      send(dx.data, { pixels, largest, winners, g, values, columns, W });
    });
    return dx;
  };

export default exercise({
  // Whole numbers: many ties. Most are below zero: that exposes a search that begins at 0. Windows overlap, and some pixels are left over.
  // Never a window of 2 or 3 with stride 2, as in the lesson.
  inputs: (random: Random, trial = 0): Inputs => {
    const [k, stride] = [[3, 1], [4, 2], [4, 3], [2, 1], [5, 3], [2, 3]][trial % 6];
    const [H, W] = [6 + random.integer(2), 9 + random.integer(2)];
    // In every other trial the first pixel is larger than all others: that exposes a search that begins with it in each
    // window, and the other trials tell it from one that begins with the best of the window before.
    const x = Tensor.randn([H, W], { random }).map((value, i) =>
      i === 0 && trial % 2 === 0 ? 9 : Math.round(1.5 * value - 2)
    );
    const places = [Math.floor((H - k) / stride) + 1, Math.floor((W - k) / stride) + 1];
    return [x, Tensor.randn(places, { random }), k, stride];
  },
  solution: maxPoolBackward,
  explanation:
    "Search each window again, with > so that the first of several equal pixels stays the best. The whole gradient " +
    "goes to the index *in the image* of the pixel that won. Two windows that overlap can have the same winner: " +
    "then it gets both gradients, +=.",
  mistakes: [
    {
      answer: routing((dx, { pixels, g }) => pixels.forEach((pixel) => dx[pixel] += g)),
      reply:
        "You give the gradient to every pixel of the window. Move one that is not the largest a little: does y change?",
    },
    {
      answer: routing((dx, { winners, g }) => winners.forEach((pixel) => dx[pixel] += g)),
      reply:
        "Where several pixels are equal, you give all of them the whole gradient. The window has it only once: who gets it?",
    },
    {
      answer: routing((dx, { winners, g }) => winners.forEach((pixel) => dx[pixel] += g / winners.length)),
      reply:
        "You share between equal pixels. That is one way to do it, but forward took the first of them, so backward gives all to it",
    },
    {
      answer: routing((dx, { winners, g }) => dx[winners.at(-1)!] += g),
      reply:
        "Of equal pixels you take the last, and forward takes the first. It is a matter of one sign in your comparison",
    },
    {
      answer: routing((dx, { winners, g }) => dx[winners[0]] = g),
      reply:
        "The windows overlap, and one pixel can be the largest of several. In your code the last of them overwrites the rest",
    },
    {
      answer: routing((dx, { pixels, winners, g }) => dx[pixels.indexOf(winners[0])] += g),
      reply:
        "You found the right pixel, but you write to its place in the *window*. What is the index of that place in the image?",
    },
    {
      answer: routing((dx, { winners, largest, g }) => largest > 0 ? dx[winners[0]] += g : 0),
      reply:
        "Windows without a number above 0 give no gradient to any pixel. Which number does your search start with?",
    },
    {
      answer: routing((dx, { winners, largest, g }) => dx[largest > 0 ? winners[0] : 0] += g),
      reply:
        "Windows without a number above 0 send their gradient to the first pixel of the image. Which number does your search start with?",
    },
    {
      answer: routing((dx, { pixels, winners, largest, g }) => dx[largest > 0 ? winners[0] : pixels[0]] += g),
      reply:
        "In windows without a number above 0 the corner wins, whatever it is. Which number does your search start with?",
    },
    {
      answer: routing((dx, { winners, largest, g, values }) => dx[values[0] >= largest ? 0 : winners[0]] += g),
      reply:
        "Your search begins with the first pixel of the *image*. It may be larger than all pixels in this window: begin with the window's corner",
    },
    {
      answer: routing((dx, { winners, g, largest }) => dx[winners[0]] += g * largest),
      reply: "You multiply by the largest number. y is that number itself: what is the slope of y = x?",
    },
    {
      answer: routing((dx, { winners, g }) => dx[winners[0]] += g, (i) => i),
      reply: "You forgot the stride: your windows are one pixel apart",
    },
    {
      answer: routing((dx, { pixels, values, g }) => {
        const least = Math.min(...pixels.map((pixel) => values[pixel]));
        dx[pixels.find((pixel) => values[pixel] === least)!] += g;
      }),
      reply: "You give the gradient to the smallest pixel of each window",
    },
  ],
  hints: [
    "For each number dy[i, j]: search its window again. What do you have to remember besides the largest number?",
    "Its place in the image: row i · stride + u, column j · stride + v. Begin with the corner as the best one, and take another only if it is larger",
    "Then one line: add dy.at(i, j) to dx.data[best]. Think of a pixel that wins two windows",
  ],
});
