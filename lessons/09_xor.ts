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
//     title: What a line cannot draw
//     minutes: 20
//     permissions: []
// ---
// %% [markdown]
// # What a line cannot draw
// Why put layers on top of each other at all? Today you see it. First four points that no straight line can separate,
// then two spirals. You watch networks draw the border between them, live.

// %%
import { CrossEntropyLoss, FC, Module, Softmax } from "../mod.ts";
import { Random, ReLU, remember, Tanh, Tensor } from "../mod.ts";
import { curve, display, heatmap, show, table } from "../mod.ts";
import { blank, check } from "./exercises/mod.ts";
import { settings } from "./settings.ts";

// %% [markdown]
// ## Four points
// Two inputs, each 0 or 1. The class is 1 if they differ, and 0 if they are equal. This is called **XOR**, "one or the
// other, but not both".

// %%
const xor = Tensor.from([[0, 0], [0, 1], [1, 0], [1, 1]]);
const xorLabels = [0, 1, 1, 0];

await show(curve({
  "class 1": { x: [0, 1], y: [1, 0], points: true },
  "class 0": { x: [0, 1], y: [0, 1], points: true },
}, { title: "XOR", xLabel: "x₀", yLabel: "x₁", rows: 8 }));

// %% tags=["predict"] id="one-line"
// Draw one straight line. All on one side of it is class 1, all on the
// other side class 0. How many of the four points can you get right?

// %% [markdown]
// One FC layer with two outputs draws exactly such a line: the place where its two scores are equal. So let us train
// one. A step is the one from lesson 7, with the cross entropy from lesson 8. A class is guessed by its higher score:
// `argmax` tells which of a row it is.

// %%
const loss = new CrossEntropyLoss();
function learn(model: Module, x: Tensor, labels: number[], rate: number) {
  model.zeroGrad();
  const lossNow = loss.forward(model.forward(x), labels);
  model.backward(loss.backward());
  model.update(rate);
  return lossNow;
}
function countRight(model: Module, x: Tensor, labels: number[]): number {
  const guesses = model.forward(x).argmax();
  return guesses.filter((guess, n) => guess === labels[n]).length;
}

// %%
const random = new Random(settings.seed);
const fc = new FC({ inFeatures: 2, outFeatures: 2, random });
const line = new Module([fc]);
for (let step = 0; step < 500; step++) learn(line, xor, xorLabels, 1);
const lineLoss = loss.forward(line.forward(xor), xorLabels);
console.log("loss:", lineLoss.toFixed(4));
console.log("ln 2:", Math.log(2).toFixed(4));
await show(new Softmax().forward(line.forward(xor)), {
  title: "p of class 0 and of class 1, for each point",
});

// %% [markdown]
// It gives up: ½ and ½ for every point, which costs −log ½ = ln 2. No line gets all four right. Let d be the difference
// of the two scores. It is a weighted sum, so d(0,0) + d(1,1) = d(0,1) + d(1,0): both sums contain each weight once and
// the bias twice. But XOR wants a negative sum on the left and a positive one on the right.

// %%
const lines = Array.from({ length: 1000 }, () => {
  const fc = new FC({ inFeatures: 2, outFeatures: 2, random });
  return countRight(new Module([fc]), xor, xorLabels);
});
console.log("best of 1000 random lines:", Math.max(...lines), "right");

// %% [markdown]
// ## Two bends, by hand
// Now put a **hidden layer** in between, with a bend. Hidden means: neither input nor output. Two hidden numbers are
// enough:
//
//     h = relu(x · W + b)      score = h · v + c      class 1 if score > 0
//
// W is a table as in lesson 5: row i holds the weights from xᵢ to h₀ and to h₁. Find the weights yourself. To begin
// with: how large can x₀ + x₁ be? Points *near* the corners must come out right, too, up to 0.15 away in each input.

