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
//     title: Batch norm and dropout
//     minutes: 35
//     permissions: [mnist]
// ---
// %% [markdown]
// # Batch norm and dropout
// These two layers do one thing while a network learns, and another while it is used. Batch norm repairs the size of
// the numbers in every forward pass. Dropout switches off half of a layer, at random. You will derive the backward pass
// of batch norm, prove it, and see what goes wrong when a network is left in the wrong mode.

// %%
import { Adam, BatchNorm, Dropout, evaluate, FC, fit } from "../mod.ts";
import { type FitOptions, Flatten, gradCheck, Layer } from "../mod.ts";
import { Module, Parameter } from "../mod.ts";
import { Random, ReLU, remember, SGD, Tensor } from "../mod.ts";
import { curve, digits, heatmap, show, table } from "../mod.ts";
import { ImageDataset, loadMNIST } from "../data/mod.ts";
import { blank, check } from "./exercises/mod.ts";
import { settings } from "./settings.ts";

const { data: directory, seed } = settings;
const mnist = await loadMNIST({ directory, seed });
console.log("Data:", mnist.source);
const random = new Random(seed);
const exact = { dtype: "float64" } as const; // proofs need all digits

// %% [markdown]
// ## Measure and repair
// In lesson 12 you chose the first weights so that the numbers keep their size from layer to layer. But every step of
// training changes the weights, and with them the sizes. **Batch norm** does not rely on the weights. It measures the
// numbers of a batch, subtracts their mean and divides by their standard deviation.

// %% tags=["predict"] id="four-numbers"
// A batch of four samples, and one feature: 3, 7, 3, 7. Subtract the mean
// and divide by the standard deviation. Which four numbers come out?

// %%
const four = [3, 7, 3, 7];
const mean = four.reduce((sum, v) => sum + v) / 4;
const variance = four.reduce((sum, v) => sum + (v - mean) ** 2, 0) / 4;
const deviation = Math.sqrt(variance);
console.log("mean", mean, "  variance", variance);
console.log(four.map((v) => (v - mean) / deviation).join(", "));

// %% [markdown]
// In general, with x̂ (say "x hat") for a normalized number:
//
//     x̂ = (x − mean) / √(variance + ε)        ε = 1e-5
//     y = γ · x̂ + β
//
// If all numbers of a batch are equal, the variance is 0. The small ε keeps us from dividing by 0. γ (gamma) and β
// (beta) are learned, one of each for every feature. They begin at 1 and 0. With them the layer can choose any other
// mean and deviation, if that is better for the loss.
//
// Write it for a batch x [N, C]: N samples in rows, C features in columns. Each *column* has its own mean and variance.
// The variance is the mean of N squares, as above.

// %% tags=["exercise"] id="batch-norm"
// gamma and beta are [C]. Returns y, [N, C].
function batchNorm(
  x: Tensor,
  gamma: Tensor,
  beta: Tensor,
  epsilon: number,
): Tensor {
  return blank(x, gamma, beta, epsilon);
}

// %% tags=["check"] id="batch-norm"
await check("batch-norm", batchNorm);

// %% [markdown]
// ## The same for images
// In a batch of feature maps [N, C, H, W], the feature is the *map*: all pixels of map c in all N images share one mean
// and one variance. A convolution asks the same question everywhere, so its answers belong together.

// %% tags=["predict"] id="how-many-means"
// Feature maps [64, 8, 14, 14]: how many means are there? And over how
// many numbers does each of them run?

// %%
const [N, C, H, W] = [64, 8, 14, 14];
console.log(`${C} means`);
console.log(`each over ${N} · ${H} · ${W} = ${N * H * W} numbers`);

// %% [markdown]
// One function serves both shapes. It says to which channel the number with the flat index i belongs. Example: in
// [2, 3, 2, 2] a map has 4 numbers. Number 17 is in map ⌊17 / 4⌋ = 4, counted over both images. Each image has 3 maps,
// so it is map 4 mod 3 = 1 of the second image. For [N, C] a "map" has one number.

// %%
function channelOf({ shape, size }: Tensor, i: number): number {
  const [N, C] = shape;
  const plane = size / (N * C); // how many numbers a map has
  return Math.floor(i / plane) % C;
}

