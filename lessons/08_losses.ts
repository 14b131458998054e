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
//     title: Losses
//     minutes: 20
//     permissions: []
// ---
// %% [markdown]
// # Losses: how wrong is wrong?
// Training makes one number small. Everything a network ever learns, it learns from the slope of that number, so it is
// worth asking what the number should be. For quantities it is the squared error; for choices it is the cross entropy.
// At the end you will know why the second has the simplest gradient in this whole course.

// %%
import { CrossEntropyLoss, FC, gradCheckLoss, MSELoss } from "../mod.ts";
import { Random, Softmax, Tensor } from "../mod.ts";
import { curve, heatmap, show, table } from "../mod.ts"; // pictures
import { blank, check } from "./exercises/mod.ts";
import { settings } from "./settings.ts";

const random = new Random(settings.seed);
const dtype = "float64"; // proofs need all digits

// %% [markdown]
// ## The squared error, for quantities
// Let p be what the network predicts and t the truth, both [N, F]: N samples with F numbers each. The **mean squared
// error** adds up the squares of a sample's F differences, and takes the mean over the N samples:
//
//     L = 1/N · Σₙ Σⱼ (pₙⱼ − tₙⱼ)²          ∂L/∂pₙⱼ = 2/N · (pₙⱼ − tₙⱼ)

// %%
function mse(p: Tensor, t: Tensor): number {
  let sum = 0;
  for (let i = 0; i < p.size; i++) sum += (p.data[i] - t.data[i]) ** 2;
  return sum / p.shape[0];
}

function mseBackward(p: Tensor, t: Tensor): Tensor {
  return p.minus(t).times(2 / p.shape[0]);
}

// %% [markdown]
// The gradient is the difference itself, up to a factor: far off means a hard pull, exactly right means no pull. We
// measure each of its numbers before we go on, and look at the worst.

// %%
const h = 1e-5;
type Loss = (x: Tensor) => number;

async function prove(name: string, loss: Loss, x: Tensor, ours: Tensor) {
  const found = Array.from(ours.data, (ours, index) => {
    const at = (by: number) => x.map((v, i) => i === index ? v + by : v);
    const measured = (loss(at(h)) - loss(at(-h))) / (2 * h);
    const size = Math.max(Math.abs(ours) + Math.abs(measured), 1e-3);
    const error = Math.abs(ours - measured) / size;
    return { index, ours, measured, ratio: ours / measured, error };
  });
  const worst = found.reduce((a, b) => b.error > a.error ? b : a);
  const title = `${name}: the worst of ${found.length}`;
  await show(table([worst], undefined, { title }));
}

// %%
const predicted = Tensor.randn([6, 3], { random, dtype });
const truth = Tensor.randn([6, 3], { random, dtype });
const gradMse = mseBackward(predicted, truth);

await prove("mse", (p) => mse(p, truth), predicted, gradMse);

// %% [markdown]
// ## Choices are not quantities
// "It is a 7" is not twice as much as "it is a 3½". A network that chooses among ten digits gives ten **scores** z, and
// softmax (lesson 2) turns them into probabilities p. The truth is just the number of the right class, the **label**.
// So how wrong are probabilities? Only one of them matters: the p of the right class.

// %% tags=["predict"] id="surprise"
// Let the loss be −log p, where p is the probability of the right class
// and log is the natural logarithm. What is it for p = 1? For p = 0.1?
// And where does it go as p → 0?

// %%
await show(curve((p: number) => -Math.log(p), {
  title: "Cross entropy: −log p",
  xLabel: "p, the probability of the right class",
  xRange: [0.005, 1],
}));

// %%
const ps = [1, 0.9, 0.5, 0.1, 0.01];
await show(table(ps.map((p) => [p, -Math.log(p)]), ["p", "−log p"]));

// %% [markdown]
// Being certain and right costs nothing. Being certain and wrong costs without limit: the loss is how *surprised* the
// network is by the truth. The mean of −log p over a batch is called the **cross entropy**.

// %%
function crossEntropyOfTheBook(z: Tensor, labels: number[]): number {
  const p = new Softmax().forward(z);
  let sum = 0;
  labels.forEach((label, n) => sum -= Math.log(p.at(n, label)));
  return sum / labels.length;
}
console.log(crossEntropyOfTheBook(Tensor.from([[2, 1, 0]]), [0]));

// %% tags=["predict"] id="first-loss"
// A new network for ten digits knows nothing yet, and its weights are
// tiny. What is its loss on the very first batch, whatever the pictures?

