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
//     title: Convolution as a matrix product
//     minutes: 25
//     permissions: [mnist]
// ---

// %% [markdown]
// # Convolution as a matrix product
//
// Your loops from lesson 13 are right, and slow: seven of them, one inside the other. Yet each number of the output is
// something that you know well: nine weights times nine pixels, added up. That is a row times a column.
//
// Many rows times many columns is a matrix product, and every machine has fast code for that. So all we have to do is
// lay the pixels out as columns. This step is called **im2col**, "image to columns".

// %%
import { Conv2D, gradCheck, Layer, Parameter, remember } from "../mod.ts";
import { matmul, Random, Tensor, transpose } from "../mod.ts";
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
// ## A column for each place
//
// Take a tiny image of 4 × 4 and a window of 3 × 3. Write the nine pixels under the window as one column, from left to
// right and from top to bottom. Move the window, and write the next column.

// %% tags=["predict"] id="shape-of-columns"
// How many columns will there be, and how many numbers in each? How
// many of the 16 pixels are written only once?

// %%
const tiny = Tensor.zeros([4, 4]).map((_, i) => i);
const written: number[][] = [];
for (let u = 0; u < 3; u++) {
  for (let v = 0; v < 3; v++) {
    const row: number[] = []; // under this one weight, at each place
    for (let i = 0; i < 2; i++) {
      for (let j = 0; j < 2; j++) row.push(tiny.at(i + u, j + v));
    }
    written.push(row);
  }
}
await show(tiny, { title: "the image" });
await show(Tensor.from(written), { title: "a column for each place" });

// %% [markdown]
// Four places, nine pixels each: 36 numbers made from 16. Only the corners are written once; the four pixels in the
// middle appear in every column. That is the price: memory.
//
// Now take the nine weights as one row. Row times matrix gives the four numbers of the output at once. With weights of
// 1/9, each of them is the mean of a window.

// %%
const averaging = Tensor.full([1, 9], 1 / 9);
const means = matmul(averaging, Tensor.from(written));
await show(means, { title: "[1, 9] · [9, 4] = [1, 4]" });

// %% [markdown]
// ## The general case
//
// One image has *C* channels; the window is kh × kw; it has H′ · W′ places. Then the matrix is [C·kh·kw, H′·W′]: *a
// row for each weight, a column for each place*. Stride and padding move the window as in lesson 13.

// %%
interface Window {
  kh: number;
  kw: number;
  stride: number;
  padding: number;
}

/** The number of places of the window, down and across: [H′, W′]. */
function placesOf([H, W]: number[], window: Window): [number, number] {
  const { kh, kw, stride, padding } = window;
  const stops = (room: number) => Math.floor(room / stride) + 1;
  return [stops(H + 2 * padding - kh), stops(W + 2 * padding - kw)];
}

// %% [markdown]
// Lay out an image [C, H, W]. The rows follow the order of the weights in [C, kh, kw]. For a window of 3 × 3, row 5 is
// the weight u = 1, v = 2. The columns follow the places from left to right, then down. Where there is only padding,
// the entry stays 0.

// %% tags=["exercise"] id="im2col"
// Returns the matrix [C·kh·kw, H′·W′]. image.at(c, r, q) is a pixel.
function toColumns(image: Tensor, window: Window): Tensor {
  return blank(image, window);
}

// %% tags=["check"] id="im2col"
await check("im2col", toColumns);

// %% [markdown]
// Now the loops only copy; they do not multiply. We write them as a walk over all entries of the matrix, row after row.
// Each entry has its own index, and the index of the pixel that goes there. In the padding there is no pixel.

// %%
type Visit = (entry: number, pixel: number) => void;
function eachEntry(
  shape: readonly number[],
  window: Window,
  visit: Visit,
): void {
  const [C, H, W] = shape, { kh, kw, stride, padding } = window;
  const [rows, columns] = placesOf([H, W], window);
  let entry = 0;
  for (let c = 0; c < C; c++) {
    for (let u = 0; u < kh; u++) {
      for (let v = 0; v < kw; v++) { // a weight: a row of the matrix
        for (let i = 0; i < rows; i++) {
          const r = i * stride + u - padding; // the row of the pixel
          for (let j = 0; j < columns; j++, entry++) { // a place
            const q = j * stride + v - padding; // its column
            const inside = r >= 0 && r < H && q >= 0 && q < W;
            if (inside) visit(entry, (c * H + r) * W + q);
          }
        }
      }
    }
  }
}

