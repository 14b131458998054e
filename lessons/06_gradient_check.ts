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
// Every lesson so far measured its slopes with a few lines of its own. Today you build one check for all layers, and
// you learn what can fool it. Then you work as a detective: the course that this one grew from had three bugs in its
// activations and losses, and you will find all three.

// %%
import { FC, gradCheck, Layer, ReLU, Softmax } from "../mod.ts";
import { Random, Tensor } from "../mod.ts";
import { curve, heatmap, show, table } from "../mod.ts"; // pictures
import { blank, check } from "./exercises/mod.ts";
import { settings } from "./settings.ts";

const random = new Random(settings.seed);
const dtype = "float64"; // a check needs all digits
const h = 1e-5;

// %% [markdown]
// ## One number for every layer
// A slope needs one number that changes, and a layer has many outputs y. So we invent a loss: multiply each output by
// some number g, and add up, L = Σ g · y. Then ∂L/∂y is g itself. `backward(g)` must return ∂L/∂x, and we can measure
// that: step one number of x by h to the right and to the left, look at L, and put the number back.

// %%
type Loss = () => number;
/** The slope of L to the left and to the right of number i of x. */
function sides(x: Tensor, i: number, loss: Loss): [number, number] {
  const [here, kept] = [loss(), x.data[i]];
  x.data[i] = kept + h;
  const above = loss();
  x.data[i] = kept - h;
  const below = loss();
  x.data[i] = kept; // put it back
  return [(here - below) / h, (above - here) / h];
}

// %%
/** The measured slope for every number of x: the mean of both sides. */
function measure(x: Tensor, loss: Loss): Tensor {
  return x.map((_, i) => {
    const [left, right] = sides(x, i, loss);
    return (left + right) / 2;
  });
}

// %% tags=["predict"] id="all-ones"
// Which numbers g? Say 1 everywhere: then L is the sum of all outputs.
// Take a softmax (lesson 2) with four scores. What is the slope of L
// for each score?

// %%
const softmax = new Softmax();
const scores = Tensor.randn([1, 4], { random, dtype });
const anyG = Tensor.randn([1, 4], { random, dtype });
const sum = () => softmax.forward(scores).sum();
const mixed = () => softmax.forward(scores).times(anyG).sum();
const [plain, slopes] = [measure(scores, sum), measure(scores, mixed)];
await show(heatmap(Tensor.from([[...plain.data], [...slopes.data]]), {
  title: "∂L/∂x of a softmax",
  rows: ["g = 1", "g random"],
}));

// %% [markdown]
// The outputs of a softmax always sum to 1. So with g = 1 the loss never changes, and every slope is 0, up to rounding.
// A `backward` that returns zeros would pass! With random numbers g, no mistake can hide like that.
//
// ## How far apart is too far?
// Let a be our gradient, by a formula, and n the measured one. They are never equal to the last digit. How do we tell
// rounding from a bug?

// %% tags=["predict"] id="same-distance"
// a = 0.002 and n = 0.001. Or a = 1000.001 and n = 1000. Both pairs are
// 0.001 apart. Which one is a bug?

// %%
function relativeError(a: number, n: number): number {
  return Math.abs(a - n) / (Math.abs(a) + Math.abs(n));
}
console.log("small:", relativeError(0.002, 0.001).toPrecision(2));
console.log("large:", relativeError(1000.001, 1000).toPrecision(2));

await show(curve((ratio: number) => relativeError(ratio, 1), {
  title: "The relative error, when a is this many times n",
  xLabel: "a / n",
  xRange: [-2, 4],
}));

// %% [markdown]
// The relative error of lesson 2, |a − n| / (|a| + |n|), compares the difference with the size of the two. A factor of
// 2 gives ⅓, and so does a factor of ½. A wrong sign gives 1, the largest error there is, and so does a slope that is 0
// where it should not be. Rounding gives about 1e-10. Our limit of 1e-7 lies far from both.
//
// ## The floor
// But there is a false alarm. Far from 0, tanh is nearly flat: at x = 15 its slope is 4e-13. How well can we measure
// such a slope?

// %% tags=["predict"] id="flat-tanh"
// From x = 0 to 17, our slope 1 − tanh²x is right everywhere. What will
// the relative error do on the way: stay, grow, or shrink?

// %%
const slope = (x: number) => 1 - Math.tanh(x) ** 2;
function measured(f: (x: number) => number, x: number): number {
  return (f(x + h) - f(x - h)) / (2 * h);
}
console.log("at 15:", slope(15), " measured:", measured(Math.tanh, 15));

await show(curve({
  "error": (x) => relativeError(slope(x), measured(Math.tanh, x)),
  "the limit": () => 1e-7,
}, { title: "Without a floor", xLabel: "x", xRange: [0, 17], log: "y" }));

