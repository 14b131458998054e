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
//     title: Convolution, by loops
//     minutes: 25
//     part: Seeing
//     permissions: [mnist]
// ---

// %% [markdown]
// # Convolution, by loops
//
// To an FC layer an image is 784 numbers in a row. It has no idea which pixels are neighbors, and a 7 that moves by two
// pixels is a new picture to it.
//
// A convolution starts from the opposite idea: look at a small spot, ask one small question, and ask *the same
// question everywhere*. You will build it with nothing but loops, forward and backward, and prove it right.

// %%
import { Conv2D, gradCheck, Layer, MSELoss, Parameter } from "../mod.ts";
import { Random, Tensor } from "../mod.ts";
import { heatmap, image, show, slide } from "../mod.ts"; // pictures
import { loadMNIST } from "../data/mod.ts";
import { blank, check } from "./exercises/mod.ts";
import { settings } from "./settings.ts";

const { train, source } = await loadMNIST({
  directory: settings.data,
  seed: settings.seed,
});
console.log(`Data: ${source}`);

// %% [markdown]
// ## One number of the output
//
// Here is an image of 5 × 5 pixels: a bright bar on black. Beside it is a **kernel**, a window of 3 × 3 *weights*. This
// one has −1 on its left and +1 on its right: it asks "is it brighter on the right than on the left?"

// %%
const bar = Tensor.from(Array.from({ length: 5 }, () => [0, 0, 1, 1, 0]));
const rightMinusLeft = Tensor.from([[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]]);
await show(bar, { title: "the image" });
await show(rightMinusLeft, { title: "the kernel" });

// %% [markdown]
// Lay the kernel over the top left corner of the image. Under it lie nine pixels. Multiply each pixel by the weight on
// top of it, and add up the nine products: that sum is *one* number of the output. We call the row in the window *u*
// and the column *v*.

// %%
let firstNumber = 0;
for (let u = 0; u < 3; u++) {
  for (let v = 0; v < 3; v++) {
    firstNumber += bar.at(u, v) * rightMinusLeft.at(u, v);
  }
}
console.log(`Top left: ${firstNumber}`);

// %% [markdown]
// Three times 1: the bar begins on the right side of the window. Now move the window one pixel to the right and do it
// again with *the same* nine weights. Go on to the end of the row, then to the next row.

// %% tags=["predict"] id="how-many-stops"
// The image is 5 pixels wide and the window is 3. At how many places
// does the window fit in one row? And what will the number be at the
// last of them, where the bar ends?

// %%
await show(slide(bar, rightMinusLeft, { stops: [0, 1, 2] }));

// %% [markdown]
// Three places: 5 − 3 + 1. At the third the number is −3: here the bar ends, and it is brighter on the *left*.
//
// All rows and columns take two more loops around the two that you have. *i* and *j* say where the window is, and so
// where the number goes. `H` and `W` are the height and width of the image, `kh` and `kw` those of the kernel.

// %%
function convolve(x: Tensor, kernel: Tensor): Tensor {
  const [H, W] = x.shape, [kh, kw] = kernel.shape;
  const y = Tensor.zeros([H - kh + 1, W - kw + 1], { dtype: x.dtype });
  for (let i = 0; i < y.shape[0]; i++) {
    for (let j = 0; j < y.shape[1]; j++) {
      let sum = 0;
      for (let u = 0; u < kh; u++) {
        for (let v = 0; v < kw; v++) {
          sum += x.at(i + u, j + v) * kernel.at(u, v);
        }
      }
      y.data[i * y.shape[1] + j] = sum;
    }
  }
  return y;
}

// %% tags=["predict"] id="by-hand"
// Do one on paper. The image is 1 2 3 / 4 5 6 / 7 8 9, the kernel 1 0 /
// 0 −1. Which four numbers come out?

// %%
const byHand = convolve(
  Tensor.from([[1, 2, 3], [4, 5, 6], [7, 8, 9]]),
  Tensor.from([[1, 0], [0, -1]]),
);
await show(byHand, { title: "1 − 5, 2 − 6, 4 − 8, 5 − 9" });

// %% [markdown]
// ## On a real digit
//
// This kernel looks for vertical edges; its transpose looks for horizontal ones. The picture that a kernel makes of an
// image is called a **feature map**: red where the answer is a loud yes, blue where it is the opposite, blank where the
// kernel has nothing to say.

// %%
const digit = train.batch([0]).x.reshape([28, 28]);
await show(image(digit, { title: `A ${train.labels[0]} (${source})` }));

// %%
const standing = convolve(digit, rightMinusLeft);
const rightOrLeft = "brighter on the right (red) or on the left (blue)";
await show(heatmap(standing, { title: rightOrLeft }));