// %%
function im2col(image: Tensor, window: Window): Tensor {
  const [C, H, W] = image.shape, { dtype } = image;
  const [rows, columns] = placesOf([H, W], window);
  const shape = [C * window.kh * window.kw, rows * columns];
  const matrix = Tensor.zeros(shape, { dtype });
  const to = matrix.data, from = image.data;
  eachEntry(image.shape, window, (entry, pixel) => {
    to[entry] = from[pixel];
  });
  return matrix;
}

// %%
const digit = train.batch([0]).x.reshape([1, 28, 28]);
await show(image(digit, { title: `a ${train.labels[0]} (${source})` }));

// %% tags=["predict"] id="see-a-digit"
// A digit of 28 × 28, a window of 4 × 4 with stride 4 and no padding: 49
// places, 16 pixels each. What will the matrix [16, 49] look like? Will
// you recognize the digit?

// %%
const stamps: Window = { kh: 4, kw: 4, stride: 4, padding: 0 };
const inColumns = im2col(digit, stamps);
await show(heatmap(inColumns, { title: "the same digit in 49 columns" }));

// %% [markdown]
// Each column is a stamp of 4 × 4 pixels, unrolled. You no longer recognize the digit, but no number is lost.
//
// ## Forward: lay out, multiply
//
// The weights [O, C, kh, kw] of O kernels are stored in memory as O rows of C·kh·kw numbers. That is already a matrix
// W: we do not have to move a single number. For each image of the batch
//
//     columns = im2col(image)        [C·kh·kw, H′·W′]
//     y       = W · columns + b      [O, H′·W′]
//
// Row *o* of y is the map of kernel *o*, place after place: exactly the order we need in memory.

// %%
function forwardOne(columns: Tensor, w: Tensor, b: Tensor): Tensor {
  const [O] = w.shape, [, area] = columns.shape; // area: how many places
  const y = matmul(w.reshape([O, -1]), columns);
  const to = y.data, bias = b.data;
  for (let i = 0; i < to.length; i++) to[i] += bias[Math.floor(i / area)];
  return y;
}

// %% [markdown]
// ## Backward: two products and a way back
//
// This is an FC layer (lesson 5) with left and right exchanged. *dy* [O, H′·W′] is the gradient that arrives, and ᵀ
// swaps rows and columns:
//
//     FC layer             here
//     y  = x · W + b       y        = W · columns + b
//     dx = dy · Wᵀ         dcolumns = Wᵀ · dy
//     dW = xᵀ · dy         dW       = dy · columnsᵀ
//     db = Σ dy            db       = Σ dy, over all places
//
// If in doubt, let the shapes decide.

// %% [markdown]
// One thing is left. A pixel was copied into many columns, and each copy has a gradient of its own, at its entry of the
// matrix. The gradient of the pixel is the sum of the gradients of its copies. Compute it for each pixel of the image,
// whose `shape` is [C, H, W]; `eachEntry` may help.

// %% tags=["exercise"] id="col2im"
// matrix is [C·kh·kw, H′·W′]. Returns a tensor of this shape [C, H, W].
function fromColumns(
  matrix: Tensor,
  shape: readonly number[],
  window: Window,
): Tensor {
  return blank(matrix, shape, window);
}

// %% tags=["check"] id="col2im"
await check("col2im", fromColumns);

// %% [markdown]
// The gradients of all copies add up. That is im2col in reverse: **col2im**.

// %%
function col2im(
  matrix: Tensor,
  shape: readonly number[],
  window: Window,
): Tensor {
  const image = Tensor.zeros(shape, { dtype: matrix.dtype });
  const to = image.data, from = matrix.data;
  eachEntry(shape, window, (entry, pixel) => {
    to[pixel] += from[entry]; // += : copies add up
  });
  return image;
}

// %% tags=["predict"] id="there-and-back"
// Take an image of ones, 5 × 5, through im2col (window 3 × 3, no
// padding) and back through col2im. Do the ones come back? You have seen
// the answer in lesson 13.

// %%
const window3: Window = { kh: 3, kw: 3, stride: 1, padding: 0 };
const ones = Tensor.ones([1, 5, 5]);
const back = col2im(im2col(ones, window3), ones.shape, window3);
const title = "col2im(im2col(ones))";
await show(heatmap(back.reshape([5, 5]), { title }));

// %% [markdown]
// Not ones, but how often each pixel was copied. col2im is not the inverse of im2col, it is its *transpose*. Take any
// image x and any matrix m: multiply `im2col(x)` by m element by element and add up, and you get the same number as
// when you multiply x by `col2im(m)` and add up. The backward pass of every linear step is its transpose.