/** For each channel of x, the mean of what `of` returns. */
function channelMeans(x: Tensor, of: (i: number, c: number) => number) {
  const sums = new Array<number>(x.shape[1]).fill(0);
  for (let i = 0; i < x.size; i++) {
    const c = channelOf(x, i);
    sums[c] += of(i, c);
  }
  return sums.map((sum) => sum / (x.size / sums.length));
}
console.log("number 17:", channelOf(Tensor.zeros([2, 3, 2, 2]), 17));

// %%
type Statistics = { mean: number[]; variance: number[] };

function statisticsOf(x: Tensor): Statistics {
  const mean = channelMeans(x, (i) => x.data[i]);
  const square = (i: number, c: number) => (x.data[i] - mean[c]) ** 2;
  return { mean, variance: channelMeans(x, square) };
}
function normalize(x: Tensor, { mean, variance }: Statistics) {
  const sigma = variance.map((v) => Math.sqrt(v + 1e-5));
  const xHat = x.map((value, i) => {
    const c = channelOf(x, i);
    return (value - mean[c]) / sigma[c];
  });
  return { xHat, sigma };
}

// %% [markdown]
// Eight samples with five features. Each feature has its own mean and its own size: the first is hardly visible beside
// the last.

// %%
const uneven = Tensor.randn([8, 5], { random, ...exact })
  .map((v, i) => (v + 1) * 2 ** (i % 5));
await show(heatmap(uneven, { title: "Before" }));
const even = normalize(uneven, statisticsOf(uneven)).xHat;
await show(heatmap(even, { title: "After: each column alike" }));

// %% [markdown]
// ## Backward: who moves whom
// Backward is harder than in any layer before. If one x changes a little, the mean and the variance change, too, and
// with them *every* x̂ of that channel. First think of large changes.

// %% tags=["predict"] id="all-together"
// All numbers of a channel grow by 1. How does x̂ change? And how, if all
// of them are doubled?

// %%
const largestOf = (t: Tensor) => t.map(Math.abs).max();
const again = (x: Tensor) => normalize(x, statisticsOf(x)).xHat;
const afterShift = largestOf(again(uneven.plus(1)).minus(even));
const afterDouble = largestOf(again(uneven.times(2)).minus(even));
console.log("all + 1: x̂ changes by", afterShift.toExponential(1));
console.log("all · 2: x̂ changes by", afterDouble.toExponential(1));

// %% [markdown]
// Not at all, apart from rounding and ε. Moving all of them together has no effect, so the gradient of a channel must
// add up to 0. This is a good test for any formula that we find.
//
// Let a channel have m numbers, and let σ = √(variance + ε). One number xᵢ moves the mean by
//
//     ∂mean/∂xᵢ = 1/m
//
// For σ, start at σ² = 1/m · Σₖ (xₖ − mean)² + ε, and take the slope of both sides:
//
//     2σ · ∂σ/∂xᵢ = 2/m · (xᵢ − mean)
//          ∂σ/∂xᵢ = x̂ᵢ / m
//
// The mean moves, too, but the distances xₖ − mean add up to 0, so that this changes nothing.

// %% [markdown]
// Now x̂ⱼ = (xⱼ − mean) / σ. Its top changes by 1 if i = j, and by −1/m through the mean. Its bottom changes by x̂ᵢ/m.
// The quotient rule gives
//
//     ∂x̂ⱼ/∂xᵢ = 1/σ · ( [1 if i = j] − 1/m − x̂ᵢ x̂ⱼ / m )
//
// Three terms: directly, through the mean, through σ. We measure them all, for one channel of four numbers.

// %%
const one = Tensor.from([[1], [2], [4], [9]], [4, 1], exact);
const h = 1e-5;
const measured = Tensor.zeros([4, 4], exact);
for (let i = 0; i < 4; i++) {
  const moved = (by: number) => {
    return again(one.map((v, k) => k === i ? v + by : v));
  };
  const slopes = moved(h).minus(moved(-h)).times(1 / (2 * h));
  for (let j = 0; j < 4; j++) measured.data[4 * i + j] = slopes.data[j];
}
await show(heatmap(measured, { title: "∂x̂ⱼ/∂xᵢ: row i, column j" }));

// %%
const { xHat: hat, sigma: [sigma1] } = normalize(one, statisticsOf(one));
const formula = measured.map((_, k) => {
  const i = Math.floor(k / 4), j = k % 4;
  const direct = i === j ? 1 : 0;
  return (direct - 1 / 4 - hat.data[i] * hat.data[j] / 4) / sigma1;
});
const off = largestOf(formula.minus(measured)).toExponential(1);
console.log("the formula and the measured slopes differ by", off);

