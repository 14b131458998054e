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
//     title: Inside the network
//     minutes: 30
//     permissions: [mnist]
// ---
// %% [markdown]
// # Inside the network
// Your network reads digits. But how? Today you open it. You look at its maps, find out what each one waits for, and
// which pixels decide. You predict its mistakes before they happen, fool it with a little dust, and draw a digit of
// your own.

// %%
import { Adam, BatchNorm, Conv2D, type DType, evaluate } from "../mod.ts";
import { FC, fit, Flatten, MaxPool2D, Module, oneCycle } from "../mod.ts";
import { Random, ReLU, remember, Softmax, Tensor } from "../mod.ts";
import { trace } from "../mod.ts";
import { confusion, digits, filters, heatmap, image } from "../mod.ts";
import { pad, show, table, watch } from "../mod.ts";
import { loadMNIST } from "../data/mod.ts";
import { blank, check } from "./exercises/mod.ts";
import { settings } from "./settings.ts";

const { data: directory, seed, quick } = settings;
const mnist = await loadMNIST({ directory, seed });
console.log("Data:", mnist.source);

// %% [markdown]
// ## The network
// It is the better one of lesson 16: two convolutions with batch norm, ReLU and pooling, then two FC layers. The
// `dtype` is new: later you will need a copy of it with all digits.

// %%
function better(random: Random, dtype: DType = "float32"): Module {
  const made = { init: "he", random, dtype } as const;
  const looks = { kernelSize: 3, padding: 1, bias: false, ...made };
  return new Module([
    new Conv2D({ inChannels: 1, outChannels: 8, ...looks }),
    new BatchNorm({ features: 8, dtype }),
    new ReLU(),
    new MaxPool2D({ kernelSize: 2 }),
    new Conv2D({ inChannels: 8, outChannels: 16, ...looks }),
    new BatchNorm({ features: 16, dtype }),
    new ReLU(),
    new MaxPool2D({ kernelSize: 2 }),
    new Flatten(),
    new FC({ inFeatures: 16 * 7 * 7, outFeatures: 64, ...made }),
    new ReLU(),
    new FC({ inFeatures: 64, outFeatures: 10, random, dtype }),
  ]);
}

// %%
const train = mnist.train.take(quick ? 6000 : 60_000);
const test = mnist.test.take(quick ? 2000 : 10_000);
const model = better(new Random(seed));
const epochs = quick ? 2 : 3;
const steps = epochs * Math.ceil(train.size / 64);
const training = fit(model, train, {
  optimizer: new Adam(model.parameters()),
  schedule: oneCycle({ maxLearningRate: 0.01, steps, warmup: 0.1 }),
  epochs,
  random: new Random(seed),
});

// %%
const data = mnist.kind;
await remember("better", model, () => watch(training), { data });
model.eval(); // from here on it is only used: lesson 17
const tested = () => evaluate(model, test);
const result = await remember("tested", tested, { data });
console.log(`${(100 * result.accuracy).toFixed(2)} % right`);

// %% [markdown]
// ## What the first layer sees
// Each kernel of the first convolution is a little picture of what it looks for. Red is where it wants ink, blue is
// where it wants none.

// %%
const firstKernels = model.layers[0].parameters()[0].value;
await show(filters(firstKernels, { title: "Eight kernels", perRow: 8 }));

// %% [markdown]
// `upTo` sends images through the first few layers only. After four layers (convolution, batch norm, ReLU, pooling) a
// digit has become eight maps of 14 × 14.

// %%
function upTo(count: number, x: Tensor): Tensor {
  return model.layers.slice(0, count)
    .reduce((maps, layer) => layer.forward(maps), x);
}
const seven = Array.from(test.labels).findIndex((label, n) => {
  const read = () => model.forward(test.batch([n]).x).argmax()[0];
  return label === 7 && read() === 7;
});
const digit = test.batch([seven]).x; // [1, 1, 28, 28]
await show(image(digit, { title: "A 7 of the test set, read rightly" }));

// %% tags=["predict"] id="eight-maps"
// Eight kernels look at this 7. In how many of the eight maps will you
// still recognize it? And what will differ between them?

// %%
const maps = upTo(4, digit);
await show(heatmap(maps, { title: "After the first pooling" }));