// %%
const [inFeatures, outFeatures] = [784, 10];
const layer = new FC({ inFeatures, outFeatures, init: "normal", random });
const noise = Tensor.uniform([100, 784], { random });
const anyLabels = Array.from({ length: 100 }, () => random.integer(10));

const firstLoss = crossEntropyOfTheBook(layer.forward(noise), anyLabels);
console.log("the first loss:", firstLoss, "  ln 10:", Math.log(10));

// %% [markdown]
// The weights start out tiny (`normal`: around 0, by 0.01 or so), so all ten scores are nearly 0, and all ten classes
// get about p = 0.1: −log 0.1 = ln 10 ≈ 2.30. Remember this number. Larger weights start a little above it, at 2.4 to
// 2.8. When a training run with ten classes *starts* far from there, something is wrong before anything has been
// learned.

// %% [markdown]
// ## The gradient, and a small miracle
// Write the loss of one sample with scores z and right class t, and let the logarithm do its work:
//
//     L = −log pₜ = −log (e^zₜ / Σₖ e^zₖ) = −zₜ + log Σₖ e^zₖ
//
// Now the slope for score zⱼ. The first part gives −1, but only if j is the right class. The second part gives
// e^zⱼ / Σₖ e^zₖ, and that is pⱼ again! So
//
//     ∂L/∂zⱼ = pⱼ − yⱼ        y: 1 for the right class, 0 for the others
//
// The whole table of softmax slopes from lesson 2 has canceled. What is left is "what you said, minus what is true".

// %% [markdown]
// That was one sample. In a batch, z is a tensor [N, C], each row holds the scores of one sample, and labels[n] is the
// right class of row n. The loss is the mean over the N samples. Write its gradient for all the scores at once.

// %% tags=["exercise"] id="ce-backward"
// Returns ∂L/∂z, a tensor [N, C] like z. (Softmax is a layer here:
// new Softmax().forward(z) returns p.)
function ceBackward(z: Tensor, labels: number[]): Tensor {
  return blank(z, labels);
}

// %% tags=["check"] id="ce-backward"
await check("ce-backward", ceBackward);

// %% [markdown]
// In code: the probabilities, minus 1 at the right class. The loss is a mean over N samples, so its slope has the 1/N
// too.

// %%
function crossEntropyBackward(z: Tensor, labels: number[]): Tensor {
  const grad = new Softmax().forward(z); // p
  const [N, C] = z.shape;
  labels.forEach((label, n) => grad.data[n * C + label] -= 1); // − y
  return grad.times(1 / N);
}

// %% tags=["predict"] id="pulls"
// The scores are 2, 1, 0 and the right class is the last one. Which
// scores does a step downhill raise, and which does it lower?

// %%
const one = Tensor.from([[2, 1, 0]], undefined, { dtype });
const slopes = crossEntropyBackward(one, [2]);
await show(heatmap(slopes, {
  title: "∂L/∂z = p − y (a step goes against it)",
  rows: ["slope"],
  columns: ["z₀ = 2", "z₁ = 1", "z₂ = 0"],
}));
console.log("their sum:", slopes.sum(), "(0, except for rounding)");

// %% [markdown]
// The right score is pulled up. All the others are pushed down, each as strongly as the network believed in it. The
// pulls sum to 0: probability only moves around. Now the proof, on six samples with four scores each.

// %%
const z = Tensor.randn([6, 4], { random, dtype });
const labels = Array.from({ length: 6 }, () => random.integer(4));
const grad = crossEntropyBackward(z, labels);

const book = (z: Tensor) => crossEntropyOfTheBook(z, labels);
await prove("cross entropy", book, z, grad);

// %% [markdown]
// Watch what these pulls do. We give one sample the scores 0, 0, 0, 0, and let it walk downhill for 40 steps with rate
// 0.5. The right class is the third.

// %%
const path: number[][] = [];
let scores = Tensor.zeros([1, 4], { dtype });
for (let step = 0; step <= 40; step++) {
  path.push([...new Softmax().forward(scores).data]);
  scores = scores.minus(crossEntropyBackward(scores, [2]).times(0.5));
}
await show(curve({
  "the right one": path.map((p) => p[2]),
  "each of the others": path.map((p) => p[0]),
}, { title: "On the way down", xLabel: "step", yLabel: "p" }));

// %% [markdown]
// ## Why not the squared error?
// You could use (1 − p)² for the right class instead: it is also 0 for p = 1. Look at the *slope*, with two classes and
// scores z and 0, where z belongs to the right one. On the left, the network is certain, and wrong.

// %% tags=["predict"] id="stuck"
// Far to the left, at z = −8: how hard does the squared error pull, and
// how hard does the cross entropy?

