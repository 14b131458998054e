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
//     title: Tensors and shapes
//     minutes: 25
//     permissions: []
// ---
// %% [markdown]
// # Tensors and shapes
// Pictures, weights, predictions: a network keeps all of them as long rows of numbers. A short list of sizes says how
// to read such a row. Many bugs in this field are wrong sizes that nobody noticed.
//
// In this lesson you find any number in such a row, multiply two matrices, and learn what a program must refuse.

// %%
import { matmul, Random, Tensor } from "../mod.ts";
import { curve, heatmap, image, show, table } from "../mod.ts";
import { blank, check } from "./exercises/mod.ts";
import { settings } from "./settings.ts";

const random = new Random(settings.seed);

// %% [markdown]
// ## One long row
// The memory of a computer is one long row of numbers. A **tensor** is such a row together with its **shape**, a list
// of sizes. With the shape [2, 3], six numbers are 2 rows of 3.

// %%
const six = [10, 11, 12, 20, 21, 22];
const [rows, columns] = [2, 3];
for (let r = 0; r < rows; r++) {
  console.log(`row ${r}:`, ...six.slice(r * columns, (r + 1) * columns));
}

// %% tags=["predict"] id="where-is-it"
// Rows, columns and positions all count from 0. At which position of
// the long row is the number in row 1, column 0?

// %%
const position = 1 * columns + 0;
console.log(`position ${position} holds ${six[position]}`);

// %% [markdown]
// Skip r whole rows, then go c numbers further: r · columns + c. One row comes after the other, so this order is called
// **row-major**. Numbers side by side in a row are side by side in memory. In this picture, every number is its own
// position:

// %%
const positions = Tensor.zeros([24]).map((_, position) => position);
await show(heatmap(positions.reshape([4, 6]), { title: "Positions" }));

// %% [markdown]
// ## More than two sizes
// Each size in a shape belongs to an **axis**. A matrix has two axes. A color picture has three: [3, 4, 5] is 3 colors,
// each with 4 rows of 5 pixels. The numbers of the last axis are always side by side.

// %% tags=["predict"] id="how-far-apart"
// [3, 4, 5]: how many numbers are that? How far apart in memory are a
// pixel and the pixel below it? And a pixel and its next color?

// %%
const [colors, height, width] = [3, 4, 5];
console.log("numbers:", colors * height * width);
console.log("from a pixel to the one below:", width);
console.log("from a pixel to its next color:", height * width);

// %% [markdown]
// One pixel down is one row further: 5 numbers. The next color is a whole picture further: 20 numbers. Now write it for
// a shape with any number of axes: the position of one number in the long row. `indices` has one index for each axis,
// as `shape` has one size for each axis. In [3, 4, 5], the indices [2, 0, 1] are at position 41.

// %% tags=["exercise"] id="flat-index"
// Returns the position, counted from 0.
function flatIndex(shape: number[], indices: number[]): number {
  return blank(shape, indices);
}

// %% tags=["check"] id="flat-index"
await check("flat-index", flatIndex);

// %% [markdown]
// Here is a short way, from the first axis to the last. Each new axis cuts every place into `size` smaller ones. So
// what we have is multiplied by `size`, and then we go `indices[axis]` of the smaller places further.

// %%
function positionOf(shape: readonly number[], indices: number[]): number {
  let position = 0;
  for (const [axis, size] of shape.entries()) {
    position = position * size + indices[axis];
  }
  return position;
}
console.log("[2, 0, 1] in [3, 4, 5]:", positionOf([3, 4, 5], [2, 0, 1]));

// %% [markdown]
// ## Two kinds of numbers
// A number in JavaScript is a **float64**: 64 bits, about 16 digits. Networks mostly use **float32**: half the bits,
// and about 7 digits. An array of one kind is called typed: `Float64Array`, `Float32Array`.