// %% [markdown]
// It is still a 7 in most of them, with other edges in each: upper or lower, left or right, or all the places where
// there is *no* ink. Four layers later there are 16 maps of 7 × 7.

// %%
const late = upTo(8, digit);
await show(heatmap(late, { title: "After the second pooling" }));

// %% [markdown]
// ## What a map waits for
// These are harder to read. So ask the data: which of 500 digits raises a map the most? For each map of the second
// layer we take the largest of its 49 numbers, and the five images where that is highest.

// %%
const many = test.take(500);
const deep = upTo(8, many.images); // [500, 16, 7, 7]

/** The images that raise a map most. */
function favorites(map: number): number[] {
  const height = Array.from({ length: many.size }, (_, n) => {
    const start = 49 * (16 * n + map);
    return Math.max(...deep.data.subarray(start, start + 49));
  });
  const order = height.map((_, n) => n);
  return order.sort((a, b) => height[b] - height[a]).slice(0, 5);
}
async function showFavorites(map: number): Promise<void> {
  const { x, labels } = many.batch(favorites(map));
  await show(digits(x, { labels, title: `Map ${map} waits for …` }));
}

// %% tags=["predict"] id="favorites"
// Will the five favorites of a map all be the same digit? What else could
// they have in common?

// %%
await showFavorites(0);
await showFavorites(1);

// %% [markdown]
// Look at others, too: press p and call `await showFavorites(9)`. In a notebook, add a cell.
//
// A map seldom waits for one digit. It waits for a *part*: a stroke in one direction, an end, a corner, and several
// digits have it. Ten digits are written with few parts. The FC layers weigh which parts are there.

// %% [markdown]
// ## Sure, and wrong
// Lesson 16 sorted the mistakes by their loss. Now look at how sure the network was. Softmax (lesson 2) makes ten
// probabilities of the ten scores, and the largest one belongs to the guess.

// %%
const softmax = new Softmax();
function probabilitiesOf(images: Tensor): Tensor {
  const parts: number[] = [];
  for (let n = 0; n < images.shape[0]; n += 100) {
    const scores = model.forward(images.slice(n, n + 100));
    parts.push(...softmax.forward(scores).data);
  }
  return Tensor.from(parts, [images.shape[0], 10]);
}
const allSure = () => probabilitiesOf(test.images);
const sure = await remember("sure", allSure, { data });
const guesses = sure.argmax();
const wrong = guesses.map((_, n) => n)
  .filter((n) => guesses[n] !== test.labels[n])
  .sort((a, b) => sure.at(b, guesses[b]) - sure.at(a, guesses[a]));

// %%
const surest = wrong.slice(0, 5);
const { x: mistaken, labels: truths } = test.batch(surest);
const predictions = surest.map((n) => guesses[n]);
await show(digits(mistaken, { labels: truths, predictions }));
await show(table(
  surest.map((n, i) => ({
    truth: truths[i],
    guess: guesses[n],
    "p of the guess": sure.at(n, guesses[n]),
    "p of the truth": sure.at(n, truths[i]),
  })),
  undefined,
  { title: "The surest mistakes" },
));

// %% [markdown]
// ## Predict its mistakes
// Even where a guess is right, the other nine probabilities say something: a 4 that is "a 4, but 8 % a 9" is a mistake
// that almost happened. Collect these doubts on the training images, where nearly everything is right, and you can
// predict what the network will confuse on images that it never saw.
//
// `probabilities` [N, 10] holds ten probabilities for each image, and `labels` the truths. Take all images of truth t,
// and average their probabilities: that is row t of the answer.

// %% tags=["exercise"] id="soft-confusion"
// Returns [classes, classes]: at row t and column g, the mean probability
// that images of truth t get for g.
function softConfusion(
  probabilities: Tensor,
  labels: ArrayLike<number>,
): Tensor {
  return blank(probabilities, labels);
}

// %% tags=["check"] id="soft-confusion"
await check("soft-confusion", softConfusion);

// %%
const counts = new Array<number>(10).fill(0);
for (const label of train.labels) counts[label]++;

