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
//     title: An FC network reads digits
//     minutes: 25
//     permissions: [mnist]
// ---
// %% [markdown]
// # An FC network reads digits
// You have FC layers, activations, a loss for choices and 60,000 digits. Today they meet. The mathematics is not new.
// What is new is *how to train*: in batches, in random order, with an eye on the log, and with a sanity check before
// you spend hours.

// %%
import { CrossEntropyLoss, evaluate, FC, fit, Flatten } from "../mod.ts";
import { Module, ReLU, remember, SGD, Tanh, useKernel } from "../mod.ts";
import { Random, type Tensor } from "../mod.ts";
import { confusion, curve, digits, heatmap, show } from "../mod.ts";
import { summary, table, watch } from "../mod.ts";
import { ImageDataset, loadMNIST } from "../data/mod.ts";
import { blank, check } from "./exercises/mod.ts";
import { settings } from "./settings.ts";

const mnist = await loadMNIST({
  directory: settings.data,
  seed: settings.seed,
});
console.log("Data:", mnist.source);

// %% [markdown]
// ## How much
// Quick mode uses part of the data, so that no cell runs longer than half a minute. `--full` uses all of it. The line
// below says what does the computing: a *kernel* is the part of the library that runs the inner loops.

// %%
const quick = { train: 6000, test: 1000, epochs: 2 };
const full = { train: 60_000, test: 10_000, epochs: 4 };
const size = settings.quick ? quick : full;
const [train, test] = [
  mnist.train.take(size.train),
  mnist.test.take(size.test),
];
console.log(`${train.size} digits to train on, ${test.size} to test on`);
const { kernel, threads } = settings;
console.log(useKernel({ kernel, threads }));
await show(digits(train.take(10).images, { labels: train.labels }));

// %% [markdown]
// ## The network
// The course this one grew from began with a network of three FC layers with tanh between them. `Flatten` turns each
// image `[1, 28, 28]` into a row of 784 numbers. The last layer gives ten scores, one for each digit; the highest
// is the guess.

// %%
function network(activation: () => Tanh | ReLU, seed: number): Module {
  const random = new Random(seed);
  return new Module([
    new Flatten(),
    new FC({ inFeatures: 784, outFeatures: 256, random }),
    activation(),
    new FC({ inFeatures: 256, outFeatures: 64, random }),
    activation(),
    new FC({ inFeatures: 64, outFeatures: 10, random }),
  ]);
}

// %% tags=["predict"] id="how-many-weights"
// How many numbers does this network have to learn? Which of the three
// layers has the most?

// %%
const model = network(() => new Tanh(), settings.seed);
await show(summary(model, [1, 28, 28]));

// %% [markdown]
// ## Before it has learned anything
// If the ten scores are close to each other, each digit gets a probability of about one in ten. From lesson 8 you know
// what the loss must be then: about ln 10 ≈ 2.30, and a little more, since the scores are not quite equal. If a fresh
// network says 1 or 5, do not train it; look for the bug.
//
// And how many does it get right? Count them: `scores` [N, 10] holds ten scores for each image, and `labels` says which
// digit each image is.

// %% tags=["exercise"] id="count-correct"
function countCorrect(scores: Tensor, labels: ArrayLike<number>): number {
  return blank(scores, labels);
}

// %% tags=["check"] id="count-correct"
await check("count-correct", countCorrect);

// %%
const fresh = evaluate(model, test);
console.log("loss", fresh.loss.toFixed(3));
console.log(fresh.correct, "of", fresh.total, "right");

// %% [markdown]
// ## First twenty, then sixty thousand
// Here is the cheapest test of a whole network. Take 20 images and let it learn *only those*, again and again. A
// network with 200,000 weights must be able to memorize 20 images. If it cannot, something is wrong, and more data will
// not fix it.
//
// One step is: clear the gradients, forward, loss, backward, and then every weight moves a little against its gradient.
// How far it moves is set by the learning rate (lesson 4).

// %%
const criterion = new CrossEntropyLoss();

