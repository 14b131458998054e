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
// Let a be what the network predicts (its answer) and t the truth, both [N, F]: N samples with F numbers each. The
// mean squared error (lesson 4) adds up the squares of a sample's F differences, and takes the mean over the N samples:
//
//     L = 1/N · Σₙ Σⱼ (aₙⱼ − tₙⱼ)²

// %% tags=["predict"] id="twice-as-far"
// One number of the answer is 2 away from the truth, then 4. How many
// times larger is its part of the loss? And the slope for it?

// %%
await show(table([2, 4].map((off) => ({
  "a − t": off,
  "its square": off ** 2,
  "slope of the square": 2 * off,
}))));

// %% [markdown]
// Four times the loss, twice the slope. As in lesson 4, the derivative of a square is twice the inside:
//
//     ∂L/∂aₙⱼ = 2/N · (aₙⱼ − tₙⱼ)

// %%
function mse(a: Tensor, t: Tensor): number {
  let sum = 0;
  for (let i = 0; i < a.size; i++) sum += (a.data[i] - t.data[i]) ** 2;
  return sum / a.shape[0];
}

function mseBackward(a: Tensor, t: Tensor): Tensor {
  return a.minus(t).times(2 / a.shape[0]);
}

// %% [markdown]
// The gradient is 2/N times the difference: far off means a hard pull, exactly right means no pull. We measure each of
// its numbers before we go on, and look at the worst. The formula is that of lesson 6: the relative error with a
// floor, here 1e-3, because a smaller slope is mostly rounding.

// %%
const [h, floor] = [1e-5, 1e-3];
type Loss = (x: Tensor) => number;

async function prove(name: string, loss: Loss, x: Tensor, ours: Tensor) {
  const found = Array.from(ours.data, (ours, index) => {
    const at = (by: number) => x.map((v, i) => i === index ? v + by : v);
    const measured = (loss(at(h)) - loss(at(-h))) / (2 * h);
    const size = Math.max(Math.abs(ours) + Math.abs(measured), floor);
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

await prove("mse", (a) => mse(a, truth), predicted, gradMse);

// %% [markdown]
// ## Choices are not quantities
// "It is a 7" is not twice as much as "it is a 3½". A network that chooses among ten digits gives ten scores z, and
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
// get about p = 0.1: −log 0.1 = ln 10 ≈ 2.30. Remember this number. What if the weights are five times as large, or
// ten times?

// %%
const starts = [1, 5, 10].map((factor) => {
  const scores = layer.forward(noise).times(factor);
  return [factor, crossEntropyOfTheBook(scores, anyLabels)];
});
const heads = ["weights times", "first loss"];
await show(table(starts, heads, { title: "Larger starts" }));

// %% [markdown]
// Larger weights give larger scores, so the network is sure of guesses made at random. That costs more. So a first loss
// from ln 10 up to about 4 is fine. When a training run with ten classes *starts* at 1 or at 10, something is wrong
// before anything has been learned.

// %% [markdown]
// ## The gradient, and a small miracle
// Write the loss of one sample with scores z and right class c, and let the logarithm do its work:
//
//     L = −log p_c = −log (e^z_c / S) = −z_c + log S        S = Σₖ e^zₖ
//
// Now the slope for score zⱼ. The first part gives −1, but only if j is c. For the second, the slope of log S is 1/S,
// times ∂S/∂zⱼ (the chain rule). Only one term of S has zⱼ in it, so ∂S/∂zⱼ is e^zⱼ. Together that is e^zⱼ / S, and
// this is pⱼ again!

// %% [markdown]
// Both parts together:
//
//     ∂L/∂zⱼ = pⱼ − 1        if j is the right class
//     ∂L/∂zⱼ = pⱼ            if it is not
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
  labels.forEach((label, n) => grad.data[n * C + label] -= 1);
  return grad.times(1 / N);
}

// %% tags=["predict"] id="pulls"
// The scores are 2, 1, 0 and the right class is the last one. Which
// scores does a step downhill raise, and which does it lower?

// %%
const one = Tensor.from([[2, 1, 0]], undefined, { dtype });
const slopes = crossEntropyBackward(one, [2]);
await show(heatmap(slopes, {
  title: "∂L/∂z (a step goes against it)",
  rows: ["slope"],
  columns: ["z₀ = 2", "z₁ = 1", "z₂ = 0"],
}));
console.log("their sum:", slopes.sum(), "(0, apart from rounding)");

// %% [markdown]
// Each wrong score is pushed down by its p. The right one is pulled up by 1 − p, here 0.910. The pulls sum to 0:
// probability only moves around. Now the proof, on six samples with four scores each.

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
  "each wrong one": path.map((p) => p[0]),
}, { title: "On the way down", xLabel: "step", yLabel: "p" }));

