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
import { Conv2D, gradCheck, Layer, matmul, Parameter, Random, remember, Tensor, transpose } from "../mod.ts";
import { heatmap, image, show, table } from "../mod.ts"; // pictures
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
// ## A column for each place
//
// Take a tiny image of 4 × 4 and a window of 3 × 3. Write the nine pixels under the window as one column, from left to
// right and from top to bottom. Move the window, and write the next column.

// %% tags=["predict"] id="shape-of-columns"
// How many columns will there be, and how many numbers in each? How many of the 16 pixels are written only once?

// %%
const tiny = Tensor.from(Array.from({ length: 16 }, (_, i) => i), [4, 4]);
const written: number[][] = [];
for (let u = 0; u < 3; u++) {
  for (let v = 0; v < 3; v++) {
    const row: number[] = []; // what is under this one weight, at each place of the window
    for (let i = 0; i < 2; i++) {
      for (let j = 0; j < 2; j++) row.push(tiny.at(i + u, j + v));
    }
    written.push(row);
  }
}
await show(tiny, { title: "the image" });
await show(Tensor.from(written), {
  title: "one column for each place of the window",
});

// %% [markdown]
// Four places, nine pixels each: 36 numbers made from 16. Only the corners are written once; the four pixels in the
// middle appear in every column. That is the price: memory.
//
// Now take the nine weights as one row. Row times matrix gives the four numbers of the output at once. With weights of
// 1/9, each of them is the mean of a window.

// %%
const averaging = Tensor.full([1, 9], 1 / 9);
await show(matmul(averaging, Tensor.from(written)), {
  title: "[1, 9] · [9, 4] = [1, 4]",
});

// %% [markdown]
// ## The general case
//
// One image has *C* channels; the window is kh × kw; it has H′ · W′ places. Then the matrix is [C·kh·kw, H′·W′]: **a
// row for each weight, a column for each place**. Stride and padding move the window as in lesson 13.

// %%
interface Window {
  kh: number;
  kw: number;
  stride: number;
  padding: number;
}

/** The number of places of the window, down and across: [H′, W′]. */
function placesOf(
  [H, W]: number[],
  { kh, kw, stride, padding }: Window,
): [number, number] {
  const along = (size: number, k: number) => Math.floor((size + 2 * padding - k) / stride) + 1;
  return [along(H, kh), along(W, kw)];
}

// %% [markdown]
// Lay out an image [C, H, W]. The rows follow the order of the weights in [C, kh, kw]; the columns follow the places
// from left to right, then down. Where there is only padding, the entry stays 0.

// %% tags=["exercise"] id="im2col"
function toColumns(image: Tensor, window: Window): Tensor {
  return blank(image, window);
}

// %% tags=["check"] id="im2col"
await check("im2col", toColumns);

// %% [markdown]
// Now the loops only copy; they do not multiply. We write them as a walk over all entries of the matrix: each entry has
// its own index, and the index of the pixel that goes there. An entry in the padding has no pixel.

// %%
function eachEntry(
  [C, H, W]: readonly number[],
  window: Window,
  visit: (entry: number, pixel: number) => void,
): void {
  const { kh, kw, stride, padding } = window,
    [rows, columns] = placesOf([H, W], window);
  for (let weight = 0; weight < C * kh * kw; weight++) {
    const c = Math.floor(weight / (kh * kw)),
      u = Math.floor(weight / kw) % kh,
      v = weight % kw;
    for (let i = 0; i < rows; i++) {
      const r = i * stride + u - padding; // the row of the pixel
      if (r < 0 || r >= H) continue;
      for (let j = 0; j < columns; j++) {
        const q = j * stride + v - padding; // its column
        if (q >= 0 && q < W) {
          visit((weight * rows + i) * columns + j, (c * H + r) * W + q);
        }
      }
    }
  }
}