const means = await remember("doubts", () => {
  const p = probabilitiesOf(train.images);
  const sums = new Array<number>(100).fill(0);
  for (const [k, probability] of Array.from(p.data).entries()) {
    const truth = train.labels[Math.floor(k / 10)], guess = k % 10;
    sums[10 * truth + guess] += probability / counts[truth];
  }
  return sums;
}, { data });
const doubts = Tensor.from(means, [10, 10]);

// %% tags=["predict"] id="commonest-doubt"
// Which digit will it most often take for which other?

// %%
const apart = doubts.map((v, k) => k % 11 === 0 ? 0 : 100 * v);
const title = "Doubts in percent: row = truth, column = guess";
await show(heatmap(apart, { title }));

// %% [markdown]
// The diagonal is left out here. The largest number is our prediction. Now count what happens on the test set.

// %%
await show(confusion(result.confusion));
const pairs = Array.from(apart.data, (doubt, k) => {
  const truth = Math.floor(k / 10), guess = k % 10;
  const count = result.confusion.at(truth, guess);
  return { truth, guess, doubt, count };
}).filter(({ truth, guess }) => truth !== guess);
pairs.sort((a, b) => b.doubt - a.doubt);
const [{ truth: predicted, guess: taken, count }] = pairs;
const above = pairs.filter((pair) => pair.count > count).length;
console.log(`predicted: a ${predicted} is taken for a ${taken}`);
console.log(`it happens ${count} times`);
console.log(`${above} of the 90 possible mistakes happen more often`);

// %% [markdown]
// The prediction need not be the very first, because a few thousand test images hold only a handful of each mistake.
// But it is near the top of 90 possible ones, and the network had hardly made a mistake on these images yet.

// %% [markdown]
// ## What a pixel matters: the gradient
// Training asks backward for the gradients of the *weights*. But `model.backward` also returns the gradient of its
// *input*, and training throws that away. It is a picture: for each pixel, how much a score grows if this pixel becomes
// a little brighter. It is called a **saliency map**.
//
// Backward starts from the gradient with respect to the ten scores. If you want to know about *one* score, which ten
// numbers do you send back?

// %% tags=["exercise"] id="saliency"
// x is one image, [1, 1, H, W]; model gives scores [1, classes]. Returns
// ∂score/∂x for the score of this class, in the shape of x.
function saliency(model: Module, x: Tensor, ofClass: number): Tensor {
  return blank(model, x, ofClass);
}

// %% tags=["check"] id="saliency"
await check("saliency", saliency);

// %% [markdown]
// The score of class c has the slope 1 with respect to itself, and 0 with respect to the other scores. So what goes
// back is 1 at c and 0 elsewhere. (The gradients of the weights pile up meanwhile, and nobody uses them.)

// %%
function gradientOf(network: Module, x: Tensor, back: number[]): Tensor {
  network.forward(x);
  const { dtype } = x;
  return network.backward(Tensor.from(back, [1, 10], { dtype }));
}
function only(c: number): number[] {
  const back = new Array<number>(10).fill(0);
  back[c] = 1;
  return back;
}

// %% tags=["predict"] id="where-red"
// The score of "7" for our 7. Red means: more ink here raises the score.
// Where do you expect red, and where blue?

// %%
const slopes = gradientOf(model, digit, only(7));
const limit = slopes.map(Math.abs).max() / 2; // half: stronger colors
const both = [...digit.times(limit).data, ...slopes.data];
const beside = Tensor.from(both, [2, 28, 28]);
const what = "A 7, and ∂(score of 7) / ∂pixel";
await show(heatmap(beside, { title: what, limit }));

// %% [markdown]
// Prove it before you read it. In float32 small differences drown in rounding, so we copy the network to float64.

// %%
const exact = better(new Random(seed), "float64");
for (const [i, parameter] of model.parameters().entries()) {
  const copy = parameter.value.clone({ dtype: "float64" });
  exact.parameters()[i].value = copy;
}
for (const [i, { value }] of model.buffers().entries()) {
  exact.buffers()[i].value.data.set(value.data); // running statistics
}
exact.eval();

// %% [markdown]
// Then we move the six pixels with the largest slopes, each by h to both sides. One obstacle is left: on blank paper
// all neighbors are equal, so pooling has ties, and a tie is a kink (lesson 15). A little noise on the image breaks the
// ties.

// %%
const random = new Random(seed), h = 1e-5;
const x64 = digit.clone({ dtype: "float64" })
  .map((v) => v + random.normal(0, 0.01));