// %% [markdown]
// From about x = 7 on, the check raises a false alarm. A float64 has 16 digits, so a loss of about 1 is off by 2.2e-16,
// and we divide by 2h: every measured slope is off by about 1e-11. A smaller slope is lost in that.
//
// So we never divide by less than a **floor**: the size at which this rounding alone would reach our limit.

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
const floor = 2.2e-16 / (2 * h) / 1e-7;
function errorOf(a: number, n: number): number {
  return Math.abs(a - n) / Math.max(Math.abs(a) + Math.abs(n), floor);
}
const at15 = errorOf(slope(15), measured(Math.tanh, 15));
console.log("floor:", floor.toExponential(1), " error at 15:", at15);

// %% [markdown]
// No false alarm any longer. The price: among slopes far below the floor, a wrong one can pass. So check a layer with
// numbers of ordinary size, around 1.
//
// ## Kinks
// ReLU has a corner at 0. We said that its slope is 0 up to there and 1 after it.

// %% tags=["predict"] id="relu-at-zero"
// What will a step of h = 1e-5 to both sides measure at x = 0 exactly?
// And at x = 3e-6?

// %%
const relu = (x: number) => Math.max(0, x);
console.log("at 0:", measured(relu, 0), " 3e-6:", measured(relu, 3e-6));

await show(curve({
  "measured": (x) => measured(relu, x),
  "our slope": (x) => x > 0 ? 1 : 0,
}, { title: "ReLU, very close to 0", xRange: [-3e-5, 3e-5], rows: 9 }));

// %% [markdown]
// The step reaches across the corner and mixes both sides. Our slope is not wrong; there is no single slope to compare
// it with. Such a place is a **kink**. `sides` shows it: on a smooth curve, left and right differ by about h, but at a
// kink by any amount. So at a gap of more than 0.01 we do not compare.
//
// ## Put it back
// `sides` keeps the old number, and puts it back. You could also do without: x += h, then x −= 2h, then x += h.

// %% tags=["predict"] id="put-back"
// We do that to 1000 random numbers. How many of them are exactly what
// they were?

// %%
const before = Tensor.randn([1000], { random, dtype });
const after = before.map((x) => ((x + h) - 2 * h) + h);
const same = before.data.filter((x, i) => x === after.data[i]).length;
console.log(same, "of 1000 are exactly the same");

// %% [markdown]
// Fewer than half. The rest differ only in the last digit, but a check must not change a network at all.
//
// ## One check for all layers
// `examine` takes any layer. It sends random numbers g back, and compares the gradient of x and of each parameter:
// `layer.parameters()` lists the weights and biases, each with its `name`, its `value` and its `grad`.

// %%
function compare(name: string, x: Tensor, grad: Tensor, loss: Loss) {
  return Array.from(grad.data, (ours, i) => {
    const [left, right] = sides(x, i, loss);
    const measured = (left + right) / 2;
    const kink = Math.abs(right - left) > 0.01;
    const error = kink ? 0 : errorOf(ours, measured);
    return { element: `${name} ${i}`, ours, measured, error };
  });
}

// %%
function examine(layer: Layer, x: Tensor, random: Random) {
  const g = Tensor.randn(layer.forward(x).shape, { random, dtype });
  const loss = () => layer.forward(x).times(g).sum();
  layer.zeroGrad(); // backward adds to grad, so begin at 0
  const input = { name: "x", value: x, grad: layer.backward(g.clone()) };
  return [input, ...layer.parameters()].flatMap(
    ({ name, value, grad }) => compare(name, value, grad, loss),
  );
}

// %%
async function report(title: string, layer: Layer, x: Tensor) {
  const rows = examine(layer, x, random);
  const wrong = rows.filter(({ error }) => error > 1e-7).length;
  const worst = rows.reduce((a, b) => b.error > a.error ? b : a);
  console.log(`${title}: ${wrong} of ${rows.length} wrong; the worst:`);
  await show(table([worst]));
}
const fc = new FC({ inFeatures: 4, outFeatures: 3, dtype, random });
const x = Tensor.randn([5, 4], { random, dtype });
await report("FC", fc, x);
await report("softmax", softmax, x);

// %% [markdown]
// ## The first bug: a factor
// Here is the squared error as the original course had it. For each sample, the loss sums F squared differences; then
// it takes the mean over the N samples. The loss is right, but the gradient is not the gradient of this loss. Let the
// check below speak first, then fix it.

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
// The direction was right; only the steps were too long, by the size of the batch. With a batch ten times as large they
// are ten times as long, at the same learning rate. From lesson 4 you know what steps that are too long do.
//
// ## The second bug: a gradient that someone else needs
// To save memory, the original's ReLU did not make a new tensor on the way back. It put its zeros straight into the
// gradient that it was given, and returned that.