// %%
function im2col(image: Tensor, window: Window): Tensor {
  const [C, H, W] = image.shape,
    [rows, columns] = placesOf([H, W], window);
  const matrix = Tensor.zeros(
    [C * window.kh * window.kw, rows * columns],
    { dtype: image.dtype },
  );
  const to = matrix.data, from = image.data;
  eachEntry(
    image.shape,
    window,
    (entry, pixel) => to[entry] = from[pixel],
  );
  return matrix;
}

// %%
const digit = train.batch([0]).x.reshape([1, 28, 28]);
await show(image(digit, { title: `a ${train.labels[0]} (${source})` }));

// %% tags=["predict"] id="see-a-digit"
// A digit of 28 × 28, a window of 4 × 4 with stride 4 and no padding: 49 places, 16 pixels each. What will the
// matrix [16, 49] look like? Will you recognize the digit?

// %%
await show(
  heatmap(im2col(digit, { kh: 4, kw: 4, stride: 4, padding: 0 }), {
    title: "the same digit in 49 columns",
  }),
);

// %% [markdown]
// Each column is a stamp of 4 × 4 pixels, unrolled. The eye is lost; the arithmetic is not.
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
  const [O] = w.shape, [, area] = columns.shape; // area: the number of places
  const y = matmul(w.reshape([O, -1]), columns),
    out = y.data,
    bias = b.data;
  for (let i = 0; i < out.length; i++) {
    out[i] += bias[Math.floor(i / area)];
  }
  return y;
}

// %% [markdown]
// ## Backward: two products and a way back
//
// y = W · columns + b is an FC layer turned on its side, and you know its gradients from lesson 5. *dy* [O, H′·W′] is
// the gradient that arrives, and ᵀ swaps rows and columns:
//
//     dW       = dy · columnsᵀ
//     db       = Σ dy                over all places
//     dcolumns = Wᵀ · dy
//
// One thing is left. A pixel was copied into many columns, and each copy brings its own blame back, at its entry of the
// matrix. Give each pixel of the image, whose `shape` is [C, H, W], all the blame that belongs to it; `eachEntry` may
// help.

// %% tags=["exercise"] id="col2im"
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
// The blame of all copies **adds up**. That is im2col in reverse: **col2im**.

// %%
function col2im(
  matrix: Tensor,
  shape: readonly number[],
  window: Window,
): Tensor {
  const image = Tensor.zeros(shape, { dtype: matrix.dtype });
  const to = image.data, from = matrix.data;
  eachEntry(shape, window, (entry, pixel) => to[pixel] += from[entry]); // += : copies add up
  return image;
}

// %% tags=["predict"] id="there-and-back"
// Take an image of ones, 5 × 5, through im2col (window 3 × 3, no padding) and back through col2im. Do the ones
// come back? You have seen the answer in lesson 13.

// %%
const window3: Window = { kh: 3, kw: 3, stride: 1, padding: 0 };
const ones = Tensor.ones([1, 5, 5]);
const thereAndBack = col2im(im2col(ones, window3), ones.shape, window3);
await show(
  heatmap(thereAndBack.reshape([5, 5]), {
    title: "col2im(im2col(ones))",
  }),
);

// %% [markdown]
// Not ones, but how often each pixel was copied. col2im is not the inverse of im2col, it is its *transpose*. Take any
// image x and any matrix m: multiply `im2col(x)` by m element by element and add up, and you get the same number as
// when you multiply x by `col2im(m)` and add up. The backward pass of every linear step is its transpose.

// %%
const window2: Window = { kh: 3, kw: 2, stride: 2, padding: 1 };
const anyX = Tensor.randn([3, 6, 5], { random, dtype: "float64" });
const anyM = Tensor.randn(im2col(anyX, window2).shape, {
  random,
  dtype: "float64",
});
console.log(
  `im2col(x) with m: ${im2col(anyX, window2).times(anyM).sum().toFixed(12)}`,
);
console.log(
  `x with col2im(m): ${anyX.times(col2im(anyM, anyX.shape, window2)).sum().toFixed(12)}`,
);