// %%
const [long, short] = [Float64Array.of(0.1), Float32Array.of(0.1)];
await show(table([
  ["float64", long.BYTES_PER_ELEMENT, String(long[0])],
  ["float32", short.BYTES_PER_ELEMENT, String(short[0])],
], ["kind", "bytes", "0.1 is kept as"]));

// %% [markdown]
// The float32 is wrong in its ninth digit. That is fine for learning. To prove that a formula is right, we want all
// digits, and take float64. In the library you choose with `dtype`, and float32 is the default.
//
// ## A tensor of our own
// Numbers and a shape: that is already a class. It refuses a shape that does not fit the numbers.

// %%
class Grid {
  readonly data: Float32Array;
  constructor(numbers: number[], readonly shape: number[]) {
    const size = shape.reduce((product, size) => product * size, 1);
    if (numbers.length !== size) {
      const got = `got ${numbers.length}`;
      throw new RangeError(`[${shape}] takes ${size} numbers and ${got}`);
    }
    this.data = Float32Array.from(numbers);
  }
  at(...indices: number[]): number {
    return this.data[positionOf(this.shape, indices)];
  }
}

// %%
// Calls a function and returns the message of its error.
function refusal(attempt: () => unknown): string {
  try {
    return `no refusal: ${attempt()}`;
  } catch (error) {
    return (error as Error).message;
  }
}
const grid = new Grid(six, [2, 3]);
console.log("row 1, column 0:", grid.at(1, 0));
console.log(refusal(() => new Grid(six, [2, 4])));

// %% tags=["predict"] id="outside"
// The columns of this grid are 0, 1 and 2. What does grid.at(0, 3)
// return: undefined, an error, or a number?

// %%
console.log("row 0, column 3:", grid.at(0, 3));

// %% [markdown]
// A number, and a wrong one: position 0 · 3 + 3 is where row 1 begins. Nothing crashes, and the bug lives on. So a good
// tensor checks every index. The library's `Tensor` is our `Grid`, with such checks and some more methods.

// %%
const tensor = Tensor.from(six, [2, 3]);
console.log(refusal(() => tensor.at(0, 3)));
console.log(refusal(() => Tensor.from([10, 11, 12, 20, 21], [2, 3])));

// %% [markdown]
// ## Two ways to [3, 2]
// `reshape` keeps the long row and changes only the shape. `transpose` swaps rows and columns: what was a row becomes a
// column.

// %% tags=["predict"] id="reshape-or-transpose"
// The numbers 10 11 12 / 20 21 22 have the shape [2, 3]. Reshape them
// to [3, 2], or transpose them to [3, 2]: is it the same?

// %%
await show(tensor.reshape([3, 2]), { title: "reshaped" });
await show(tensor.transpose(), { title: "transposed" });

// %% [markdown]
// Both have the shape [3, 2], so no check of shapes can tell them apart. Your eyes can. Here is a letter of 12 rows and
// 8 columns. First as it is, then transposed, then reshaped to [8, 12]:

// %%
const letter = Tensor.zeros([12, 8]).map((_, position) => {
  const [r, c] = [Math.floor(position / 8), position % 8];
  return r < 2 || c < 2 || (r > 3 && r < 6 && c < 6) ? 1 : 0;
});
await show(image(letter, { title: "the letter, [12, 8]" }));
await show(image(letter.transpose(), { title: "transposed" }));
await show(image(letter.reshape([8, 12]), { title: "reshaped" }));

// %% [markdown]
// Transposed, the F lies on its side. Reshaped, its rows are cut in the wrong places. When a picture looks like that,
// somebody reshaped where they should have transposed.

// %% [markdown]
// ## The matrix product
// Most of the work of a network is one operation: the **matrix product** a · b. One number of the result takes one row
// of a and one column of b. Multiply the first by the first, the second by the second, and so on, and add it all up.

