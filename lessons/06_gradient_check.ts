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
//     title: The gradient check
//     minutes: 25
//     permissions: []
// ---
// %% [markdown]
// # The gradient check: trust nothing that you have not measured
// Every lesson so far measured its slopes with a few lines of its own. Today you build one check for all layers, and you
// learn what can fool it. Then you work as a detective: the course that this one grew from had three bugs in its
// activations and losses, and you will find all three.

// %%
import { FC, gradCheck, Layer, ReLU, Softmax } from "../mod.ts";
import { Random, Tensor } from "../mod.ts";
import { curve, heatmap, show, table } from "../mod.ts"; // pictures
import { blank, check } from "./exercises/mod.ts";
import { settings } from "./settings.ts";

const random = new Random(settings.seed);
const dtype = "float64"; // a check needs all digits

// %% [markdown]
// ## One number for every layer
// A slope needs one number that changes, and a layer has many outputs y. So we invent a loss: multiply each output by
// some number g, and add up, L = Σ g · y. Then ∂L/∂y is g itself. `backward(g)` must return ∂L/∂x, and we can measure
// that.
//
// `measure` is the function from lesson 5: step each number by h to both sides, look at L, put the number back.

// %%
const h = 1e-5;

function measure(values: Tensor, lossNow: () => number): Tensor {
  return values.map((value, i) => {
    values.data[i] = value + h;
    const right = lossNow();
    values.data[i] = value - h;
    const left = lossNow();
    values.data[i] = value; // put it back
    return (right - left) / (2 * h);
  });
}

// %% tags=["predict"] id="all-ones"
// Why not g = 1 everywhere, so that L is simply the sum of all outputs?
// Take a softmax (lesson 2) with four scores. What is the slope of L
// for each score?

// %%
const softmax = new Softmax();
const scores = Tensor.randn([1, 4], { random, dtype });
const someG = Tensor.randn([1, 4], { random, dtype });

const plainSum = () => softmax.forward(scores).sum();
const weighted = () => softmax.forward(scores).times(someG).sum();
const flat = [...measure(scores, plainSum).data];
const slopes = [...measure(scores, weighted).data];
await show(heatmap(Tensor.from([flat, slopes]), {
  title: "∂L/∂x of a softmax",
  rows: ["g = 1", "g random"],
}));

// %% [markdown]
// The outputs of a softmax always sum to 1. So with g = 1 the loss never changes: every slope is 0, up to rounding. A
// `backward` that returns zeros would pass! With random g no mistake can hide like that. Always use random numbers.

// %% [markdown]
// ## How far apart is too far?
// Let a be our gradient (by a formula) and n the measured one. They are never equal to the last digit. How do we tell
// rounding from a bug?

// %% tags=["predict"] id="same-distance"
// a = 0.002 and n = 0.001. Or a = 1000.001 and n = 1000. Both pairs are
// 0.001 apart. Which one is a bug?

// %%
function relativeError(a: number, n: number): number {
  return Math.abs(a - n) / (Math.abs(a) + Math.abs(n));
}
const pairs = [[0.002, 0.001], [1000.001, 1000], [3, -3], [0, 3]];
const rows = pairs.map(([a, n]) => [
  String(a),
  String(n),
  Math.abs(a - n).toFixed(3),
  relativeError(a, n).toPrecision(2),
]);
await show(table(rows, ["a", "n", "apart", "relative error"]));

// %% [markdown]
// The first is wrong by a factor of 2; the second agrees to six digits. So we compare the difference with the size of
// the two, the **relative error** |a − n| / (|a| + |n|). Here it is for every ratio a / n.

// %%
await show(curve((ratio: number) => relativeError(ratio, 1), {
  title: "The relative error, when a is this many times n",
  xLabel: "a / n",
  xRange: [-2, 4],
}));

// %% [markdown]
// A factor of 2 gives ⅓, and so does a factor of ½. A wrong sign gives 1, the largest error there is, and so does a
// slope that is 0 where it should not be. Rounding gives about 1e-10. Our limit of 1e-7 lies far from both, so there is
// seldom a doubt.

// %% [markdown]
// ## The floor
// But there is a false alarm. Far from 0, tanh is nearly flat: at x = 15 its slope is 4e-13. How well can we measure
// such a slope?

// %% tags=["predict"] id="flat-tanh"
// From x = 0 to 20, our slope 1 − tanh²x is right everywhere. What will
// the relative error do on the way: stay, grow, or shrink?

