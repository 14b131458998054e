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
//     title: y = wx + b
//     minutes: 20
//     permissions: []
// ---
// %% [markdown]
// # y = wx + b: learning a line
// This is all of training in its smallest form: a prediction, a number that says how wrong it is, the slope of that
// number, and a small step downhill. A network with a million weights does nothing else. You will write it for one
// weight, then for a hundred.

// %%
import { FC, MSELoss, Random, SGD, Tensor } from "../mod.ts";
import { curve, show, table } from "../mod.ts"; // pictures
import { blank, check } from "./exercises/mod.ts";
import { settings } from "./settings.ts";

const random = new Random(settings.seed);

// %% [markdown]
// ## Points on a hidden line
// Somebody chose two numbers, a slope w and a height b, and made 40 points with them: y = wx + b, each a little off. We
// get the points. What were w and b? (The code below gives the answer away; training must not look at it.)

// %%
const [hiddenW, hiddenB] = [2, -1];
const xs = Array.from({ length: 40 }, () => random.uniform(-3, 3));
const ys = xs.map((x) => hiddenW * x + hiddenB + random.normal(0, 0.3));

await show(curve({ "the points": { x: xs, y: ys, points: true } }, {
  title: "40 points",
  xLabel: "x",
  yLabel: "y",
}));

// %% [markdown]
// ## One number that says how wrong
// Guess any w and b. For point n the guess predicts pₙ = wxₙ + b, and the truth is yₙ. Square the difference, so that
// too high and too low are both bad and far off is much worse than close. The mean of these squares over all N points
// is the loss L (lesson 2). This one is called the **mean squared error**:
//
//     L = 1/N · Σₙ (pₙ − yₙ)²

// %%
function lossOf(w: number, b: number): number {
  const squares = xs.map((x, n) => (w * x + b - ys[n]) ** 2);
  return squares.reduce((sum, square) => sum + square) / xs.length;
}
console.log("w = 0, b = 0:", lossOf(0, 0));
console.log("w = 1, b = 0:", lossOf(1, 0));

// %% tags=["predict"] id="shape-of-the-loss"
// Keep b at −1 and let w go from −2 to 6. What does the loss look like
// as a function of w, and where is it lowest?

// %%
await show(curve((w: number) => lossOf(w, -1), {
  title: "The loss over w",
  xLabel: "w",
  xRange: [-2, 6],
}));

// %% [markdown]
// It is a bowl, and its bottom is the w we are looking for. With a hundred weights we cannot see the whole bowl. But we
// can feel which way is down from where we stand: that is the slope ∂L/∂w.

// %% [markdown]
// ## The slope, by hand
// The derivative of a square is twice the inside, times the derivative of the inside. The inside is wxₙ + b − yₙ. How
// does it change when w grows a little? And when b does? Work out both slopes of L on paper, then write them down. The
// points come in as two lists, xs and ys, and there can be any number of them.

// %% tags=["exercise"] id="mse-slopes"
// Returns [∂L/∂w, ∂L/∂b] of the mean squared error at w and b.
function mseSlopes(
  w: number,
  b: number,
  xs: number[],
  ys: number[],
): [number, number] {
  return blank(w, b, xs, ys);
}

// %% tags=["check"] id="mse-slopes"
await check("mse-slopes", mseSlopes);

// %% [markdown]
// The derivative of the inside is xₙ for w, and 1 for b. So
//
//     ∂L/∂w = 2/N · Σₙ (pₙ − yₙ) · xₙ
//     ∂L/∂b = 2/N · Σₙ (pₙ − yₙ)

// %%
function slopesOf(w: number, b: number): [number, number] {
  let [slopeW, slopeB] = [0, 0];
  for (const [n, x] of xs.entries()) {
    const difference = w * x + b - ys[n];
    slopeW += 2 * difference * x / xs.length;
    slopeB += 2 * difference / xs.length;
  }
  return [slopeW, slopeB];
}

// %% [markdown]
// Before we trust it, we measure: a small step h to both sides, as in lesson 2. We do it at w = b = 0.5.

// %%
const h = 0.001;
const [slopeW, slopeB] = slopesOf(0.5, 0.5);
const measuredW = (lossOf(0.5 + h, 0.5) - lossOf(0.5 - h, 0.5)) / (2 * h);
const measuredB = (lossOf(0.5, 0.5 + h) - lossOf(0.5, 0.5 - h)) / (2 * h);

await show(table(
  [
    ["∂L/∂w", slopeW, measuredW, slopeW / measuredW],
    ["∂L/∂b", slopeB, measuredB, slopeB / measuredB],
  ],
  ["slope", "ours", "measured", "ratio"],
  { title: "Two slopes" },
));

// %% tags=["predict"] id="which-way"
// Here the slope for w is negative, and the slope for b is positive.
// Should w become larger or smaller? And b?

// %%
await show(table([
  ["w a little larger", lossOf(0.6, 0.5)],
  ["here", lossOf(0.5, 0.5)],
  ["b a little smaller", lossOf(0.5, 0.4)],
], ["", "loss"]));

