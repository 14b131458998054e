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
//     permissions: [mnist]
// ---
// %% [markdown]
// # The CNN on all of MNIST
// This is what the whole course was for. Convolution finds small things everywhere, pooling forgets exactly where, FC
// layers weigh what was found. You built each of them, and proved its backward pass. Today they become one network, and
// it learns to read while you watch.

// %%
import { Adam, Conv2D, evaluate, FC, fit, Flatten, type Layer, MaxPool2D, Module, oneCycle } from "../mod.ts";
import { BatchNorm, gradCheck, Random, ReLU, remember, Tanh, Tensor, useKernel } from "../mod.ts";
import { confusion, curve, diagram, digits, filters, heatmap, show, summary, table, watch } from "../mod.ts"; // pictures
import { loadMNIST } from "../data/mod.ts";
import { blank, check } from "./exercises/mod.ts";
import { settings } from "./settings.ts";

const mnist = await loadMNIST({ directory: settings.data, seed: settings.seed });
console.log("Data:", mnist.source);
console.log(useKernel({ kernel: settings.kernel, threads: settings.threads }));

// %% [markdown]
// Quick mode uses a small part of the data, so that no cell runs longer than half a minute. `--full` uses everything;
// the progress bar tells you how long that takes.

// %%
const size = settings.quick ? { train: 6000, test: 2000, epochs: 2 } : { train: 60_000, test: 10_000, epochs: 3 };
const [train, test] = [mnist.train.take(size.train), mnist.test.take(size.test)];
console.log(`${train.size} digits to train on, ${test.size} to test on, ${size.epochs} epochs`);

// %% [markdown]
// ## The original's network
// The course this one grew from ended with this network; in its day it was too slow to see all of MNIST. It has two
// convolutions, with 6 and 12 kernels of 3 × 3, and padding 1 so that the size stays the same. Pooling halves the size
// each time: 28, 14, 7. Then come three FC layers. The tanh between them is our addition, and below you will see why.