// %% [markdown]
// ## Your turn
// From above comes dyⱼ = ∂L/∂yⱼ for each number of a channel, and yⱼ = γ · x̂ⱼ + β. Add up over all j what xᵢ does to
// L, with the three terms above. Two of the three sums become *means* over the channel, because of the 1/m. And γ and
// β were used for every number of the channel: what are their gradients?

// %% tags=["exercise"] id="batch-norm-backward"
// One channel. Returns dx, a list like dy, and the two numbers dGamma and
// dBeta.
function batchNormBackward(
  xHat: number[],
  sigma: number,
  gamma: number,
  dy: number[],
): { dx: number[]; dGamma: number; dBeta: number } {
  return blank(xHat, sigma, gamma, dy);
}

// %% tags=["check"] id="batch-norm-backward"
await check("batch-norm-backward", batchNormBackward);

// %% [markdown]
// The sum over j, term by term:
//
//     Σⱼ dyⱼ · γ · ∂x̂ⱼ/∂xᵢ = γ/σ · ( dyᵢ − 1/m · Σⱼ dyⱼ − x̂ᵢ · 1/m · Σⱼ dyⱼ x̂ⱼ )
//
// and so, for one channel:
//
//     dx = γ/σ · ( dy − mean(dy) − x̂ · mean(dy · x̂) )
//     dγ = Σ dy · x̂        dβ = Σ dy
//
// Both means are *removed* from dy: what moves all numbers together, and what stretches them all. It is the gradient's
// way of saying that these two have no effect.

// %%
type Seen = { xHat: Tensor; sigma: number[] };

/** γ · x̂ + β, with the γ and β of each channel. */
function scaled(xHat: Tensor, gamma: Tensor, beta: Tensor): Tensor {
  return xHat.map((value, i) => {
    const c = channelOf(xHat, i);
    return gamma.data[c] * value + beta.data[c];
  });
}

// %%
/** The three gradients; `constant` takes mean and σ for constants. */
function gradients(
  { xHat, sigma }: Seen,
  gamma: Tensor,
  dy: Tensor,
  constant: boolean,
) {
  const mean = channelMeans(dy, (i) => dy.data[i]);
  const product = channelMeans(dy, (i) => dy.data[i] * xHat.data[i]);
  const dx = dy.map((g, i) => {
    const c = channelOf(dy, i);
    const indirect = mean[c] + xHat.data[i] * product[c];
    return gamma.data[c] / sigma[c] * (constant ? g : g - indirect);
  });
  const m = dy.size / mean.length; // m times a mean is the sum
  return {
    dx,
    dGamma: gamma.map((_, c) => m * product[c]),
    dBeta: gamma.map((_, c) => m * mean[c]),
  };
}

// %% [markdown]
// And the layer around them. You will see in a moment what `constant` is for.

// %%
class Norm extends Layer {
  gamma: Parameter;
  beta: Parameter;
  constant = false;
  seen?: Seen; // by forward, for backward
  constructor(features: number, dtype: "float32" | "float64") {
    super();
    this.gamma = new Parameter("gamma", [features], dtype);
    this.beta = new Parameter("beta", [features], dtype);
    this.gamma.value.data.fill(1);
  }
  override forward(x: Tensor, used = statisticsOf(x)): Tensor {
    this.seen = normalize(x, used);
    return scaled(this.seen.xHat, this.gamma.value, this.beta.value);
  }
  override backward(dy: Tensor): Tensor {
    const { gamma, beta, constant } = this, seen = this.saved(this.seen);
    const found = gradients(seen, gamma.value, dy, constant);
    gamma.grad = gamma.grad.plus(found.dGamma);
    beta.grad = beta.grad.plus(found.dBeta);
    return found.dx;
  }
}

// %% [markdown]
// Prove it, for samples in rows and for images. γ and β get random values first: with γ = 1 a missing γ would go
// unnoticed.

// %%
function withRandom<L extends Norm>(layer: L): L {
  const sizes = layer.gamma.value.shape;
  layer.gamma.value = Tensor.randn(sizes, { random, ...exact });
  layer.beta.value = Tensor.randn(sizes, { random, ...exact });
  return layer;
}
const inRows = Tensor.randn([6, 3], { random, ...exact });
const images = Tensor.randn([3, 2, 4, 5], { random, ...exact });
const norm3 = withRandom(new Norm(3, "float64"));
const norm2 = withRandom(new Norm(2, "float64"));
console.log(`samples: ${gradCheck(norm3, inRows, { random })}`);
console.log(`images: ${gradCheck(norm2, images, { random })}`);

