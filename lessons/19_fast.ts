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
//     title: Fast
//     minutes: 25
//     part: Beyond
//     permissions: []
// ---
// %% [markdown]
// # Fast
// In lesson 14 you saw that the same multiplications can take very different times, and that the library is faster
// still. Today you find out why, on your own machine. You count the work, measure it, and look at what makes a loop
// fast. The numbers that come out stay the same.

// %%
import { Conv2D, kernelInUse, Random, remember, Tensor } from "../mod.ts";
import { curve, heatmap, show, table, useKernel } from "../mod.ts";
import { blank, check } from "./exercises/mod.ts";
import { settings } from "./settings.ts";

const random = new Random(settings.seed);
const exact = { dtype: "float64", random } as const;

// %% [markdown]
// ## Count the work
// One multiplication or one addition of two numbers with a fraction is a floating-point operation, a **FLOP**. Speed is
// then measured in FLOP per second; a billion of them is a GFLOP/s.
//
// How many FLOP does a convolution take? A batch has N images with C channels each. There are O kernels of k × k, and
// each kernel stands at rows · columns places. A product and the addition of it to a sum are two operations. Leave out
// the bias.

// %% tags=["exercise"] id="conv-flop"
function convFlop(
  N: number,
  C: number,
  O: number,
  k: number,
  rows: number,
  columns: number,
): number {
  return blank(N, C, O, k, rows, columns);
}

// %% tags=["check"] id="conv-flop"
await check("conv-flop", convFlop);

// %% [markdown]
// Our subject is the second convolution of lesson 16: 64 images, from 6 maps of 14 × 14 to 12, with windows of 3 × 3.
// Backward takes two sums of the same size, one for the weights and one for the input.

// %%
const forwardFlop = 2 * 64 * 12 * 14 * 14 * 6 * 3 * 3;
console.log("forward:", forwardFlop, "FLOP");
console.log("forward and backward:", 3 * forwardFlop, "FLOP");

// %% [markdown]
// ## One sum, or four
// The inner loop of everything is a dot product: multiply two lists number by number, and add up. Here it is twice. The
// second one spreads the additions over four sums, and adds those at the end. That is the same number of products, and
// three additions more.

// %%
function oneSum(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
function fourSums(a: Float64Array, b: Float64Array): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  for (let i = 0; i < a.length; i += 4) {
    s0 += a[i] * b[i];
    s1 += a[i + 1] * b[i + 1];
    s2 += a[i + 2] * b[i + 2];
    s3 += a[i + 3] * b[i + 3];
  }
  return s0 + s1 + s2 + s3;
}

// %% tags=["predict"] id="four-sums"
// Is the second one slower, as fast, or faster? By what factor?