// %%
const p = (z: number) => 1 / (1 + Math.exp(-z));
await show(curve({
  "cross entropy": (z) => p(z) - 1,
  "squared error": (z) => -2 * (1 - p(z)) ** 2 * p(z),
}, { title: "The slope of the loss", xLabel: "z", xRange: [-8, 8] }));

// %% [markdown]
// The more wrong the network is, the *less* the squared error pulls. At the left end there is almost no slope, and a
// network that is certain and wrong stays that way. There the softmax is flat, and its tiny slope is a factor of
// the gradient. In the cross entropy that factor has canceled: being completely wrong gives the full pull of 1.
//
// ## Scores of a thousand
// Our function takes softmax first and the logarithm afterward. Since lesson 2, softmax survives ±1000. Does this
// function?

// %% tags=["predict"] id="thousand"
// The scores are 1000, 0, −1000, and the right class is the last. The
// loss is −zₜ + log Σ e^z. What is it, roughly? And what will our
// function say?

// %%
const wild = Tensor.from([[1000, 0, -1000]], undefined, { dtype });
console.log("the last is right: ", crossEntropyOfTheBook(wild, [2]));
console.log("the first is right:", crossEntropyOfTheBook(wild, [0]));

// %% [markdown]
// The truth is 1000 + log e¹⁰⁰⁰ = 2000. But e⁻²⁰⁰⁰ is too small for a floating-point number and becomes 0, and −log 0
// is ∞. So never take the logarithm of a probability. Stay with the scores: L = −zₜ + log Σₖ e^zₖ. There, e¹⁰⁰⁰ is
// still in the way, and you know from lesson 2 how a softmax gets rid of it. Do the same to this sum, on paper first.

// %% tags=["exercise"] id="stable-ce"
// Returns the mean loss of the scores z [N, C], whatever their size.
function stableCE(z: Tensor, labels: number[]): number {
  return blank(z, labels);
}

// %% tags=["check"] id="stable-ce"
await check("stable-ce", stableCE);

// %% [markdown]
// Take the largest score, m, out of the sum: e^zₖ = eᵐ · e^(zₖ − m), and log eᵐ is m. Then one of the terms is e⁰, and
// a sum of at least 1 has a good logarithm:
//
//     L = −zₜ + m + log Σₖ e^(zₖ − m)

// %%
function crossEntropy(z: Tensor, labels: number[]): number {
  const [N, C] = z.shape;
  let loss = 0;
  for (let n = 0; n < N; n++) {
    const row = z.data.subarray(n * C, (n + 1) * C);
    const m = Math.max(...row);
    let sum = 0;
    for (const score of row) sum += Math.exp(score - m);
    loss += -row[labels[n]] + m + Math.log(sum);
  }
  return loss / N;
}

// %%
console.log("the last is right: ", crossEntropy(wild, [2]));
console.log("the first is right:", crossEntropy(wild, [0]));

// %% [markdown]
// The gradient was fine all along: it takes no logarithm, only p − y, and each p lies between 0 and 1. That is why in
// nearly every library softmax and cross entropy are *one* thing, which takes scores and not probabilities.

// %%
const stable = (z: Tensor) => crossEntropy(z, labels);
await prove("stable cross entropy", stable, z, grad);
await show(crossEntropyBackward(wild, [2]), { title: "p − y at ±1000" });

// %% [markdown]
// ## The library agrees
// `MSELoss` and `CrossEntropyLoss` have `forward(prediction, truth)`, which returns the number, and `backward()`, which
// returns the gradient of exactly that number.

// %%
const [lib, libMse] = [new CrossEntropyLoss(), new MSELoss()];
const apart = (a: Tensor, b: Tensor) => a.minus(b).map(Math.abs).max();
const differences = [
  ["cross entropy", lib.forward(z, labels) - crossEntropy(z, labels)],
  ["its gradient", apart(lib.backward(), grad)],
  ["at ±1000", lib.forward(wild, [2]) - 2000],
  ["mse", libMse.forward(predicted, truth) - mse(predicted, truth)],
  ["its gradient", apart(libMse.backward(), gradMse)],
];
await show(table(differences, ["what", "apart"], {
  title: "The library and ours",
}));

// %%
console.log(String(gradCheckLoss(lib, z, labels)));
console.log(String(gradCheckLoss(libMse, predicted, truth)));

// %% [markdown]
// ## What you know now
// - Squared error for quantities: its gradient is 2/N times the difference.
// - Cross entropy for choices: −log of the p of the right class, and its gradient is p − y, over N.
// - With ten classes, the loss starts at ln 10 ≈ 2.30.
// - Softmax and logarithm belong together: computed from the scores, with the largest taken out, nothing overflows.
