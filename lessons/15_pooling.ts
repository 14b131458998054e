// ---
// jupyter:
//   jupytext:
//     text_representation:
//       extension: .ts
//       format_name: percent
//   kernelspec:
//     display_name: Deno
//     language: typescript
//     name: deno
//   gradually:
//     title: Pooling
//     minutes: 25
//     permissions: [mnist]
// ---

// %% [markdown]
// # Pooling
//
// A feature map says *where* something was found, to the pixel. To tell a 3 from an 8, that is more than we need to
// know: "somewhere up here on the right" is enough, and it still holds when the digit moves a little.
//
// **Pooling** puts a window on the map, keeps one number from what it sees, and moves on. It has no weights and learns
// nothing. But gradients must find their way back through it, and there are three small traps on that path.

// %%
import { AvgPool2D, gradCheck, heatmap, image, Layer, MaxPool2D, Random, show, table, Tensor } from "../mod.ts";
import { loadMNIST } from "../data/mod.ts";
import { blank, check } from "./exercises/mod.ts";
import { settings } from "./settings.ts";

const random = new Random(settings.seed);
const { train, source } = await loadMNIST({
  directory: settings.data,
  seed: settings.seed,
});
console.log(`Data: ${source}`);

// %% [markdown]
// ## The largest of each window
//
// **Max pooling** keeps the largest number. Here is a map of 4 × 4. The window is 2 × 2 and moves by 2, its own size,
// so each number is in exactly one window.

// %%
const map = Tensor.from([[1, 3, 2, 0], [4, 2, 1, 1], [0, 0, 5, 6], [
  1,
  0,
  7,
  2,
]]);
await show(map, { title: "a feature map" });

// %% tags=["predict"] id="four-numbers"
// Which four numbers come out?

// %%
const kept = Tensor.zeros([2, 2]);
for (let i = 0; i < 2; i++) {
  for (let j = 0; j < 2; j++) {
    const [top, left] = [2 * i, 2 * j]; // where the window is
    const above = Math.max(map.at(top, left), map.at(top, left + 1));
    const below = Math.max(
      map.at(top + 1, left),
      map.at(top + 1, left + 1),
    );
    kept.data[2 * i + j] = Math.max(above, below);
  }
}
await show(kept, { title: "the largest of each window" });

// %% [markdown]
// In general the window has *k* × *k* pixels and moves by the stride *s*. Along an axis there are, as in lesson 13,
// ⌊(size − k) / s⌋ + 1 places. Images come as `[N, C, H, W]`, and each of the N · C maps is pooled on its own.

// %%
interface Pool {
  k: number;
  stride: number;
}

function pooledShape(
  [N, C, H, W]: readonly number[],
  { k, stride }: Pool,
): number[] {
  const along = (size: number) => Math.floor((size - k) / stride) + 1;
  return [N, C, along(H), along(W)];
}

// %% [markdown]
// As with the convolution, we write the walk once. For each number of the output, it gives us the indices of the pixels
// under the window.

// %%
function eachWindow(
  shape: readonly number[],
  pool: Pool,
  visit: (out: number, pixels: number[]) => void,
): void {
  const [N, C, H, W] = shape,
    [, , rows, columns] = pooledShape(shape, pool),
    { k, stride } = pool;
  for (let out = 0; out < N * C * rows * columns; out++) {
    const plane = Math.floor(out / (rows * columns)),
      i = Math.floor(out / columns) % rows,
      j = out % columns;
    const corner = (plane * H + i * stride) * W + j * stride;
    visit(
      out,
      Array.from(
        { length: k * k },
        (_, at) => corner + Math.floor(at / k) * W + at % k,
      ),
    );
  }
}

// %% [markdown]
// Forward looks for the largest, and **remembers where it was**. That index is all that backward will need.

// %%
function maxForward(
  x: Tensor,
  pool: Pool,
): { y: Tensor; where: number[] } {
  const y = Tensor.zeros(pooledShape(x.shape, pool), { dtype: x.dtype });
  const where: number[] = [], from = x.data, to = y.data;
  eachWindow(x.shape, pool, (out, pixels) => {
    let best = pixels[0];
    for (const pixel of pixels) {
      if (from[pixel] > from[best]) best = pixel;
    }
    where[out] = best;
    to[out] = from[best];
  });
  return { y, where };
}