const slopes64 = gradientOf(exact, x64, only(7));
const sizes = slopes64.map(Math.abs).data;
const strongest = Array.from(sizes, (_, pixel) => pixel)
  .sort((a, b) => sizes[b] - sizes[a])
  .slice(0, 6);
function scoreAt(pixel: number, by: number): number {
  const moved = x64.map((v, k) => k === pixel ? v + by : v);
  return exact.forward(moved).at(0, 7);
}

// %%
await show(table(
  strongest.map((pixel) => {
    const ours = slopes64.data[pixel];
    const measured = (scoreAt(pixel, h) - scoreAt(pixel, -h)) / (2 * h);
    return { pixel, ours, measured, ratio: ours / measured };
  }),
  undefined,
  { title: "Six pixels" },
));

// %% [markdown]
// The numbers are right, but the picture is full of speckles. A gradient says what a *small* change of *one* pixel
// does, and neighbors often pull in opposite directions. For a larger question, make a larger change.

// %% [markdown]
// ## Cover it up
// Put a black square over a part of the image, and see how far the score falls. Move it over the whole image, as a
// window in lesson 13: that gives an **occlusion map**. A large number means: the network needed what is here.
//
// A colleague wrote it. `scoreOf` returns the score of an image. The first number of the map is right, but the last
// ones are all about equal, wherever the digit is. Find the bug.

// %% tags=["exercise"] id="occlusion"
// image is [H, W]. Returns the map of how far the score falls.
function occlusion(
  image: Tensor,
  scoreOf: (image: Tensor) => number,
  size: number,
  stride: number,
): Tensor {
  const [H, W] = image.shape, score = scoreOf(image);
  const rows = Math.floor((H - size) / stride) + 1;
  const columns = Math.floor((W - size) / stride) + 1;
  const covered = image.clone();
  return Tensor.zeros([rows, columns]).map((_, k) => {
    const top = stride * Math.floor(k / columns);
    const left = stride * (k % columns);
    for (let u = 0; u < size; u++) {
      for (let v = 0; v < size; v++) {
        covered.data[(top + u) * W + left + v] = 0;
      }
    }
    return score - scoreOf(covered);
  });
}

// %% tags=["check"] id="occlusion"
await check("occlusion", occlusion);

// %%
function withSquare(x: Tensor, top: number, left: number): Tensor {
  return x.map((v, k) => {
    const row = Math.floor(k / 28) - top, column = k % 28 - left;
    const inside = row >= 0 && row < 7 && column >= 0 && column < 7;
    return inside ? 0 : v; // a new image each time
  });
}
const scoreOfSeven = (x: Tensor) => model.forward(x).at(0, 7);
const falls = Tensor.zeros([8, 8]).map((_, k) => {
  const covered = withSquare(digit, 3 * Math.floor(k / 8), 3 * (k % 8));
  return scoreOfSeven(digit) - scoreOfSeven(covered);
});

// %% tags=["predict"] id="needed"
// A square of 7 × 7 moves over the 7 in steps of 3. Which part of a 7
// does the network need most: the bar on top, the corner, or the stem?

// %%
await show(image(digit));

// %%
await show(heatmap(falls, { title: "How far the score of 7 falls" }));

// %% [markdown]
// Near 0 is where the square covers nothing of importance. A negative number means that covering helped: something
// there spoke against a 7.

// %% [markdown]
// ## A little dust
// If the gradient says how to raise a score, it also says how to break one. Take the slope of "score of another class
// minus score of the truth". Move *every* pixel by a tiny step along its sign. No pixel changes much, but all of them
// pull together.

// %%
const scores = model.forward(digit);
const others = scores.map((v, c) => c === 7 ? -Infinity : v);
const [rival] = others.argmax(); // the second best guess
const back = only(rival);
back[7] = -1;
const pull = gradientOf(model, digit, back).map(Math.sign);
const inRange = (v: number) => Math.max(0, Math.min(1, v));
const dusty = (step: number) => digit.plus(pull.times(step)).map(inRange);

// %% tags=["predict"] id="dust"
// Pixels go from 0 to 1. By how much must each pixel change until the
// network no longer sees a 7?