type Labels = ArrayLike<number>;
function learn(model: Module, x: Tensor, labels: Labels, rate: number) {
  model.zeroGrad(); // backward adds, so begin at zero
  const scores = model.forward(x);
  const loss = criterion.forward(scores, labels);
  model.backward(criterion.backward());
  model.update(rate); // weight = weight − rate · gradient
  const hits = scores.argmax().filter((guess, i) => guess === labels[i]);
  return { loss, correct: hits.length };
}

// %% tags=["predict"] id="by-heart"
// 60 steps with the same 20 images. How many of the 20 will it get
// right? And where will the loss go?

// %%
const twenty = train.batch(Array.from({ length: 20 }, (_, i) => i));
const pupil = network(() => new Tanh(), settings.seed);
const twentyLosses: number[] = [];
let right = 0;
for (let step = 0; step < 60; step++) {
  const { loss, correct } = learn(pupil, twenty.x, twenty.labels, 0.2);
  twentyLosses.push(loss);
  right = correct;
}
await show(curve(twentyLosses, {
  title: `20 images memorized: ${right} of 20 right`,
  xLabel: "step",
  yLabel: "loss",
}));

// %% [markdown]
// All of them, and the loss goes to zero: forward, loss, backward and step work together. That is memorizing, not
// learning to read. Only images that it has never seen can tell the difference.

// %%
const stranger = evaluate(pupil, test);
const { correct: hits, total } = stranger;
console.log(`on images it never saw: ${hits} of ${total} right`);

// %% [markdown]
// A lot fewer than all of them, and yet more than one in ten, which guessing would give: twenty digits show roughly
// what a 0 or a 1 looks like, and a new digit that looks like one of them is recognized. For the rest of them it has to
// see more.

// %% [markdown]
// ## Batches
// How many images should one step look at? With all 60,000, the gradient is exact, but one small move costs as much as
// a whole pass through the data. With one image, a step is quick, but points in a wild direction. So we take a
// batch of 64. Its gradient is a good estimate of the whole one, at a thousandth of the price. An epoch is one pass
// through all the data.
//
// ## Shuffling
// In which order? Let us try the worst: all zeros first, then all ones, and so on up to nine.

// %% tags=["predict"] id="sorted"
// It sees all zeros first and all nines last. Then we test it. What
// will it say, and how many will be right?

// %%
const few = train.take(2000);
const sorted = Array.from({ length: few.size }, (_, i) => i);
sorted.sort((a, b) => few.labels[a] - few.labels[b]);
const forgetful = network(() => new Tanh(), settings.seed);
for (let start = 0; start < sorted.length; start += 64) {
  const { x, labels } = few.batch(sorted.slice(start, start + 64));
  learn(forgetful, x, labels, 0.1);
}
const look = test.take(10);
const guesses = forgetful.forward(look.images).argmax();
await show(digits(look.images, {
  labels: look.labels,
  predictions: guesses,
  title: "after an epoch in sorted order",
}));
const { correct } = evaluate(forgetful, test);
console.log(`of the whole test set: ${correct} of ${test.size} right`);

// %% [markdown]
// It says what it saw last. Each batch pulled all weights toward one digit, and the digits before it were forgotten. So
// each epoch takes the images in a new random order.
//
// The standard way to shuffle is the Fisher–Yates shuffle: start at the end, and swap each element with a random one at
// or before it. Then every order is equally likely.