// %% [markdown]
// ## The layer, and its proof
//
// For a whole batch, both directions run image by image: `slice(n)` takes image n out, and `set` writes a result to its
// place. The gradients of the weights add up over the batch.

// %%
function forward(
  x: Tensor,
  w: Tensor,
  b: Tensor,
  window: Window,
): { y: Tensor; columns: Tensor[] } {
  const [N, C, H, W] = x.shape, [O] = w.shape;
  const y = Tensor.zeros([N, O, ...placesOf([H, W], window)], {
    dtype: x.dtype,
  });
  const columns = Array.from(
    { length: N },
    (_, n) => im2col(x.slice(n).reshape([C, H, W]), window),
  );
  columns.forEach((each, n) => y.data.set(forwardOne(each, w, b).data, n * y.size / N));
  return { y, columns };
}

// %%
function backwardOne(
  columns: Tensor,
  w: Tensor,
  dy: Tensor,
  dw: Tensor,
  db: Tensor,
): Tensor {
  const [O, area] = dy.shape, more = matmul(dy, transpose(columns)).data;
  const [toW, toB, from] = [dw.data, db.data, dy.data];
  for (let i = 0; i < more.length; i++) toW[i] += more[i];
  for (let i = 0; i < from.length; i++) {
    toB[Math.floor(i / area)] += from[i];
  }
  return matmul(transpose(w.reshape([O, -1])), dy); // dcolumns
}

// %%
class MatmulConv extends Layer {
  weight: Parameter;
  bias: Parameter;
  window: Window;
  #saved?: { columns: Tensor[]; shape: readonly number[] };

  constructor(
    channels: number,
    maps: number,
    window: Window,
    random: Random,
    dtype: "float32" | "float64",
  ) {
    super();
    this.window = window;
    this.weight = new Parameter("weight", [
      maps,
      channels,
      window.kh,
      window.kw,
    ], dtype);
    this.bias = new Parameter("bias", [maps], dtype);
    for (const { value } of this.parameters()) {
      value.data.set(Tensor.randn(value.shape, { random }).data);
    }
  }

  override forward(x: Tensor): Tensor {
    const { y, columns } = forward(
      x,
      this.weight.value,
      this.bias.value,
      this.window,
    );
    this.#saved = { columns, shape: x.shape };
    return y;
  }