// %%
function original(random: Random): Module {
  return new Module([
    new Conv2D({ inChannels: 1, outChannels: 6, kernelSize: 3, padding: 1, random }),
    new MaxPool2D({ kernelSize: 2 }),
    new Tanh(),
    new Conv2D({ inChannels: 6, outChannels: 12, kernelSize: 3, padding: 1, random }),
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
// How many numbers does it have to learn? Return a list with one number for each layer that learns, first the
// convolutions, then the FC layers. For this network `size` is 28, `channels` is [1, 6, 12], `kernelSize` is 3 and
// `features` is [512, 128, 10]; the check tries others, too. Padding keeps the size the same, and each convolution is
// followed by a 2 × 2 pool.

// %% tags=["exercise"] id="count-parameters"
function countParameters(size: number, channels: number[], kernelSize: number, features: number[]): number[] {
  return blank(size, channels, kernelSize, features);
}

// %% tags=["check"] id="count-parameters"
await check("count-parameters", countParameters);

// %% tags=["predict"] id="where-are-the-weights"
// Where are most of its numbers: in the convolutions or in the FC layers? How many times as many?

// %%
const model = original(new Random(settings.seed));
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
const random = new Random(settings.seed), exact = { dtype: "float64", random } as const;
const small = new Module([
  new Conv2D({ inChannels: 1, outChannels: 2, kernelSize: 3, padding: 1, ...exact }),
  new MaxPool2D({ kernelSize: 2 }),
  new Tanh(),
  new Conv2D({ inChannels: 2, outChannels: 3, kernelSize: 3, padding: 1, ...exact }),
  new MaxPool2D({ kernelSize: 2 }),
  new Tanh(),
  new Flatten(),
  new FC({ inFeatures: 12, outFeatures: 5, ...exact }),
  new Tanh(),
  new FC({ inFeatures: 5, outFeatures: 4, ...exact }),
]);
console.log(String(gradCheck(small, Tensor.randn([2, 1, 8, 8], exact), { random })));

// %%
const fresh = evaluate(model, test.take(500));
console.log(`untrained: loss ${fresh.loss.toFixed(3)} (ln 10 is 2.303), ${fresh.correct} of ${fresh.total} right`);

// %% [markdown]
// ## The learning rate rises and falls
// The optimizer is **Adam** from lesson 12: it gives each weight its own step size, based on the history of its
// gradients. And the learning rate goes through **one cycle**: a short rise while the network knows nothing yet,
// then a long fall to almost zero.

// %%
const steps = size.epochs * Math.ceil(train.size / 64);
const schedule = oneCycle({ maxLearningRate: 0.002, steps, warmup: 0.1 });
await show(curve(Array.from({ length: steps }, (_, step) => schedule(step)), {
  title: "one cycle",
  xLabel: "step",
  yLabel: "learning rate",
}));

// %% tags=["predict"] id="how-good"
// The FC network of lesson 11 got about 88 out of 100 right in quick mode, and 98 out of 100 with all the data. What
// will this one reach?

// %%
const training = fit(model, train, {
  optimizer: new Adam(model.parameters()),
  schedule,
  epochs: size.epochs,
  batchSize: 64,
  random: new Random(settings.seed),
  test,
});
const history = await remember("original", model, () => watch(training), { data: mnist.kind });

// %% [markdown]
// While it ran, each line showed the epoch, the iteration, the loss of the batch, its accuracy and how many were
// correct; after each epoch came the test. If you stopped it (Ctrl-C, or the stop button of a notebook), it stopped after
// a whole batch, and `model` kept what it had learned: everything below works with it as it is. In the step-through,
// `remember` also keeps it for another day: when you come back, it does not have to be trained again.

// %%
const result = await remember("original, tested", () => evaluate(model, test), { data: mnist.kind });
await show(confusion(result.confusion, { title: "what was taken for what" }));

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
function hardest(network: Module, count: number): { index: number; guess: number; loss: number }[] {
  const found: { index: number; guess: number; loss: number }[] = [];
  for (let start = 0; start < test.size; start += 100) {
    const { images, labels } = test.slice(start, start + 100);
    const scores = network.forward(images), guesses = scores.argmax();
    guesses.forEach((guess, i) => {
      const sum = Array.from({ length: 10 }, (_, c) => Math.exp(scores.at(i, c) - scores.at(i, guess)));
      const loss = Math.log(sum.reduce((a, b) => a + b)) + scores.at(i, guess) - scores.at(i, labels[i]);
      found.push({ index: start + i, guess, loss });
    });
  }
  return found.sort((a, b) => b.loss - a.loss).slice(0, count);
}

// %%
async function showHardest(network: Module, name: string): Promise<void> {
  const worst = await remember(`${name}, hardest`, () => hardest(network, 10), { data: mnist.kind });
  const { x, labels } = test.batch(worst.map(({ index }) => index));
  await show(digits(x, { labels, predictions: worst.map(({ guess }) => guess) }));
}
await showHardest(model, "original");

// %% [markdown]
// ## What it looks for
// Here are the six kernels as they began, as they are now, and what each of them sees in one digit. The same seed gives
// the same start again. Look for kernels that are red on one side and blue on the other: you met one like that in
// lesson 13. How far have they moved?

// %%
const first = model.layers[0], begun = original(new Random(settings.seed)).layers[0];
await show(filters(begun.parameters()[0].value, { title: "the six kernels of the first layer, as they began" }));
await show(filters(first.parameters()[0].value, { title: "and as they are now" }));

// %%
await show(heatmap(first.forward(test.batch([0]).x), { title: `what they see in a ${test.labels[0]}` }));

// %% [markdown]
// They have hardly changed. Random kernels already see edges, and the layers after them have learned what to do with
// those.
//
// ## Three layers that are one
// What if there were no tanh between the three FC layers? A linear step after a linear step after a linear step … is a
// linear step: you can multiply out ((x W₁ + b₁) W₂ + b₂) W₃ + b₃ to x W + b.

// %%
const count = (layer: Layer) => layer.parameters().reduce((sum, { value }) => sum + value.size, 0);
const linear = model.layers.filter((layer) => layer instanceof FC);
const three = (x: Tensor) => linear.reduce((out, layer) => layer.forward(out), x);
const one = new FC({ inFeatures: 588, outFeatures: 10 });
const biases = three(Tensor.zeros([1, 588])).reshape([10]); // nothing goes in: only the biases come out
const units = Tensor.zeros([588, 588]);
for (let i = 0; i < 588; i++) units.data[589 * i] = 1; // in row i only input i is on: row i of the product comes out
one.bias!.value = biases;
one.weight.value.data.set(three(units).data.map((score, k) => score - biases.data[k % 10]));

// %% tags=["predict"] id="three-in-one"
// `three` leaves out the two tanh layers, and `one` is the single layer, 588 → 10, that you get by multiplying the
// three out. How many numbers does it have, instead of 368,522? And how far will its scores be from those of the
// three?

// %%
const x = Tensor.randn([100, 588], { random: new Random(settings.seed) });
const apart = one.forward(x).minus(three(x)).map(Math.abs).max() / three(x).map(Math.abs).max();
console.log(`the scores differ by ${apart.toExponential(1)} of the largest: that is rounding`);
console.log(`${588 * 10 + 10} numbers say what ${linear.reduce((sum, fc) => sum + count(fc), 0)} said`);

// %% [markdown]
// Without the tanh, you would train three layers and get at most one: with all the data such a network stops at about
// 98.3 %, while this one reaches 98.6 or more. It is the bend between the layers that makes depth worth having.
//
// ## A better network
// Four changes. **ReLU** instead of tanh, with the larger first weights that ReLU needs (`he`, lesson 12). More kernels,
// 8 and 16. Far less FC. And **batch norm** after each convolution: it shifts and scales each map so that over the batch
// its mean is 0 and its variance 1, whatever the weights before it do. Lesson 17 takes it apart. Here it lets the
// network learn with five times the rate.
//
// The convolutions need no bias now: batch norm would subtract it again along with the mean.

// %%
function better(random: Random): Module {
  return new Module([
    new Conv2D({ inChannels: 1, outChannels: 8, kernelSize: 3, padding: 1, bias: false, init: "he", random }),
    new BatchNorm({ features: 8 }),
    new ReLU(),
    new MaxPool2D({ kernelSize: 2 }),
    new Conv2D({ inChannels: 8, outChannels: 16, kernelSize: 3, padding: 1, bias: false, init: "he", random }),
    new BatchNorm({ features: 16 }),
    new ReLU(),
    new MaxPool2D({ kernelSize: 2 }),
    new Flatten(),
    new FC({ inFeatures: 16 * 7 * 7, outFeatures: 64, init: "he", random }),
    new ReLU(),
    new FC({ inFeatures: 64, outFeatures: 10, random }),
  ]);
}

// %% [markdown]
// Before it is trained, the new chain is proved like the first: a small copy of it, in float64.

// %%
const smallBetter = new Module([
  new Conv2D({ inChannels: 1, outChannels: 2, kernelSize: 3, padding: 1, bias: false, init: "he", ...exact }),
  new BatchNorm({ features: 2, dtype: "float64" }),
  new ReLU(),
  new MaxPool2D({ kernelSize: 2 }),
  new Flatten(),
  new FC({ inFeatures: 32, outFeatures: 4, init: "he", ...exact }),
]);
console.log(String(gradCheck(smallBetter, Tensor.randn([3, 1, 8, 8], exact), { random })));

// %%
const second = better(new Random(settings.seed));
await show(summary(second, [1, 28, 28]));

// %% tags=["predict"] id="a-seventh"
// It has a seventh of the numbers. Will it be better or worse? And faster or slower?

// %%
const secondTraining = fit(second, train, {
  optimizer: new Adam(second.parameters()),
  schedule: oneCycle({ maxLearningRate: 0.01, steps, warmup: 0.1 }),
  epochs: size.epochs,
  batchSize: 64,
  random: new Random(settings.seed),
  test,
});
const secondHistory = await remember("better", second, () => watch(secondTraining), { data: mnist.kind });

// %%
const secondResult = await remember("better, tested", () => evaluate(second, test), { data: mnist.kind });
await show(table([
  ["the original's", count(model), `${(100 * result.accuracy).toFixed(2)} %`, history.seconds],
  ["the better one", count(second), `${(100 * secondResult.accuracy).toFixed(2)} %`, secondHistory.seconds],
], ["network", "parameters", "right on the test set", "seconds"]));

// %%
const smooth = (values: number[]) =>
  values.map((_, i) => Math.max(1e-3, mean(values.slice(Math.max(0, i - 19), i + 1))));
const mean = (values: number[]) => values.reduce((a, b) => a + b) / values.length;
await show(curve({
  "the original's": smooth(history.steps.map(({ loss }) => loss)),
  "the better one": smooth(secondHistory.steps.map(({ loss }) => loss)),
}, { title: "the loss, mean of 20 batches", xLabel: "step", yLabel: "loss", log: "y" }));

// %% [markdown]
// ## What is left
// These are the images that surprise the better network most. Some of them would surprise you, too.

// %%
await show(confusion(secondResult.confusion));

// %%
second.eval(); // batch norm uses what it has learned about all batches, not this one
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
