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

/** One product of the convolution: three indices into flat data, and that of the weight if the kernel is turned around. */
type Pair = { pixel: number; weight: number; out: number; turned: number };

/** Backward with another walk, or with other things done to each pair. */
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

/** No test of the border: in flat data r and q then reach around, or beyond both ends. */
const everywhere = (): boolean => true;

/** What is right to do with a pair. */
const right: Parameters<typeof walking>[0] = ({ pixel, weight, out }, { dx, dw }, x, w, dy) => {
  dx[pixel] += w.data[weight] * dy.data[out];
  dw[weight] += x.data[pixel] * dy.data[out];
};

export default exercise({
  // Stride 2 with windows that overlap; neither the image nor the kernel is square.
  inputs: (random: Random): Inputs => {
    const [kh, kw] = [[3, 2], [2, 3]][random.integer(2)], [H, W] = [5 + random.integer(2), 7 + random.integer(2)];
    const [rows, columns] = [Math.floor((H + 2 - kh) / 2) + 1, Math.floor((W + 2 - kw) / 2) + 1];
    return [
      Tensor.randn([H, W], { random }),
      Tensor.randn([kh, kw], { random }),
      Tensor.randn([rows, columns], { random }),
      2,
      1,
    ];
  },
  solution: convBackward,
  explanation:
    "Backward takes the walk of forward, pair by pair. In each pair the pixel is to blame with the weight that it " +
    "met, and the weight with the pixel that it met. A pixel lies in several windows, and a weight is used at every " +
    "place: so both add up, +=. What lies in the padding is no pixel, and has nobody to hand a gradient to.",
  mistakes: [
    {
      answer: walking(({ pixel, weight, out }, { dx, dw }, x, w, dy) => {
        dx[pixel] = w.data[weight] * dy.data[out];
        dw[weight] += x.data[pixel] * dy.data[out];
      }),
      reply: "In dx the last window wins. A pixel lies in several windows: what of the gradients from the others?",
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
        "Each is blamed with itself. y is the product w · x: what is its slope when x changes, and what when w does?",
    },
    {
      answer: walking(({ pixel, weight, out, turned }, { dx, dw }, x, w, dy) => {
        dx[pixel] += w.data[turned] * dy.data[out];
        dw[weight] += x.data[pixel] * dy.data[out];
      }),
      reply:
        "You turned the kernel around for dx. In the formula with windows over dy it is turned; here a pixel gets the weight that it *met*",
    },
    {
      answer: walking(right, (i, _stride, u, padding) => i + u - padding),
      reply:
        "You forget the stride: with stride 1 all would be right. Where did the window of y[i, j] stand in forward?",
    },
    {
      answer: walking(right, (i, stride, u) => i * stride + u),
      reply: "You forget the padding: the first window did not begin at pixel 0, but before it",
    },
    {
      answer: walking(right, (i, stride, u, padding) => i * stride + u + padding),
      reply: "Your windows stand too far to the right and too low. To which side does padding move the first window?",
    },
    {
      answer: walking(right, (i, stride, u, padding) => i + u * stride - padding),
      reply:
        "You multiply the wrong one with the stride: the window makes large steps, and inside of it pixels stay neighbours",
    },
    {
      answer: walking(right, undefined, everywhere),
      reply:
        "You never ask whether r and q lie inside of the image. In the padding there is no pixel: what is x.data[-1], and what becomes of dw with it?",
    },
    {
      answer: walking(right, (i, _stride, u, padding) => i + u - padding, everywhere),
      reply:
        "You forget the stride, and you never ask whether r and q lie inside of the image. Where did the window of y[i, j] stand?",
    },
    {
      answer: walking(right, (i, stride, u) => i * stride + u, everywhere),
      reply:
        "You forget the padding: the first window began before pixel 0. Then r and q may lie outside of the image, and there is nothing to do",
    },
    {
      answer: walking(right, (i, _stride, u) => i + u),
      reply: "That is right for stride 1 without padding. Where did the window of y[i, j] stand with both of them?",
    },
    {
      answer: walking(right, undefined, (r, q, H, W) => r * W + q >= 0 && r * W + q < H * W),
      reply:
        "At the left and right border you reach around into the row above or below: ask of r and q each whether they are inside",
    },
  ],
  hints: [
    "Begin with four loops: i and j over the numbers of dy, u and v over the weights. Which pixel is at row r, column q?",
    "r = i · stride + u − padding, and q likewise. Outside of the image there is nothing to do: continue",
    "y has the product w[u, v] · x[r, q] in it. So dx at (r, q) gets w[u, v] · dy[i, j] on top, and dw at (u, v) …?",
  ],
});
