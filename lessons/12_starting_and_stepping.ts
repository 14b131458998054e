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
//     title: Starting well, stepping well
//     minutes: 35
//     permissions: [mnist]
// ---
// %% [markdown]
// # Starting well, stepping well
// The network of lesson 11 learned, but two things went unexplained. Where did its weights start? And is "rate times
// slope" really the best step? Ten layers with a bad start learn nothing at all. You will see why, build the three
// steps that most networks are trained with, and let them race.

// %%
import { Adam, FC, fit, Flatten, Module, MSELoss } from "../mod.ts";
import { Optimizer, Random, ReLU, remember, RMSProp } from "../mod.ts";
import { type Layer, type Parameter, SGD, Tanh, Tensor } from "../mod.ts";
import { curve, heatmap, histogram, show, table } from "../mod.ts";
import { loadMNIST } from "../data/mod.ts";
import { blank, check } from "./exercises/mod.ts";
import { settings } from "./settings.ts";

const { data: directory, seed } = settings;
const mnist = await loadMNIST({ directory, seed });
console.log("Data:", mnist.source);

// %% [markdown]
// ## All the same
// The simplest start would be the same number for every weight. Here is a small network of two FC layers with tanh
// between them. The first layer has four inputs and three outputs, and every weight is 0.5.

// %% tags=["predict"] id="all-the-same"
// The gradient of the first layer's weights has four rows, one for each
// input, and three columns, one for each output. How do the columns
// differ?

// %%
const init = () => 0.5;
const first = new FC({ inFeatures: 4, outFeatures: 3, init });
const second = new FC({ inFeatures: 3, outFeatures: 1, init });
const twins = new Module([first, new Tanh(), second]);

const loss = new MSELoss();
const eight = Tensor.randn([8, 4], { random: new Random(seed) });
const truth = Tensor.randn([8, 1], { random: new Random(seed + 1) });
loss.forward(twins.forward(eight), truth);
twins.backward(loss.backward());
await show(heatmap(first.weight.grad, { title: "∂L/∂W, 4 × 3" }));

// %% [markdown]
// They do not differ. All three outputs compute the same number, so they get the same gradient, and they will make the
// same step, today and forever. You paid for three and got one. A start has to be *random*, only so that the outputs
// become different.

// %% [markdown]
// ## How large is random?
// The course this one grew from drew each weight from a normal distribution with the **standard deviation** 0.01. The
// standard deviation is the usual size of a number: the root of the mean of its squares, measured from the mean. Its
// square is the **variance**. We send 200 samples of 100 random numbers through ten FC layers, each with a tanh. The
// samples have deviation 1.

// %%
type Bend = () => Layer;
const samples = Tensor.randn([200, 100], { random: new Random(seed) });

/** What comes out of each of ten layers. */
function tenLayers(deviation: number, bend: Bend): Tensor[] {
  const random = new Random(seed), outputs: Tensor[] = [];
  const draw = () => random.normal(0, deviation);
  for (let layer = 0; layer < 10; layer++) {
    const fc = new FC({ inFeatures: 100, outFeatures: 100, init: draw });
    const x = outputs.at(-1) ?? samples;
    outputs.push(bend().forward(fc.forward(x)));
  }
  return outputs;
}

// %% [markdown]
// Ten histograms do not fit on a screen, so we draw each as one line. It counts how many numbers fall into each of 40
// equal intervals between two ends. The tallest bar of a line is full, and a dot means: none. For comparison, here is
// what goes in, as a usual histogram.

// %%
function histogramLine(x: Tensor, from: number, to: number): string {
  const counts = new Array<number>(40).fill(0);
  for (const value of x.data) {
    const bin = Math.floor(40 * (value - from) / (to - from));
    counts[Math.max(0, Math.min(39, bin))]++; // outside: at the ends
  }
  const most = Math.max(...counts);
  const bars = "·▁▂▃▄▅▆▇█";
  return counts.map((n) => bars[Math.ceil(8 * n / most)]).join("");
}
await show(histogram(samples, { title: "What goes in", range: [-3, 3] }));
console.log("the same as one line:");
console.log(histogramLine(samples, -3, 3));