// %%
const slope = (x: number) => 1 - Math.tanh(x) ** 2;
function measured(f: (x: number) => number, x: number): number {
  return (f(x + h) - f(x - h)) / (2 * h);
}
console.log("x = 15: slope", slope(15));
console.log("     measured", measured(Math.tanh, 15));

await show(curve({
  "error": (x) => relativeError(slope(x), measured(Math.tanh, x)),
  "the limit": () => 1e-7,
}, { title: "Without a floor", xLabel: "x", xRange: [0, 17], log: "y" }));

// %% [markdown]
// From about x = 7 on, the check cries wolf, and at 15 the error is 1, the largest there is. A float64 has 16 digits.
// So L is off by about 2.2e-16 (if it is about 1), and we divide by 2h: every measured slope is off by about 1e-11. A
// true slope that is smaller drowns.
//
// So we never divide by less than a **floor**: the size at which this rounding alone would reach our limit of 1e-7.

// %%
const rounding = 2.2e-16 / (2 * h);
const floor = rounding / 1e-7;
console.log("rounding of a slope:", rounding.toExponential(1));
console.log("floor:              ", floor.toExponential(1));

// %% [markdown]
// Now the whole formula:
//
//     error = |a − n| / max(|a| + |n|, floor)
//
// Write it for two lists of the same length. The floor comes in as a number. Either list can hold zeros and negative
// numbers.

// %% tags=["exercise"] id="relative-errors"
// Returns the error of each pair ours[i], measured[i].
function relativeErrors(
  ours: number[],
  measured: number[],
  floor: number,
): number[] {
  return blank(ours, measured, floor);
}

// %% tags=["check"] id="relative-errors"
await check("relative-errors", relativeErrors);

// %%
function errorOf(a: number, n: number): number {
  return Math.abs(a - n) / Math.max(Math.abs(a) + Math.abs(n), floor);
}
await show(curve({
  "with the floor": (x) => errorOf(slope(x), measured(Math.tanh, x)),
  "the limit": () => 1e-7,
}, { title: "With the floor", xLabel: "x", xRange: [0, 17], log: "y" }));

// %% [markdown]
// No more false alarms. The price: among slopes much smaller than the floor, a wrong one can pass. So check a layer with
// numbers of ordinary size, around 1.

// %% [markdown]
// ## Kinks
// ReLU has a corner at 0. We said that its slope is 0 up to there and 1 after it.

// %% tags=["predict"] id="relu-at-zero"
// What will a step of h to both sides measure at x = 0 exactly? And at
// x = 3e-6, when h is 1e-5?

// %%
const relu = (x: number) => Math.max(0, x);
console.log("at 0:   ", measured(relu, 0));
console.log("at 3e-6:", measured(relu, 3e-6));

await show(curve({
  "measured": (x) => measured(relu, x),
  "our slope": (x) => x > 0 ? 1 : 0,
}, { title: "ReLU, very close to 0", xRange: [-3e-5, 3e-5] }));

// %% [markdown]
// The step reaches across the corner and mixes both sides: 0.5 at 0. Our slope is not wrong; there is no single slope
// to compare it with. Such a place is a **kink**, and the check must notice it.
//
// How? Measure twice, once with a step to the left only, and once with a step to the right only. Where a function is
// smooth, the two agree. Write both.

// %% tags=["exercise"] id="slopes-each-side"
// Returns [left slope, right slope] of f at x, with steps of size h.
function slopesEachSide(
  f: (x: number) => number,
  x: number,
  h: number,
): [number, number] {
  return blank(f, x, h);
}

// %% tags=["check"] id="slopes-each-side"
await check("slopes-each-side", slopesEachSide);

// %%
function sides(f: (x: number) => number, x: number): [number, number] {
  return [(f(x) - f(x - h)) / h, (f(x + h) - f(x)) / h];
}
const tried: [string, (x: number) => number, number][] = [
  ["relu at 0", relu, 0],
  ["relu at 3e-6", relu, 3e-6],
  ["relu at 1", relu, 1],
  ["tanh at 0.5", Math.tanh, 0.5],
];
const gaps = tried.map(([name, f, x]) => {
  const [left, right] = sides(f, x);
  return [name, left, right, (right - left).toExponential(1)];
});
await show(table(gaps, ["where", "left", "right", "gap"]));

// %% [markdown]
// On a smooth curve the two sides differ a little, because the curve bends: by about h. At a kink they differ by any
// amount, however small h is. So a gap of more than 0.01 means a kink. There we do not compare; we move on. It is rare:
// random numbers almost never lie that close to a corner.