// %% [markdown]
// A common shortcut treats the mean and σ as constants: then dx is simply γ/σ · dy. The code is shorter, and training
// with it seems to work for a while.

// %% tags=["predict"] id="as-constants"
// Does the gradient check find it? Which of the three gradients, of x, γ
// and β, are wrong?

// %%
const shortcut = withRandom(new Norm(3, "float64"));
shortcut.constant = true;
console.log(String(gradCheck(shortcut, inRows, { random })));

// %% [markdown]
// The check finds it at once: the gradients of γ and β are right, and every element of dx is wrong. A network trained
// like this walks in a wrong direction at every step.

// %% [markdown]
// ## A single image
// The network is trained, and somebody asks about one digit. Which mean, which variance?

// %% tags=["predict"] id="one-sample"
// Two different samples go through batch norm, each alone, as a batch
// [1, 3]. What comes out for the first, and what for the second?

// %%
for (const n of [0, 1]) {
  const y = new Norm(3, "float64").forward(inRows.slice(n, n + 1));
  console.log(`sample ${n}:`, Array.from(y.data).join(", "));
}

// %% [markdown]
// Zeros for both: a number alone is its own mean, and nothing is left of it. So in use, the layer must not look at the
// batch. While it trains, it keeps a running mean and a running variance, as RMSProp does in lesson 12, and later it
// uses those:
//
//     running ← running + momentum · (batch − running)        momentum = 0.1
//
// The running mean begins at 0 and the running variance at 1. One detail: around its *own* mean, a small batch looks
// narrower than the numbers it was drawn from. By how much? We draw 20,000 batches from numbers of variance 1.

// %%
const narrow = [2, 4, 16].map((m) => {
  const drawn = Tensor.randn([m, 20_000], { random });
  const { variance } = statisticsOf(drawn);
  const measured = variance.reduce((a, b) => a + b) / 20_000;
  return { m, measured, "(m − 1) / m": (m - 1) / m };
});
await show(table(narrow, undefined, { title: "Variance of a batch" }));

// %% [markdown]
// It is too small by the factor (m − 1)/m. So the running variance gets the batch's variance times m/(m − 1).
//
// A colleague wrote this for one feature. In training, all is well. But someone noticed that the accuracy on the test
// set changes each time it is measured, and depends on the order of the test images. Find out why, and fix it.

// %% tags=["exercise"] id="running-statistics"
type Running = { mean: number; variance: number };

// Normalizes the values of one feature. Returns them, and the running
// statistics to go on with.
function normalizeFeature(
  values: number[],
  running: Running,
  momentum: number,
  training: boolean,
): { y: number[]; running: Running } {
  const m = values.length;
  const mean = values.reduce((sum, v) => sum + v) / m;
  const squares = values.map((v) => (v - mean) ** 2);
  const variance = squares.reduce((sum, square) => sum + square) / m;
  const after = {
    mean: running.mean + momentum * (mean - running.mean),
    variance: running.variance +
      momentum * (variance * m / (m - 1) - running.variance),
  };
  const used = training ? { mean, variance } : after;
  const sigma = Math.sqrt(used.variance + 1e-5);
  const y = values.map((v) => (v - used.mean) / sigma);
  return { y, running: after };
}

// %% tags=["check"] id="running-statistics"
await check("running-statistics", normalizeFeature);

// %% [markdown]
// The whole layer: `training` is a field of every layer, and `model.train()` and `model.eval()` set it. In evaluation
// the mean and σ *are* constants, and then the shortcut from above is the right backward.

// %%
class OurBatchNorm extends Norm {
  running: Statistics;
  constructor(features: number, dtype: "float32" | "float64") {
    super(features, dtype);
    const mean = new Array<number>(features).fill(0);
    this.running = { mean, variance: mean.map(() => 1) };
  }
  override forward(x: Tensor): Tensor {
    this.constant = !this.training;
    if (!this.training) return super.forward(x, this.running);
    const batch = statisticsOf(x);
    this.follow(batch, x.size / x.shape[1]);
    return super.forward(x, batch);
  }
  follow(batch: Statistics, m: number): void {
    const { mean, variance } = this.running;
    for (let c = 0; c < mean.length; c++) {
      const unbiased = batch.variance[c] * m / (m - 1);
      mean[c] += 0.1 * (batch.mean[c] - mean[c]);
      variance[c] += 0.1 * (unbiased - variance[c]);
    }
  }
}