// %% [markdown]
// ## Why not the squared error?
// You could use (1 − p)² for the right class instead: it is also 0 for p = 1. Take two classes with scores z and 0,
// where z belongs to the right one. Then p is the sigmoid of z, with the slope p (1 − p) from lesson 2. So the squared
// error has the slope −2 (1 − p) · p (1 − p). We measure it at z = −2:

// %%
const p = (z: number) => 1 / (1 + Math.exp(-z));
const squareSlope = (z: number) => -2 * (1 - p(z)) * p(z) * (1 - p(z));
const square = (z: Tensor) => (1 - p(z.data[0])) ** 2;
const at = Tensor.from([-2], [1], { dtype });
await prove("(1 − p)²", square, at, at.map(squareSlope));

// %% tags=["predict"] id="stuck"
// Far to the left, at z = −8, the network is certain, and wrong. How
// hard does the squared error pull, and how hard the cross entropy?

// %%
await show(curve({
  "cross entropy": (z) => p(z) - 1,
  "squared error": squareSlope,
}, { title: "The slope of the loss", xLabel: "z", xRange: [-8, 8] }));

const zs = Array.from({ length: 161 }, (_, i) => (i - 80) / 10);
zs.sort((a, b) => squareSlope(a) - squareSlope(b));
console.log("the squared error pulls hardest at z =", zs[0]);

// %% [markdown]
// The squared error pulls hardest near z = −0.7. Left of that, the more wrong the network is, the *less* it pulls. At
// the left end there is almost no slope, and a network that is certain and wrong stays that way. There the softmax is
// flat, and its tiny slope p (1 − p) is a factor of the gradient. In the cross entropy that factor has canceled: being
// completely wrong gives the full pull of 1.
//
// ## Scores of a thousand
// Our function takes softmax first and the logarithm afterward. The softmax of lesson 2 survives ±1000. Does this
// function?

// %% tags=["predict"] id="thousand"
// The scores are 1000, 0, −1000, and the right class is the last. The
// loss is −z_c + log Σ e^z. What is it, roughly? And what will our
// function say?

// %%
const wild = Tensor.from([[1000, 0, -1000]], undefined, { dtype });
console.log("the last is right: ", crossEntropyOfTheBook(wild, [2]));
console.log("the first is right:", crossEntropyOfTheBook(wild, [0]));

// %% [markdown]
// The truth is 1000 + log e¹⁰⁰⁰ = 2000. But the p of the last class is e⁻¹⁰⁰⁰ / e¹⁰⁰⁰ = e⁻²⁰⁰⁰. That is too small for a
// floating-point number and becomes 0, and −log 0 is ∞. So never take the logarithm of a probability. Stay with the
// scores: L = −z_c + log Σₖ e^zₖ. There, e¹⁰⁰⁰ is
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
//     L = −z_c + m + log Σₖ e^(zₖ − m)

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
// The gradient was fine all along: it takes no logarithm, only p, and each p lies between 0 and 1. That is why in
// nearly every library softmax and cross entropy are *one* thing, which takes scores and not probabilities.

// %%
const stable = (z: Tensor) => crossEntropy(z, labels);
await prove("stable cross entropy", stable, z, grad);
const atThousand = crossEntropyBackward(wild, [2]);
await show(atThousand, { title: "the gradient at ±1000" });

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
// - Cross entropy for choices: −log p of the right class. Its gradient: p, minus 1 at the right class, over N.
// - With ten classes, the loss starts at ln 10 ≈ 2.30 or a little above.
// - Softmax and logarithm belong together: computed from the scores, with the largest taken out, nothing overflows.