// %% [markdown]
// ## Leave everything as it was
// `measure` changes a number, and must put it back. One way is to keep the old value. Another is to step forward by h,
// back by 2h, and forward by h again.

// %% tags=["predict"] id="put-back"
// x += h, x −= 2h, x += h, for 1000 random numbers. How many of them
// are exactly what they were?

// %%
const before = Tensor.randn([1000], { random, dtype });
const after = before.map((x) => ((x + h) - 2 * h) + h);
const same = before.data.filter((x, i) => x === after.data[i]).length;
console.log(same, "of 1000 are exactly the same");

// %% [markdown]
// Fewer than half. The difference is only in the last digit, but a check must not change a network at all. So keep the
// old value.
//
// And if we forget to put it back? Then x stays h to the left, and each following slope is measured at another place.

// %%
function measureAndForget(values: Tensor, lossNow: () => number): Tensor {
  return values.map((_, i) => {
    values.data[i] += h;
    const right = lossNow();
    values.data[i] -= 2 * h;
    return (right - lossNow()) / (2 * h);
  });
}

// %%
const row = Tensor.randn([1, 20], { random, dtype });
const weights = Tensor.randn([1, 20], { random, dtype });
const softLoss = () => softmax.forward(row).times(weights).sum();
softLoss();
const right = [...softmax.backward(weights).data];
const kept = [...measure(row, softLoss).data];
const forgot = [...measureAndForget(row, softLoss).data];
await show(curve({
  "put back": kept.map((n, i) => errorOf(right[i], n)),
  "forgotten": forgot.map((n, i) => errorOf(right[i], n)),
}, { title: "A softmax that is right", xLabel: "element", log: "y" }));

// %% [markdown]
// Without putting back, the check reports errors above 1e-7 in a layer that is right, and the network is damaged as
// well. If you ever see errors around 1e-6 or 1e-5, suspect the check before you suspect the layer.

// %% [markdown]
// ## Put together
// Now the parts become one check. `sidesAt` measures one number of a tensor to both sides and puts it back. `compare`
// does this for a whole tensor. The mean of the two sides is the measured slope, as before.

// %%
function sidesAt(x: Tensor, i: number, lossNow: () => number) {
  const [here, kept] = [lossNow(), x.data[i]];
  x.data[i] = kept + h;
  const above = lossNow();
  x.data[i] = kept - h;
  const below = lossNow();
  x.data[i] = kept; // put it back
  return [(here - below) / h, (above - here) / h];
}

// %%
type Loss = () => number;

function compare(name: string, x: Tensor, grad: Tensor, loss: Loss) {
  return Array.from(grad.data, (ours, i) => {
    const [left, right] = sidesAt(x, i, loss);
    const measured = (left + right) / 2;
    const kink = Math.abs(right - left) > 0.01;
    const error = kink ? 0 : errorOf(ours, measured);
    return { element: `${name} ${i}`, ours, measured, error };
  });
}

// %% [markdown]
// `examine` takes any layer. It sends random numbers g back, and compares the gradient of the input x and of each
// parameter: `layer.parameters()` lists the weights and biases, each with its `name`, its `value` and its `grad`.

// %%
function examine(layer: Layer, x: Tensor) {
  const g = Tensor.randn(layer.forward(x).shape, { random, dtype });
  const loss = () => layer.forward(x).times(g).sum();
  layer.zeroGrad(); // backward adds to grad, so begin at 0
  const gradX = layer.backward(g.clone());
  const parameters = layer.parameters();
  return [
    ...compare("x", x, gradX, loss),
    ...parameters.flatMap((p) => compare(p.name, p.value, p.grad, loss)),
  ];
}

// %%
type Rows = ReturnType<typeof examine>;

async function report(title: string, rows: Rows) {
  const wrong = rows.filter(({ error }) => error > 1e-7).length;
  const worst = rows.reduce((a, b) => b.error > a.error ? b : a);
  await show(table([worst], undefined, {
    title: `${title}: ${wrong} of ${rows.length} wrong; the worst:`,
  }));
}

// %%
const fc = new FC({ inFeatures: 4, outFeatures: 3, dtype, random });
const x = Tensor.randn([5, 4], { random, dtype });
await report("FC", examine(fc, x));
await report("softmax", examine(softmax, x));
await report("ReLU", examine(new ReLU(), x));

// %% [markdown]
// ## The first bug: a factor
// Here is the squared error as the original course had it. The loss is the mean over the N samples of a batch: of each
// sample's F squared differences, it takes the sum. It runs, and training with it makes the loss fall. But the gradient
// is not the gradient of this loss. Let the check below speak first, then fix the gradient. The loss itself is right.

