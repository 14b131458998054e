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
//     title: Your own
//     minutes: 25
//     permissions: [mnist]
// ---
// %% [markdown]
// # Your own
// Until now the networks of this course were given. Here you design one yourself, within a budget: fewer than
// 100,000 parameters, and as few seconds as you can afford. With all of MNIST and seed 1, the sample solution reads
// more than 99.3 % of the test set. At the end, the same code reads your own images.

// %%
import { Adam, BatchNorm, Conv2D, Dropout, FC, Flatten } from "../mod.ts";
import { MaxPool2D, Module, Random, ReLU, Tensor } from "../mod.ts";
import { AdamW, type Dataset, evaluate, fit, oneCycle } from "../mod.ts";
import { confusion, curve, digits, heatmap, show } from "../mod.ts";
import { remember, summary, table, watch } from "../mod.ts";
import { type ImageDataset, loadMNIST } from "../data/mod.ts";
import { encodeIDX, fromImages, loadIDX } from "../data/mod.ts"; // files
import { blank, check } from "./exercises/mod.ts";
import { settings } from "./settings.ts";

// %%
const { quick, seed } = settings;
const mnist = await loadMNIST({ directory: settings.data, seed });
const train = mnist.train.take(quick ? 1600 : 60_000);
const test = mnist.test.take(quick ? 1000 : 10_000);
console.log("Data:", mnist.source);
console.log(train.size, "digits to train on,", test.size, "to test on");

// %% [markdown]
// ## How much does it see?
// One number after a 3 × 3 convolution sees 3 × 3 pixels. After a second one it sees 5 × 5: the window covers three
// numbers, and the outer two see one pixel more. This is the **receptive field**. A digit is about 20 pixels tall, so
// the last map should see a good part of it.
//
// A layer with stride s makes everything after it count s times: a step of one number there is a step of s pixels in
// the image. Strides multiply. Each layer is [k, stride], a convolution or a pool. How many pixels wide is the field
// after the last one?

// %% tags=["exercise"] id="receptive-field"
function receptiveField(layers: [k: number, stride: number][]): number {
  return blank(layers);
}

// %% tags=["check"] id="receptive-field"
await check("receptive-field", receptiveField);

// %% [markdown]
// Each layer adds (k − 1) steps, and a step is the product of all strides before it.

// %%
function fieldAfter(layers: [k: number, stride: number][]): number {
  let [field, step] = [1, 1];
  for (const [k, stride] of layers) {
    field += (k - 1) * step;
    step *= stride;
  }
  return field;
}
const five: [number, number][] = [[5, 1], [2, 2], [5, 1], [2, 2]];
const three: [number, number][] = [[3, 1], [2, 2], [3, 1], [2, 2]];
console.log("lesson 16, windows of 3 × 3:", fieldAfter(three));
console.log("with windows of 5 × 5:", fieldAfter(five));

// %% [markdown]
// ## The sample solution
// It is the network of lesson 16 with larger windows, more kernels and less FC. Dropout (lesson 17) stands before the
// FC layers, which have most of the parameters.

// %%
function look(inChannels: number, outChannels: number, random: Random) {
  const window = { kernelSize: 5, padding: 2, bias: false };
  const start = { init: "he", random } as const;
  return [
    new Conv2D({ inChannels, outChannels, ...window, ...start }),
    new BatchNorm({ features: outChannels }),
    new ReLU(),
    new MaxPool2D({ kernelSize: 2 }),
  ];
}

// %%
function sample(random: Random): Module {
  const start = { init: "he", random } as const;
  return new Module([
    ...look(1, 16, random),
    ...look(16, 32, random),
    new Flatten(),
    new Dropout({ rate: 0.25, random }),
    new FC({ inFeatures: 32 * 7 * 7, outFeatures: 40, ...start }),
    new ReLU(),
    new FC({ inFeatures: 40, outFeatures: 10, random }),
  ]);
}

// %% tags=["predict"] id="where-is-the-budget"
// How many parameters does it have? Which layer has the most?

// %%
const model = sample(new Random(seed));
await show(summary(model, [1, 28, 28]));

// %% [markdown]
// Does one number really see 16 × 16 pixels? Ask the backward pass. Send a gradient of 1 from the number in the middle
// of each map, and look which pixels it reaches. Where nothing arrives, a pixel is out of sight. (Batch norm is
// switched to `eval`: in training it mixes all pixels of the batch.)

