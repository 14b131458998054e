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
//     title: The CNN on all of MNIST
//     minutes: 25
//     part: The CNN
//     permissions: [mnist]
// ---
// %% [markdown]
// # The CNN on all of MNIST
// This is what the whole course was for. Convolution finds small things everywhere, pooling forgets exactly where, FC
// layers weigh what was found. You built each of them, and proved its backward pass. Today they become one network, and
// it learns to read while you watch.

// %%
import { BatchNorm, Conv2D, FC, Flatten, MaxPool2D } from "../mod.ts";
import { type Layer, Module, ReLU, Tanh } from "../mod.ts";
import { Adam, CrossEntropyLoss, evaluate, fit } from "../mod.ts";
import { gradCheck, oneCycle, remember, useKernel } from "../mod.ts";
import { Random, Tensor } from "../mod.ts";
import { confusion, curve, diagram, digits, filters } from "../mod.ts";
import { heatmap, show, summary, table, watch } from "../mod.ts";
import { loadMNIST } from "../data/mod.ts";
import { blank, check } from "./exercises/mod.ts";
import { settings } from "./settings.ts";

const { data: directory, seed, kernel, threads } = settings;
const mnist = await loadMNIST({ directory, seed });
console.log("Data:", mnist.source);
console.log(useKernel({ kernel, threads }));

// %% [markdown]
// Quick mode uses a small part of the data, so that no cell runs longer than half a minute. `--full` uses everything;
// the progress bar tells you how long that takes.

// %%
const quick = { train: 6000, test: 2000, epochs: 2 };
const full = { train: 60_000, test: 10_000, epochs: 3 };
const size = settings.quick ? quick : full;
const [train, test] = [
  mnist.train.take(size.train),
  mnist.test.take(size.test),
];
console.log(train.size, "digits to train on,", test.size, "to test on");
console.log("epochs:", size.epochs);

// %% [markdown]
// ## The original's network
// The course this one grew from ended with this network; in its day it was too slow to see all of MNIST. It has two
// convolutions, with 6 and 12 kernels of 3 × 3, and padding 1 so that the size stays the same. Pooling halves the size
// each time: 28, 14, 7. Then come three FC layers. The tanh between them is our addition, and below you will see why.

// %%
const kernels = { kernelSize: 3, padding: 1 };

function original(random: Random): Module {
  return new Module([
    new Conv2D({ inChannels: 1, outChannels: 6, ...kernels, random }),
    new MaxPool2D({ kernelSize: 2 }),
    new Tanh(),
    new Conv2D({ inChannels: 6, outChannels: 12, ...kernels, random }),
    new MaxPool2D({ kernelSize: 2 }),
    new Tanh(),
    new Flatten(),
    new FC({ inFeatures: 12 * 7 * 7, outFeatures: 512, random }),
    new Tanh(),
    new FC({ inFeatures: 512, outFeatures: 128, random }),
    new Tanh(),
    new FC({ inFeatures: 128, outFeatures: 10, random }),
  ]);
}

// %% [markdown]
// How many numbers, weights and biases together, does each layer learn? Return a list with one count for each layer
// that learns, first the convolutions, then the FC layers.
//
// For this network `size` is 28, `channels` is [1, 6, 12], `kernelSize` is 3 and `features` is [512, 128, 10]; the
// check tries others, too. Padding keeps the size the same, and each convolution is followed by a 2 × 2 pool.

// %% tags=["exercise"] id="count-parameters"
function countParameters(
  size: number,
  channels: number[],
  kernelSize: number,
  features: number[],
): number[] {
  return blank(size, channels, kernelSize, features);
}

// %% tags=["check"] id="count-parameters"
await check("count-parameters", countParameters);

// %% tags=["predict"] id="where-are-the-weights"
// Where are most of its numbers: in the convolutions or in the FC
// layers? How many times as many?

// %%
const model = original(new Random(seed));
await show(summary(model, [1, 28, 28]));

// %%
await show(diagram(model, [1, 28, 28]));

// %% [markdown]
// 720 numbers do the looking, because each kernel is used at every place. 368,522 do the weighing, 512 times as many.
// Keep an eye on the tanh between those three FC layers: we will come back to it.