// %%
const dust = [0, 0.05, 0.1, 0.2, 0.3, 0.4].map((step) => {
  const p = softmax.forward(model.forward(dusty(step)));
  const [guess] = p.argmax(), sure = p.at(0, guess);
  return { step, guess, "p of the guess": sure, "p of 7": p.at(0, 7) };
});
await show(table(dust, undefined, { title: "The same 7, with dust" }));

// %%
const shown = [0, 0.1, 0.2, 0.4];
const pixels = shown.flatMap((step) => Array.from(dusty(step).data));
const dustyImages = Tensor.from(pixels, [shown.length, 1, 28, 28]);
const said = model.forward(dustyImages).argmax();
const labels = said.map((c) => `read as ${c}`);
await show(digits(dustyImages, { labels }));

// %% [markdown]
// You still see a 7 in each of them. Such images are called **adversarial examples**. The network has learned what
// digits look like, but not that dust does not count: it never saw any. (Here is a good place for a break.)

// %% [markdown]
// ## Your own digit, prepared
// The digits of MNIST were prepared: the longer side scaled to 20 pixels, and the *center of mass* of the ink moved to
// the middle of the image. A network that has only seen such images needs yours to be prepared the same way.
//
// The center of mass is the mean place of the ink: the mean of the row numbers, each weighted by the ink of that pixel,
// and the same for the columns.

// %% tags=["exercise"] id="center-of-mass"
// image is [H, W]. Returns [row, column], which need not be whole.
function centerOfMass(image: Tensor): [number, number] {
  return blank(image);
}

// %% tags=["check"] id="center-of-mass"
await check("center-of-mass", centerOfMass);

// %%
function center(x: Tensor): [number, number] {
  const [, W] = x.shape;
  let [ink, row, column] = [0, 0, 0];
  for (const [k, v] of Array.from(x.data).entries()) {
    ink += v;
    row += v * Math.floor(k / W);
    column += v * (k % W);
  }
  return [row / ink, column / ink];
}
const middle = [0, 0];
for (let n = 0; n < 100; n++) {
  const place = center(test.batch([n]).x.reshape([28, 28]));
  for (const axis of [0, 1]) middle[axis] += place[axis] / 100;
}
const [middleRow, middleColumn] = middle.map((at) => at.toFixed(2));
console.log(`mean of 100 centers: ${middleRow}, ${middleColumn}`);

// %% [markdown]
// Now the preparation. `crop` cuts away the empty border. `resize` computes each new pixel from the four nearest old
// ones, weighted by how close they are. `prepare` does both, and then places the result.

// %%
function crop(x: Tensor): Tensor {
  const W = x.shape[1];
  const ink: number[] = [];
  for (let k = 0; k < x.size; k++) if (x.data[k] > 0) ink.push(k);
  if (ink.length === 0) throw new RangeError("The drawing has no #");
  const rows = ink.map((k) => Math.floor(k / W));
  const columns = ink.map((k) => k % W);
  const top = Math.min(...rows), left = Math.min(...columns);
  const h = Math.max(...rows) - top + 1;
  const w = Math.max(...columns) - left + 1;
  return Tensor.zeros([h, w]).map((_, k) => {
    return x.at(top + Math.floor(k / w), left + k % w);
  });
}

// %%
function resize(x: Tensor, h: number, w: number): Tensor {
  const [H, W] = x.shape;
  const mix = (a: number, b: number, share: number) => {
    return (1 - share) * a + share * b;
  };
  function old(r: number, q: number): number {
    return r < 0 || r >= H || q < 0 || q >= W ? 0 : x.at(r, q);
  }
  return Tensor.zeros([h, w]).map((_, k) => {
    const r = (Math.floor(k / w) + 0.5) * H / h - 0.5;
    const q = (k % w + 0.5) * W / w - 0.5;
    const top = Math.floor(r), left = Math.floor(q);
    const down = r - top, right = q - left;
    const upper = mix(old(top, left), old(top, left + 1), right);
    const lower = mix(old(top + 1, left), old(top + 1, left + 1), right);
    return mix(upper, lower, down);
  });
}