// %%
const lying = convolve(digit, rightMinusLeft.transpose());
const belowOrAbove = "brighter below (red) or above (blue)";
await show(heatmap(lying, { title: belowOrAbove }));

// %% [markdown]
// From here on you do not choose kernels by hand: training finds them. A word about the name: in a convolution,
// mathematicians flip the kernel; networks do not. Strictly, ours is a *cross-correlation*, as in all libraries.
//
// ## Stride and padding
//
// The **stride** *s* is how far the window moves at a time. The **padding** *p* is how many rows and columns of zeros
// are added around the image, so that the window can reach past the border. With stride 1 and no padding there are size
// − k + 1 places, as above.

// %% [markdown]
// Now your turn: along `size` pixels, at how many places does a window of `k` fit? A last step that would leave the
// image and its padding does not count.

// %% tags=["exercise"] id="output-size"
function outputSize(
  size: number,
  k: number,
  stride: number,
  padding: number,
): number {
  return blank(size, k, stride, padding);
}

// %% tags=["check"] id="output-size"
await check("output-size", outputSize);

// %% tags=["predict"] id="output-sizes"
// The image is 28 pixels wide, the window is 3. How many places are
// there with padding 1? And with padding 1 and stride 2?

// %%
// places = ⌊(size + 2p − k) / s⌋ + 1, where ⌊ ⌋ rounds down
function places(
  size: number,
  k: number,
  stride: number,
  padding: number,
): number {
  return Math.floor((size + 2 * padding - k) / stride) + 1;
}
console.log(`no padding, stride 1: ${places(28, 3, 1, 0)}`);
console.log(`padding 1,  stride 1: ${places(28, 3, 1, 1)}   it stays`);
console.log(`padding 1,  stride 2: ${places(28, 3, 2, 1)}   it halves`);

// %%
const byTwo = { padding: 1, stride: 2, stops: [0, 1, 8] };
await show(slide(bar, rightMinusLeft, byTwo));

// %% [markdown]
// ## All of it: batches, channels, bias
//
// A real layer takes many images with many **channels** (a gray image has 1, a color image 3, a stack of 6 feature maps
// 6), and it has many kernels. Each kernel looks at *all* channels and makes one map:
//
//     x  [N, C, H, W]    N images with C channels each
//     w  [O, C, kh, kw]  O kernels, one for each map
//     b  [O]             a bias for each map
//     y  [N, O, H′, W′]  the maps

// %% [markdown]
// The window of row i begins i·s − p rows down: i steps of s, less p rows of padding. So its row u lies on row r of the
// image, and its column v on column q:
//
//     r = i·s + u − p        q = j·s + v − p
//     y[n, o, i, j] = b[o] + Σ w[o, c, u, v] · x[n, c, r, q]      over c, u and v

// %% [markdown]
// Here is the inner half of it: the three loops of the sum. They do not multiply yet; they only *find* the pairs of a
// pixel and the weight on top of it. You will soon see why.
//
// Each is given by its index in `data`, row-major as in lesson 1: pixel [n, c, r, q] is at
// ((n · C + c) · H + r) · W + q.

// %%
type Walk = { stride: number; padding: number }; // s and p
type Visit = (pixel: number, weight: number) => void;
/** Visits each pair of pixel and weight that makes up y[n, o, i, j]. */
function pairs(
  x: Tensor,
  w: Tensor,
  walk: Walk,
  [n, o, i, j]: number[],
  visit: Visit,
) {
  const [, C, H, W] = x.shape, [, , kh, kw] = w.shape;
  for (let c = 0; c < C; c++) {
    for (let u = 0; u < kh; u++) {
      for (let v = 0; v < kw; v++) {
        const r = i * walk.stride + u - walk.padding;
        const q = j * walk.stride + v - walk.padding;
        if (r < 0 || r >= H || q < 0 || q >= W) continue; // padding
        const pixel = ((n * C + c) * H + r) * W + q;
        visit(pixel, ((o * C + c) * kh + u) * kw + v);
      }
    }
  }
}

// %% [markdown]
// The outer half walks over all numbers of the output, in memory order. Then forward is short: for each number, start
// at the bias and add up weight times pixel.

// %%
function eachOutput(
  [N, O, H, W]: readonly number[],
  visit: (place: number[], index: number) => void,
) {
  let index = 0;
  for (let n = 0; n < N; n++) {
    for (let o = 0; o < O; o++) {
      for (let i = 0; i < H; i++) {
        for (let j = 0; j < W; j++) visit([n, o, i, j], index++);
      }
    }
  }
}