  override backward(gradOut: Tensor): Tensor {
    const { columns, shape } = this.saved(this.#saved),
      dx = Tensor.zeros(shape, { dtype: gradOut.dtype });
    columns.forEach((each, n) => {
      const dy = gradOut.slice(n).reshape([gradOut.shape[1], -1]);
      const dcolumns = backwardOne(
        each,
        this.weight.value,
        dy,
        this.weight.grad,
        this.bias.grad,
      );
      dx.data.set(
        col2im(dcolumns, shape.slice(1), this.window).data,
        n * dx.size / shape[0],
      );
    });
    return dx;
  }

  override parameters(): Parameter[] {
    return [this.weight, this.bias];
  }
}

// %%
const twoImages = Tensor.randn([2, 3, 6, 5], {
  random,
  dtype: "float64",
});
const layers = [window3, window2, { kh: 5, kw: 5, stride: 3, padding: 2 }]
  .map((window) => new MatmulConv(3, 4, window, random, "float64"));
for (const layer of layers) {
  const { kh, kw, stride, padding } = layer.window;
  console.log(
    `${kh} × ${kw}, stride ${stride}, padding ${padding}: ${gradCheck(layer, twoImages, { random })}`,
  );
}

// %% [markdown]
// ## The same as the loops
//
// Here are the loops again, all seven in one place and as fast as loops can be: they call no function inside. The two
// must give the same numbers. "The same" means to better than 1e−14: the sums run in a different order, and the last
// bit of a sum depends on the order.

// %%
function loops(x: Tensor, w: Tensor, b: Tensor, window: Window): Tensor {
  const [N, C, H, W] = x.shape,
    [O] = w.shape,
    { kh, kw, stride, padding } = window;
  const [rows, columns] = placesOf([H, W], window),
    y = Tensor.zeros([N, O, rows, columns], { dtype: x.dtype });
  const [from, weights, to] = [x.data, w.data, y.data];
  for (let n = 0, index = 0; n < N; n++) {
    for (let o = 0; o < O; o++) {
      for (let i = 0; i < rows; i++) {
        for (let j = 0; j < columns; j++) {
          let sum = b.data[o];
          for (let c = 0, k = o * C * kh * kw; c < C; c++) {
            for (let u = 0, r = i * stride - padding; u < kh; u++, r++) {
              for (
                let v = 0, q = j * stride - padding;
                v < kw;
                v++, q++, k++
              ) {
                if (r >= 0 && r < H && q >= 0 && q < W) {
                  sum += weights[k] * from[((n * C + c) * H + r) * W + q];
                }
              }
            }
          }
          to[index++] = sum;
        }
      }
    }
  }
  return y;
}

// %%
for (const layer of layers) {
  const { weight, bias, window } = layer;
  const difference = layer.forward(twoImages).minus(
    loops(twoImages, weight.value, bias.value, window),
  );
  console.log(
    `${window.kh} × ${window.kw}: largest difference ${difference.map(Math.abs).max().toExponential(1)}`,
  );
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
// Both ways do exactly the same multiplications, and im2col also has to copy. Which is faster, and by what
// factor?

// %%
const second = new MatmulConv(
  6,
  12,
  { kh: 3, kw: 3, stride: 1, padding: 1 },
  random,
  "float32",
);
const library = new Conv2D({
  inChannels: 6,
  outChannels: 12,
  kernelSize: 3,
  padding: 1,
});
library.weight.value = second.weight.value;
library.bias!.value = second.bias.value;
const maps = Tensor.randn([64, 6, 14, 14], { random });
const times = await remember("times", () => ({
  "seven loops": best(() => loops(maps, second.weight.value, second.bias.value, second.window)),
  "im2col and matmul": best(() => second.forward(maps)),
  "the library's Conv2D": best(() => library.forward(maps)),
}));
const operations = 2 * 64 * 12 * 14 * 14 * 6 * 9;
const rows = Object.entries(times).map(([way, ms]) => [
  way,
  ms,
  `${(times["seven loops"] / ms).toFixed(1)} ×`,
  Math.round(operations / ms / 1000),
]);
await show(
  table(rows, [
    "way",
    "milliseconds",
    "speed",
    "million operations a second",
  ]),
);

// %% [markdown]
// At every pixel, the seven loops ask whether it is inside the image, and they hop through memory. The matrix product
// asks nothing, and its innermost loop walks along neighbors: processors are built for that. Where the machine can,
// `matmul` even multiplies several numbers in one instruction: lesson 19 is about that. The price is the memory for the
// columns.
//
// The library's layer uses the same product, and lays out pixels a few at a time. Its numbers match yours:

// %%
const input = maps.size,
  laidOut = 64 *
    im2col(maps.slice(0).reshape([6, 14, 14]), second.window).size;
console.log(
  `the maps hold ${input} numbers, their columns ${laidOut}: ${laidOut / input} times as many`,
);
const apart = second.forward(maps).minus(library.forward(maps)).map(
  Math.abs,
).max();
console.log(
  `yours and the library's differ by ${apart.toExponential(1)} at most (float32 has 7 digits)`,
);

// %% [markdown]
// ## What you know now
// - im2col turns a convolution into one matrix product per image, with a column for each place.
// - col2im, its transpose, brings the blame back; copies add up.
// - The same multiplications can take very different times: measure before you believe.
//
// With the right padding, a convolution keeps the image as large as it was. Lesson 15 makes it smaller: pooling.