// %%
function place(x: Tensor, top: number, left: number): Tensor {
  const [h, w] = x.shape;
  return Tensor.zeros([1, 1, 28, 28]).map((_, k) => {
    const row = Math.floor(k / 28) - top, column = k % 28 - left;
    const inside = row >= 0 && row < h && column >= 0 && column < w;
    return inside ? x.at(row, column) : 0;
  });
}
function prepare(x: Tensor): Tensor {
  const cut = crop(x), scale = 20 / Math.max(...cut.shape);
  const [h, w] = cut.shape.map((side) => Math.ceil(side * scale));
  const large = resize(cut, h, w), [row, column] = center(large);
  const [top, left] = [middle[0] - row, middle[1] - column];
  return place(large, Math.round(top), Math.round(left));
}

// %% [markdown]
// ## Draw it
// Here is your sheet: a # is ink, everything else is paper. It can have any size.
//
// In a notebook, run the cell, draw on the canvas, and copy the lines below it back into the cell. In the terminal,
// change the drawing in the lesson's file, `lessons/18_inside_the_network.ts`. When you save it, the lesson runs again
// from here.

// %%
const drawing = [
  "..............",
  "...#######....",
  "..........#...",
  "..........#...",
  ".........#....",
  "........#.....",
  ".......#......",
  "......#.......",
  "......#.......",
  ".....#........",
  ".....#........",
];
await show(pad(drawing));

// %%
function sheet(rows: string[]): Tensor {
  const width = Math.max(...rows.map((row) => row.length));
  const ink = rows.flatMap((row) => {
    return Array.from(row.padEnd(width), (sign) => sign === "#" ? 1 : 0);
  });
  return Tensor.from(ink, [rows.length, width]);
}
async function read(rows: string[]): Promise<void> {
  const x = prepare(sheet(rows));
  const p = softmax.forward(model.forward(x));
  const best = Array.from(p.data, (share, digit) => ({ digit, share }))
    .sort((a, b) => b.share - a.share).slice(0, 3);
  await show(image(x, { title: "What the network gets" }));
  await show(table(best, undefined, { title: "It reads" }));
}

// %% tags=["predict"] id="own-digit"
// What will the network read in this drawing, and how sure will it be?

// %%
await read(drawing);

// %% tags=["predict"] id="unprepared"
// The same drawing again, but not prepared: as small as it is, in the
// upper left corner. Will the network still read it?

// %%
const corner = place(sheet(drawing), 0, 0);
const cornered = softmax.forward(model.forward(corner));
const [cornerGuess] = cornered.argmax();
await show(image(corner, { title: "Not prepared" }));
const share = (100 * cornered.at(0, cornerGuess)).toFixed(1);
console.log(`read as ${cornerGuess}, ${share} % sure`);

// %% [markdown]
// (You can also press p and call `read` with other rows.) A convolution finds a stroke anywhere, but the FC layers
// behind it have learned *where* on the image each part of a digit belongs. And a network is never silent: it spreads
// 100 % over ten digits, whatever you show it. Try a face, or a letter.

// %% [markdown]
// ## The library agrees
// `trace` sends a batch through a network and back, and keeps everything on the way, also the gradient of the images.
// It sends back the gradient of the loss, which for one image is p, minus 1 at the right class (lesson 8). Ours must be
// the same. And the guesses above, counted, must be the confusion matrix of `evaluate`.

// %%
const { gradX } = trace(model, digit, { labels: [7] });
const pOfDigit = softmax.forward(model.forward(digit));
const gradZ = Array.from(pOfDigit.data, (v, c) => c === 7 ? v - 1 : v);
const ours = gradientOf(model, digit, gradZ);
const off = ours.minus(gradX).map(Math.abs).max();
console.log("the two gradients differ by", off.toExponential(1));

// %%
const counted = Tensor.zeros([10, 10]);
for (const [n, guess] of guesses.entries()) {
  counted.data[10 * test.labels[n] + guess]++;
}
const differ = counted.minus(result.confusion).map(Math.abs).sum();
console.log("the confusion matrices differ in", differ, "of", test.size);

// %% [markdown]
// ## What you know now
// - Maps of the first layer show edges, later maps parts; ask the data what a map waits for.
// - Small probabilities on known images predict the mistakes on new ones.
// - The gradient of a score with respect to the image says what a small change does. Covering a part says what a large
//   one does. They answer different questions.
// - A network knows only what it has seen: prepare your images as its training data were prepared.