// %%
const digit = train.batch([0]).x;
const half = maxForward(digit, { k: 2, stride: 2 });
const quarter = maxForward(half.y, { k: 2, stride: 2 });
await show(
  image(digit, { title: `a ${train.labels[0]}, 28 × 28 (${source})` }),
);

// %%
await show(image(half.y, { title: "pooled once, 14 × 14" }));
await show(image(quarter.y, { title: "pooled twice, 7 × 7" }));

// %% [markdown]
// ## Backward: the largest gets it all
//
// Move the largest pixel of a window a little: the output moves just as much, so its slope is 1. Move another pixel of
// the window: nothing happens, so the slope is 0. So each gradient `dy` is **routed**, as a whole, to the place where
// the largest was.
//
// Write it for one map: `x` [H, W] went in, `dy` [H′, W′] comes back, and every pixel gets its part. You do not have
// `where` here, so search for the largest again. If several are equal, take the first, as forward does.

// %% tags=["exercise"] id="max-pool-backward"
function maxPoolBackward(
  x: Tensor,
  dy: Tensor,
  k: number,
  stride: number,
): Tensor {
  return blank(x, dy, k, stride);
}

// %% tags=["check"] id="max-pool-backward"
await check("max-pool-backward", maxPoolBackward);

// %% tags=["predict"] id="how-many-get-something"
// The digit has 784 pixels and is pooled with a window of 2 × 2. Every number of the output sends a gradient back. How
// many of the 784 pixels get one?

// %%
function maxBackward(
  where: number[],
  dy: Tensor,
  shape: readonly number[],
): Tensor {
  const dx = Tensor.zeros(shape, { dtype: dy.dtype });
  const to = dx.data, from = dy.data;
  where.forEach((pixel, out) => to[pixel] += from[out]); // += : you will see why
  return dx;
}

const routed = maxBackward(
  half.where,
  Tensor.ones(half.y.shape),
  digit.shape,
);
await show(
  heatmap(routed.reshape([28, 28]), {
    title: `${routed.sum()} of 784 pixels get a gradient`,
  }),
);

// %% [markdown]
// One in four. Inside the digit the gradients follow the strokes. But look at the background, where they form neat rows
// and columns. There all four pixels are 0: which one is the largest?
//
// ## Trap 1: ties
//
// With `>`, the first of several equal pixels stays the best, so the top left corner of each black window gets
// everything. Is that right? Ask the derivative itself: move that pixel a little up, and a little down.

// %%
const equals = Tensor.from([2, 2, 2, 2], [1, 1, 2, 2], {
  dtype: "float64",
});
const pooled = (first: number) => {
  const moved = equals.clone();
  moved.data[0] = first;
  return maxForward(moved, { k: 2, stride: 2 }).y.data[0];
};
const step = 1e-5;
console.log(
  `slope to the right: ${((pooled(2 + step) - pooled(2)) / step).toFixed(3)}`,
);
console.log(
  `slope to the left:  ${((pooled(2) - pooled(2 - step)) / step).toFixed(3)}`,
);
console.log(
  `central difference: ${((pooled(2 + step) - pooled(2 - step)) / (2 * step)).toFixed(3)}`,
);

// %% [markdown]
// 1 to the right, 0 to the left: the function has a **kink** here, and it does not have a single slope. Any number
// between the two would do. We take 1 for the first and 0 for the others, so that the window passes on exactly what it
// got. A gradient check that knew only the central difference would cry "wrong: 0.5!". Ours measures both sides, and
// says "kink".

// %%
class MaxPool extends Layer {
  pool: Pool;
  where: number[] = []; // what forward remembers
  shape: readonly number[] = [];
  constructor(pool: Pool) {
    super();
    this.pool = pool;
  }
  override forward(x: Tensor): Tensor {
    const { y, where } = maxForward(x, this.pool);
    [this.where, this.shape] = [where, x.shape];
    return y;
  }
  override backward(gradOut: Tensor): Tensor {
    return maxBackward(this.where, gradOut, this.shape);
  }
}

// %%
const noisy = Tensor.randn([2, 3, 6, 6], { random, dtype: "float64" });
const flat = noisy.map((value) => Math.round(value)); // whole numbers: many ties
console.log(
  `without ties: ${gradCheck(new MaxPool({ k: 2, stride: 2 }), noisy, { random })}`,
);
console.log(
  `with ties:    ${gradCheck(new MaxPool({ k: 2, stride: 2 }), flat, { random })}`,
);