// %% [markdown]
// ## Prove the whole chain
// Each layer has passed its gradient check. Now let us check them *together*: a small copy of the network in float64,
// on images of 8 × 8. If a layer passed the wrong thing back to the layer before it, this is where it would show.

// %%
const random = new Random(seed);
const exact = { dtype: "float64", random } as const;
const small = new Module([
  new Conv2D({ inChannels: 1, outChannels: 2, ...kernels, ...exact }),
  new MaxPool2D({ kernelSize: 2 }),
  new Tanh(),
  new Conv2D({ inChannels: 2, outChannels: 3, ...kernels, ...exact }),
  new MaxPool2D({ kernelSize: 2 }),
  new Tanh(),
  new Flatten(),
  new FC({ inFeatures: 12, outFeatures: 5, ...exact }),
  new Tanh(),
  new FC({ inFeatures: 5, outFeatures: 4, ...exact }),
]);
const tiny = Tensor.randn([2, 1, 8, 8], exact);
console.log(String(gradCheck(small, tiny, { random })));

// %% [markdown]
// One more check before training (lesson 8): an untrained network should have a loss a little above ln 10 ≈ 2.303, and
// get about one digit in ten right.

// %%
const fresh = evaluate(model, test.take(500));
console.log("untrained: loss", fresh.loss.toFixed(3));
console.log(fresh.correct, "of", fresh.total, "right");

// %% [markdown]
// ## The learning rate rises and falls
// The optimizer is Adam from lesson 12: it gives each weight its own step size, based on the history of its
// gradients. And the learning rate goes through **one cycle**: a short rise while the network knows nothing yet,
// then a long fall to almost zero.

// %%
const steps = size.epochs * Math.ceil(train.size / 64);
const schedule = oneCycle({ maxLearningRate: 0.002, steps, warmup: 0.1 });
await show(curve(Array.from({ length: steps }, (_, i) => schedule(i)), {
  title: "one cycle",
  xLabel: "step",
  yLabel: "learning rate",
}));

// %% [markdown]
// Now it trains. Each line shows the epoch, the iteration (how many batches), the loss of this batch and its accuracy;
// the progress bar shows how long it takes. After each epoch comes the test. You can stop it with Ctrl-C, or with the
// stop button of a notebook: it ends after a whole batch, and `model` keeps what it has learned.

// %% tags=["predict"] id="how-good"
// The FC network of lesson 11 got about 84 out of 100 right in quick
// mode after one epoch, and 89 after two. What will this one reach?

// %%
const how = {
  optimizer: new Adam(model.parameters()),
  schedule,
  epochs: size.epochs,
  batchSize: 64,
  random: new Random(seed),
  test,
};
const kind = { data: mnist.kind };
const history = await remember("original", model, (goOn) => {
  return watch(fit(model, train, { ...how, ...goOn }));
}, kind);

// %% [markdown]
// In the step-through, `remember` keeps what was learned for another day: when you come back, it does not have to be
// trained again. And should the power fail in the middle, run the cell again: training goes on where it was, to the bit
// (that is what `goOn` is for). Here is what it takes for what, on images that it has never seen:

// %%
const tested = () => evaluate(model, test);
const result = await remember("original, tested", tested, kind);
await show(confusion(result.confusion, { title: "taken for" }));

// %% [markdown]
// Let the computer read the table. `counts.at(truth, guess)` says how often a digit was taken for which. Which single
// mistake is the most common? Return its place, [truth, guess]. (If several are equally common, any of them is fine.)

// %% tags=["exercise"] id="worst-confusion"
function worstConfusion(counts: Tensor): number[] {
  return blank(counts);
}

// %% tags=["check"] id="worst-confusion"
await check("worst-confusion", worstConfusion);

// %% [markdown]
// ## The worst mistakes
// Which image surprised it most? The loss of a single image is −log of the probability that the network gave to the
// truth. Sort by that, and look at the top.

// %%
function hardest(network: Module) {
  const ce = new CrossEntropyLoss();
  const found: { index: number; guess: number; loss: number }[] = [];
  for (let start = 0; start < test.size; start += 100) {
    const { images, labels } = test.slice(start, start + 100);
    const scores = network.forward(images);
    scores.argmax().forEach((guess, i) => {
      const loss = ce.forward(scores.slice(i), [labels[i]]);
      found.push({ index: start + i, guess, loss });
    });
  }
  return found.sort((a, b) => b.loss - a.loss).slice(0, 10);
}