// %%
const seeing = new Module(
  look(1, 16, new Random(seed)).concat(
    look(16, 32, new Random(seed)),
  ),
);
seeing.eval();
const random = new Random(seed);
const noise = Tensor.uniform([1, 1, 28, 28], { random });
const single = seeing.forward(noise).times(0);
for (let map = 0; map < 32; map++) single.data[49 * map + 24] = 1;
const reached = seeing.backward(single).reshape([28, 28]);
await show(heatmap(reached, { title: "what reaches the image" }));

// %% [markdown]
// ## A digit may move
// MNIST's digits are centered. Yours may not be. Move an image `down` rows and `right` columns; both may be negative.
// What leaves the image is lost, and what comes in is 0. `image` has H rows of W pixels, one after the other.

// %% tags=["exercise"] id="shift-image"
function shiftImage(
  image: number[],
  H: number,
  W: number,
  down: number,
  right: number,
): number[] {
  return blank(image, H, W, down, right);
}

// %% tags=["check"] id="shift-image"
await check("shift-image", shiftImage);

// %%
function shifted(image: Float32Array, down: number, right: number) {
  const [H, W] = [train.sampleShape[1], train.sampleShape[2]];
  return image.map((_, at) => {
    const r = Math.floor(at / W) - down, q = at % W - right;
    return r >= 0 && r < H && q >= 0 && q < W ? image[r * W + q] : 0;
  });
}
const a = Float32Array.from(test.take(1).images.data);
const moved = [a, shifted(a, 4, 0), shifted(a, 0, -6), shifted(a, -4, 6)];
const four = Float32Array.from(moved.flatMap((image) => [...image]));
await show(digits(Tensor.from(four, [4, 1, 28, 28])));

// %% [markdown]
// To test on moved digits, or to train on them, we need data that moves: a `Dataset` whose `gather` writes the images
// of a batch into `out`. This one lets another dataset do that. Then it shifts each image by `down()` rows and
// `right()` columns.

// %%
type By = () => number;
function moving(data: ImageDataset, down: By, right: By): Dataset {
  const { size, labels, sampleShape } = data, pixels = 28 * 28;
  return {
    ...{ size, labels, sampleShape },
    gather(indices, out) {
      data.gather(indices, out);
      for (let n = 0; n < indices.length; n++) {
        const image = out.slice(n * pixels, (n + 1) * pixels);
        const floats = Float32Array.from(image);
        out.set(shifted(floats, down(), right()), n * pixels);
      }
    },
  };
}

// %% tags=["predict"] id="moved-by-six"
// First we train the network on digits as they are. How many of 100 will
// it read when the digits stand 2 pixels lower? And 6 pixels lower?

// %%
const plain = sample(new Random(seed));
const short = fit(plain, train, {
  optimizer: new Adam(plain.parameters(), { learningRate: 0.003 }),
  epochs: quick ? 2 : 1,
  random: new Random(seed),
});
await remember("plain", plain, () => watch(short), { data: mnist.kind });

// %%
const distances = [-6, -4, -2, 0, 2, 4, 6];
function rightAt(network: Module): number[] {
  return distances.map((by) => {
    const data = moving(test.take(500), () => by, () => 0);
    return 100 * evaluate(network, data).accuracy;
  });
}
const plainAt = await remember("plain-at", () => rightAt(plain));
await show(table(distances.map((by, i) => [by, plainAt[i]]), [
  "pixels down",
  "% right",
]));

// %% [markdown]
// Convolution and pooling do the same everywhere, but the FC layers do not: to them a digit that moves is a new digit.
// The remedy is cheap. **Data augmentation** changes the training images a little each time they are used, in ways that
// leave the label true. We move each by up to two pixels. So the network never sees the same image twice, and cannot
// simply memorize it.

// %% [markdown]
// ## Choose fairly
// You will try several designs, and take the best. If you choose by the test set, its result no longer says how well
// the network reads digits that nobody has seen. So set some *training* images aside, and choose by those: they are the
// **validation set**.
//
// A colleague wrote the split. In a trial, the validation results were far too good. Find out why, and fix it.

