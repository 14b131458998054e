/** find-the-average: an average pool whose gradients are right as long as the windows do not overlap. */
import { exercise } from "../../lib/exercise/mod.ts";
import { gradCheck, Layer, type Random, Tensor } from "../../mod.ts";

type Result = { y: Tensor; dx: Tensor };
type Inputs = [x: Tensor, dy: Tensor, k: number, stride: number];

function meanPool(x: Tensor, dy: Tensor, k: number, stride: number): Result {
  const [rows, columns] = dy.shape, y = dy.times(0), dx = x.times(0);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const share = dy.at(i, j) / k / k; // it was dy.at(i, j) / stride / stride
      let sum = 0;
      for (let r = i * stride; r < i * stride + k; r++) {
        for (let q = j * stride; q < j * stride + k; q++) {
          sum += x.at(r, q);
          dx.data[r * x.shape[1] + q] += share;
        }
      }
      y.data[i * columns + j] = sum / k / k;
    }
  }
  return { y, dx };
}

/** The windows of 3 × 3 to 7 × 7 as the function above sees them, with different shares. */
const sharing =
  (share: (g: number, of: { k: number; stride: number; outputs: number }) => number) =>
  (...[x, dy, k, stride]: Inputs): Result => {
    const shares = dy.map((g) => share(g, { k, stride, outputs: dy.size }) * k * k);
    return { ...meanPool(x, shares, k, stride), y: meanPool(x, dy, k, stride).y };
  };

/** Looks like a layer to the gradient check. */
class Measured extends Layer {
  readonly #answer: (...inputs: Inputs) => Result;
  readonly #options: [k: number, stride: number];
  readonly #places: Tensor;
  #x?: Tensor;

  constructor(answer: (...inputs: Inputs) => Result, [, dy, ...options]: Inputs) {
    super({ name: "meanPool" });
    this.#answer = answer;
    this.#places = dy;
    this.#options = options;
  }

  forward(x: Tensor): Tensor {
    this.#x = x;
    return this.#answer(x, this.#places, ...this.#options).y;
  }

  backward(gradOut: Tensor): Tensor {
    return this.#answer(this.#x!, gradOut, ...this.#options).dx;
  }
}

export default exercise({
  // A different window in each trial: a hard-coded 9 is right in one at most, and wrong in the others.
  inputs: (random: Random, trial = 0): Inputs => {
    const [k, stride] = [[5, 2], [3, 1], [2, 3], [6, 2], [4, 1], [5, 3]][trial % 6];
    const [H, W] = [7 + random.integer(2), 9 + random.integer(2)];
    const places = [Math.floor((H - k) / stride) + 1, Math.floor((W - k) / stride) + 1];
    return [
      Tensor.randn([H, W], { random, dtype: "float64" }),
      Tensor.randn(places, { random, dtype: "float64" }),
      k,
      stride,
    ];
  },
  planted: sharing((g, { stride }) => g / stride / stride),
  evidence: (answer: (...inputs: Inputs) => Result, ...inputs) =>
    `Window ${inputs[2]} × ${inputs[2]}, stride ${inputs[3]}: ${gradCheck(new Measured(answer, inputs), inputs[0])}`,
  solution: meanPool,
  explanation:
    "The mean was taken over k² pixels, so each has a share of 1/k² in it, and gets that share of the blame. How " +
    "far the window moves has nothing to do with it. With k = stride the two are the same number, and no test could " +
    "tell them apart: a gradient check proves only what you give it.",
  mistakes: [
    {
      answer: (x, dy, k, stride) => ({
        y: meanPool(x, dy, k, stride).y.times(k * k / stride / stride),
        dx: sharing((g) => g / stride / stride)(x, dy, k, stride).dx,
      }),
      reply:
        "You changed forward. Now the gradient check is silent, because both make the same mistake. But is y still a mean?",
    },
    {
      answer: sharing((g) => g),
      reply: "You do not divide at all. One pixel moves by 1: by how much does the mean of the window move?",
    },
    {
      answer: sharing((g, { k }) => g / k),
      reply: "You divide by k. How many pixels does a window have?",
    },
    {
      answer: sharing((g, { k, stride }) => g / k / stride),
      reply: "You fixed one of the two. Which number appears twice in k²?",
    },
    {
      answer: sharing((g, { outputs }) => g / outputs),
      reply: "You divide by the number of windows. The mean was taken over the pixels of *one* window",
    },
    {
      answer: (x, dy, k, stride) => {
        const times = meanPool(x, dy.map(() => 1), k, stride).dx, each = meanPool(x, dy, k, stride);
        return { y: each.y, dx: each.dx.map((g, pixel) => times.data[pixel] > 0 ? g / times.data[pixel] : 0) };
      },
      reply:
        "You divide by the number of windows that contain the pixel. But what they send adds up: the share is that of a pixel in *its window*",
    },
    {
      answer: (x, dy, k, stride) => {
        const [, W] = x.shape, columns = dy.shape[1], dx = x.times(0);
        dy.data.forEach((g, out) => {
          for (let at = 0; at < k * k; at++) {
            const r = Math.floor(out / columns) * stride + Math.floor(at / k), q = out % columns * stride + at % k;
            dx.data[r * W + q] = g / k / k;
          }
        });
        return { y: meanPool(x, dy, k, stride).y, dx };
      },
      reply:
        "The share is right now. But you removed the +=, and where windows overlap the last one overwrites the others",
    },
  ],
  hints: [
    "y is right: it is the mean. So the bug is where dx is computed. What does the check say: is the gradient too large or too small?",
    "Divide the two numbers in the check, backward by numeric, and compare with k and stride. With k = stride = 2 nobody noticed anything",
    "y contains x[r, q] / k / k. By how much does y change when x[r, q] changes by 1?",
  ],
});
