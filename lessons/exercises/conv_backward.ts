/** conv-backward: both gradients of a convolution, with one image and one kernel. */
import { exercise } from "../../lib/exercise/mod.ts";
import { type Random, Tensor } from "../../mod.ts";

type Gradients = { dx: Tensor; dw: Tensor };

function convBackward(x: Tensor, w: Tensor, dy: Tensor, stride: number, padding: number): Gradients {
  const [H, W] = x.shape, [kh, kw] = w.shape, [rows, columns] = dy.shape;
  const dx = Tensor.zeros([H, W]), dw = Tensor.zeros([kh, kw]);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      for (let u = 0; u < kh; u++) {
        for (let v = 0; v < kw; v++) {
          const r = i * stride + u - padding, q = j * stride + v - padding;
          if (r < 0 || r >= H || q < 0 || q >= W) continue; // a zero of the padding
          dx.data[r * W + q] += w.at(u, v) * dy.at(i, j);
          dw.data[u * kw + v] += x.at(r, q) * dy.at(i, j);
        }
      }
    }
  }
  return { dx, dw };
}

type Inputs = [x: Tensor, w: Tensor, dy: Tensor, stride: number, padding: number];

/** One product of the convolution: three indices into flat data, and that of the weight if the kernel is flipped. */
type Pair = { pixel: number; weight: number; out: number; turned: number };

/** Backward with a different walk, or with something different done to each pair. */
const walking = (
  visit: (pair: Pair, gradients: { dx: Tensor["data"]; dw: Tensor["data"] }, ...inputs: Inputs) => void,
  place = (i: number, stride: number, u: number, padding: number): number => i * stride + u - padding,
  isPixel = (r: number, q: number, H: number, W: number): boolean => r >= 0 && r < H && q >= 0 && q < W,
) =>
(...inputs: Inputs): Gradients => {
  const [x, w, dy, stride, padding] = inputs, [H, W] = x.shape, [kh, kw] = w.shape;
  const dx = x.times(0), dw = w.times(0);
  for (let out = 0; out < dy.size; out++) {
    for (let weight = 0; weight < w.size; weight++) {
      const r = place(Math.floor(out / dy.shape[1]), stride, Math.floor(weight / kw), padding);
      const q = place(out % dy.shape[1], stride, weight % kw, padding);
      if (!isPixel(r, q, H, W)) continue;
      const pair = { pixel: r * W + q, weight, out, turned: kh * kw - 1 - weight };
      visit(pair, { dx: dx.data, dw: dw.data }, ...inputs);
    }
  }
  return { dx, dw };
};

/** No border test: in flat data r and q then wrap around, or run past both ends. */
const everywhere = (): boolean => true;

/** The right thing to do with a pair. */
const right: Parameters<typeof walking>[0] = ({ pixel, weight, out }, { dx, dw }, x, w, dy) => {
  dx[pixel] += w.data[weight] * dy.data[out];
  dw[weight] += x.data[pixel] * dy.data[out];
};

export default exercise({
  // Another stride and another padding in each trial; neither the image nor the kernel is square.
  inputs: (random: Random, trial = 0): Inputs => {
    const [stride, padding] = [[2, 1], [1, 0], [3, 2], [1, 1], [2, 2], [3, 1]][trial % 6];
    const [kh, kw] = [[3, 2], [2, 3], [4, 3], [3, 4]][random.integer(4)];
    const [H, W] = [5 + random.integer(2), 7 + random.integer(2)];
    const along = (size: number, k: number) => Math.floor((size + 2 * padding - k) / stride) + 1;
    return [
      Tensor.randn([H, W], { random }),
      Tensor.randn([kh, kw], { random }),
      Tensor.randn([along(H, kh), along(W, kw)], { random }),
      stride,
      padding,
    ];
  },
  solution: convBackward,
  explanation:
    "Backward takes the same walk as forward, pair by pair. In each pair the pixel is blamed through the weight it " +
    "met, and the weight through the pixel it met. A pixel is in several windows, and a weight is used at every " +
    "place: so both add up, +=. An entry in the padding is not a pixel, so there is nothing to pass a gradient to.",
  mistakes: [
    {
      answer: walking(({ pixel, weight, out }, { dx, dw }, x, w, dy) => {
        dx[pixel] = w.data[weight] * dy.data[out];
        dw[weight] += x.data[pixel] * dy.data[out];
      }),
      reply: "In dx the last window wins. A pixel is in several windows: what about the gradients from the others?",
    },
    {
      answer: walking(({ pixel, weight, out }, { dx, dw }, x, w, dy) => {
        dx[pixel] += w.data[weight] * dy.data[out];
        dw[weight] = x.data[pixel] * dy.data[out];
      }),
      reply: "In dw the last place wins. The same weight was used at every place of the window",
    },
    {
      answer: walking(({ pixel, weight, out }, { dx, dw }, x, w, dy) => {
        dx[pixel] += x.data[pixel] * dy.data[out];
        dw[weight] += w.data[weight] * dy.data[out];
      }),
      reply:
        "You blame each one through itself. y is the product w · x: what is its slope when x changes, and what is it when w changes?",
    },
    {
      answer: walking(({ pixel, weight, out, turned }, { dx, dw }, x, w, dy) => {
        dx[pixel] += w.data[turned] * dy.data[out];
        dw[weight] += x.data[pixel] * dy.data[out];
      }),
      reply:
        "You flipped the kernel for dx. In the formula with windows over dy it is flipped; here a pixel gets the weight that it *met*",
    },
    {
      answer: walking(right, (i, _stride, u, padding) => i + u - padding),
      reply:
        "You forgot the stride: with stride 1 everything would be right. Where was the window of y[i, j] in forward?",
    },
    {
      answer: walking(right, (i, stride, u) => i * stride + u),
      reply: "You forgot the padding: the first window did not begin at pixel 0, but before it",
    },
    {
      answer: walking(right, (i, stride, u, padding) => i * stride + u + padding),
      reply: "Your windows are too far to the right and too far down. Which way does padding move the first window?",
    },
    {
      answer: walking(right, (i, stride, u, padding) => i + u * stride - padding),
      reply:
        "You multiply the wrong index by the stride: the window takes large steps, but pixels inside it stay neighbors",
    },
    {
      answer: walking(right, undefined, everywhere),
      reply:
        "You never ask whether r and q lie inside the image. In the padding there is no pixel: what is x.data[-1], and what does that do to dw?",
    },
    {
      answer: walking(right, (i, _stride, u, padding) => i + u - padding, everywhere),
      reply:
        "You forgot the stride, and you never ask whether r and q lie inside the image. Where was the window of y[i, j]?",
    },
    {
      answer: walking(right, (i, stride, u) => i * stride + u, everywhere),
      reply:
        "You forgot the padding: the first window began before pixel 0. Then r and q can lie outside the image, and there is nothing to do",
    },
    {
      answer: walking(right, (i, _stride, u) => i + u),
      reply: "That is right for stride 1 without padding. Where was the window of y[i, j] with both of them?",
    },
    {
      answer: walking(right, undefined, (r, q, H, W) => r * W + q >= 0 && r * W + q < H * W),
      reply:
        "At the left and right border you wrap around into the row above or below: check r and q separately for being inside",
    },
  ],
  hints: [
    "Begin with four loops: i and j over the numbers of dy, u and v over the weights. Which pixel is at row r, column q?",
    "r = i · stride + u − padding, and q likewise. Outside the image there is nothing to do: continue",
    "y contains the product w[u, v] · x[r, q]. So w[u, v] · dy[i, j] is added to dx at (r, q). And what is added to dw at (u, v)?",
  ],
});