// %%
function deviationOf({ data }: Tensor): number {
  const values = Array.from(data);
  const mean = values.reduce((sum, v) => sum + v) / values.length;
  const squares = values.reduce((sum, v) => sum + (v - mean) ** 2, 0);
  return Math.sqrt(squares / values.length);
}

async function showLayers(outputs: Tensor[], title: string) {
  const rows = outputs.map((x, i) => ({
    layer: i + 1,
    "−1 … 1": histogramLine(x, -1, 1),
    deviation: deviationOf(x).toPrecision(2),
  }));
  await show(table(rows, undefined, { title }));
}

// %% tags=["predict"] id="ten-layers"
// Weights of deviation 0.01. What goes in has deviation 1. How large are
// the numbers that come out of the tenth layer, roughly?

// %%
const small = tenLayers(0.01, () => new Tanh());
await showLayers(small, "Weights of deviation 0.01");

// %% [markdown]
// Every layer makes the numbers about ten times smaller. Nothing is left of the input after ten layers. Then
// take larger weights?

// %% tags=["predict"] id="large-weights"
// Weights of deviation 1, a hundred times as large. What do the
// histograms look like now?

// %%
const large = tenLayers(1, () => new Tanh());
await showLayers(large, "Weights of deviation 1");

// %% [markdown]
// Now nearly every number is close to −1 or 1. There tanh is flat: its slope is almost 0, and the slope is what
// backward multiplies by. Such outputs are called **saturated**, and they hardly learn. Too small dies, too large
// saturates. What is right in between?

// %% [markdown]
// ## The variance of a sum
// One output of a layer is a sum y = Σᵢ xᵢ wᵢ over all its inputs. The number of its inputs is the **fan-in** n.
// If all these numbers are independent and have mean 0, then the variance of a product is the product of the
// variances, and the variance of a sum is the sum of the variances:
//
//     Var(y) = n · Var(w) · Var(x)
//
// Do not believe it: measure it, with weights of deviation 0.1, that is, variance 0.01.

// %%
const rows = [25, 100, 400].map((n) => {
  const random = new Random(seed);
  const draw = () => random.normal(0, 0.1);
  const fc = new FC({ inFeatures: n, outFeatures: 200, init: draw });
  const y = fc.forward(Tensor.randn([500, n], { random }));
  const measured = deviationOf(y) ** 2;
  return { "fan-in": n, "n · 0.01 · 1": n * 0.01, measured };
});
await show(table(rows, undefined, { title: "The variance of y" }));

// %% [markdown]
// So the numbers keep their size if n · Var(w) = 1. Backward wants something, too. The gradient of an input is a sum
// over all *outputs* that it reaches. Their number m is the **fan-out**, and this sum keeps its size if m · Var(w) = 1.
//
// - **Xavier** takes the middle, for tanh: the mean of n and m, times Var(w), is 1.
// - **He** is for ReLU. ReLU sets half of the numbers to 0, so that half of the squares are lost. Var(w) must be twice
//   as large as n alone would have it.
//
// Which deviation should the weights have? The deviation is the root of the variance.

// %% tags=["exercise"] id="init-deviation"
// Returns the standard deviation of the weights of one layer.
function initDeviation(
  fanIn: number,
  fanOut: number,
  activation: "tanh" | "relu",
): number {
  return blank(fanIn, fanOut, activation);
}

// %% tags=["check"] id="init-deviation"
await check("init-deviation", initDeviation);

// %% [markdown]
// As formulas, with n = fan-in and m = fan-out:
//
//     Xavier   (n + m)/2 · Var(w) = 1    deviation √(2 / (n + m))
//     He             n/2 · Var(w) = 1    deviation √(2 / n)
//
// With 100 inputs and 100 outputs that is 0.1 and 0.1414. So 0.01 was ten times too small, and 1 was ten times too
// large.

// %%
const xavier = Math.sqrt(2 / (100 + 100)), he = Math.sqrt(2 / 100);
console.log(`Xavier: ${xavier}   He: ${he.toFixed(4)}`);
const kept = tenLayers(xavier, () => new Tanh());
await showLayers(kept, "Xavier and tanh");

// %% [markdown]
// Even the tenth layer has numbers of a useful size. (They shrink slowly, because tanh brings each number a little
// closer to 0.) Now the same with ReLU.

// %% tags=["predict"] id="relu-start"
// Ten layers with ReLU. By how much do the numbers shrink if the weights
// start with Xavier's deviation? And with He's?