// %%
async function showHardest(network: Module, name: string) {
  const find = () => hardest(network);
  const worst = await remember(`${name}, hardest`, find, kind);
  const { x, labels } = test.batch(worst.map(({ index }) => index));
  const predictions = worst.map(({ guess }) => guess);
  await show(digits(x, { labels, predictions }));
}
await showHardest(model, "original");

// %% [markdown]
// ## What it looks for
// Here are the six kernels, as they began (first row) and as they are now (second row), all with one scale. The same
// seed gives the same start again. Look for kernels that are red on one side and blue on the other: you saw similar
// ones in lesson 13.

// %%
const first = model.layers[0] as Conv2D, now = first.weight.value;
const begun = original(new Random(seed)).layers[0] as Conv2D;
const old = begun.weight.value;
const rows = Tensor.from([...old.data, ...now.data], [12, 1, 3, 3]);
const title = "kernels 0 to 5 as they began, and as they are now";
await show(filters(rows, { title, perRow: 6 }));

// %% tags=["predict"] id="how-far"
// How far have they moved, compared with their size: by a tenth of it,
// by half, or by twice as much?

// %%
const length = (x: Tensor) => Math.sqrt(x.times(x).sum());
const moved = 100 * length(now.minus(old)) / length(old);
console.log(`they moved by ${moved.toFixed(0)} % of their size`);

// %%
const seen = first.forward(test.batch([0]).x);
const label = `what kernels 0 to 5 see in a ${test.labels[0]}`;
await show(heatmap(seen, { title: label }));

// %% [markdown]
// Compare the rows: most kernels still look for what they looked for at the start. Random kernels already see edges,
// and the layers after them have learned what to do with those.
//
// ## Three layers that are one
// What if there were no tanh between the three FC layers? A linear step after a linear step is a linear step: you can
// multiply out ((x W₁ + b₁) W₂ + b₂) W₃ + b₃ to x W + b. Two facts find W and b. If x is all zeros, only b comes out.
// If only input i is 1, row i of W comes out, plus b.

// %%
const linear = model.layers.filter((layer) => layer instanceof FC);
function three(x: Tensor): Tensor { // without the tanh between them
  return linear.reduce((out, layer) => layer.forward(out), x);
}
const b = three(Tensor.zeros([1, 588])).reshape([10]);
const units = Tensor.zeros([588, 588]);
for (let i = 0; i < 588; i++) units.data[588 * i + i] = 1; // (row i, i)
const W = three(units).map((score, k) => score - b.data[k % 10]);

const one = new FC({ inFeatures: 588, outFeatures: 10 });
one.weight.value = W;
one.bias!.value = b;
console.log("W:", W.shape, "  b:", b.shape);

// %% tags=["predict"] id="three-in-one"
// `one` is a single layer, 588 → 10. How many numbers does it have,
// instead of 368,522? And how far will its scores be from those of the
// three?

// %%
function count(...layers: Layer[]): number {
  const all = layers.flatMap((layer) => layer.parameters());
  return all.reduce((sum, { value }) => sum + value.size, 0);
}
const x = Tensor.randn([100, 588], { random: new Random(seed) });
const apart = one.forward(x).minus(three(x)).map(Math.abs).max();
const relative = (apart / three(x).map(Math.abs).max()).toExponential(1);
console.log(`the scores differ by ${relative} of the largest: rounding`);
console.log(`${count(one)} numbers say what ${count(...linear)} said`);

// %% [markdown]
// Without the tanh, you would train three layers and get at most one. It is the bend between the layers that makes
// depth worth having.

// %% [markdown]
// ## A better network
// Four changes. ReLU instead of tanh, with the larger first weights that ReLU needs (`he`, lesson 12). More
// kernels, 8 and 16. Far less FC. And *batch norm* after each convolution: it shifts and scales each map so that over
// the batch its mean is 0 and its variance 1, whatever the weights before it do. Lesson 17 builds it, with its backward
// pass. Here it lets the network learn with five times the rate.
//
// The convolutions need no bias now: batch norm would subtract it again along with the mean.