// %% [markdown]
// ## Walk downhill
// A negative slope means that the loss falls as w grows. So we step *against* the slope. How far we step is set by the
// **learning rate**, a small number that we choose: w ← w − rate · ∂L/∂w, and the same for b. Here are forty such
// steps, starting from w = b = 0:

// %%
let [w, b] = [0, 0];
const path = [{ step: 0, w, b, loss: lossOf(w, b) }];
for (let step = 1; step <= 40; step++) {
  const [slopeW, slopeB] = slopesOf(w, b);
  w -= 0.1 * slopeW;
  b -= 0.1 * slopeB;
  path.push({ step, w, b, loss: lossOf(w, b) });
}
const shown = [0, 1, 2, 3, 5, 10, 20, 40].map((step) => path[step]);
await show(table(shown, undefined, { title: "Forty steps downhill" }));

// %%
const learned: [number, number] = [w, b];
await show(curve({
  "the points": { x: xs, y: ys, points: true },
  "w = b = 0": () => 0,
  "after 40 steps": (x) => learned[0] * x + learned[1],
}));

// %% [markdown]
// It found the hidden line. What is left of the loss is the noise in the points, which no line can follow.

// %% [markdown]
// ## A hundred inputs
// Now the experiment that started this course. Each sample has not one number but 100, x₀ … x₉₉, and each number has
// its own weight: p = Σᵢ wᵢxᵢ + b. There are N = 500 samples of D = 100 numbers, one sample per row. The hidden numbers
// are random, and this time there is no noise.

// %%
const [N, D] = [500, 100];
const x = Tensor.randn([N, D], { random, dtype: "float64" });
type Model = { weights: Tensor; bias: number };
const weights = Tensor.randn([D], { random, dtype: "float64" });
const hidden: Model = { weights, bias: random.normal() };
function predict(n: number, { weights, bias }: Model): number {
  let p = bias;
  for (let i = 0; i < D; i++) p += weights.data[i] * x.data[n * D + i];
  return p;
}
const y = Array.from({ length: N }, (_, n) => predict(n, hidden));
console.log("x:", x.shape, "  y:", y.length, "  the first y:", y[0]);

// %% [markdown]
// ## Ten samples are enough for a step
// To know the slope exactly, you need all 500 samples. Ten of them, a **batch**, point only roughly the same way, but
// cost a fiftieth of the work. For the price of one exact step we can take fifty rough ones, and their errors largely
// cancel. This is *stochastic* gradient descent, **SGD**. The slopes are as before, but the sums run over the batch
// only.

// %%
type Batch = ArrayLike<number>; // which samples
function gradients(batch: Batch, model: Model) {
  const gradWeights = new Float64Array(D);
  let [loss, gradBias] = [0, 0];
  for (const n of Array.from(batch)) {
    const difference = predict(n, model) - y[n];
    loss += difference ** 2 / batch.length;
    const blame = 2 * difference / batch.length; // ∂L/∂pₙ
    gradBias += blame;
    for (let i = 0; i < D; i++) gradWeights[i] += blame * x.at(n, i);
  }
  return { loss, gradWeights, gradBias };
}

// %% [markdown]
// A hundred weights have a hundred slopes, and we measure every one: move one weight by h to both sides, and look at
// the loss of the batch. A hundred good slopes make a long list, so we show only the worst. (The slope for b is the
// same sum as for the line above, so we leave it out here.)

// %%
const batch = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const start = Tensor.randn([D], { random, dtype: "float64" });
function lossAt(i: number, by: number): number {
  const weights = start.map((w, j) => i === j ? w + by : w);
  return gradients(batch, { weights, bias: 0.5 }).loss;
}

// %%
const { gradWeights } = gradients(batch, { weights: start, bias: 0.5 });
const checked = Array.from(gradWeights, (ours, i) => {
  const measured = (lossAt(i, h) - lossAt(i, -h)) / (2 * h);
  const size = Math.abs(ours) + Math.abs(measured);
  const error = Math.abs(ours - measured) / size;
  return {
    "weight no.": i,
    ours,
    measured,
    ratio: ours / measured,
    error,
  };
});
const worst = checked.reduce((a, b) => b.error > a.error ? b : a);
await show(table([worst]), { title: "Worst of 100 slopes" });

// %% [markdown]
// ## The training loop
// A step: compute the slopes for one batch, and move every weight against its slope.

// %%
function step(model: Model, batch: Batch, rate: number): number {
  const { loss, gradWeights, gradBias } = gradients(batch, model);
  for (let i = 0; i < D; i++) {
    model.weights.data[i] -= rate * gradWeights[i];
  }
  model.bias -= rate * gradBias;
  return loss;
}

// %% [markdown]
// One pass through all samples is an **epoch**: 50 batches of ten, in a new random order each time. We start with all
// weights at 0 and keep the loss of every step.

// %%
function train(rate: number, epochs: number, order: Random) {
  const weights = Tensor.zeros([D], { dtype: "float64" });
  const model: Model = { weights, bias: 0 };
  const losses: number[] = [];
  for (let epoch = 0; epoch < epochs; epoch++) {
    const samples = order.permutation(N);
    for (let first = 0; first < N; first += 10) {
      const batch = samples.subarray(first, first + 10);
      losses.push(step(model, batch, rate));
    }
  }
  return { model, losses };
}