// %% tags=["exercise"] id="xor-by-hand"
function xorByHand() {
  const W: number[][] = blank(); // a row for each x, a column for each h
  const b: number[] = blank(); // [to h₀, to h₁]
  const v: number[] = blank(); // [from h₀, from h₁]
  const c: number = blank(); //   one number
  return { W, b, v, c };
}

// %% tags=["check"] id="xor-by-hand"
await check("xor-by-hand", xorByHand);

// %% [markdown]
// Here is one solution. Let s = x₀ + x₁. The first hidden number is s itself, and the second begins to count only where
// s is above 1. Taking it away twice bends the score down again.

// %%
const relu = (v: number) => Math.max(0, v);
const h0 = (x: number[]) => relu(x[0] + x[1]);
const h1 = (x: number[]) => relu(x[0] + x[1] - 1);
const score = (x: number[]) => h0(x) - 2 * h1(x) - 0.5;

await show(curve((s: number) => score([s, 0]), {
  title: "The score: below 0, above 0, below 0",
  xLabel: "s = x₀ + x₁",
  xRange: [-0.5, 2.5],
}));

// %% tags=["predict"] id="hidden-space"
// Draw the four points again, with h₀ and h₁ as their coordinates. Where
// are they now? Can a line separate them?

// %%
await show(curve({
  "class 1": { x: [1, 1], y: [0, 0], points: true },
  "class 0": { x: [0, 2], y: [0, 1], points: true },
  "a line": (h) => (h - 0.5) / 2,
}, { title: "What the last layer sees", xLabel: "h₀", yLabel: "h₁" }));

// %% [markdown]
// The two points of class 1 have become one, and a line is enough. That is what hidden layers do: they move the points,
// until the last layer can separate them with a line.

// %% [markdown]
// ## Let training find it
// Nobody wants to choose weights by hand. Build a network with one hidden layer of 8 numbers, and train it until it
// gets all points right. Your function gets `points` [N, 2] and a class 0 or 1 for each. It returns a network that
// gives two scores. All random numbers come from `random`. You can use `CrossEntropyLoss` and everything from lesson 7.

// %% tags=["exercise"] id="learn-xor"
function learnXor(
  points: Tensor,
  labels: number[],
  random: Random,
): Module {
  return blank(points, labels, random);
}

// %% tags=["check"] id="learn-xor"
await check("learn-xor", learnXor);

// %% [markdown]
// To watch a network, we ask it about every place of the plane. `map` makes a picture of p − ½, where p is the
// probability of class 1: red is class 1, blue class 0, and white is the **decision boundary** between them. The data
// points are drawn on top in full color.

// %%
const size = 32; // places along each side
function placesAround(x: Tensor): number[][] {
  const [low, high] = [x.min() - 0.5, x.max() + 0.5];
  const at = (i: number) => low + (high - low) * (i + 0.5) / size;
  return Array.from({ length: size * size }, (_, i) => [
    at(i % size),
    at(size - 1 - Math.floor(i / size)), // the top row is the highest x₁
  ]);
}

// %%
type Data = [x: Tensor, labels: number[]];
function map(model: Module, [x, labels]: Data): Tensor {
  const places = placesAround(x);
  const p = new Softmax().forward(model.forward(Tensor.from(places)));
  const picture = Tensor.from(places.map((_, n) => p.at(n, 1) - 0.5));
  const [[left, top], [next]] = places;
  for (const [n, label] of labels.entries()) {
    const row = Math.round((top - x.at(n, 1)) / (next - left));
    const column = Math.round((x.at(n, 0) - left) / (next - left));
    picture.data[row * size + column] = 2 * label - 1;
  }
  return picture.reshape([size, size]);
}

// %% [markdown]
// `movie` trains, and draws the map 30 times on the way. `display` makes a picture that can be drawn again in the same
// place. If you press Ctrl-C (in a notebook, the stop button), `live.stopping` becomes true: the loop ends, and the
// network keeps what it has learned.