// %%
const byLayer = (outputs: Tensor[]) => ({
  x: outputs.map((_, i) => i + 1),
  y: outputs.map(deviationOf),
});
const withHe = byLayer(tenLayers(he, () => new ReLU()));
const withXavier = byLayer(tenLayers(xavier, () => new ReLU()));
await show(curve({
  "ReLU, He": withHe,
  "ReLU, Xavier": withXavier,
  "tanh, Xavier": byLayer(kept),
  "tanh, 0.01": byLayer(small),
}, { title: "Deviation", xLabel: "layer", log: true }));
const less = withHe.y[9] / withXavier.y[9];
console.log("after ten layers, He / Xavier =", less.toFixed(1));

// %% [markdown]
// With He the curve is level. With Xavier, ReLU loses a factor of √2 in each layer: 32 after ten. On this axis, equal
// distances are equal factors, so a straight line means the same loss in every layer.

// %% [markdown]
// ## And backward
// The gradient travels through the same layers in the other direction. We send one back from the end, and look at how
// large the gradients of the weights are in each layer.

// %%
function weightGradients(deviation: number, bend: Bend) {
  const random = new Random(seed);
  const draw = () => random.normal(0, deviation);
  const sizes = { inFeatures: 100, outFeatures: 100, init: draw };
  const fcs = Array.from({ length: 10 }, () => new FC(sizes));
  const model = new Module(fcs.flatMap((fc) => [fc, bend()]));
  model.backward(Tensor.randn(model.forward(samples).shape, { random }));
  return byLayer(fcs.map(({ weight }) => weight.grad));
}
await show(curve({
  "He": weightGradients(he, () => new ReLU()),
  "Xavier": weightGradients(xavier, () => new ReLU()),
  "0.01": weightGradients(0.01, () => new ReLU()),
}, { title: "Deviation of ∂L/∂W", xLabel: "layer", log: true }));

// %% [markdown]
// The gradient of the first layer has passed ten layers, and the input of the tenth has passed nine. So both ends
// suffer alike, and the lines are level: with 0.01 *all* layers get next to nothing. This is what people mean by
// vanishing gradients.

// %% [markdown]
// ## Does it matter for learning?
// Ten FC layers with 32 outputs each, a ReLU after each, and a last FC layer for the ten scores, on the digits of
// lesson 11. Plain gradient descent, one pass, and only the start differs. In the library you name it: `init: "normal"`
// is 0.01, and there are "xavier" and "he".

// %%
const size = settings.quick ? 4000 : 60_000;
const digits = mnist.train.take(size);
type Start = "normal" | "xavier" | "he";

function network(init: Start, hidden: number): Module {
  const random = new Random(seed);
  const layers: Layer[] = [new Flatten()];
  for (let i = 0; i < hidden; i++) {
    const inFeatures = i === 0 ? 784 : 32;
    layers.push(new FC({ inFeatures, outFeatures: 32, init, random }));
    layers.push(new ReLU());
  }
  layers.push(new FC({ inFeatures: 32, outFeatures: 10, init, random }));
  return new Module(layers);
}

// %% [markdown]
// `lossesOf` trains for one epoch, as `fit` does it, and keeps the loss of each batch. A step that is far too long
// makes the loss NaN. `fit` throws then, and we keep what there is.