// %%
const a = Tensor.from([[1, 2, 3], [4, 5, 6]]);
const b = Tensor.from([[1, 0], [0, 1], [1, 1]]);
await show(a, { title: "a" });
await show(b, { title: "b" });

// %% tags=["predict"] id="one-number"
// Row 0 of a is 1 2 3. Column 1 of b is 0 1 1. Which number do they
// give? And how many such numbers does the result have?

// %%
console.log("row 0, column 1:", 1 * 0 + 2 * 1 + 3 * 1);
console.log("numbers:", a.shape[0] * b.shape[1]);

// %% [markdown]
// Each of the 2 rows meets each of the 2 columns. In general, a has the shape [m, k] and b has [k, n]. The result has
// [m, n], and every number in it is a sum of k products:
//
//     y[i, j] = Σ a[i, l] · b[l, j]        over l from 0 to k − 1
//
// Write it with loops. `a.shape` gives m and k, `a.at(i, l)` reads a number, and `Tensor.zeros([m, n])` makes a result
// to fill: the number y[i, j] is in `y.data`, at the position that you know. Here the shapes always fit.

// %% tags=["exercise"] id="matrix-product"
// Returns a tensor [m, n].
function matrixProduct(a: Tensor, b: Tensor): Tensor {
  return blank(a, b);
}

// %% tags=["check"] id="matrix-product"
await check("matrix-product", matrixProduct);

// %%
function product(a: Tensor, b: Tensor): Tensor {
  const [m, k] = a.shape, [, n] = b.shape;
  const y = Tensor.zeros([m, n]);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let l = 0; l < k; l++) {
        sum += a.data[i * k + l] * b.data[l * n + j];
      }
      y.data[i * n + j] = sum;
    }
  }
  return y;
}
await show(product(a, b), { title: "a · b" });

// %% [markdown]
// ## What must be refused
// The inner sizes must be equal: a row of a has as many numbers as a column of b. Our `product` does not look at that.
// Let a stay [2, 3], and let b be [4, 3].

// %% tags=["predict"] id="inner-sizes"
// A row of a has 3 numbers, and a column of b now has 4. What does
// product(a, b) do: an error, NaN, or numbers that look fine?

// %%
const tall = Tensor.from([[1, 0, 0], [0, 1, 0], [0, 0, 1], [9, 9, 9]]);
await show(product(a, tall), { title: "[2, 3] · [4, 3]" });

// %% [markdown]
// Numbers that look fine, and the last row of b was never read. So before any loop, a product looks at the shapes.
//
// Your turn: from two shapes, compute the shape of the product, as a list [m, n]. If there is no product, throw an
// error: `throw new RangeError("…")`. Both must be matrices: a shape with one axis or with three is refused, too.

// %% tags=["exercise"] id="product-shape"
// Returns [m, n], or throws.
function productShape(a: number[], b: number[]): number[] {
  return blank(a, b);
}

// %% tags=["check"] id="product-shape"
await check("product-shape", productShape);

// %% [markdown]
// The library's product is called `matmul`. It looks at the shapes first:

// %%
console.log(refusal(() => matmul(a, tall)));
console.log(refusal(() => matmul(Tensor.from([1, 2, 3]), b)));

// %% [markdown]
// ## The trap of [B, 1] and [B]
// Let a network predict one number for each of B samples. Its output is a matrix [B, 1]. The true numbers come from a
// file, with the shape [B]. How wrong is the network? Subtract, square, and take the mean.
//
// Many libraries subtract a [B] from a [B, 1] without an error. They repeat both until they fit: this is called
// **broadcasting**. The column becomes B equal columns, the row becomes B equal rows.

// %% tags=["predict"] id="perfect-predictions"
// The predictions are 1, 2, 3, 4 and the truth is 1, 2, 3, 4: perfect.
// With broadcasting, what is the mean of the squared differences?