// %%
const window2: Window = { kh: 3, kw: 2, stride: 2, padding: 1 };
const anyX = Tensor.randn([3, 6, 5], { random, dtype });
const columnsOfX = im2col(anyX, window2);
const anyM = Tensor.randn(columnsOfX.shape, { random, dtype });
const imageOfM = col2im(anyM, anyX.shape, window2);
const [withM, withX] = [columnsOfX.times(anyM), anyX.times(imageOfM)];
console.log(`im2col(x) with m: ${withM.sum().toFixed(12)}`);
console.log(`x with col2im(m): ${withX.sum().toFixed(12)}`);

// %% [markdown]
// ## The layer, and its proof
//
// Now a layer around it. The first part is given: weights [O, C, kh, kw] to start with, a bias, and the window.

// %%
abstract class Weighted extends Layer {
  readonly weight: Parameter;
  readonly bias: Parameter;
  constructor(start: Tensor, readonly window: Window) {
    super();
    const { shape: [O], dtype } = start;
    this.weight = new Parameter("weight", start.shape, dtype);
    this.bias = new Parameter("bias", [O], dtype);
    this.weight.value = start;
    this.bias.value = Tensor.randn([O], { random, dtype });
  }
  override parameters(): Parameter[] {
    return [this.weight, this.bias];
  }
}

// %% [markdown]
// Forward takes the images of the batch one by one: `x.slice(n)` is image n, and `set` writes its maps to their place
// in y. The columns are kept for the way back.

// %%
abstract class Forward extends Weighted {
  columns: Tensor[] = []; // of each image
  shape: readonly number[] = []; // of x
  override forward(x: Tensor): Tensor {
    const [N, C, H, W] = x.shape, { weight, bias, window } = this;
    const shape = [N, bias.value.size, ...placesOf([H, W], window)];
    const y = Tensor.zeros(shape, { dtype: x.dtype });
    [this.shape, this.columns] = [x.shape, []];
    for (let n = 0; n < N; n++) {
      const columns = im2col(x.slice(n).reshape([C, H, W]), window);
      const maps = forwardOne(columns, weight.value, bias.value);
      y.data.set(maps.data, n * maps.size);
      this.columns.push(columns);
    }
    return y;
  }
}

// %% [markdown]
// Backward is the formulas from above, for each image. The gradients of weight and bias add up over the batch, and
// `col2im` brings dcolumns back to the pixels.

// %%
class MatmulConv extends Forward {
  override backward(gradOut: Tensor): Tensor {
    const dx = Tensor.zeros(this.shape, { dtype: gradOut.dtype });
    const [N, O] = gradOut.shape, { weight, bias, shape } = this;
    const W = weight.value.reshape([O, -1]);
    for (const [n, columns] of this.columns.entries()) {
      const dy = gradOut.slice(n).reshape([O, -1]), area = dy.size / O;
      const dW = matmul(dy, transpose(columns));
      const [toW, toB] = [weight.grad.data, bias.grad.data];
      dW.data.forEach((v, i) => toW[i] += v);
      dy.data.forEach((v, i) => toB[Math.floor(i / area)] += v);
      const dcolumns = matmul(transpose(W), dy);
      const image = col2im(dcolumns, shape.slice(1), this.window);
      dx.data.set(image.data, n * dx.size / N);
    }
    return dx;
  }
}

// %%
const twoImages = Tensor.randn([2, 3, 6, 5], { random, dtype });
const window5: Window = { kh: 5, kw: 5, stride: 3, padding: 2 };
const layers = [window3, window2, window5].map((window) => {
  const shape = [4, 3, window.kh, window.kw];
  return new MatmulConv(Tensor.randn(shape, { random, dtype }), window);
});
for (const layer of layers) {
  const { kh, kw, stride, padding } = layer.window;
  const report = gradCheck(layer, twoImages, { random });
  console.log(`${kh} × ${kw}, stride ${stride}, padding ${padding}:`);
  console.log(`  ${report}`);
}

// %% [markdown]
// ## The same as the loops
//
// Here are the loops again, all seven in one place, with no function call inside. The two must give the same numbers.
// "The same" means to better than 1e−14: the sums run in a different order, and the last bit of a sum depends on the
// order.

// %%
function loops(x: Tensor, layer: Weighted): Tensor {
  const [N, C, H, W] = x.shape, O = layer.bias.value.size;
  const { kh, kw, stride, padding } = layer.window;
  const [rows, columns] = placesOf([H, W], layer.window);
  const y = Tensor.zeros([N, O, rows, columns], { dtype: x.dtype });
  const [from, to] = [x.data, y.data];
  const [w, b] = [layer.weight.value.data, layer.bias.value.data];
  let out = 0;
  for (let n = 0; n < N; n++) {
    for (let o = 0; o < O; o++) {
      for (let i = 0; i < rows; i++) {
        for (let j = 0; j < columns; j++, out++) {
          let sum = b[o], k = o * C * kh * kw;
          for (let c = 0; c < C; c++) {
            for (let u = 0; u < kh; u++) {
              const r = i * stride - padding + u;
              for (let v = 0; v < kw; v++, k++) {
                const q = j * stride - padding + v;
                const inside = r >= 0 && r < H && q >= 0 && q < W;
                const pixel = ((n * C + c) * H + r) * W + q;
                if (inside) sum += w[k] * from[pixel];
              }
            }
          }
          to[out] = sum;
        }
      }
    }
  }
  return y;
}