// %%
/** The best time in half a second of runs, in milliseconds. */
function best(work: () => unknown): number {
  let [best, end] = [Infinity, performance.now() + 500];
  for (let start; (start = performance.now()) < end;) {
    work();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}
const gflops = (flop: number, ms: number) => flop / ms / 1e6;

// %%
const [a, b] = [1, 2].map(() =>
  // 2000 numbers stay close to the processor
  Float64Array.from({ length: 2000 }, () => random.normal())
);
let kept = 0; // a result that nobody uses might not be computed at all
const dotTimes = await remember("dot", () =>
  [oneSum, fourSums].map((dot) =>
    best(() => {
      for (let i = 0; i < 50; i++) kept += dot(a, b);
    })
  ));
const dotRows = dotTimes.map((ms, i) => {
  return [["one sum", "four sums"][i], gflops(50 * 4000, ms)];
});
await show(table(dotRows, ["dot product", "GFLOP/s"]));

// %% [markdown]
// With one sum, each addition has to wait for the one before it, and an addition takes several ticks of the processor's
// clock. Four sums do not wait for each other. So the order of the work matters, not only its amount.
//
// **SIMD** (single instruction, multiple data) goes further: one instruction multiplies four numbers with four others.
// Each of the four places is a **lane**. Write the dot product with any number of lanes: lane 0 adds up the products 0,
// lanes, 2 · lanes …, lane 1 the products 1, lanes + 1 … Return the list of the lanes' sums. The lists may have any
// length, and no product may be lost.

// %% tags=["exercise"] id="dot-lanes"
function dotLanes(a: number[], b: number[], lanes: number): number[] {
  return blank(a, b, lanes);
}

// %% tags=["check"] id="dot-lanes"
await check("dot-lanes", dotLanes);

// %% [markdown]
// With lanes, the products are added in another order. In exact arithmetic that would make no difference.

// %% tags=["predict"] id="same-sum"
// How far apart are the results of the two dot products: not at all, in
// the last digits, or in the third digit?

// %%
const [one, four] = [oneSum(a, b), fourSums(a, b)];
console.log(one);
console.log(four);
console.log("apart:", Math.abs(one - four) / Math.abs(one));

// %% [markdown]
// A number keeps about 16 digits, and each addition rounds. Both results are equally good. This is why "the same" means
// "up to rounding" for fast code, and why a test needs a tolerance.

// %% [markdown]
// ## Memory against arithmetic
// Four million numbers, 16 MB, to be added up. We go through them with a stride of s: the numbers 0, s, 2s …, then
// 1, s + 1 …, until all have had their turn. The additions are the same for every s.

// %%
const many = Float32Array.from({ length: 2 ** 22 }, (_, i) => i % 7);
function sumWithStride(stride: number): number {
  let sum = 0;
  for (let first = 0; first < stride; first++) {
    for (let i = first; i < many.length; i += stride) sum += many[i];
  }
  return sum;
}
console.log(sumWithStride(1), sumWithStride(8), sumWithStride(64));

// %% tags=["predict"] id="strides"
// How much slower is a stride of 32 than a stride of 1?

// %%
const strides = [1, 2, 4, 8, 16, 32, 64];
const strideTimes = await remember("strides", () =>
  strides.map((stride) => {
    const ms = best(() => kept += sumWithStride(stride));
    return ms * 1e6 / many.length; // nanoseconds for each number
  }));
await show(curve({ "": { x: strides, y: strideTimes } }, {
  title: "The same additions, in strides",
  xLabel: "stride",
  yLabel: "ns per number",
  log: "x",
}));

// %% [markdown]
// Memory usually comes in lines of 64 bytes: 16 numbers of float32. Between memory and the processor there are
// **caches**, small and fast memories that keep the lines used last. With stride 1, all 16 numbers of a line are used
// at once. From stride 16 on, each number needs a line of its own. When its neighbor's turn comes, the line may be
// gone. Then the processor waits. Here is when each of 128 numbers in eight lines is visited with stride 16.

// %%
const turn = (_: unknown, i: number) => i % 16 * 8 + (i >> 4);
const turns = Tensor.from(Array.from({ length: 128 }, turn), [8, 16]);
await show(heatmap(turns, { title: "a row: a line" }));

// %% [markdown]
// ## Use it while it is there
// A product of two n × n matrices has 2n³ operations and only 3n² numbers, so each number is used n times. But by the
// time of its next use it may have left the cache. So cut the matrices into **tiles**, and finish all the work between
// two tiles while both are in the cache.
//
// A colleague wrote it, for A [m, p] times B [p, n]. It passed its tests with tiles of 4 and matrices of 8 × 8 and
// 16 × 4. In other cases it is wrong. Find out when, and fix it.

// %% tags=["exercise"] id="tiled-matmul"
function tiledMatmul(A: Tensor, B: Tensor, tile: number): Tensor {
  const [m, p] = A.shape, n = B.shape[1];
  const C = Tensor.zeros([m, n], { dtype: A.dtype });
  for (let i0 = 0; i0 < m; i0 += tile) {
    for (let k0 = 0; k0 < p; k0 += tile) {
      for (let j0 = 0; j0 < n; j0 += tile) {
        for (let i = i0; i < i0 + tile; i++) {
          for (let k = k0; k < k0 + tile; k++) {
            for (let j = j0; j < j0 + tile; j++) {
              C.data[i * n + j] += A.data[i * p + k] * B.data[k * n + j];
            }
          }
        }
      }
    }
  }
  return C;
}

// %% tags=["check"] id="tiled-matmul"
await check("tiled-matmul", tiledMatmul);

// %% [markdown]
// ## Threads
// Your processor has several cores, and each can run a **thread** of its own. How should they share a batch? Cut the
// images into pieces, one for each thread. All threads must finish before the next layer can begin, so the largest
// piece decides.
//
// Give each thread its range [first, end), where end no longer belongs to it. Together they cover the images 0 to
// count − 1 in order, each once, and no two pieces differ by more than one image.

// %% tags=["exercise"] id="share-work"
function shareWork(count: number, threads: number): [number, number][] {
  return blank(count, threads);
}

// %% tags=["check"] id="share-work"
await check("share-work", shareWork);

// %% [markdown]
// The gradient of the weights is a sum over all images. If two threads add to the same number at the same time, one
// addition can get lost. So each thread has its own sums, and they are added at the end, always in the same order. The
// library cuts its sums in the same places whatever the number of threads. So your results do not depend on it.

// %% [markdown]
// ## The same convolution, five ways
// First the loops of lesson 13, forward and backward in one: each pair of a pixel and a weight takes part in all three
// sums. Stride 1, padding 1, no bias. The tensors that come back are y, dx and dw.

// %%
type Conv = (x: Tensor, w: Tensor, dy: Tensor) => Tensor[];
const byLoops: Conv = (x, w, dy) => {
  const [N, C, H, W] = x.shape, [O] = w.shape, K = 9 * C;
  const all = [dy.times(0), x.times(0), w.times(0), x, w, dy];
  const [Y, dX, dW, X, Weights, dY] = all.map(({ data }) => data);
  for (let at = 0; at < N * O * H * W; at++) {
    const j = at % W, row = Math.floor(at / W), i = row % H;
    const map = Math.floor(row / H), o = map % O, n = Math.floor(map / O);
    for (let c = 0, k = o * K; c < C; c++) {
      for (let r = i - 1; r <= i + 1; r++) {
        for (let q = j - 1; q <= j + 1; q++, k++) {
          if (r < 0 || r >= H || q < 0 || q >= W) continue;
          const pixel = ((n * C + c) * H + r) * W + q;
          Y[at] += Weights[k] * X[pixel];
          dX[pixel] += Weights[k] * dY[at];
          dW[k] += X[pixel] * dY[at];
        }
      }
    }
  }
  return all.slice(0, 3);
};

// %% [markdown]
// Then im2col (lesson 14), image by image. `pixels` says which pixel goes to which entry of the columns, and −1 is
// padding. Now the innermost loop asks nothing, and walks along three rows.

// %%
function pixelsOf(C: number, H: number, W: number): Int32Array {
  return Int32Array.from({ length: 9 * C * H * W }, (_, at) => {
    const k = Math.floor(at / H / W), place = at % (H * W), u = k % 9;
    const r = Math.floor(place / W) + Math.floor(u / 3) - 1;
    const q = place % W + u % 3 - 1;
    const inside = r >= 0 && r < H && q >= 0 && q < W;
    return inside ? (Math.floor(k / 9) * H + r) * W + q : -1;
  });
}

// %%
const byColumns: Conv = (x, w, dy) => {
  const [N, C, H, W] = x.shape, [O] = w.shape, K = 9 * C, area = H * W;
  const all = [dy.times(0), x.times(0), w.times(0), x, w, dy];
  const [Y, dX, dW, X, Weights, dY] = all.map(({ data }) => data);
  const pixels = pixelsOf(C, H, W);
  for (let n = 0; n < N; n++) {
    const first = n * C * area;
    const columns = new Float64Array(K * area), back = columns.slice();
    for (let at = 0; at < K * area; at++) {
      if (pixels[at] >= 0) columns[at] = X[first + pixels[at]];
    }
    for (let k = 0; k < O * K; k++) {
      const row = k % K * area, map = (n * O + Math.floor(k / K)) * area;
      const weight = Weights[k];
      let sum = 0;
      for (let p = 0; p < area; p++) {
        Y[map + p] += weight * columns[row + p];
        back[row + p] += weight * dY[map + p];
        sum += columns[row + p] * dY[map + p];
      }
      dW[k] += sum;
    }
    for (let at = 0; at < K * area; at++) {
      if (pixels[at] >= 0) dX[first + pixels[at]] += back[at];
    }
  }
  return all.slice(0, 3);
};

// %% [markdown]
// And three times the library: its reference kernel, which is plain loops, and its SIMD kernel on one thread and on as
// many as it finds useful here.

// %%
const size = { inChannels: 6, outChannels: 12, kernelSize: 3 };
const layer = (kernel: string, threads?: number): Conv => (x, w, dy) => {
  useKernel({ kernel, threads });
  const conv = new Conv2D({ ...size, padding: 1, bias: false });
  conv.weight.value = w;
  const y = conv.forward(x);
  return [y, conv.backward(dy), conv.weight.grad];
};
const ways: [string, Conv, "float32" | "float64"][] = [
  ["loops", byLoops, "float64"],
  ["im2col", byColumns, "float64"],
  ["reference kernel", layer("reference"), "float32"],
  ["SIMD, one thread", layer("simd", 1), "float32"],
  ["SIMD, threads", layer("simd"), "float32"],
];

// %% tags=["predict"] id="five-ways"
// How many times faster than the loops will each of the others be?

// %%
const shapes = [[64, 6, 14, 14], [12, 6, 3, 3], [64, 12, 14, 14]];
const given = shapes.map((shape) => Tensor.randn(shape, exact));
const run = ([, way, dtype]: typeof ways[number]) => {
  const [x, w, dy] = given.map((tensor) => tensor.clone({ dtype }));
  return () => way(x, w, dy);
};
const measure = () => ways.map((way) => best(run(way)));
const times = await remember("ways", measure);
const rows = ways.map(([name], i) => {
  const speed = gflops(3 * forwardFlop, times[i]);
  return [name, times[i], times[0] / times[i], speed];
});
await show(table(rows, ["way", "ms", "times as fast", "GFLOP/s"]));
console.log(kernelInUse());

// %% [markdown]
// The SIMD kernel is all of this lesson at once. It computes several sums of four lanes side by side. It works in small
// tiles that stay close to the processor. And its threads share the images. If it is less than twice as fast on two
// threads, look at what cannot be shared: waiting for the last one, and the memory.

// %% [markdown]
// ## The gradients stay the same
// Each way against the loops: the largest distance of y, dx and dw, relative to the largest number. float64 keeps about
// 16 digits, float32 about 7. The last line compares the two runs of the SIMD kernel with each other.

// %%
const results = ways.map((way) => run(way)().map((t) => t.clone(exact)));
const most = (t: Tensor) => t.map(Math.abs).max();
const against = (i: number, j: number) =>
  results[i].map((tensor, part) => {
    const other = results[j][part];
    return most(tensor.minus(other)) / most(other);
  });
await show(table(
  [
    ...[1, 2, 3, 4].map((i) => [ways[i][0], ...against(i, 0)]),
    ["threads or one", ...against(4, 3)],
  ],
  ["way", "y", "dx", "dw"],
  { title: "Distance from the loops" },
));
useKernel({ kernel: settings.kernel, threads: settings.threads });

// %% [markdown]
// The last line is exactly 0: the number of threads changes nothing but the time.
//
// ## What you know now
// - Count the FLOP, measure the time, and compare the speed with what the machine can do.
// - Several sums side by side do not wait for each other; SIMD has them built in.
// - Memory is slower than arithmetic. Walk along rows, and use a number while it is in the cache.
// - Fast code adds in another order: compare it with the slow code, up to rounding.
