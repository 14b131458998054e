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
// know: "somewhere up here on the right" is enough, and it changes less when the digit moves a little.
//
// **Pooling** puts a window on the map, keeps one number from what it sees, and moves on. It has no weights and learns
// nothing. But gradients must find their way back through it, and there are three small traps on that path.

// %%
import { AvgPool2D, gradCheck, Layer, MaxPool2D } from "../mod.ts";
import { Random, Tensor } from "../mod.ts";
import { heatmap, image, show, table } from "../mod.ts"; // pictures
import { loadMNIST } from "../data/mod.ts";
import { blank, check } from "./exercises/mod.ts";
import { settings } from "./settings.ts";

const random = new Random(settings.seed);
const dtype = "float64"; // proofs need all digits
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
const map = Tensor.from([
  [1, 3, 2, 0],
  [4, 2, 1, 1],
  [0, 0, 5, 6],
  [1, 0, 7, 2],
]);
await show(map, { title: "a feature map" });

// %% tags=["predict"] id="four-numbers"
// Which four numbers come out?

// %%
const kept = Tensor.zeros([2, 2]);
for (let i = 0; i < 2; i++) {
  for (let j = 0; j < 2; j++) {
    const [r, c] = [2 * i, 2 * j]; // the corner of the window
    const above = Math.max(map.at(r, c), map.at(r, c + 1));
    const below = Math.max(map.at(r + 1, c), map.at(r + 1, c + 1));
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

function pooledShape(shape: readonly number[], pool: Pool): number[] {
  const [N, C, H, W] = shape, { k, stride } = pool;
  const stops = (room: number) => Math.floor(room / stride) + 1;
  return [N, C, stops(H - k), stops(W - k)];
}

// %% [markdown]
// As with the convolution, we write the walk once. For each number of the output, it gives us the positions of the
// pixels under the window. In a map of 4 × 4 with windows of 2 × 2, output 1 is the window at the top right: the pixels
// 2, 3, 6 and 7.

// %%
type Visit = (out: number, pixels: number[]) => void;
function eachWindow(shape: readonly number[], pool: Pool, visit: Visit) {
  const [N, C, H, W] = shape, { k, stride } = pool;
  const [, , rows, columns] = pooledShape(shape, pool);
  let out = 0;
  for (let plane = 0; plane < N * C; plane++) {
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++, out++) {
        const corner = (plane * H + i * stride) * W + j * stride;
        const pixels: number[] = [];
        for (let u = 0; u < k; u++) {
          for (let v = 0; v < k; v++) pixels.push(corner + u * W + v);
        }
        visit(out, pixels);
      }
    }
  }
}

// %% [markdown]
// Forward looks for the largest, and *remembers where it was*. That index is all that backward will need.