// %%
function forward(x: Tensor, w: Tensor, b: Tensor, walk: Walk): Tensor {
  const [N, , H, W] = x.shape, [O, , kh, kw] = w.shape;
  const { stride, padding } = walk;
  const rows = places(H, kh, stride, padding);
  const columns = places(W, kw, stride, padding);
  const y = Tensor.zeros([N, O, rows, columns], { dtype: x.dtype });
  eachOutput(y.shape, (place, index) => {
    let sum = b.data[place[1]];
    pairs(x, w, walk, place, (pixel, weight) => {
      sum += w.data[weight] * x.data[pixel];
    });
    y.data[index] = sum;
  });
  return y;
}

// %% [markdown]
// ## Backward: who met whom
//
// To go backward we must know how often each pixel was used, and by which weights. Take a 5 × 5 image, a 3 × 3 window
// and no padding, and count for each pixel how many windows contain it.

// %% tags=["predict"] id="how-often"
// How often is the pixel in the corner used? The pixel in the middle?

// %%
const uses = Tensor.zeros([1, 1, 5, 5]);
const anyKernel = Tensor.zeros([1, 1, 3, 3]);
eachOutput([1, 1, 3, 3], (place) => {
  const walk = { stride: 1, padding: 0 };
  pairs(uses, anyKernel, walk, place, (pixel) => uses.data[pixel]++);
});
await show(heatmap(uses.reshape([5, 5]), {
  title: "How many windows contain each pixel",
}));

// %% [markdown]
// From above comes `dy`: how the loss changes with each number of the output. The number y is a sum of products w · x.
// So in each product, the pixel gets blame in proportion to the weight it met, and the weight in proportion to the
// pixel it met:
//
//     dx[pixel]  += w · dy        over every window that the pixel was in
//     dw[weight] += x · dy        over every place where the weight was used
//     db[o]      += dy            the bias was added at every place of its map
//
// These are *the same pairs* as in forward; only the sums are different. That is why `pairs` did not multiply.

// %% [markdown]
// Write it yourself first, in plain loops, for one image `x` [H, W] and one kernel `w` [kh, kw]: from `dy` [H′, W′]
// compute `dx` and `dw`. Stride and padding are not always 1 and 0, and nothing is square.

// %% tags=["exercise"] id="conv-backward"
function convBackward(
  x: Tensor,
  w: Tensor,
  dy: Tensor,
  stride: number,
  padding: number,
): { dx: Tensor; dw: Tensor } {
  return blank(x, w, dy, stride, padding);
}

// %% tags=["check"] id="conv-backward"
await check("conv-backward", convBackward);

// %%
function backward(
  x: Tensor,
  w: Tensor,
  walk: Walk,
  dy: Tensor,
  dw: Tensor,
  db: Tensor,
): Tensor {
  const dx = Tensor.zeros(x.shape, { dtype: x.dtype });
  eachOutput(dy.shape, (place, index) => {
    const g = dy.data[index];
    db.data[place[1]] += g;
    pairs(x, w, walk, place, (pixel, weight) => {
      dx.data[pixel] += w.data[weight] * g;
      dw.data[weight] += x.data[pixel] * g;
    });
  });
  return dx;
}

// %% [markdown]
// ## Prove it
//
// The library's `gradCheck` does what you did in lesson 5: it moves each number a little to both sides, and compares
// the slope with what backward says. It takes a layer, a class that extends `Layer`. Its `parameters` are what it
// can learn: a `Parameter` holds a tensor, `value`, and its gradient, `grad`, to which backward adds. `saved` returns
// what forward kept for backward. The numbers are "float64", with 16 digits instead of 7, so that rounding hides
// nothing.