// %%
class ReLUInPlace extends ReLU {
  override backward(gradOut: Tensor): Tensor {
    super.backward(gradOut).data.forEach((g, i) => gradOut.data[i] = g);
    return gradOut;
  }
}

// %% tags=["predict"] id="in-place"
// The numbers that it returns are right. Does our check find anything?

// %%
const inPlace = new ReLUInPlace();
await report("ReLU in place", inPlace, x);

// %% [markdown]
// Nothing. Now use the same layer inside a larger one, y = relu(x) + x. Many networks have such a shortcut. Both paths
// get the same gradient g, and x collects from both: relu.backward(g) + g.

// %%
class WithShortcut extends Layer {
  relu: Layer = inPlace;
  override forward(x: Tensor): Tensor {
    return this.relu.forward(x).plus(x);
  }
  override backward(g: Tensor): Tensor {
    return this.relu.backward(g).plus(g);
  }
}
await report("with a shortcut", new WithShortcut(), x);

// %% [markdown]
// The ReLU has destroyed g before the shortcut could use it: where x is negative, 0 arrives instead of g. And the layer
// that fails is not the one with the bug. So a check needs one more question: is everything that the layer was given
// the same afterward? Fix it.

// %% tags=["exercise"] id="keep-the-gradient"
// Returns ∂L/∂x of a ReLU. x and gradOut have the same shape.
function reluBackwardSafe(x: Tensor, gradOut: Tensor): Tensor {
  for (let i = 0; i < x.size; i++) {
    if (x.data[i] <= 0) gradOut.data[i] = 0;
  }
  return gradOut;
}

// %% tags=["check"] id="keep-the-gradient"
await check("keep-the-gradient", reluBackwardSafe);

// %% [markdown]
// ## The third bug: not a number
// You met the textbook's tanh in lesson 2. The original used it in its CNN, with the right slope, 1 − y².

// %%
class TanhOfTheBook extends Layer {
  y = Tensor.zeros([1]);
  override forward(x: Tensor): Tensor {
    const [up, down] = [x.map(Math.exp), x.map((v) => Math.exp(-v))];
    this.y = up.map((u, i) => (u - down.data[i]) / (u + down.data[i]));
    return this.y;
  }
  override backward(gradOut: Tensor): Tensor {
    return gradOut.times(this.y.map((y) => 1 - y * y));
  }
}

// %% tags=["predict"] id="book-tanh"
// We check it with random numbers around 0, and then with an 800 among
// them. How many wrong slopes will our report count each time?

// %%
const book = new TanhOfTheBook();
const ordinary = Tensor.randn([1, 10], { random, dtype });
const oneLarge = ordinary.map((v, i) => i === 7 ? 800 : v);
await report("ordinary", book, ordinary);
await report("with an 800", book, oneLarge);

// %% [markdown]
// The first answer is right: a check sees only the numbers that you give it. But the second time L itself is NaN, and
// so is every error. *Our report* has a bug, too: a comparison with NaN is never true, so no error was "above 1e-7".
// Turn the question around: right is what is at most 1e-7, and all else is wrong.

// %%
const errors = examine(book, oneLarge, random).map(({ error }) => error);
const wrong = errors.filter((error) => !(error <= 1e-7)).length;
console.log("with an 800:", wrong, "of 10 wrong");

// %% [markdown]
// One number of 800 has spoiled all ten. Now repair the layer: x can hold any numbers, up to ±1000 and beyond.

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
// The library's `gradCheck` is `examine` with a report. With the same g, both must find the same slope.

// %%
const library = gradCheck(fc, x, { random: new Random(5) });
const { name, index, numeric } = library.worst!;
const rows = examine(fc, x, new Random(5));
const ours = rows.find(({ element }) => element === `${name} ${index}`)!;
console.log(String(library));
console.log("apart:", Math.abs(ours.measured - numeric));

// %% [markdown]
// It does a little more. At a kink it moves to a nearby point and checks there. It computes the floor from the size of
// L. It names a likely cause, and it sees whether x or g was changed. You have read its report on the first bug; here
// are the other two.

// %%
console.log(String(gradCheck(inPlace, x)));
console.log(String(gradCheck(book, oneLarge)));

// %% [markdown]
// ## What you know now
// - Any layer can be checked: L = Σ g · y with random g, and every number of every tensor is measured.
// - error = |a − n| / max(|a| + |n|, floor): ⅓ is a factor of 2, 1 is a wrong sign or a zero, 1e-7 or less is right.
// - At a kink the slopes of the two sides differ, and there is nothing to compare.
// - A check sees only what you give it: try large numbers, look whether the inputs were changed, let no NaN pass.