// %% tags=["exercise"] id="fair-split"
// `share` of the images, such as 0.1, is for validation.
function fairSplit(count: number, share: number, random: Random) {
  const size = Math.round(count * share);
  const validation = random.permutation(count).slice(0, size);
  const training = random.permutation(count).slice(size);
  return { training: [...training], validation: [...validation] };
}

// %% tags=["check"] id="fair-split"
await check("fair-split", fairSplit);

// %% [markdown]
// ## Train it
// The optimizer is Adam, with one addition: **AdamW** also shrinks each weight a little at every step, so that none
// grows without need. The learning rate goes through one cycle, as in lesson 16. The shifts come from a random source
// of their own.

// %%
const epochs = quick ? 3 : 8, steps = epochs * Math.ceil(train.size / 64);
const shifts = new Random(7 * seed);
const by = () => 2 - shifts.integer(5); // −2 … 2
const training = fit(model, moving(train, by, by), {
  optimizer: new AdamW(model.parameters(), { weightDecay: 0.01 }),
  schedule: oneCycle({ maxLearningRate: 0.01, steps, warmup: 0.2 }),
  random: new Random(seed),
  epochs,
  test,
});
const kind = { data: mnist.kind };
const history = await remember("own", model, () => watch(training), kind);

// %%
const result = evaluate(model, test), parameters = model.parameters();
const count = parameters.reduce((sum, { value }) => sum + value.size, 0);
const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
console.log(count, "parameters,", history.seconds.toFixed(0), "s");
console.log(percent(result.accuracy), "right on the test set");
await show(confusion(result.confusion));

// %%
const ownAt = await remember("own-at", () => rightAt(model));
await show(curve({
  "as they are": { x: distances, y: plainAt },
  "moved": { x: distances, y: ownAt },
}, {
  title: "Digits that stand lower or higher",
  xLabel: "pixels down",
  yLabel: "% right",
}));

// %% [markdown]
// Up to two pixels, the network that saw moved digits loses less. Further out it saw nothing, and it falls, too.
// Augmentation teaches what you show, not more.

// %% [markdown]
// ## Your turn
// Design your network, for images [N, 1, 28, 28] and ten classes. It returns logits, so it does not end with a softmax.
// All its weights come from `random`. Anything with fewer than 100,000 parameters passes. Then train it: write
// `ownNetwork` instead of `sample` in the cell with the summary, and run the cells below it again.
//
// Ideas: two convolutions of 3 × 3 see as far as one of 5 × 5, with 18 weights instead of 25. Fewer numbers after
// the last pool leave more for the kernels. With half the kernels in two layers, the second one has a quarter of the
// products.

// %% tags=["exercise"] id="own-network"
function ownNetwork(random: Random): Module {
  return blank(random);
}

// %% tags=["check"] id="own-network"
await check("own-network", ownNetwork);

// %% [markdown]
// ## Your own images
// Many data sets come as IDX files (lesson 10): Fashion-MNIST has clothes, EMNIST letters, KMNIST Japanese characters.
// `loadIDX({ images, labels })` reads any of them. Images in a folder are just as good: `fromImages` reads PNG files from
// one folder for each class. So `data/own/3/first.png` is a three. Scale to 28 × 28, and write white on black, as MNIST
// does.

// %%
const folder = ""; // a folder inside the course, such as "data/own"
if (folder !== "") {
  const mine = await fromImages(folder, { like: train });
  const { accuracy, total } = evaluate(model, mine);
  console.log(total, "images,", percent(accuracy), "right");
} else console.log("no folder yet: write its name above, and run again");

// %% [markdown]
// Does `loadIDX` read what it should? Write ten digits as IDX files and read them again: the same pixels and labels must
// come back. Then see what the network says.

// %%
const ten = test.take(10);
const again = await loadIDX({
  images: encodeIDX([10, 28, 28], ten.bytes),
  labels: encodeIDX([10], ten.labels),
  like: train,
});
const pixels = ten.images.data;
const { images, labels } = again;
console.log("pixels:", images.data.every((v, i) => v === pixels[i]));
console.log("labels:", labels.join() === ten.labels.join());
const predictions = model.forward(images).argmax();
await show(digits(images, { labels, predictions }));

// %% [markdown]
// ## What you know now
// - The receptive field says how much of the image a number sees. Strides multiply.
// - Augmentation: change the images in ways that leave the label true.
// - Choose by validation images, and look at the test set once.
// - A budget makes you ask what each parameter is for.