// %% tags=["exercise"] id="find-the-factor"
// p and t are [N, F]. Returns the loss, and its gradient for p, [N, F].
function squaredError(p: Tensor, t: Tensor) {
  const difference = p.minus(t);
  const loss = difference.times(difference).sum() / p.shape[0];
  const grad = difference.times(2);
  return { loss, grad };
}

// %% tags=["check"] id="find-the-factor"
await check("find-the-factor", squaredError);

// %% [markdown]
// Why does nobody notice? The direction is right, and only the steps are too long, by the size of the batch. Here are
// ten steps on a line, once with a batch of 4 and once with a batch of 40, with the same learning rate.

// %% tags=["predict"] id="batch-size"
// With the wrong gradient, which of the two batches gets into trouble?

// %%
function lossesOf(samples: number): number[] {
  const losses: number[] = [];
  for (let step = 0, w = 0; step <= 10; step++) {
    losses.push((w - 1) ** 2); // every sample predicts w; the truth is 1
    let slope = 0;
    for (let n = 0; n < samples; n++) slope += 2 * (w - 1); // without 1/N
    w -= 0.03 * slope;
  }
  return losses;
}
await show(curve({
  "a batch of 4": lossesOf(4),
  "a batch of 40": lossesOf(40),
}, { title: "The loss, rate 0.03", xLabel: "step", log: "y" }));

// %% [markdown]
// With 4 samples all looks well. With 40 the same code explodes, and you would search everywhere but in the loss.

// %% [markdown]
// ## The second bug: a gradient that someone else needs
// To save memory, the original's ReLU did not make a new tensor on the way back. It put its zeros straight into the
// gradient that it was given, and returned that.