// %%
function shuffled(count: number, random: Random): number[] {
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = random.integer(i + 1); // 0 … i
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

// %% [markdown]
// ## The seed
// "Random" must not mean "different every time": a bug that comes and goes is the worst kind. All random numbers here
// come from a `Random` with a seed. The same seed gives the same numbers.

// %%
console.log("seed 1:", shuffled(10, new Random(1)).join(" "));
console.log("seed 1:", shuffled(10, new Random(1)).join(" "));
console.log("seed 2:", shuffled(10, new Random(2)).join(" "));

// %% [markdown]
// ## Once through all of them
// Now cut an epoch into batches: return a list of batches, each a list of image numbers. Every image is in exactly one
// batch, and the order is different each time. If `count` is not divisible by `size`, the last batch is smaller.

// %% tags=["exercise"] id="epoch-batches"
function epochBatches(
  count: number,
  size: number,
  random: Random,
): number[][] {
  return blank(count, size, random);
}

// %% tags=["check"] id="epoch-batches"
await check("epoch-batches", epochBatches);

// %% [markdown]
// ## One epoch, with the original's settings
// Plain gradient descent, batches of 64, learning rate 0.1, one pass through the data. The log line shows the epoch,
// the iteration (which batch), the loss of this batch, its accuracy and how many were correct. Watch the loss: it
// should start near 2.3 and fall, quickly at first, then slowly. It will jump around all the time, because every batch
// is different.

// %%
function oneEpoch(): number[] {
  const order = shuffled(train.size, new Random(settings.seed));
  const losses: number[] = [], last = Math.ceil(train.size / 64);
  for (let i = 1; i <= last; i++) {
    const { x, labels } = train.batch(order.slice(64 * i - 64, 64 * i));
    const { loss, correct } = learn(model, x, labels, 0.1);
    losses.push(loss);
    if (i > 1 && i % Math.floor(last / 8) > 0) continue;
    const accuracy = (100 * correct / labels.length).toFixed(1);
    console.log(
      `epoch 1/1  iteration ${i}/${last}  loss ${loss.toFixed(3)}`,
      ` accuracy ${accuracy} %  correct ${correct}`,
    );
  }
  return losses;
}

// %% [markdown]
// Now run it. `remember` names the trained network and the losses, along with the `kind` of data they came from. In the
// step-through they are kept: come back to this lesson another day, and they are there at once. A cell that you run
// yourself always trains.

// %%
const kind = { data: mnist.kind };
const losses = await remember("one epoch", model, oneEpoch, kind);

// %%
await show(curve(losses, {
  title: "the loss of each batch",
  xLabel: "iteration",
  yLabel: "loss",
}));

// %% [markdown]
// ## How well does it read?
// The network has never learned from the test images. Count how often each digit was taken for which: a row for each
// truth, a column for each guess. That table is called the **confusion matrix**.

// %% tags=["predict"] id="commonest-confusion"
// Which two digits will it confuse most often?

// %%
const ten = Array.from({ length: 10 }, () => 0);
const counts = ten.map(() => [...ten]);
let correctTests = 0;
for (let start = 0; start < test.size; start += 250) {
  const { images, labels } = test.slice(start, start + 250);
  for (const [i, guess] of model.forward(images).argmax().entries()) {
    counts[labels[i]][guess]++;
    if (guess === labels[i]) correctTests++;
  }
}
const percent = (100 * correctTests / test.size).toFixed(2);
const title = `${percent} % right after one epoch`;
await show(confusion(counts, { title }));

// %% [markdown]
// ## What does it look at?
// Each of the 256 numbers after the first layer has 784 weights, one for each pixel, so its weights make a picture.
// Where it is red, ink raises this number; where it is blue, ink lowers it.

// %%
const weights = (model.layers[1] as FC).weight.value.transpose();
await show(heatmap(weights.reshape([256, 28, 28]), {
  title: "the weights of the first layer",
  maps: 4,
}));

// %% [markdown]
// It is mostly the noise that it started from. The more it learns, the more blots and strokes appear. They fill the
// whole image: each of these numbers looks at all pixels at once. Keep the picture in mind for lesson 16.
//
// ## Better
// Three changes: ReLU instead of tanh; several epochs; and, new to you, a learning rate that *starts high and falls to
// zero*. Large steps cover ground; small steps settle down at the end. The library's `fit` does what your loop does,
// and `watch` shows it live. Ctrl-C, or the stop button of a notebook, stops after the current batch, and the model
// keeps what it has learned.

// %%
const better = network(() => new ReLU(), settings.seed);
const steps = size.epochs * Math.ceil(train.size / 64);
const startRate = 0.3;
const training = fit(better, train, {
  optimizer: new SGD(better.parameters(), { learningRate: startRate }),
  schedule: (step) => startRate * (1 - step / steps),
  epochs: size.epochs,
  batchSize: 64,
  random: new Random(settings.seed),
  test,
});
const watched = () => watch(training);
const history = await remember("better", better, watched, kind);

// %%
const result = evaluate(better, test);
const { length: epochs } = history.epochs;
const soFar = [
  ["nothing learned", fresh.correct / fresh.total],
  ["tanh, one epoch, rate 0.1", correctTests / test.size],
  [`ReLU, ${epochs} epochs, rate falling from 0.3 to 0`, result.accuracy],
];
const heads = ["network", "right on the test set"];
await show(table(soFar, heads, { title: "So far" }));

// %% [markdown]
// Which ones does it still get wrong? You would get some of them wrong yourself.

// %%
const said: number[] = [];
for (let start = 0; start < 1000; start += 250) {
  const { images } = test.slice(start, start + 250);
  said.push(...better.forward(images).argmax());
}
const numbers = said.map((_, i) => i);
const wrong = numbers.filter((i) => said[i] !== test.labels[i]);
const { x, labels } = test.batch(wrong.slice(0, 10));
const predictions = wrong.map((i) => said[i]);
await show(digits(x, { labels, predictions }));

// %% [markdown]
// ## Neighbors do not matter to it
// One last experiment. Take the pixels of all images apart and put them back together in another order, the same order
// for every image. You could not read a single digit.

// %%
const mixed = shuffled(784, new Random(settings.seed));
function scramble({ bytes, labels }: ImageDataset): ImageDataset {
  return new ImageDataset(
    bytes.map((_, i) => bytes[i - i % 784 + mixed[i % 784]]),
    labels,
  );
}
const scrambled = { train: scramble(train), test: scramble(test) };
const five = scrambled.train.take(5);
await show(digits(five.images, { labels: five.labels }));

// %% tags=["predict"] id="scrambled"
// Will the network still learn: as well as before, a little worse, or
// not at all?

// %%
const blind = network(() => new Tanh(), settings.seed);
const blindTraining = fit(blind, scrambled.train, {
  optimizer: new SGD(blind.parameters(), { learningRate: 0.1 }),
  random: new Random(settings.seed),
  test: scrambled.test,
});
const shown = { linesPerEpoch: 3, curve: false };
const watchBlind = () => watch(blindTraining, shown);
await remember("blind", blind, watchBlind, kind);
console.log("the same network and settings, with the pixels in order:");
console.log(`${percent} % right`);

// %% [markdown]
// As well as before. To an FC layer all pixels are alike: it has one weight for each, and it neither knows nor cares
// which pixels are *neighbors*. That neighbors belong together is the most important fact about pictures, and this
// network throws it away. Lesson 13 uses it: that is convolution.

// %% [markdown]
// ## The library agrees
// `fit` uses the same shuffle, takes batches of 64, and does the same four things in a step. So from the same seed it
// must see the same losses as your loop. Here are ten steps of both:

// %%
const part = train.take(640);
const mine = network(() => new Tanh(), 5);
const theirs = network(() => new Tanh(), 5);
const sameOrder = shuffled(part.size, new Random(7));
const myLosses = Array.from({ length: 10 }, (_, i) => {
  const { x, labels } = part.batch(sameOrder.slice(64 * i, 64 * i + 64));
  return learn(mine, x, labels, 0.1).loss;
});
const optimizer = new SGD(theirs.parameters(), { learningRate: 0.1 });
const differences: number[] = [];
const events = fit(theirs, part, { optimizer, random: new Random(7) });
for await (const event of events) {
  if (event.type !== "step") continue;
  const mineThen = myLosses[event.iteration - 1];
  differences.push(Math.abs(event.loss - mineThen));
}
const largest = Math.max(...differences);
console.log(`largest difference of 10 losses: ${largest}`);
console.log("Data:", mnist.source);

// %% [markdown]
// ## What you know now
// - Before a long training run: the first loss is about ln 10, and the network can memorize 20 images.
// - A batch is a cheap estimate of the whole gradient; shuffle before each epoch; a seed makes it all repeatable.
// - ReLU, more epochs, and big steps first, small steps last: together they get more digits right, as your table above
//   shows. With all the data (`--full`) it is 98 out of 100 instead of 93.6.
// - An FC network does not know what a neighbor is.