// %%
type Training = { steps: number; rate: number };
async function movie(model: Module, data: Data, training: Training) {
  const [live, losses] = [display(), [] as number[]];
  for (let step = 1; step <= training.steps; step++) {
    if (live.stopping) break;
    losses.push(learn(model, ...data, training.rate));
    if (step % (training.steps / 30) > 0) continue;
    const title = `step ${step}: ${countRight(model, ...data)} right`;
    await live.update(heatmap(map(model, data), { title, limit: 1 }));
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  await live.close();
  return losses;
}

// %% [markdown]
// Now watch 90 steps. (`remember` keeps the trained network for another day, as in lesson 7.)

// %%
function oneHidden(width: number, seed: number): Module {
  const random = new Random(seed);
  return new Module([
    new FC({ inFeatures: 2, outFeatures: width, random }),
    new Tanh(),
    new FC({ inFeatures: width, outFeatures: 2, random }),
  ]);
}

// %%
const eight = oneHidden(8, settings.seed);
const four: Data = [xor, xorLabels];
const short = { steps: 90, rate: 0.5 };
await remember("xor", eight, () => movie(eight, four, short));
console.log(countRight(eight, ...four), "of 4 right");

// %% tags=["predict"] id="two-or-eight"
// By hand, two hidden numbers were enough. If training starts from ten
// different random weights: how often will it find a way with two?

// %%
function startsThatWork(width: number): number {
  return Array.from({ length: 10 }, (_, seed) => {
    const model = oneHidden(width, seed);
    for (let step = 0; step < 300; step++) learn(model, ...four, 1);
    return countRight(model, ...four);
  }).filter((right) => right === 4).length;
}
const widths = [2, 3, 8];
const worked = await remember("starts", () => widths.map(startsThatWork));
await show(table(widths.map((width, i) => [width, worked[i]]), [
  "hidden numbers",
  "of 10 starts get all four right",
]));

// %% [markdown]
// Two numbers are enough to *draw* the border, but training does not always *find* it: from some starts it gets stuck.
// With 8, more than necessary, it got there from every start.

// %% [markdown]
// ## A loss that stops falling
// A colleague wants to see the probabilities while the network learns. So before the loss, the loop asks this softmax.
// It survives ±1000, and its probabilities are right.

// %%
function softmaxToLookAt(z: Tensor): Tensor {
  const C = z.shape[1];
  for (let n = 0; n < z.shape[0]; n++) {
    const row = z.data.subarray(n * C, (n + 1) * C); // a view, not a copy
    const largest = Math.max(...row);
    const powers = [...row].map((score) => Math.exp(score - largest));
    const sum = powers.reduce((a, b) => a + b);
    powers.forEach((power, j) => row[j] = power / sum);
  }
  return z;
}

// %% tags=["predict"] id="looking"
// Two equal networks learn XOR. One loop looks at the probabilities
// before the loss, the other does not. Will their losses differ?

// %%
function lossesWhileLooking(look: (z: Tensor) => unknown): number[] {
  const model = oneHidden(8, settings.seed);
  return Array.from({ length: 600 }, () => {
    model.zeroGrad();
    const scores = model.forward(xor);
    look(scores);
    const lossNow = loss.forward(scores, xorLabels);
    model.backward(loss.backward());
    model.update(0.5);
    return lossNow;
  });
}
const looking = lossesWhileLooking(softmaxToLookAt);
const notLooking = lossesWhileLooking(() => {});
await show(curve({ looking, "not looking": notLooking }, { rows: 10 }));
console.log("looking:", looking.at(-1)!.toFixed(3));

// %% [markdown]
// Looking changes it! The softmax writes its probabilities into the scores. So the loss takes the softmax of a softmax:
// the best "scores" are then 1 and 0, and even those cost −log(e / (e + 1)) = 0.313. The original course had this bug.
// Fix it.

// %% tags=["exercise"] id="leaky-softmax"
// Returns the softmax of each row of z, and leaves z as it is.
function softmaxOf(z: Tensor): Tensor {
  const C = z.shape[1];
  for (let n = 0; n < z.shape[0]; n++) {
    const row = z.data.subarray(n * C, (n + 1) * C);
    const largest = Math.max(...row);
    const powers = [...row].map((score) => Math.exp(score - largest));
    const sum = powers.reduce((a, b) => a + b);
    powers.forEach((power, j) => row[j] = power / sum);
  }
  return z;
}

// %% tags=["check"] id="leaky-softmax"
await check("leaky-softmax", softmaxOf);

// %% [markdown]
// ## Two spirals
// Now something harder: two arms that wind around each other, 100 points each. Along an arm, the distance from the
// center and the angle grow together.

// %%
function spirals(random: Random): Data {
  const points = Array.from({ length: 200 }, (_, n) => {
    const t = 0.15 + 0.85 * Math.floor(n / 2) / 99; // 0.15 … 1
    const angle = Math.PI * (3 * t + n % 2); // arms half a turn apart
    const off = () => random.normal(0, 0.03);
    const [x, y] = [Math.cos(angle), Math.sin(angle)];
    return [2 * t * x + off(), 2 * t * y + off()];
  });
  return [Tensor.from(points), points.map((_, n) => n % 2)];
}
const spiral = spirals(new Random(settings.seed));
function arm(label: number) {
  const own = (spiral[0].toArray() as number[][])
    .filter((_, n) => spiral[1][n] === label);
  const [x, y] = [own.map(([x]) => x), own.map(([, y]) => y)];
  return { x, y, points: true };
}
await show(curve({ "class 0": arm(0), "class 1": arm(1) }, { rows: 16 }));

// %% tags=["predict"] id="spirals"
// The hidden layer of 8 numbers, 600 steps: will it get the spirals? And
// what will its border look like?

// %%
const narrow = oneHidden(8, settings.seed);
const long = { steps: 600, rate: 0.3 };
const work = () => movie(narrow, spiral, long);
const few = await remember("narrow", narrow, work);
console.log(countRight(narrow, ...spiral), "of 200 right");

// %% [markdown]
// In 600 steps, eight numbers do not learn to wind along. So: two hidden layers, one after the other, with 32 ReLUs
// each. The second bends what the first has bent already.

// %%
const common = { random: new Random(settings.seed) };
const wide = new Module([
  new FC({ inFeatures: 2, outFeatures: 32, ...common }),
  new ReLU(),
  new FC({ inFeatures: 32, outFeatures: 32, ...common }),
  new ReLU(),
  new FC({ inFeatures: 32, outFeatures: 2, ...common }),
]);
const more = () => movie(wide, spiral, long);
const many = await remember("wide", wide, more);
console.log(countRight(wide, ...spiral), "of 200 right");

// %%
await show(curve({ "8": few, "32 and 32": many }, {
  title: "The loss on the spirals",
  xLabel: "step",
  log: true,
}));

// %% [markdown]
// ## The library agrees
// Your network by hand is FC, ReLU, FC. With the same weights, the library's layers must give the same scores.

// %%
const hidden = new FC({ inFeatures: 2, outFeatures: 2 });
const out = new FC({ inFeatures: 2, outFeatures: 1 });
hidden.weight.value = Tensor.from([[1, 1], [1, 1]]);
hidden.bias!.value = Tensor.from([0, -1]);
out.weight.value = Tensor.from([[1], [-2]]);
out.bias!.value = Tensor.from([-0.5]);
const library = new Module([hidden, new ReLU(), out]).forward(xor);
const compared = (xor.toArray() as number[][]).map((x, n) => [
  `${x}`,
  score(x),
  library.at(n, 0),
]);
await show(table(compared, ["x", "by hand", "the library"]));

// %% [markdown]
// ## What you know now
// - One layer draws a line; XOR needs more. Hidden layers move the points until a line is enough.
// - Without a bend between the layers, all of them together are one line (lesson 2).
// - Training finds a solution more easily if there are more hidden numbers than necessary.
// - The decision boundary is where two scores are equal, and you can watch it being drawn.