// %%
class LoopConv extends Layer {
  walk: Walk = { stride: 1, padding: 0 };
  weight = new Parameter("weight", [3, 2, 3, 3], "float64");
  bias = new Parameter("bias", [3], "float64");
  #x?: Tensor;
  override forward(x: Tensor): Tensor {
    this.#x = x;
    return forward(x, this.weight.value, this.bias.value, this.walk);
  }
  override backward(dy: Tensor): Tensor {
    const { weight, bias, walk } = this, x = this.saved(this.#x);
    return backward(x, weight.value, walk, dy, weight.grad, bias.grad);
  }
  override parameters(): Parameter[] {
    return [this.weight, this.bias];
  }
}

// %%
const random = new Random(settings.seed), dtype = "float64";
const loops = new LoopConv();
loops.weight.value = Tensor.randn([3, 2, 3, 3], { random, dtype });
loops.bias.value = Tensor.randn([3], { random, dtype });
const twoImages = Tensor.randn([2, 2, 6, 5], { random, dtype });
for (const [stride, padding] of [[1, 0], [1, 1], [2, 1]]) {
  loops.walk = { stride, padding };
  const report = gradCheck(loops, twoImages, { random });
  console.log(`stride ${stride}, padding ${padding}: ${report}`);
}

// %% [markdown]
// To read the report: the first line is the verdict. Then comes the number for which the two differ most: where it is,
// what backward says, what was measured, and how far they are apart, relative to their size (or to a larger number, as
// rounding hides small slopes). An error of 1e-9 means that nine digits agree.
//
// Now for a bug that is not made up: the course this one grew from had it. Its backward always walked with stride 1,
// whatever forward did.

// %% tags=["predict"] id="stride-bug"
// A backward that forgets the stride. Does a gradient check with stride
// 1 find the bug? And one with stride 2?

// %%
class ForgetsStride extends LoopConv {
  override backward(dy: Tensor): Tensor {
    const walk = this.walk;
    this.walk = { stride: 1, padding: walk.padding };
    const dx = super.backward(dy);
    this.walk = walk;
    return dx;
  }
}
const broken = new ForgetsStride();
broken.weight.value = loops.weight.value;
for (const stride of [1, 2]) {
  broken.walk = { stride, padding: 1 };
  const report = gradCheck(broken, twoImages, { random });
  console.log(`stride ${stride}: ${report}`);
}

// %% [markdown]
// With stride 1 the bug is invisible. A gradient check proves only what you give it. So check more than one stride,
// more than one padding, images that are not square, and more than one channel.
//
// ## Let it find a kernel
//
// Can it learn? Take eight digits, and the edge pictures that the kernel from above makes of them. Give the loops a
// kernel of zeros, and let gradient descent look for the weights that turn the digits into the edge pictures. The loss
// is the squared error, and each step moves the weights against their gradient.

// %%
const eight = train.batch([0, 1, 2, 3, 4, 5, 6, 7]).x.clone({ dtype });
const edges = rightMinusLeft.reshape([1, 1, 3, 3]);
const none = Tensor.zeros([1], { dtype }); // a bias of 0
const walk: Walk = { stride: 1, padding: 1 };
const wanted = forward(eight, edges, none, walk);

// %%
const found = Tensor.zeros([1, 1, 3, 3], { dtype });
const loss = new MSELoss(), losses: number[] = [];
for (let step = 0; step < 60; step++) {
  losses.push(loss.forward(forward(eight, found, none, walk), wanted));
  const dw = Tensor.zeros(found.shape, { dtype });
  const db = Tensor.zeros([1], { dtype });
  backward(eight, found, walk, loss.backward(), dw, db);
  for (let k = 0; k < 9; k++) found.data[k] -= 0.0005 * dw.data[k];
}
const [from, to] = [losses[0].toFixed(1), losses.at(-1)!.toFixed(3)];
const title = `Found in 60 steps (loss ${from} → ${to})`;
await show(heatmap(found.reshape([3, 3]), { title }));

// %% [markdown]
// Nobody told it the nine weights. It saw the pictures and the results we wanted, and the gradient did the rest. In
// lesson 16 even those results are missing: there a kernel learns whatever helps to tell a 3 from an 8.
//
// ## The library agrees, and is in a hurry
//
// The library's `Conv2D` computes the same sums. It must give the same numbers. It should also be faster, since `pairs`
// calls a function for every single product.

// %% tags=["predict"] id="how-many-products"
// 64 digits of 28 × 28, 6 kernels of 3 × 3, padding 1: about how many
// products is that for one forward pass?

// %%
const inOut = { inChannels: 1, outChannels: 6 };
const kernels = { kernelSize: 3, padding: 1 };
const conv = new Conv2D({ ...inOut, ...kernels, dtype, random });
const first64 = Array.from({ length: 64 }, (_, n) => n);
const batch = train.batch(first64).x.clone({ dtype });
const [w, b] = conv.parameters().map((parameter) => parameter.value);

// %%
const times = [performance.now()];
const ours = forward(batch, w, b, walk);
times.push(performance.now());
const theirs = conv.forward(batch);
times.push(performance.now());

console.log("64 · 6 · 28 · 28 · 9 =", 64 * 6 * 28 * 28 * 9, "products");
console.log("the loops:", Math.round(times[1] - times[0]), "ms");
console.log("the library:", Math.round(times[2] - times[1]), "ms");
const apart = ours.minus(theirs).map(Math.abs).max();
console.log("largest difference:", apart.toExponential(1));

// %% [markdown]
// ## What you know now
// - What one number of a feature map is, and the size of the map: ⌊(size + 2p − k) / s⌋ + 1.
// - Forward multiplies pairs of a pixel and a weight; backward walks over the same pairs, and adds up.
// - A gradient check proves only the settings you give it: try more than one stride and padding.
//
// A training run needs this thousands of times. Lesson 14 turns it into one big matrix product.