// %%
for (const layer of layers) {
  const apart = layer.forward(twoImages).minus(loops(twoImages, layer));
  const largest = apart.map(Math.abs).max().toExponential(1);
  const { kh, kw } = layer.window;
  console.log(`${kh} × ${kw}: largest difference ${largest}`);
}

// %% [markdown]
// ## How much faster, on your machine?
//
// The second convolution of lesson 16 turns 6 maps of 14 × 14 into 12, with a window of 3 × 3. We take a batch of 64,
// run each way a dozen times and keep the best time. A multiplication and an addition count as two operations.
// `remember` keeps the times for when you come back to this lesson; run the cell again, and it measures again.

// %%
function best(run: () => unknown): number {
  let best = Infinity; // milliseconds; the first runs only warm up
  for (let i = 0; i < 12; i++) {
    const start = performance.now();
    run();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

// %% tags=["predict"] id="speed-up"
// Both ways do exactly the same multiplications, and im2col also has to
// copy. Which is faster, and by what factor?

// %%
const start = Tensor.randn([12, 6, 3, 3], { random });
const window: Window = { kh: 3, kw: 3, stride: 1, padding: 1 };
const second = new MatmulConv(start, window);
const inOut = { inChannels: 6, outChannels: 12 };
const library = new Conv2D({ ...inOut, kernelSize: 3, padding: 1 });
library.weight.value = second.weight.value;
library.bias!.value = second.bias.value;

const maps = Tensor.randn([64, 6, 14, 14], { random });
const one = (n: number) => maps.slice(n).reshape([6, 14, 14]);
const images = Array.from({ length: 64 }, (_, n) => one(n));

// %%
const times = await remember("ways", () => {
  const layOut = () => images.map((image) => im2col(image, window));
  const columns = layOut(), W = start.reshape([12, -1]);
  const multiply = () => columns.map((each) => matmul(W, each));
  return {
    "seven loops": best(() => loops(maps, second)),
    "im2col and matmul": best(() => second.forward(maps)),
    "only laying out": best(layOut),
    "only the products": best(multiply),
    "the library's Conv2D": best(() => library.forward(maps)),
  };
});

// %%
const operations = 2 * 64 * 12 * 14 * 14 * 6 * 9;
const rows = Object.entries(times).map(([way, ms]) => {
  const speed = `${(times["seven loops"] / ms).toFixed(1)} ×`;
  const perSecond = Math.round(operations / ms / 1000);
  return [way, ms, speed, way === "only laying out" ? "–" : perSecond];
});
const heads = ["way", "milliseconds", "speed", "million operations/s"];
await show(table(rows, heads));

// %% [markdown]
// At every pixel, the seven loops ask whether it is inside the image, and they jump around in memory. The matrix
// product asks nothing, and its innermost loop walks along neighbors: processors are built for that. Where the machine
// can, `matmul` even multiplies several numbers in one instruction: lesson 19 is about that.
//
// Compare the two rows that begin with "only": in our layer, most of the time goes into laying out. The copying is the
// price, in time and in memory.

// %% [markdown]
// The library's layer uses a product, too, but it lays out a few pixels at a time, in fast code. So it pays much less
// for the copies. Its numbers match yours:

// %%
const [plain, laidOut] = [maps.size, 64 * im2col(images[0], window).size];
console.log(`the maps hold ${plain} numbers, their columns ${laidOut}:`);
console.log(`${laidOut / plain} times as many`);

const [yours, theirs] = [second.forward(maps), library.forward(maps)];
const apart = yours.minus(theirs).map(Math.abs).max();
const relative = (apart / theirs.map(Math.abs).max()).toExponential(1);
console.log(`yours and the library's differ by ${relative}`);
console.log("of the largest output: float32 has 7 digits");

// %% [markdown]
// ## What you know now
// - im2col turns a convolution into one matrix product per image, with a column for each place.
// - col2im, its transpose, brings the gradients back; copies add up.
// - The same multiplications can take very different times: measure before you believe.
//
// With the right padding, a convolution keeps the image as large as it was. Lesson 15 makes it smaller: pooling.