// %%
const ours = withRandom(new OurBatchNorm(2, "float64"));
console.log(`training: ${gradCheck(ours, images, { random })}`);
ours.training = false;
console.log(`evaluation: ${gradCheck(ours, images, { random })}`);

// %% [markdown]
// ## What it is good for
// The ten layers of lesson 12 again: FC layers with 32 outputs and ReLU, plain gradient descent, one pass. This time
// the rate is 0.3, six times as large as there. One network has your batch norm before each ReLU, the other has none.

// %%
const part = mnist.train.take(settings.quick ? 4000 : 60_000);
function deep(init: "normal" | "he", normed: boolean): Module {
  const random = new Random(seed), layers: Layer[] = [new Flatten()];
  for (let i = 0; i < 10; i++) {
    const inFeatures = i === 0 ? 784 : 32;
    layers.push(new FC({ inFeatures, outFeatures: 32, init, random }));
    if (normed) layers.push(new OurBatchNorm(32, "float32"));
    layers.push(new ReLU());
  }
  layers.push(new FC({ inFeatures: 32, outFeatures: 10, init, random }));
  return new Module(layers);
}
// %%
/** Trains, and returns the loss of each batch. */
async function learn(
  model: Module,
  data: ImageDataset,
  how: FitOptions,
): Promise<number[]> {
  const losses: number[] = [];
  for await (const event of fit(model, data, how)) {
    if (event.type === "step") losses.push(event.loss);
  }
  return losses;
}
function fast(model: Module): Promise<number[]> {
  const optimizer = new SGD(model.parameters(), { learningRate: 0.3 });
  return learn(model, part, { optimizer, random: new Random(seed) });
}

// %%
const three = await remember("three networks", async () => ({
  "without": await fast(deep("he", false)),
  "with": await fast(deep("he", true)),
  "with, bad start": await fast(deep("normal", true)),
}), { data: mnist.kind });

// %% tags=["predict"] id="with-and-without"
// With batch norm and without, from the good start "he": who learns? And
// what if batch norm has to begin with "normal"? The network of lesson 12
// learned nothing from there.