// %%
const plain = { ...kernels, bias: false, init: "he" } as const;

function better(random: Random): Module {
  return new Module([
    new Conv2D({ inChannels: 1, outChannels: 8, ...plain, random }),
    new BatchNorm({ features: 8 }),
    new ReLU(),
    new MaxPool2D({ kernelSize: 2 }),
    new Conv2D({ inChannels: 8, outChannels: 16, ...plain, random }),
    new BatchNorm({ features: 16 }),
    new ReLU(),
    new MaxPool2D({ kernelSize: 2 }),
    new Flatten(),
    new FC({ inFeatures: 784, outFeatures: 64, init: "he", random }),
    new ReLU(),
    new FC({ inFeatures: 64, outFeatures: 10, random }),
  ]);
}

// %% [markdown]
// Before it is trained, the new chain is proved like the first: a small copy of it, in float64.

// %%
const smallBetter = new Module([
  new Conv2D({ inChannels: 1, outChannels: 2, ...plain, ...exact }),
  new BatchNorm({ features: 2, dtype: "float64" }),
  new ReLU(),
  new MaxPool2D({ kernelSize: 2 }),
  new Flatten(),
  new FC({ inFeatures: 32, outFeatures: 4, init: "he", ...exact }),
]);
const tiny3 = Tensor.randn([3, 1, 8, 8], exact);
console.log(String(gradCheck(smallBetter, tiny3, { random })));

// %%
const second = better(new Random(seed));
await show(summary(second, [1, 28, 28]));

// %% tags=["predict"] id="a-seventh"
// It has a seventh of the numbers. Will it be better or worse? And
// faster or slower?

// %%
const secondHow = {
  optimizer: new Adam(second.parameters()),
  schedule: oneCycle({ maxLearningRate: 0.01, steps, warmup: 0.1 }),
  epochs: size.epochs,
  batchSize: 64,
  random: new Random(seed),
  test,
};
const secondHistory = await remember("better", second, (goOn) => {
  return watch(fit(second, train, { ...secondHow, ...goOn }));
}, kind);

// %%
const testSecond = () => evaluate(second, test);
const secondResult = await remember("better, tested", testSecond, kind);
const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
const right = percent(result.accuracy);
const rightSecond = percent(secondResult.accuracy);
await show(table([
  ["the original's", count(model), right, history.seconds],
  ["the better one", count(second), rightSecond, secondHistory.seconds],
], ["network", "parameters", "right on the test set", "seconds"]));

// %% [markdown]
// With all the data, the small network reads better: its numbers are in better places, and batch norm allows a larger
// rate. (Each network has the rate that suits it.) It takes about as long, because most of the time goes into the
// convolutions, and it has more kernels. Its first loss is higher than the original's: `he` makes larger scores (lesson
// 8).

// %%
function smooth(steps: readonly { loss: number }[]): number[] {
  return steps.map((_, i) => {
    const last = steps.slice(Math.max(0, i - 19), i + 1);
    const sum = last.reduce((sum, { loss }) => sum + loss, 0);
    return Math.max(1e-3, sum / last.length);
  });
}
await show(curve({
  "the original's": smooth(history.steps),
  "the better one": smooth(secondHistory.steps),
}, {
  title: "the loss, mean of 20 batches",
  xLabel: "step",
  yLabel: "loss",
  log: "y",
}));

// %% [markdown]
// ## What is left
// Here is what the better network confuses, and then the images that surprise it most. Some of them would surprise you,
// too.

// %%
await show(confusion(secondResult.confusion));

// %%
second.eval(); // batch norm: the mean of all batches, not of this one
await showHardest(second, "better");
console.log("Data:", mnist.source);

// %% [markdown]
// ## What you know now
// - A CNN is about a thousand numbers that look, and tens or hundreds of thousands that weigh.
// - Before you train, check the chain as a whole, and check the first loss.
// - Linear after linear is linear: depth needs something bent in between.
// - Fewer numbers beat more numbers, if they are in better places and what passes between them has the right size.
//
// You wrote the backward pass of a convolution, proved it right, and trained a network with it;
// `deno task lesson 16 --full` shows it all 60,000 digits. Everything from here on is larger, not different.