// %%
async function lossesOf(model: Module, optimizer: Optimizer) {
  const losses: number[] = [];
  const order = new Random(seed);
  const training = fit(model, digits, { optimizer, random: order });
  try {
    for await (const event of training) {
      if (event.type === "step") losses.push(event.loss);
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error; // not a NaN
    losses.push(Infinity);
  }
  return losses;
}
function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
function smooth(losses: number[]): number[] {
  const from = (i: number) => Math.max(0, i - 9);
  return losses.map((_, i) => mean(losses.slice(from(i), i + 1)));
}

// %%
const starts: Start[] = ["normal", "xavier", "he"];
const startLosses = await remember("three starts", async () => {
  const found: number[][] = [];
  for (const start of starts) {
    const model = network(start, 10);
    const learningRate = 0.05;
    const sgd = new SGD(model.parameters(), { learningRate });
    found.push(await lossesOf(model, sgd));
  }
  return found;
}, { data: mnist.kind });

// %% tags=["predict"] id="three-starts"
// The three networks have been trained. Which of them learned?
// And where is the loss of one that did not?

// %%
await show(curve(
  Object.fromEntries(starts.map((s, i) => [s, smooth(startLosses[i])])),
  { title: "Loss, mean of 10 batches", xLabel: "step" },
));
const lasts = starts.map((start, i) => ({
  start,
  "first loss": startLosses[i][0],
  "last ten": mean(startLosses[i].slice(-10)),
}));
await show(table(lasts, undefined, { title: "Three starts" }));

// %% [markdown]
// "normal" stays at ln 10 ≈ 2.303: every class gets one tenth, whatever the image is. "xavier" was not made for ReLU:
// it begins to learn much later, in quick mode not at all. "he" learns from the first steps. Nothing else was
// different.
//
// The start only decides the first steps. So let us look at the steps. (This is half of the lesson, and a good place
// for a break: your place is kept.)

// %% [markdown]
// ## A long valley
// Here is a loss of two weights whose bottom is at (0, 0). It is flat along w₀, and fifty times as steep across, along
// w₁. Real losses look like that in many directions at once.
//
//     L = ½ (w₀² + 50 w₁²)        ∂L/∂w₀ = w₀    ∂L/∂w₁ = 50 w₁

// %%
const valley = ([w0, w1]: number[]) => (w0 ** 2 + 50 * w1 ** 2) / 2;
const slopesAt = ([w0, w1]: number[]) => [w0, 50 * w1];

const h = 0.001, here = [-9, 1.5];
const measured = here.map((_, i) => {
  const at = (by: number) => here.map((w, j) => i === j ? w + by : w);
  return (valley(at(h)) - valley(at(-h))) / (2 * h);
});
console.log("by the formula:", slopesAt(here).join(", "));
console.log("measured:", measured.map((m) => m.toFixed(6)).join(", "));

// %% [markdown]
// A rule for stepping gets the slopes and returns how far each weight moves. Plain gradient descent moves by −rate ·
// slope. `walk` starts at (−9, 1.5) and takes 40 steps.

// %%
type Rule = (slopes: number[]) => number[];

function plain(rate: number): Rule {
  return (slopes) => slopes.map((slope) => -rate * slope);
}

function walk(rule: Rule): number[][] {
  const path = [[-9, 1.5]];
  for (let step = 0; step < 40; step++) {
    const w = path[step], moves = rule(slopesAt(w));
    path.push(w.map((value, i) => value + moves[i]));
  }
  return path;
}
const line = (path: number[][]) => ({
  x: path.map(([w0]) => w0),
  y: path.map(([, w1]) => w1),
});

// %% tags=["predict"] id="valley"
// One step multiplies w₀ by 1 − rate and w₁ by 1 − 50 · rate. Which rates
// make w₁ grow instead of shrink? And how does the walk look just below?

// %%
const zigzag = walk(plain(0.038));
await show(curve({ "SGD": line(zigzag) }, {
  title: "Plain steps, rate 0.038",
  xLabel: "w₀",
  yLabel: "w₁",
  xRange: [-9, 1],
  rows: 10,
}));
console.log("after 40 steps, L =", valley(zigzag[40]).toFixed(3));

// %% [markdown]
// Above 2/50 = 0.04, 1 − 50 · rate is below −1, and the walk flies out of the valley. Just below, it jumps from wall to
// wall. And along the valley, where the way is long, that rate is far too small. One rate cannot suit both directions.

// %% [markdown]
// ## Momentum
// Look at the slopes along the walk. Across the valley they change sign at every step. Along the valley they all point
// the same way. So add the slopes up while you walk: what changes sign cancels, and what agrees grows. Keep a
// **velocity** v for each weight. At each step, v first shrinks by a factor, often 0.9, and then the slope is added.
// The weight moves against v:
//
//     v ← keep · v + slope        move = −rate · v
//
// Each v begins at 0. Write it for any number of weights and steps.

// %% tags=["exercise"] id="momentum-moves"
// slopes[t][i] is the slope of weight i at step t. Returns how far each
// weight moves at each step, as a list of the same shape.
function momentumMoves(
  slopes: number[][],
  rate: number,
  keep: number,
): number[][] {
  return blank(slopes, rate, keep);
}

// %% tags=["check"] id="momentum-moves"
await check("momentum-moves", momentumMoves);

// %% [markdown]
// As a rule it looks like this. It remembers v from one call to the next.

// %%
function momentum(rate: number, keep = 0.9): Rule {
  const v: number[] = [];
  return (slopes) =>
    slopes.map((slope, i) => {
      v[i] = keep * (v[i] ?? 0) + slope;
      return -rate * v[i];
    });
}

// %% tags=["predict"] id="terminal-speed"
// The slope is 1 at every step, the rate is 1, and keep is 0.9. How long
// is the first step, how long the second, and where does it end?

// %%
const downhill = momentum(1);
const lengths = Array.from({ length: 60 }, () => -downhill([1])[0]);
const seen = [1, 2, 3, 10, 30, 60].map((t) => [t, lengths[t - 1]]);
await show(table(seen, ["step", "length"], { title: "Slope 1" }));

// %% [markdown]
// It ends at 1 / (1 − 0.9) = 10. Where all slopes agree, momentum walks ten times as fast. So it takes a smaller rate
// than plain steps.

// %%
await show(curve({
  "SGD": line(zigzag),
  "momentum": line(walk(momentum(0.015))),
}, { title: "The valley", xLabel: "w₀", yLabel: "w₁", rows: 10 }));
const after = valley(walk(momentum(0.015))[40]);
console.log("after 40 steps with momentum, L =", after.toFixed(3));

// %% [markdown]
// ## A rate for each weight
// Momentum still has one rate for all. **RMSProp** measures how large the slopes of each weight usually are, and
// divides by that. It keeps a running mean s of the *squares*: each step moves s a little from its old value toward the
// new square. The root of s is then the usual size of a slope, and ε is a tiny number against a division by 0:
//
//     s ← α · s + (1 − α) · slope²        move = −rate · slope / (√s + ε)
//
// A colleague wrote it. It works for one weight. For two, both move, and yet something is wrong. Find the bug.

// %% tags=["exercise"] id="rmsprop-moves"
// slopes[t][i] is the slope of weight i at step t. Returns the moves.
function rmspropMoves(
  slopes: number[][],
  rate: number,
  alpha: number,
  epsilon: number,
): number[][] {
  let s = 0;
  return slopes.map((row) =>
    row.map((slope) => {
      s = alpha * s + (1 - alpha) * slope ** 2;
      return -rate * slope / (Math.sqrt(s) + epsilon);
    })
  );
}

// %% tags=["check"] id="rmsprop-moves"
await check("rmsprop-moves", rmspropMoves);

// %%
function rmsprop(rate: number, alpha = 0.99, epsilon = 1e-8): Rule {
  const s: number[] = []; // one for each weight
  return (slopes) =>
    slopes.map((slope, i) => {
      s[i] = alpha * (s[i] ?? 0) + (1 - alpha) * slope ** 2;
      return -rate * slope / (Math.sqrt(s[i]) + epsilon);
    });
}
const slopesHere = slopesAt(here), moves = rmsprop(0.03)(slopesHere);
console.log("slopes at the start:", slopesHere.join(", "));
console.log("first move:", moves.map((by) => by.toFixed(3)).join(", "));

// %% [markdown]
// The slopes differ by a factor of 8, and the moves are equally long. That is the point of RMSProp. But look at how
// long: the rate was 0.03, and each weight moved by ten times that. Why?

// %% [markdown]
// ## Adam, and its cold start
// **Adam** has both: a running mean m of the slopes, for the direction, and a running mean s of their squares, for the
// size. The move is −rate · m / (√s + ε). Both means begin at 0, and that is the trap.
//
//     m ← β₁ m + (1 − β₁) slope         usually β₁ = 0.9
//     s ← β₂ s + (1 − β₂) slope²        usually β₂ = 0.999

// %% tags=["predict"] id="cold-start"
// The slope is 1 at every step, so both true means are 1. What are m and
// s after the first step? How long is the move, in units of the rate?

// %%
const cold: number[][] = [];
let [m, s] = [0, 0];
for (let t = 1; t <= 3000; t++) {
  m = 0.9 * m + 0.1 * 1;
  s = 0.999 * s + 0.001 * 1 ** 2;
  cold.push([t, m, s, m / Math.sqrt(s)]);
}
const some = [1, 2, 10, 20, 100, 1000, 3000].map((t) => cold[t - 1]);
await show(table(some, ["t", "m", "s", "m / √s"]));

// %% [markdown]
// m is close to 1 after 20 steps or so, but s needs thousands. Meanwhile the moves are up to six and a half times too
// long, just when the network knows least. (RMSProp has the same fault: its first move is 1 / √(1 − α) = 10 times the
// rate.)
//
// Adam repairs it. With a constant slope, both means are too small by a factor that depends on t alone. Look at the
// table: how far has m come after t steps, and how far has s? Divide each by that *before* you use it. The means
// themselves go on as before, and t counts from 1. This is called the **bias correction**.

// %% tags=["exercise"] id="adam-moves"
// slopes[t][i] is the slope of weight i at step t + 1. Returns the moves.
function adamMoves(
  slopes: number[][],
  rate: number,
  beta1: number,
  beta2: number,
  epsilon: number,
): number[][] {
  return blank(slopes, rate, beta1, beta2, epsilon);
}

// %% tags=["check"] id="adam-moves"
await check("adam-moves", adamMoves);

// %% [markdown]
// After t steps of slope 1, m is 1 − β₁ᵗ: what is missing is what is left of the 0 at the start, which shrinks by β₁
// each time. So m̂ = m / (1 − β₁ᵗ) and ŝ = s / (1 − β₂ᵗ), and the move is −rate · m̂ / (√ŝ + ε).

// %%
function adam(rate: number): Rule {
  const [b1, b2, epsilon] = [0.9, 0.999, 1e-8];
  const m: number[] = [], s: number[] = [];
  let t = 0;
  return (slopes) => {
    t++;
    const reached1 = 1 - b1 ** t, reached2 = 1 - b2 ** t;
    return slopes.map((slope, i) => {
      m[i] = b1 * (m[i] ?? 0) + (1 - b1) * slope;
      s[i] = b2 * (s[i] ?? 0) + (1 - b2) * slope ** 2;
      const mHat = m[i] / reached1, sHat = s[i] / reached2;
      return -rate * mHat / (Math.sqrt(sHat) + epsilon);
    });
  };
}
const steady = adam(1);
const five = Array.from({ length: 5 }, () => -steady([1])[0]);
const fixed = five.map((length) => length.toFixed(6));
console.log("slope 1, rate 1, the first five moves:", fixed.join(" "));

// %%
const four = {
  "SGD": zigzag,
  "momentum": walk(momentum(0.015)),
  "RMSProp": walk(rmsprop(0.1)),
  "Adam": walk(adam(0.6)),
};
const walks = Object.entries(four);
await show(curve(
  Object.fromEntries(walks.map(([rule, path]) => [rule, line(path)])),
  { title: "Four walks of 40 steps", xLabel: "w₀", yLabel: "w₁" },
));

// %%
await show(table(
  walks.map(([rule, path]) => [rule, valley(path[40])]),
  ["rule", "L after 40 steps"],
));

// %% [markdown]
// ## The race
// Now on digits: two hidden layers of 32, "he", the same batches for all. `Ruled` gives each parameter of a network a
// rule of its own, so that your rules can train it.

// %%
class Ruled extends Optimizer {
  #rules: Rule[];
  constructor(parameters: Parameter[], make: () => Rule) {
    super(parameters, 0); // the rate is in the rule
    this.#rules = parameters.map(make);
  }
  step() {
    for (const [i, { value, grad }] of this.parameters.entries()) {
      const moves = this.#rules[i](Array.from(grad.data));
      const weights = value.data;
      for (let k = 0; k < moves.length; k++) weights[k] += moves[k];
    }
  }
}

// %% [markdown]
// Each rule needs its own rate, so a race with one rate for all would be unfair. We try three for each, a factor of
// three apart, and let the best one run.

// %% tags=["predict"] id="the-race"
// Four rules, equal steps, each at the best of its three rates. Which one
// is in front after one pass, and which one is last?

// %%
type Make = (rate: number) => Rule;
const runners: [name: string, make: Make, rates: number[]][] = [
  ["SGD", plain, [0.1, 0.3, 1]],
  ["momentum", momentum, [0.01, 0.03, 0.1]],
  ["RMSProp", rmsprop, [0.001, 0.003, 0.01]],
  ["Adam", adam, [0.001, 0.003, 0.01]],
];
type Run = { rule: string; rate: number; losses: number[]; end: number };
const race = await remember("race", async () => {
  const runs: Run[] = [];
  for (const [rule, make, rates] of runners) {
    for (const rate of rates) {
      const model = network("he", 2);
      const stepper = new Ruled(model.parameters(), () => make(rate));
      const losses = await lossesOf(model, stepper);
      runs.push({ rule, rate, losses, end: mean(losses.slice(-20)) });
      console.log(rule, rate, "loss", runs.at(-1)!.end.toFixed(3));
    }
  }
  return runs;
}, { data: mnist.kind });

// %%
const best = runners.map(([name]) =>
  race.filter(({ rule }) => rule === name)
    .reduce((a, b) => b.end < a.end ? b : a)
);
await show(curve(
  Object.fromEntries(best.map((r) => [r.rule, smooth(r.losses)])),
  {
    title: "Four rules at equal steps, each at its best rate",
    xLabel: "step",
    yLabel: "loss",
    log: "y",
  },
));

// %%
await show(table(
  best.map(({ rule, rate, end }) => [rule, rate, end]),
  ["rule", "best rate", "loss, last 20 batches"],
  { title: "The race" },
));

// %% [markdown]
// Plain steps come last. The three others are closer together, with Adam first or nearly so. Each has its own best
// rate: never compare two rules at the same one.
//
// Adam is not always best. With enough time and a good schedule, SGD with momentum often ends just as low. But Adam
// rarely needs much tuning, so it is where people begin.

// %% [markdown]
// ## The library agrees
// The library has your rules as `SGD` (with or without `momentum`), `RMSProp` and `Adam`. The same network, the same
// 30 gradients: after each step, every weight must be the same.

// %%
const exact = { dtype: "float64" } as const;
function apart(rule: () => Rule, theirs: (p: Parameter[]) => Optimizer) {
  const sizes = { inFeatures: 6, outFeatures: 4, ...exact };
  const one = new FC(sizes), other = new FC(sizes);
  const ours = new Ruled(one.parameters(), rule);
  const steppers = [ours, theirs(other.parameters())];
  const random = new Random(seed);
  for (let step = 0; step < 30; step++) {
    const grad = Tensor.randn([6, 4], { random, ...exact });
    one.weight.grad = grad;
    other.weight.grad = grad;
    for (const stepper of steppers) stepper.step();
  }
  return one.weight.value.minus(other.weight.value).map(Math.abs).max();
}

// %%
const learningRate = 0.01;
const pushed = { learningRate, momentum: 0.9 };
const differences = [
  apart(() => plain(0.01), (p) => new SGD(p, { learningRate })),
  apart(() => momentum(0.01), (p) => new SGD(p, pushed)),
  apart(() => rmsprop(0.01), (p) => new RMSProp(p, { learningRate })),
  apart(() => adam(0.01), (p) => new Adam(p, { learningRate })),
];
await show(table(
  runners.map(([name], i) => [name, differences[i].toExponential(1)]),
  ["rule", "largest difference of 24 weights"],
));

// %% [markdown]
// And the starts: the library's deviation beside yours, for a layer of 300 inputs and 100 outputs. Its Xavier draws
// evenly between two limits instead of from a normal distribution; only the deviation matters.

// %%
function drawn(init: Start): number {
  const wide = { inFeatures: 300, outFeatures: 100, init };
  return deviationOf(new FC(wide).weight.value);
}
await show(table(
  [
    ["xavier", Math.sqrt(2 / (300 + 100)), drawn("xavier")],
    ["he", Math.sqrt(2 / 300), drawn("he")],
  ],
  ["init", "ours", "the library's"],
  { title: "Deviation of the weights" },
));

// %% [markdown]
// ## What you know now
// - Weights start random, to differ, and of the right size, so that numbers and gradients pass through many layers:
//   √(2 / (n + m)) for tanh, √(2 / n) for ReLU.
// - A loss that stays at ln 10 often means a bad start.
// - Momentum adds up slopes that agree. RMSProp divides by the usual size of a slope. Adam does both.
// - A running mean that begins at 0 is too small at first: Adam divides by 1 − βᵗ.