// %%
const epochs = settings.quick ? 15 : 40;
const found = train(0.01, epochs, new Random(settings.seed));

await show(curve(found.losses, {
  title: "The loss of each step",
  xLabel: "step",
  yLabel: "loss",
  log: true,
}));

// %% [markdown]
// On this axis, equal distances are equal *factors*. The losses jump from batch to batch, but overall they fall along a
// straight line: by the same factor every epoch. And the hidden numbers? Every point below is one weight. On the
// diagonal line, the weight we found equals the hidden one.

// %%
const both = { x: hidden.weights, y: found.model.weights, points: true };
await show(curve({ "found = hidden": (w) => w, "the weights": both }, {
  title: "Each weight",
  xLabel: "hidden",
  yLabel: "found",
  rows: 10,
}));

// %%
const off = found.model.weights.minus(weights).map(Math.abs).max();
const offBias = Math.abs(found.model.bias - hidden.bias);
const rows = [["the worst weight", off], ["b", offBias]];
await show(table(rows, ["number", "off by"]), { title: "Recovered" });

// %% [markdown]
// ## A step with a bug
// A colleague wrote a shorter version of the step for our first line. `slopesAt` returns both slopes at w and b. The
// code walks downhill and the loss falls, and still it is *not* a step of gradient descent: one of its two numbers is a
// little off. Find out why, and fix it.

// %% tags=["exercise"] id="one-step"
// Moves w and b one step against their slopes, and returns both.
function oneStep(
  w: number,
  b: number,
  slopesAt: (w: number, b: number) => [number, number],
  rate: number,
): [number, number] {
  w -= rate * slopesAt(w, b)[0];
  b -= rate * slopesAt(w, b)[1];
  return [w, b];
}

// %% tags=["check"] id="one-step"
await check("one-step", oneStep);

// %% [markdown]
// ## How large a step?
// The rate was 0.01. Why not take larger steps and finish sooner?

// %% tags=["predict"] id="learning-rate"
// Rates of 0.001, 0.01 and 0.1: which one learns fastest, and does any
// of them fail?

// %%
// The mean loss of every ten steps, so that the lines do not jump.
function lossesAt(rate: number): { x: number[]; y: number[] } {
  const { losses } = train(rate, 2, new Random(1));
  const tens = Array.from(
    { length: losses.length / 10 },
    (_, i) => losses.slice(10 * i, 10 * i + 10),
  );
  return {
    x: tens.map((_, i) => 10 * i + 5),
    y: tens.map((ten) => ten.reduce((sum, loss) => sum + loss) / 10),
  };
}

await show(curve({
  "0.001": lossesAt(0.001),
  "0.01": lossesAt(0.01),
  "0.1": lossesAt(0.1),
}, {
  title: "Three learning rates, two epochs",
  xLabel: "step",
  yLabel: "loss",
  log: true,
}));

// %% [markdown]
// 0.001 creeps. 0.1 is too large for batches of ten: each step leaps over the bottom of that batch's bowl and lands
// higher on the other side, and the loss explodes. (With all 500 samples at once, 0.1 still works: a rough slope needs
// smaller steps.) A loss that grows to NaN nearly always means this. When you train anything, try rates a factor of
// three apart, and take the largest one that stays stable.

// %% [markdown]
// ## The library agrees
// In the library the weighted sum is a layer, `FC` (you will build it in the next lesson), the loss is `MSELoss`, and
// the step is `SGD`. The same start and the same batches must give the same losses.

// %%
const dtype = "float64";
const [inFeatures, outFeatures] = [D, 1];
const fc = new FC({ inFeatures, outFeatures, init: "zeros", dtype });
const mse = new MSELoss();
const sgd = new SGD(fc.parameters(), { learningRate: 0.01 });

// %%
function libraryStep(batch: number[]): number {
  const inputs = batch.flatMap((n) => [...x.slice(n).data]);
  const truth = batch.map((n) => y[n]);
  const p = fc.forward(Tensor.from(inputs, [10, D], { dtype }));
  const loss = mse.forward(p, Tensor.from(truth, [10, 1], { dtype }));
  sgd.zeroGrad();
  fc.backward(mse.backward());
  sgd.step();
  return loss;
}

// %%
const order = Array.from(new Random(settings.seed).permutation(N));
const differences = Array.from({ length: 50 }, (_, step) => {
  const loss = libraryStep(order.slice(10 * step, 10 * step + 10));
  return Math.abs(loss - found.losses[step]) / loss;
});
console.log("Largest difference of 50 losses:", Math.max(...differences));

// %% [markdown]
// ## What you know now
// - Loss: one number, the mean of the squared differences. Its slope says how to make it smaller.
// - Step: every weight moves against its slope, scaled by the learning rate. Too small a rate creeps; too large a rate
//   explodes.
// - A batch of ten shows the way only roughly, at a fiftieth of the price: many rough steps beat a few exact ones.
// - Without noise, SGD finds the hidden numbers themselves.