// %%
function maxForward(x: Tensor, pool: Pool) {
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
// Draws maps side by side.
function beside(title: string, ...maps: Tensor[]) {
  const sizes = maps.map((map) => map.shape.at(-1)!);
  const width = sizes.reduce((sum, size) => sum + size + 2, -2);
  const canvas = Tensor.zeros([28, width]);
  let left = 0;
  maps.forEach((map, m) => {
    map.data.forEach((value, i) => {
      const r = Math.floor(i / sizes[m]), c = i % sizes[m];
      canvas.data[r * width + left + c] = value;
    });
    left += sizes[m] + 2;
  });
  return show(image(canvas, { title, high: 1 }));
}

// %%
const twoByTwo: Pool = { k: 2, stride: 2 };
const digit = train.batch([0]).x;
const half = maxForward(digit, twoByTwo);
const quarter = maxForward(half.y, twoByTwo);
const sizes = "28 × 28, 14 × 14, 7 × 7";
await beside(`a ${train.labels[0]}: ${sizes}`, digit, half.y, quarter.y);

// %% [markdown]
// ## Backward: the largest gets it all
//
// Move the largest pixel of a window a little: the output moves just as much, so its slope is 1. Move another pixel of
// the window: nothing happens, so the slope is 0. So each gradient `dy` is *routed*, as a whole, to the place where
// the largest was.
//
// Write it for one map: `x` [H, W] went in, `dy` [H′, W′] comes back. Return `dx` [H, W], the part of each pixel.
// Windows may overlap. You do not have `where` here, so search for the largest again. If several are equal, take the
// first, as forward does.

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
// The digit has 784 pixels and is pooled with a window of 2 × 2. Every
// number of the output sends a gradient back. How many of the 784 pixels
// get one?

// %%
function maxBackward(
  where: number[],
  dy: Tensor,
  shape: readonly number[],
): Tensor {
  const dx = Tensor.zeros(shape, { dtype: dy.dtype });
  const to = dx.data, from = dy.data;
  where.forEach((pixel, out) => {
    to[pixel] += from[out]; // += : you will see why
  });
  return dx;
}

// %%
const onesBack = Tensor.ones(half.y.shape);
const routed = maxBackward(half.where, onesBack, digit.shape);
const count = `${routed.sum()} of 784 pixels get a gradient`;
await beside(`The digit; ${count}`, digit, routed);

// %% [markdown]
// One in four. Inside the digit the gradients follow the strokes. But look at the background, where they form a regular
// grid. There all four pixels are 0: which one is the largest?
//
// ## Trap 1: ties
//
// With `>`, the first of several equal pixels stays the best, so the top left corner of each black window gets
// everything. Is that right? Ask the derivative itself: move that pixel a little up, and a little down.

// %%
const equals = Tensor.from([2, 2, 2, 2], [1, 1, 2, 2], { dtype });
function pooled(first: number): number {
  const moved = equals.clone();
  moved.data[0] = first;
  return maxForward(moved, twoByTwo).y.data[0];
}
const h = 1e-5;
const [left, here, right] = [pooled(2 - h), pooled(2), pooled(2 + h)];
console.log("slope to the right:", ((right - here) / h).toFixed(3));
console.log("slope to the left: ", ((here - left) / h).toFixed(3));
console.log("central difference:", ((right - left) / (2 * h)).toFixed(3));

// %% [markdown]
// 1 to the right, 0 to the left: the function has a kink here, and it does not have a single slope. Any number
// between the two would do. We take 1 for the first and 0 for the others, so that the window passes on exactly what it
// got. A gradient check that knew only the central difference would report 0.5 and call ours wrong. `gradCheck`
// measures both sides, sees the kink (lesson 6), and checks at a nearby point.

// %%
class MaxPool extends Layer {
  where: number[] = []; // what forward remembers
  shape: readonly number[] = [];
  constructor(readonly pool: Pool) {
    super();
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
const noisy = Tensor.randn([2, 3, 6, 6], { random, dtype });
const whole = noisy.map((value) => Math.round(value)); // many ties
for (const [name, x] of [["without", noisy], ["with", whole]] as const) {
  const report = gradCheck(new MaxPool(twoByTwo), x, { random });
  console.log(`${name} ties: ${report}`);
}

// %% [markdown]
// ## Trap 2: windows that overlap
//
// A window of 3 × 3 that moves by 2 shares a row and a column with its neighbors. One bright pixel can be the largest
// in *several* windows.

// %% tags=["predict"] id="in-several-windows"
// 5 × 5 pixels, the brightest in the middle. Windows of 3 × 3, stride 2.
// Each output sends back a 1. Which gradient does the pixel in the
// middle get?

// %%
const overlap: Pool = { k: 3, stride: 2 };
const peak = Tensor.zeros([1, 1, 5, 5]);
peak.data[12] = 1;
const { where } = maxForward(peak, overlap);
const gradOut = Tensor.ones([1, 1, 2, 2]);
const backToPeak = maxBackward(where, gradOut, [5, 5]);
await show(heatmap(backToPeak, { title: "the gradient of the image" }));

// %% [markdown]
// All four windows chose it, so it gets the blame of all four: the `+=` matters. Write `=`, and the last window wins.
// The course this one grew from had such a backward. As long as the windows did not overlap, nobody could notice.

// %%
class LastOneWins extends MaxPool {
  override backward(gradOut: Tensor): Tensor {
    const dx = Tensor.zeros(this.shape, { dtype: gradOut.dtype });
    this.where.forEach((pixel, out) => {
      dx.data[pixel] = gradOut.data[out]; // = instead of +=
    });
    return dx;
  }
}

// %%
function wrongOnes(Kind: typeof MaxPool, pool: Pool): string {
  const { failures } = gradCheck(new Kind(pool), noisy, { random });
  return `${failures.length} of 216 wrong`;
}
const rows = [twoByTwo, overlap].map((pool) => [
  `${pool.k} × ${pool.k}, stride ${pool.stride}`,
  wrongOnes(MaxPool, pool),
  wrongOnes(LastOneWins, pool),
]);
const columns = ["window", "with +=", "with ="];
await show(table(rows, columns, { title: "Two ways back" }));
const broken = new LastOneWins(overlap);
console.log(String(gradCheck(broken, noisy, { random })));

// %% [markdown]
// ## Trap 3: leftover pixels
//
// 5 pixels, a window of 2, stride 2: there are two places, and the fifth pixel is in no window. That is not an error.
// No window looks at the pixel, so moving it changes nothing, and its gradient is 0.

// %%
const five = new MaxPool(twoByTwo);
const fiveByFive = Tensor.randn([1, 1, 5, 5], { random, dtype });
const toFive = five.backward(five.forward(fiveByFive).map(() => 1));
await show(heatmap(toFive.reshape([5, 5]), {
  title: "the last row and column get nothing",
}));
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
// Returns the means y, and dx: the gradient for each pixel of x.
function meanPool(x: Tensor, dy: Tensor, k: number, stride: number) {
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
  const y = Tensor.zeros(pooledShape(x.shape, pool), { dtype: x.dtype });
  const from = x.data, to = y.data;
  eachWindow(x.shape, pool, (out, pixels) => {
    for (const pixel of pixels) to[out] += from[pixel] / pixels.length;
  });
  return y;
}

// %%
function averageBackward(
  dy: Tensor,
  shape: readonly number[],
  pool: Pool,
): Tensor {
  const dx = Tensor.zeros(shape, { dtype: dy.dtype });
  const from = dy.data, to = dx.data;
  eachWindow(shape, pool, (out, pixels) => {
    for (const pixel of pixels) to[pixel] += from[out] / pixels.length;
  });
  return dx;
}

// %% tags=["predict"] id="shares"
// The map from above is pooled to 2 × 2, and a gradient of 4 comes back
// to each of the four means. What does each of the 16 pixels get? And
// what if windows of 3 × 3 overlap, with stride 1?

// %%
const fours = Tensor.full([1, 1, 2, 2], 4);
for (const pool of [twoByTwo, { k: 3, stride: 1 }]) {
  const shares = averageBackward(fours, [1, 1, 4, 4], pool);
  const title = `window ${pool.k}, stride ${pool.stride}`;
  await show(heatmap(shares.reshape([4, 4]), { title }));
}

// %%
class AveragePool extends Layer {
  shape: readonly number[] = [];
  constructor(readonly pool: Pool) {
    super();
  }
  override forward(x: Tensor): Tensor {
    this.shape = x.shape;
    return averageForward(x, this.pool);
  }
  override backward(gradOut: Tensor): Tensor {
    return averageBackward(gradOut, this.shape, this.pool);
  }
}
for (const pool of [twoByTwo, overlap]) {
  const report = gradCheck(new AveragePool(pool), noisy, { random });
  console.log(`window ${pool.k}, stride ${pool.stride}: ${report}`);
}

// %% [markdown]
// ## Does it help when the digit moves?
//
// Take 100 digits, and the same digits shifted one pixel to the right. How far apart are the two, relative to their
// size? If nothing had changed, the answer would be 0; for two pictures with nothing in common, it is above 1.

// %%
const hundred = train.batch(Array.from({ length: 100 }, (_, n) => n)).x;
const old = hundred.data;
const moved = hundred.map((_, i) => i % 28 === 0 ? 0 : old[i - 1]);
const size = (x: Tensor) => Math.sqrt(x.times(x).sum());

function change(pool: (x: Tensor) => Tensor): number {
  const [before, after] = [pool(hundred), pool(moved)];
  return size(before.minus(after)) / size(before);
}

// %% tags=["predict"] id="which-is-calmest"
// Which changes most: the pixels, max pooling or average pooling? And
// does a larger window help?

// %%
const ways: [string, (x: Tensor) => Tensor][] = [
  ["the pixels themselves", (x) => x],
];
for (const k of [2, 4]) {
  const pool = { k, stride: k };
  ways.push([`largest of ${k} × ${k}`, (x) => maxForward(x, pool).y]);
  ways.push([`mean of ${k} × ${k}`, (x) => averageForward(x, pool)]);
}
const changes = ways.map(([name, way]) => [name, change(way)]);
const heads = ["what is kept", "changes by"];
await show(table(changes, heads, { title: "one pixel to the right" }));

// %% [markdown]
// Pooling makes a network calmer, but not calm. With windows of 2 × 2 the change is about a fifth smaller, and with 4 ×
// 4 about two fifths. The mean is a little calmer than the maximum. The next layer has less work, too: a quarter with
// windows of 2 × 2. The price is the exact position.
//
// Most networks use the maximum all the same. Here is the thinnest of the hundred digits, pooled by the maximum, then
// by the mean:

// %%
const inkOf = (n: number) => hundred.slice(n).sum();
const inks = Array.from({ length: 100 }, (_, n) => inkOf(n));
const thin = hundred.slice(inks.indexOf(Math.min(...inks)));
const byMax = maxForward(thin, twoByTwo).y;
const byMean = averageForward(thin, twoByTwo);
await beside("the digit, its maxima, its means", thin, byMax, byMean);

// %% [markdown]
// The thin stroke survives the maximum. The mean makes it pale.

// %% [markdown]
// ## The library agrees
//
// Both layers are in the library. Here is the same batch with overlapping windows, forward and backward:

// %%
const options = { kernelSize: 3, stride: 2 };
const pairs: [Layer, Layer][] = [
  [new MaxPool(overlap), new MaxPool2D(options)],
  [new AveragePool(overlap), new AvgPool2D(options)],
];
const apart = (a: Tensor, b: Tensor) => a.minus(b).map(Math.abs).max();
const differences = pairs.map(([ours, theirs]) => {
  const y = apart(ours.forward(whole), theirs.forward(whole));
  const gradOut = Tensor.randn([2, 3, 2, 2], { random, dtype });
  const dx = apart(ours.backward(gradOut), theirs.backward(gradOut));
  return [theirs.label, y, dx];
});
const names = ["layer", "forward", "backward"];
await show(table(differences, names, { title: "Largest difference" }));

// %% [markdown]
// ## What you know now
// - A maximum routes its gradient to where the largest was; a mean shares it out.
// - At a tie there is a kink, and no single slope.
// - Where windows overlap, gradients add up: `+=`.
//
// Convolution, pooling, tanh, FC: now all the pieces are on the table. Lesson 16 puts them together and lets them learn
// all of MNIST.