// %%
class ReLUInPlace extends Layer {
  #x?: Tensor;
  override forward(x: Tensor): Tensor {
    this.#x = x.clone();
    return x.map(relu);
  }
  override backward(gradOut: Tensor): Tensor {
    const { data } = this.saved(this.#x); // what forward kept
    data.forEach((x, i) => {
      if (x <= 0) gradOut.data[i] = 0;
    });
    return gradOut;
  }
}

// %% tags=["predict"] id="in-place"
// The numbers that it returns are right. Does our check find anything?

// %%
const inPlace = new ReLUInPlace();
await report("ReLU in place", examine(inPlace, x));

// %% [markdown]
// Nothing. Now use the same layer inside a larger one, y = relu(x) + x. Many networks have such a shortcut. Both paths
// get the same gradient g, and the input collects both: relu.backward(g) + g.

// %%
class WithShortcut extends Layer {
  constructor(readonly relu: Layer) {
    super();
  }
  override forward(x: Tensor): Tensor {
    return this.relu.forward(x).plus(x);
  }
  override backward(g: Tensor): Tensor {
    return this.relu.backward(g).plus(g);
  }
}
await report("in place", examine(new WithShortcut(inPlace), x));
await report("a new tensor", examine(new WithShortcut(new ReLU()), x));

// %% [markdown]
// The ReLU has destroyed g before the shortcut could use it: where x is negative, 0 arrives instead of g. And the layer
// that fails is not the one with the bug. So a check needs one more question: is everything that the layer was
// given the same afterward?
//
// Fix it. x and gradOut have the same shape, and both must stay as they are.

// %% tags=["exercise"] id="keep-the-gradient"
// Returns ∂L/∂x of a ReLU.
function reluBackwardSafe(x: Tensor, gradOut: Tensor): Tensor {
  for (let i = 0; i < x.size; i++) {
    if (x.data[i] <= 0) gradOut.data[i] = 0;
  }
  return gradOut;
}

// %% tags=["check"] id="keep-the-gradient"
await check("keep-the-gradient", reluBackwardSafe);

// %%
function sameNumbers(a: Tensor, b: Tensor): boolean {
  return a.data.every((value, i) => value === b.data[i]);
}

function changes(layer: Layer, x: Tensor): string {
  const g = Tensor.randn(layer.forward(x).shape, { random, dtype });
  const [keptX, keptG] = [x.clone(), g.clone()];
  layer.backward(g);
  if (!sameNumbers(g, keptG)) return "changes its gradient";
  return sameNumbers(x, keptX) ? "changes nothing" : "changes its input";
}
console.log("ReLU in place", changes(inPlace, x.clone()));
console.log("ReLU         ", changes(new ReLU(), x.clone()));

// %% [markdown]
// ## The third bug: a number that is not a number
// You met the textbook's tanh in lesson 2: (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ). The original used it in its CNN. Here it is as a
// layer, with the right slope 1 − y².

// %%
class TanhOfTheBook extends Layer {
  #y?: Tensor;
  override forward(x: Tensor): Tensor {
    this.#y = x.map((v) => {
      const [up, down] = [Math.exp(v), Math.exp(-v)];
      return (up - down) / (up + down);
    });
    return this.#y;
  }
  override backward(gradOut: Tensor): Tensor {
    return gradOut.times(this.saved(this.#y).map((y) => 1 - y * y));
  }
}

// %% tags=["predict"] id="book-tanh"
// We check it with random numbers around 0, and then with one number of
// 800 among them. What will our report say each time?

// %%
const book = new TanhOfTheBook();
const ordinary = Tensor.randn([1, 10], { random, dtype });
const withOneLarge = ordinary.map((v, i) => i === 7 ? 800 : v);
await report("ordinary", examine(book, ordinary));
await report("with an 800", examine(book, withOneLarge));

// %% [markdown]
// "0 of 10 wrong", both times! With ordinary numbers that is right: the check sees only the numbers that you give it.
// But the second time L itself is NaN, and so is every error. *Our report* has a bug: a comparison with NaN is never
// true, so no error was "above 1e-7". Turn the question around: right is what is at most 1e-7, and all else is wrong.

// %%
const isWrong = (error: number) => !(error <= 1e-7); // NaN is wrong, too
const again = examine(book, withOneLarge);
const wrongNow = again.filter(({ error }) => isWrong(error));
console.log("NaN > 1e-7:    ", NaN > 1e-7);
console.log("!(NaN <= 1e-7):", !(NaN <= 1e-7));
console.log("with an 800:", wrongNow.length, "of 10 wrong");

// %% [markdown]
// One number of 800 has spoiled all ten. Now repair the layer: x can hold any numbers, up to ±1000 and beyond. Then y
// must be right, and so must the gradient.

// %% tags=["exercise"] id="find-the-nan"
// Returns y = tanh(x), and gradX = ∂L/∂x. (Math.tanh would do it, but
// then you would never see how.)
function tanhLayer(x: Tensor, gradOut: Tensor) {
  const y = x.map((v) => {
    const [up, down] = [Math.exp(v), Math.exp(-v)];
    return (up - down) / (up + down);
  });
  const gradX = gradOut.times(y.map((v) => 1 - v * v));
  return { y, gradX };
}

// %% tags=["check"] id="find-the-nan"
await check("find-the-nan", tanhLayer);

// %% [markdown]
// ## The library agrees
// The library's `gradCheck` is `examine` with a report. It measures as we do. So for the same g, its worst element must
// show the same two numbers as ours.

// %%
const seed = 5;
const library = gradCheck(fc, x, { random: new Random(seed) });
console.log(String(library));

// %%
const g = Tensor.randn([5, 3], { random: new Random(seed), dtype });
const lossNow = () => fc.forward(x).times(g).sum();
lossNow();
fc.zeroGrad();
const input = { name: "x", value: x, grad: fc.backward(g) };
const { name, index, analytic, numeric } = library.worst!;
const tensors = [input, ...fc.parameters()];
const worst = tensors.find((tensor) => tensor.name === name)!;
const ours = compare(name, worst.value, worst.grad, lossNow)[index];
const theirs = ["the library", analytic, numeric];
await show(table([theirs, ["ours", ours.ours, ours.measured]], [
  "",
  "gradient",
  "measured",
], { title: "The worst element" }));

// %% [markdown]
// It does a little more. At a kink it moves to a nearby point and checks there. It computes the floor from the size of
// L. It names a likely cause, and it sees whether x or g was changed. You have read its report on the first bug; here
// are the other two.

// %%
console.log(String(gradCheck(inPlace, x)));

// %%
console.log(String(gradCheck(book, withOneLarge)));

// %% [markdown]
// ## What you know now
// - Any layer can be checked: L = Σ g · y with random g, and every number of every tensor is measured.
// - error = |a − n| / max(|a| + |n|, floor): ⅓ is a factor of 2, 1 is a wrong sign or a zero, 1e-7 or less is right.
// - At a kink the slopes of the two sides differ, and there is nothing to compare.
// - A check sees only what you give it. Try batches of different sizes and large numbers. Look whether the inputs were
//   changed. And never let a NaN pass.