// %%
const truth = [1, 2, 3, 4];
const pairs = truth.map((p) => truth.map((t) => p - t));
const differences = Tensor.from(pairs);
await show(heatmap(differences, { title: "prediction − truth, [4, 4]" }));
console.log("mean square:", differences.times(differences).mean());

// %% [markdown]
// Not 0, but 2.5. Each prediction was compared with *every* truth: 16 differences instead of 4. Only the diagonal was
// meant.
//
// What does a network learn from such a number? Let the predictions change: at 0 they are all equal to the mean of the
// truth, and at 1 they are perfect. Training looks for the lowest point.

// %%
function predictionsAt(c: number): number[] {
  return truth.map((t) => 2.5 + c * (t - 2.5));
}
function pairedError(c: number): number {
  const squares = predictionsAt(c).map((p, n) => (p - truth[n]) ** 2);
  return Tensor.from(squares).mean();
}
function broadcastError(c: number): number {
  const square = (p: number) => truth.map((t) => (p - t) ** 2);
  return Tensor.from(predictionsAt(c).map(square)).mean();
}

// %% tags=["predict"] id="what-is-learned"
// Where is the lowest point of the broadcast error: at 0, at 1, or
// somewhere between?

// %%
await show(curve({
  "each with its own": pairedError,
  "broadcast": broadcastError,
}, {
  title: "The error, from all equal (0) to perfect (1)",
  xRange: [0, 1.2],
}));

// %% [markdown]
// At 0. The network learns to say 2.5 whatever it sees, its error falls on the way, and nothing crashes. This is why
// our tensors do not broadcast.
//
// Here is that error again, written out as loops. `prediction` is [B, 1], `truth` is [B]. Change it so that each
// prediction is compared with its own truth only, and return the mean of the B squares.

// %% tags=["exercise"] id="squared-error"
// Returns one number, the mean of the squared differences.
function squaredError(prediction: Tensor, truth: Tensor): number {
  let [sum, count] = [0, 0];
  for (const p of prediction.data) {
    for (const t of truth.data) {
      sum += (p - t) ** 2;
      count++;
    }
  }
  return sum / count;
}

// %% tags=["check"] id="squared-error"
await check("squared-error", squaredError);

// %% [markdown]
// The library refuses such a difference. You say what you mean with `reshape`:

// %%
const predictions = Tensor.from(truth, [4, 1]);
const truths = Tensor.from(truth);
console.log(refusal(() => predictions.minus(truths)));
const reshaped = predictions.reshape([4]).minus(truths);
console.log("mean square:", reshaped.times(reshaped).mean());

// %% [markdown]
// ## The library agrees
// We give the library and our own pieces the same random numbers, from the normal distribution: most of them are
// between −2 and 2. `new Random(1)` draws the same numbers in every run: 1 is called the **seed**.

// %%
const left = Tensor.randn([20, 30], { random });
const right = Tensor.randn([30, 10], { random });
const ours = product(left, right), theirs = matmul(left, right);
const own = new Grid([...left.data], [20, 30]);
const readByGrid = left.map((_, i) => own.at(Math.floor(i / 30), i % 30));
const apart = (a: Tensor, b: Tensor) => a.minus(b).map(Math.abs).max();
await show(table(
  [
    ["product and matmul", `[${ours.shape}]`, apart(ours, theirs)],
    ["Grid and Tensor", `[${left.shape}]`, apart(left, readByGrid)],
  ],
  ["compared", "shape", "difference"],
  { title: "Largest difference" },
));

// %% [markdown]
// The products differ in the seventh digit, because they add in a different order and float32 rounds each time.
//
// ## What you know now
// - A tensor is a row of numbers and a shape. Row-major: the last axis is side by side.
// - Reshape keeps the row; transpose moves the numbers.
// - [m, k] · [k, n] = [m, n]. Anything else must be refused, because loops do not complain.
// - [B, 1] and [B] are different shapes. Where they are mixed, a network may learn the mean, and no error tells you.