// %% [markdown]
// ## Trap 2: windows that overlap
//
// A window of 3 × 3 that moves by 2 shares a row and a column with its neighbors. One bright pixel can be the largest
// in *several* windows.

// %% tags=["predict"] id="in-several-windows"
// 5 × 5 pixels, the brightest in the middle. Windows of 3 × 3, stride 2. Each output sends back a 1. Which gradient
// does the pixel in the middle get?

// %%
const peak = Tensor.zeros([1, 1, 5, 5]);
peak.data[12] = 1;
const overlapping = maxForward(peak, { k: 3, stride: 2 });
const backToPeak = maxBackward(
  overlapping.where,
  Tensor.ones([1, 1, 2, 2]),
  peak.shape,
);
await show(
  heatmap(backToPeak.reshape([5, 5]), {
    title: "the gradient of the image",
  }),
);

// %% [markdown]
// All four windows chose it, so it gets the blame of all four: the `+=` matters. Write `=`, and the last window wins.
// The course this one grew from had such a backward. As long as the windows did not overlap, nobody could notice.

// %%
class LastOneWins extends MaxPool {
  override backward(gradOut: Tensor): Tensor {
    const dx = Tensor.zeros(this.shape, { dtype: gradOut.dtype }),
      to = dx.data,
      from = gradOut.data;
    this.where.forEach((pixel, out) => to[pixel] = from[out]); // = instead of +=
    return dx;
  }
}
for (const pool of [{ k: 2, stride: 2 }, { k: 3, stride: 2 }]) {
  console.log(
    `window ${pool.k}, with +=: ${gradCheck(new MaxPool(pool), noisy, { random })}`,
  );
  console.log(
    `window ${pool.k}, with =:  ${gradCheck(new LastOneWins(pool), noisy, { random })}`,
  );
}

// %% [markdown]
// ## Trap 3: leftover pixels
//
// 5 pixels, a window of 2, stride 2: there are two places, and the fifth pixel is in no window. That is not an error.
// No window looks at the pixel, so moving it changes nothing, and its gradient is 0.

// %%
const five = new MaxPool({ k: 2, stride: 2 });
const fiveByFive = Tensor.randn([1, 1, 5, 5], {
  random,
  dtype: "float64",
});
const toFive = five.backward(five.forward(fiveByFive).map(() => 1));
await show(
  heatmap(toFive.reshape([5, 5]), {
    title: "the last row and column get nothing",
  }),
);
console.log(String(gradCheck(five, fiveByFive, { random })));

// %% [markdown]
// ## The mean of each window
//
// **Average pooling** keeps the mean. It has to remember nothing but the shape, and there is no kink anywhere.
//
// Here is one for a single map, forward and backward in one. It was tested with windows of 2 × 2 and stride 2, and the
// gradient check passed. Yet there is a bug in it. The check below tries other windows, and the gradient check tells
// you what it sees: find the line, and fix it.