// %%
function average(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
const named = Object.entries(three);
await show(curve(three, { title: "Loss", xLabel: "step" }));
await show(table(
  named.map(([name, losses]) => [name, average(losses.slice(-10))]),
  ["batch norm", "loss, last ten"],
  { title: "Ten layers at rate 0.3" },
));

// %% [markdown]
// Without batch norm this rate is too large: the network hardly gets going. With it, the network learns from the first
// steps, even from the bad start. That is why lesson 16 could take a rate five times as large.

// %% [markdown]
// ## The wrong mode
// A smaller network, trained with batch norm. Then it reads 1000 test digits three times: in evaluation mode; in
// training mode, in batches of 50 mixed digits; and in training mode, in batches of 50 equal digits.

// %%
function shallow(): Module {
  const random = new Random(seed);
  return new Module([
    new Flatten(),
    new FC({ inFeatures: 784, outFeatures: 64, init: "he", random }),
    new OurBatchNorm(64, "float32"),
    new ReLU(),
    new FC({ inFeatures: 64, outFeatures: 10, random }),
  ]);
}
const test = mnist.test.take(1000);
/** Accuracy, in batches of 50 in this order. */
function accuracy(model: Module, order: number[]): number {
  let right = 0;
  for (let start = 0; start < order.length; start += 50) {
    const { x, labels } = test.batch(order.slice(start, start + 50));
    const guesses = model.forward(x).argmax();
    right += guesses.filter((guess, i) => guess === labels[i]).length;
  }
  return right / order.length;
}

// %% tags=["predict"] id="wrong-mode"
// Which of the three readings is the best, and what happens when all
// digits of a batch are equal?

// %%
const modes = await remember("modes", async () => {
  const model = shallow(), { labels } = test;
  const optimizer = new Adam(model.parameters(), { learningRate: 0.01 });
  const how = { optimizer, random: new Random(seed) };
  await learn(model, mnist.train.take(3000), how);
  const mixed = Array.from({ length: test.size }, (_, i) => i);
  const sorted = mixed.toSorted((a, b) => labels[a] - labels[b]);
  model.eval();
  const evaluation = accuracy(model, mixed);
  model.train();
  return [evaluation, accuracy(model, mixed), accuracy(model, sorted)];
}, { data: mnist.kind });
await show(table(
  [
    ["evaluation", modes[0]],
    ["training, mixed batches", modes[1]],
    ["training, batches of equal digits", modes[2]],
  ],
  ["mode", "accuracy"],
  { title: "One network, 1000 digits" },
));

// %% [markdown]
// In a batch of nothing but sevens, batch norm subtracts what they have in common: the seven itself. The same image
// gets different scores in different company. So call `model.eval()` before you use a network, and `model.train()`
// before you go on training. (`evaluate` and `fit` do it for you.) Here is a good place for a break.

// %% [markdown]
// ## Dropout
// The second layer with two modes. A large network can memorize its training data, even the mistakes in it. **Dropout**
// makes that harder. In training, each number becomes 0 with a probability, the `rate`; which ones is drawn again in
// every forward. No output can rely on one other output alone. In evaluation nothing is dropped.

// %% tags=["predict"] id="smaller-mean"
// Ten thousand numbers with mean 1, and a rate of 0.2. What is their mean
// after dropping? And by what must the others be multiplied to repair it?

// %%
const many = Tensor.randn([10_000], { random }).plus(1);
const kept = many.map((v) => random.uniform() < 0.2 ? 0 : v);
console.log("mean before:", many.mean().toFixed(3));
console.log("mean after:", kept.mean().toFixed(3));
console.log("and times 1.25:", kept.times(1.25).mean().toFixed(3));

// %% [markdown]
// The next layer should see numbers of the same size in both modes, or it would be wrong in one of them. The usual way
// is to repair the size in training, so that evaluation has nothing to do.
//
// Write it. To make the check possible, the random numbers are given: `noise` has the shape of x, with numbers from 0
// up to 1. A number of x is dropped where the noise is below the rate.

// %% tags=["exercise"] id="dropout"
function dropout(
  x: Tensor,
  noise: Tensor,
  rate: number,
  training: boolean,
): Tensor {
  return blank(x, noise, rate, training);
}

// %% tags=["check"] id="dropout"
await check("dropout", dropout);

// %% [markdown]
// Backward is short. Each y is x times a number of the **mask**, which is 0 or 1 / (1 − rate). So each dx is dy times
// the same number.

// %%
class OurDropout extends Layer {
  keepMask = false; // whether forward takes the last mask again
  mask?: Tensor;
  constructor(public rate: number, public random: Random) {
    super();
  }
  override forward(x: Tensor): Tensor {
    const kept = 1 / (1 - this.rate);
    const draw = () => this.random.uniform() < this.rate ? 0 : kept;
    if (!this.training) this.mask = x.map(() => 1);
    else if (!this.keepMask || !this.mask) this.mask = x.map(draw);
    return x.times(this.mask);
  }
  override backward(dy: Tensor): Tensor {
    return dy.times(this.saved(this.mask));
  }
}

// %% tags=["predict"] id="check-dropout"
// The gradient check calls forward many times, with x moved a little to
// both sides. What will it say about this layer?

// %%
const drops = new OurDropout(0.5, new Random(seed));
const loose = String(gradCheck(drops, inRows, { random })).split("\n")[0];
console.log("a new mask each time:", loose);
drops.keepMask = true;
console.log(`the same mask: ${gradCheck(drops, inRows, { random })}`);

// %% [markdown]
// With a new mask in each forward, the two sides differ by whole numbers that appear and vanish: the layer is a
// different function each time. A gradient check needs *one* function. (For the library's `Dropout`, `gradCheck` keeps
// the mask by itself.)

// %% [markdown]
// ## Learning with wrong labels
// Take 1000 digits, and let three of ten get a random label: that happens when people label in a hurry. A network of
// two hidden layers with 128 outputs learns them for 20 epochs, once without dropout and once with a rate of 0.5.

// %%
const thousand = mnist.train.take(1000);
const hurry = new Random(seed);
const truths = Array.from(thousand.labels);
const labels = truths.map((label) => {
  return hurry.uniform() < 0.3 ? hurry.integer(10) : label;
});
const wrongly = new ImageDataset(thousand.bytes, Uint8Array.from(labels));
const mark = (i: number) => labels[i] === truths[i] ? "" : "?";
const notes = labels.map((label, i) => `${label}${mark(i)}`);
await show(digits(wrongly.take(10).images, { labels: notes }));

// %%
function wide(rate: number): Module {
  const random = new Random(seed);
  const layers: Layer[] = [new Flatten()];
  for (const inFeatures of [784, 128]) {
    const sizes = { inFeatures, outFeatures: 128 };
    layers.push(new FC({ ...sizes, init: "he", random }), new ReLU());
    if (rate > 0) layers.push(new OurDropout(rate, random));
  }
  layers.push(new FC({ inFeatures: 128, outFeatures: 10, random }));
  return new Module(layers);
}

// %% tags=["predict"] id="who-memorizes"
// Which of the two knows its 1000 labels better at the end? And which one
// reads new digits better?

// %%
type Score = { dropout: number; memorized: number; "new digits": number };
const scores = await remember("wrong labels", async () => {
  const found: Score[] = [];
  for (const dropout of [0, 0.5]) {
    const model = wide(dropout), order = new Random(seed);
    const learningRate = 0.002;
    const optimizer = new Adam(model.parameters(), { learningRate });
    const how = { optimizer, epochs: 20, batchSize: 50, random: order };
    await learn(model, wrongly, how);
    const memorized = evaluate(model, wrongly).accuracy;
    const unseen = evaluate(model, test).accuracy;
    found.push({ dropout, memorized, "new digits": unseen });
  }
  return found;
}, { data: mnist.kind });
await show(table(scores, undefined, { title: "Accuracy" }));

// %% [markdown]
// Without dropout the network memorizes nearly all labels, the wrong ones, too. With dropout it knows fewer of them,
// and reads new digits better. Knowing the training data better than new data is called **overfitting**. Dropout is one
// remedy; more data is the best one.

// %% [markdown]
// ## The library agrees
// `BatchNorm` and `Dropout` of the library must give the same numbers: forward, backward, and in both modes. First
// batch norm, with four batches in training and then one in evaluation; then the gradients of γ and β, and what runs.

// %%
const mine = new OurBatchNorm(2, "float64");
const theirs = new BatchNorm({ features: 2, ...exact });
let worst = 0;
for (const training of [true, true, true, true, false]) {
  mine.training = theirs.training = training;
  const x = Tensor.randn([3, 2, 4, 5], { random, ...exact });
  const dy = Tensor.randn(x.shape, { random, ...exact });
  const y = mine.forward(x).minus(theirs.forward(x));
  const dx = mine.backward(dy).minus(theirs.backward(dy));
  worst = Math.max(worst, largestOf(y), largestOf(dx));
}

// %%
const [dGamma, dBeta] = [mine.gamma.grad, mine.beta.grad];
worst = Math.max(worst, largestOf(dGamma.minus(theirs.gamma.grad)));
worst = Math.max(worst, largestOf(dBeta.minus(theirs.beta.grad)));
const { mean: ourMean, variance: ourVariance } = mine.running;
for (const c of [0, 1]) {
  const meanOff = ourMean[c] - theirs.runningMean.at(c);
  const varianceOff = ourVariance[c] - theirs.runningVar.at(c);
  worst = Math.max(worst, Math.abs(meanOff), Math.abs(varianceOff));
}
console.log("batch norm differs by", worst.toExponential(1));

// %% [markdown]
// And dropout: with the same seed, both draw the same mask.

// %%
const mineDrops = new OurDropout(0.3, new Random(7));
const theirDrops = new Dropout({ rate: 0.3, random: new Random(7) });
const passes = [mineDrops, theirDrops].map((layer) => {
  const y = layer.forward(images);
  return [y, layer.backward(images)];
});
const apart = passes[0].map((t, k) => largestOf(t.minus(passes[1][k])));
console.log("dropout differs by", Math.max(...apart));

// %% [markdown]
// ## What you know now
// - Batch norm gives each feature mean 0 and variance 1 over the batch, and then scales and shifts it by γ and β.
// - Its gradient goes three ways: directly, through the mean, through σ. It adds up to 0 over a channel.
// - In use it takes running statistics. A network left in training mode gives wrong answers without any error.
// - Dropout zeroes numbers at random, only in training, and scales the others up by 1 / (1 − rate).