// %% tags=["exercise"] id="find-the-average"
function meanPool(
  x: Tensor,
  dy: Tensor,
  k: number,
  stride: number,
): { y: Tensor; dx: Tensor } {
  const [rows, columns] = dy.shape, y = dy.times(0), dx = x.times(0);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const share = dy.at(i, j) / stride / stride;
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

// %% tags=["check"] id="find-the-average"
await check("find-the-average", meanPool);

// %% [markdown]
// Each of the k² pixels has the same share in the mean, so each gets the same share of the blame: dy / k². Our version
// works on whole batches, and walks just as the maximum did.

// %%
function averageForward(x: Tensor, pool: Pool): Tensor {
  const y = Tensor.zeros(pooledShape(x.shape, pool), { dtype: x.dtype }),
    from = x.data,
    to = y.data;
  eachWindow(x.shape, pool, (out, pixels) => {
    for (const pixel of pixels) to[out] += from[pixel] / pixels.length;
  });
  return y;
}

function averageBackward(
  dy: Tensor,
  shape: readonly number[],
  pool: Pool,
): Tensor {
  const dx = Tensor.zeros(shape, { dtype: dy.dtype }),
    from = dy.data,
    to = dx.data;
  eachWindow(shape, pool, (out, pixels) => {
    for (const pixel of pixels) to[pixel] += from[out] / pixels.length;
  });
  return dx;
}

// %% tags=["predict"] id="shares"
// The map from above is pooled to 2 × 2, and a gradient of 4 comes back to each of the four means. What does each of
// the 16 pixels get? And what if the windows of 3 × 3 overlap, with stride 1?

// %%
const image4 = map.reshape([1, 1, 4, 4]);
for (const pool of [{ k: 2, stride: 2 }, { k: 3, stride: 1 }]) {
  const shares = averageBackward(
    Tensor.full([1, 1, 2, 2], 4),
    image4.shape,
    pool,
  );
  await show(
    heatmap(shares.reshape([4, 4]), {
      title: `window ${pool.k}, stride ${pool.stride}`,
    }),
  );
}

// %%
class AveragePool extends MaxPool {
  override forward(x: Tensor): Tensor {
    this.shape = x.shape;
    return averageForward(x, this.pool);
  }
  override backward(gradOut: Tensor): Tensor {
    return averageBackward(gradOut, this.shape, this.pool);
  }
}
console.log(
  `window 2, stride 2: ${gradCheck(new AveragePool({ k: 2, stride: 2 }), noisy, { random })}`,
);
console.log(
  `window 3, stride 2: ${gradCheck(new AveragePool({ k: 3, stride: 2 }), noisy, { random })}`,
);

// %% [markdown]
// ## Does it help when the digit moves?
//
// That was the promise. Take 100 digits, and the same digits shifted one pixel to the right. How far apart are the two,
// relative to their size? If nothing had changed, the answer would be 0; for two pictures with nothing in common, it is
// above 1.

// %%
const hundred = train.batch(Array.from({ length: 100 }, (_, n) => n)).x,
  pixels = hundred.data;
const moved = hundred.map((_, i) => i % 28 === 0 ? 0 : pixels[i - 1]);
const size = (x: Tensor) => Math.sqrt(x.times(x).sum());
const change = (pool: (x: Tensor) => Tensor) => size(pool(hundred).minus(pool(moved))) / size(pool(hundred));

// %% tags=["predict"] id="which-is-calmest"
// Which changes most: the pixels, max pooling or average pooling? And does a larger window help?

// %%
const changes = [["the pixels themselves", change((x) => x)]];
for (const k of [2, 4]) {
  changes.push([
    `largest of ${k} × ${k}`,
    change((x) => maxForward(x, { k, stride: k }).y),
  ]);
  changes.push([
    `mean of ${k} × ${k}`,
    change((x) => averageForward(x, { k, stride: k })),
  ]);
}
await show(
  table(changes, ["what is kept", "changes by"], {
    title: "one pixel to the right",
  }),
);

// %% [markdown]
// Pooling makes a network calmer. The larger the window, the calmer it gets, and the mean is a little calmer than the
// maximum. With windows of 2 × 2, the next layer has a quarter of the work. The price is the exact position. Most
// networks use the maximum all the same: a thin stroke survives it, while a mean makes it pale.

// %% [markdown]
// ## The library agrees
//
// Both layers are in the library. Here is the same batch with overlapping windows, forward and backward:

// %%
const options = { kernelSize: 3, stride: 2 }, mine = { k: 3, stride: 2 };
const pairs: [Layer, Layer][] = [[
  new MaxPool(mine),
  new MaxPool2D(options),
], [
  new AveragePool(mine),
  new AvgPool2D(options),
]];
for (const [ours, theirs] of pairs) {
  const apart = ours.forward(flat).minus(theirs.forward(flat)).map(
    Math.abs,
  ).max();
  const gradOut = Tensor.randn([2, 3, 2, 2], {
    random,
    dtype: "float64",
  });
  const back = ours.backward(gradOut).minus(theirs.backward(gradOut)).map(
    Math.abs,
  ).max();
  console.log(
    `${theirs.label}: forward differs by ${apart.toExponential(1)}, backward by ${back.toExponential(1)}`,
  );
}

// %% [markdown]
// ## What you know now
// - A maximum routes its gradient to where the largest was; a mean shares it out.
// - At a tie there is a kink, and no single slope.
// - Where windows overlap, gradients add up: `+=`.
//
// Convolution, pooling, tanh, FC: now all the pieces are on the table. Lesson 16 puts them together and lets them learn
// all of MNIST.
