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
//     title: Activations
//     minutes: 25
//     permissions: []
// ---
// %% [markdown]
// # Activations: the bend in the network
// A network is a stack of **layers**, and most layers do one thing: multiply and add. Between them sits something much
// smaller, a function that takes one number and returns one number. It is called an **activation**. Without it, all the
// layers together could draw nothing but a straight line.
//
// In this lesson you see four of them built, forward and backward, and you write two pieces yourself. You will also see
// two of them break.

// %%
import { type Layer, ReLU, Sigmoid, Softmax, Tanh } from "../mod.ts";
import { Random, Tensor } from "../mod.ts";
import { curve, heatmap, show, table } from "../mod.ts"; // pictures
import { blank, check } from "./exercises/mod.ts";
import { settings } from "./settings.ts";

const random = new Random(settings.seed);

// %% [markdown]
// ## Why bend at all?
// Let the first layer turn x into 3x + 1, and let the second turn what it gets into 2x − 4. Put one after the other.

// %% tags=["predict"] id="two-layers"
// What do the two layers together draw as x changes: a line, a line
// with a bend, or a parabola?

// %%
const first = (x: number) => 3 * x + 1;
const second = (x: number) => 2 * x - 4;
const both = (x: number) => second(first(x));
const title = "Two layers: 2 · (3x + 1) − 4 = 6x − 2";
await show(curve(both, { title, xRange: [-2, 2] }));

// %% [markdown]
// A line. A hundred such layers would still be one line, at a hundred times the cost. Now let something happen in
// between: whatever is negative after the first layer becomes 0.

// %%
await show(curve({
  "two layers": both,
  "with a bend": (x) => second(Math.max(0, first(x))),
}, { title: "What the bend does", xRange: [-2, 2] }));

// %% [markdown]
// One bend makes a corner. Here are five bends, at −2, −1, 0, 1 and 2, each with a weight of its own:

// %%
const wave = Math.sin;
const slopeAfter = (at: number) => wave(at + 1) - wave(at);
const bend = (at: number) => slopeAfter(at) - slopeAfter(at - 1);
const follow = (x: number) =>
  [-2, -1, 0, 1, 2].reduce(
    (sum, at) => sum + bend(at) * Math.max(0, x - at),
    wave(-3) + slopeAfter(-3) * (x + 3),
  );
await show(curve({ wave, "five bends": follow }, { xRange: [-3, 3] }));

// %% [markdown]
// Many bends, each in its own place, can follow any curve: that is what a network does.
//
// ## ReLU
// The bend has a name: **ReLU**, the rectified linear unit. It lets positive numbers through and stops the others. We
// write x for the input and y for the output.

// %% tags=["predict"] id="relu-slope"
// Draw y = relu(x) on paper. How steep is it at x = −2? And at x = 3?

// %%
const relu = (x: number) => x > 0 ? x : 0;
const reluSlope = (x: number) => x > 0 ? 1 : 0;

await show(curve({ relu, "its slope": reluSlope }, { xRange: [-3, 3] }));

// %% [markdown]
// On the left it is flat: slope 0. On the right y grows exactly as fast as x: slope 1. At x = 0 there is a corner;
// there we choose 0.

// %% [markdown]
// ## Backward: pass the blame
// The **loss** L is one number at the very end: how wrong the network is. A layer *above* ours is nearer to the loss, a
// layer *below* is nearer to the input. The layer above tells us ∂L/∂y, read "the slope of L with respect to y": how
// fast L changes when y changes a little and all else stays. A tensor y has one such slope for each of its numbers.
// Together they are the **gradient**, called `gradOut` in code.

// %% [markdown]
// We pass on ∂L/∂x, the slope of L with respect to x. We call it the **blame** of x: its share in the loss. It is the
// blame of y, times how fast y changes with x. This is the **chain rule**:
//
//     ∂L/∂x = ∂L/∂y · slope at x
//
// One number: 10 arrives from above, x is −2, and relu is flat there. So 10 · 0 = 0 goes on. At x = 3 the slope is 1,
// and 10 · 1 = 10 goes on.

// %% [markdown]
// That is the whole job of `backward`. Write it for a tensor x with numbers of either sign. `gradOut` has the same
// shape. `x.map((v, i) => …)` makes a new tensor from each number v and its position i. `a.times(b)` multiplies number
// by number. The cell after yours tests it on fresh numbers.

// %% tags=["exercise"] id="relu-backward"
// Returns ∂L/∂x, a tensor of the same shape as both inputs.
function reluBackward(x: Tensor, gradOut: Tensor): Tensor {
  return blank(x, gradOut);
}

// %% tags=["check"] id="relu-backward"
await check("relu-backward", reluBackward);

// %%
const x = Tensor.from([-2, -0.5, 0.5, 3]);
const gradOut = Tensor.from([10, 20, 30, 40]);
const gradX = x.map((value, i) => gradOut.data[i] * reluSlope(value));
await show(table([
  ["x", ...x.data],
  ["y", ...x.map(relu).data],
  ["∂L/∂y", ...gradOut.data],
  ["∂L/∂x", ...gradX.data],
]));

// %% [markdown]
// Where x was negative, y did not change with x, so none of the blame reaches it: the 10 and the 20 end here.
//
// ## Do not believe a slope: measure it
// You can measure a slope without any calculus. Step a tiny h to the right and to the left, see how far y moved, and
// divide by the distance between the two, 2h. We will do this to every derivative in this course.

// %%
const h = 1e-5;

function measuredSlope(f: (x: number) => number, x: number): number {
  return (f(x + h) - f(x - h)) / (2 * h);
}
console.log("relu at −2:", measuredSlope(relu, -2));
console.log("relu at  3:", measuredSlope(relu, 3));

// %% [markdown]
// Two computed numbers are rarely equal to the last digit. So we look at the **relative error** of ours and the
// measured one:
//
//     error = |ours − measured| / (|ours| + |measured|)
//
// `prove` tries 200 places from −3 to 3 and shows the worst.

// %%
const places = Array.from({ length: 200 }, () => random.uniform(-3, 3));
type Curve = (x: number) => number;

function relativeError(ours: number, measured: number): number {
  const size = Math.abs(ours) + Math.abs(measured);
  return size === 0 ? 0 : Math.abs(ours - measured) / size; // never 0 / 0
}

// %%
async function prove(name: string, f: Curve, slope: Curve) {
  const found = places.map((x, index) => {
    const [ours, measured] = [slope(x), measuredSlope(f, x)];
    const error = relativeError(ours, measured);
    return { index, x, ours, measured, ratio: ours / measured, error };
  });
  const worst = found.reduce((a, b) => b.error > a.error ? b : a);
  const title = `The slope of ${name}: the worst of 200 places`;
  await show(table([worst], undefined, { title }));
}
await prove("relu", relu, reluSlope);

// %% [markdown]
// Even the worst place agrees to about ten digits. Could a wrong formula do that? Let us claim that the slope is 1
// everywhere.

// %%
await prove("relu, claimed to be 1", relu, () => 1);

// %% [markdown]
// On the left we say 1 and measure 0: an error of 1, the largest there is. We call a formula right when the worst error
// is below 1e-7.
//
// ## Sigmoid
// ReLU returns numbers of any size. Sometimes you want one between 0 and 1, for example as a probability. The
// **sigmoid** squeezes every number into that range, where e = 2.718… is the base of the exponential:
//
//     y = σ(x) = 1 / (1 + e⁻ˣ)

// %%
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

await show(curve({ sigmoid }, { title: "σ(x)", xRange: [-8, 8] }));

// %% [markdown]
// Differentiate it and something pretty happens: the slope depends on the output y alone, dy/dx = y · (1 − y). So
// `backward` does not have to remember x, only what `forward` returned.

// %% tags=["predict"] id="steepest-sigmoid"
// Where is the sigmoid steepest, and how steep is it there?

// %%
const sigmoidSlope = (x: number) => sigmoid(x) * (1 - sigmoid(x));

await show(curve({ "slope of σ": sigmoidSlope }, { xRange: [-8, 8] }));
await prove("sigmoid", sigmoid, sigmoidSlope);

// %% [markdown]
// It is steepest at x = 0, where y = ½: the slope is ¼. Remember that. Each sigmoid passes on *at most ¼* of the blame.

// %% tags=["predict"] id="ten-sigmoids"
// Ten sigmoids in a row. How much of a gradient of 1 can come out at
// the other end, at best: a tenth, a thousandth, a millionth?

// %%
await show(curve({
  "sigmoids, at best": (layers) => 0.25 ** layers,
  "relus, at best": () => 1,
}, {
  title: "What is left of a gradient of 1",
  xLabel: "layers",
  xRange: [0, 10],
  log: "y",
}));
console.log("after ten sigmoids:", 0.25 ** 10);

// %% [markdown]
// A millionth. The first layers of such a network learn a million times more slowly than the last: this is the
// **vanishing gradient**. It is why most networks today use ReLU, which passes on all or nothing.
//
// ## Tanh, and how to break it
// **Tanh** is a sigmoid stretched to reach from −1 to 1, so its middle is 0. Every textbook writes it like this:
//
//     y = tanh(x) = (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ)

// %% tags=["predict"] id="tanh-1000"
// tanh(20) is 1 to seventeen digits. At x = 1000, what does this
// formula give on a computer?

// %%
function tanhOfTheBook(x: number): number {
  const [up, down] = [Math.exp(x), Math.exp(-x)];
  return (up - down) / (up + down);
}
const tried = [0, 1, 20, 700, 710, 1000];
const rows = tried.map((x) => [x, Math.exp(x), tanhOfTheBook(x)]);
await show(table(rows, ["x", "eˣ", "tanh(x)"], {
  title: "The textbook formula",
}));

// %% [markdown]
// e¹⁰⁰⁰ is too large for a floating-point number and becomes ∞, and ∞ / ∞ is NaN: "not a number". A single NaN ruins
// every weight it touches. The cure: never raise e to a large power. Write |x| for x without its sign. Then
// exp(−2 · |x|) lies between 0 and 1 whatever x is.

// %%
function tanh(x: number): number {
  const small = Math.exp(-2 * Math.abs(x)); // never above 1
  return Math.sign(x) * (1 - small) / (1 + small);
}
const tanhSlope = (x: number) => 1 - tanh(x) ** 2;

await show(curve({ tanh, "its slope": tanhSlope }, { xRange: [-4, 4] }));
console.log("tanh(±1000):", tanh(1000), tanh(-1000));
await prove("tanh", tanh, tanhSlope);

// %% [markdown]
// Again the slope needs only the output: 1 − y². At 0 it is 1, four times the slope of the sigmoid.
//
// ## Softmax: scores become probabilities
// At its end, a network that recognizes digits has ten **scores**, one for each digit, and they can be any numbers at
// all. **Softmax** turns them into probabilities: positive numbers that sum to 1. Raise e to the power of each score, and
// divide by the sum of all the powers.
//
//     yⱼ = e^xⱼ / Σₖ e^xₖ        j: this class    k: each class in turn

// %%
function softmaxOfTheBook(scores: number[]): number[] {
  const powers = scores.map((score) => Math.exp(score));
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / sum);
}
const shares = softmaxOfTheBook([2, 1, 0]);
await show(table([["scores", 2, 1, 0], ["softmax", ...shares]]));

// %% [markdown]
// The largest score gets the largest share, but not everything: a *soft* maximum. Now let one score travel from −6 to 6
// while the other two stay at 1 and 0.

// %%
await show(curve({
  "score x": (x) => softmaxOfTheBook([x, 1, 0])[0],
  "score 1": (x) => softmaxOfTheBook([x, 1, 0])[1],
  "score 0": (x) => softmaxOfTheBook([x, 1, 0])[2],
}, { title: "Together always 1", xLabel: "x", xRange: [-6, 6] }));

// %% tags=["predict"] id="softmax-shift"
// Scores 2, 1, 0 gave 0.665, 0.245, 0.090. What are the probabilities
// for 1002, 1001, 1000? And what will our function say?

// %%
console.log(softmaxOfTheBook([1002, 1001, 1000]));

// %% [markdown]
// ∞ / ∞ again. But only the *differences* between scores matter: subtract the same m from each, and e⁻ᵐ cancels. With
// the largest score as m, the largest power is e⁰ = 1, and nothing can overflow. From here on, x is a tensor [N, C]: N
// samples, each with C scores in its row.

// %%
function softmax(x: Tensor): Tensor {
  const [N, columns] = x.shape;
  const y = Tensor.zeros(x.shape, { dtype: "float64" }); // all digits
  for (let n = 0; n < N; n++) {
    const row = x.data.subarray(n * columns, (n + 1) * columns);
    const largest = Math.max(...row);
    let sum = 0;
    for (const score of row) sum += Math.exp(score - largest);
    for (const [j, score] of row.entries()) {
      y.data[n * columns + j] = Math.exp(score - largest) / sum;
    }
  }
  return y;
}

// %%
const hard = [[2, 1, 0], [1002, 1001, 1000], [-1000, 0, 1000]];
await show(softmax(Tensor.from(hard)), { title: "one sample per row" });

// %% [markdown]
// In lesson 8 we will want the *logarithm* of such probabilities. The last row begins with a 0, and log 0 is −∞. But
// the true value there is −2000, a perfectly good number. Find a way from the scores to the logarithm that never meets
// a 0.

// %% tags=["exercise"] id="log-softmax"
// Returns log softmax(x), row by row. x and the result are [N, C].
function logSoftmax(x: Tensor): Tensor {
  return blank(x);
}

// %% tags=["check"] id="log-softmax"
await check("log-softmax", logSoftmax);

// %% [markdown]
// ## Softmax backward
// ReLU and its friends work on each number alone. In softmax every output depends on *every* score: raise one, and the
// other probabilities must fall. So there is a whole table of slopes, ∂yⱼ/∂xₖ. Let us measure it before we derive it.

// %%
function stepped(x: Tensor, index: number, by: number): Tensor {
  return x.map((value, i) => i === index ? value + by : value);
}
const scores = Tensor.from(new Float64Array([2, 1, 0]), [1, 3]);
const slopes = [0, 1, 2].map((k) => {
  const right = softmax(stepped(scores, k, h)).data;
  const left = softmax(stepped(scores, k, -h)).data;
  return Array.from(right, (y, j) => (y - left[j]) / (2 * h));
});
const names = { rows: ["x₀", "x₁", "x₂"], columns: ["y₀", "y₁", "y₂"] };
await show(heatmap(Tensor.from(slopes), { title: "∂y/∂x", ...names }));

// %% [markdown]
// Positive on the diagonal, negative everywhere else, and every row sums to 0. With y = 0.665, 0.245, 0.090 you can
// check the formula behind it: yⱼ · (1 − yⱼ) on the diagonal, −yⱼ · yₖ off it. For example, 0.665 · (1 − 0.665) is
// 0.223.
//
// Let gⱼ be the gradient ∂L/∂yⱼ from above. The blame for xₖ is a sum over all outputs. Every j gives −gⱼ yⱼ yₖ, and
// j = k gives gₖ yₖ more:
//
//     ∂L/∂xₖ = Σⱼ gⱼ · ∂yⱼ/∂xₖ
//            = gₖ yₖ − Σⱼ gⱼ yⱼ yₖ
//            = yₖ · (gₖ − Σⱼ gⱼ yⱼ)

// %%
function softmaxBackward(y: Tensor, g: Tensor): Tensor {
  const [N, columns] = y.shape;
  const gradX = Tensor.zeros(y.shape, { dtype: "float64" });
  for (let n = 0; n < N; n++) {
    let mean = 0; // Σⱼ gⱼ yⱼ, a mean of g: each one weighted by its y
    for (let j = 0; j < columns; j++) mean += g.at(n, j) * y.at(n, j);
    for (let k = 0; k < columns; k++) {
      gradX.data[n * columns + k] = y.at(n, k) * (g.at(n, k) - mean);
    }
  }
  return gradX;
}

// %% [markdown]
// Now the proof. As the loss, take L = Σ g · y with random numbers g: then ∂L/∂y is just g. Step each of the twelve
// scores to both sides and compare with what `softmaxBackward` says.

// %%
const logits = Tensor.randn([3, 4], { random, dtype: "float64" });
const g = Tensor.randn([3, 4], { random, dtype: "float64" });
const ours = softmaxBackward(softmax(logits), g).data;
const loss = (x: Tensor) => softmax(x).times(g).sum();
const checked = Array.from(ours, (ours, index) => {
  const right = loss(stepped(logits, index, h));
  const left = loss(stepped(logits, index, -h));
  const measured = (right - left) / (2 * h);
  const error = relativeError(ours, measured);
  return { index, ours, measured, ratio: ours / measured, error };
});
const worst = checked.reduce((a, b) => b.error > a.error ? b : a);
await show(table([worst]), { title: "softmax: the worst of 12" });

// %% [markdown]
// ## The library agrees
// The library has these four as layers: `forward(x)` computes y and remembers what it needs, and `backward(g)` returns
// ∂L/∂x. We give both versions the same numbers, once as they are and once a thousand times as large.

// %%
const large = logits.times(1000);
const slopeTimesG = (slope: Curve) => logits.map(slope).times(g);
const built: [Layer, (x: Tensor) => Tensor, Tensor][] = [
  [new ReLU(), (x) => x.map(relu), slopeTimesG(reluSlope)],
  [new Sigmoid(), (x) => x.map(sigmoid), slopeTimesG(sigmoidSlope)],
  [new Tanh(), (x) => x.map(tanh), slopeTimesG(tanhSlope)],
  [new Softmax(), softmax, Tensor.from(ours, [3, 4])],
];

// %%
const apart = (a: Tensor, b: Tensor) => a.minus(b).map(Math.abs).max();
const differences = built.map(([layer, f, gradX]) => [
  layer.label,
  apart(layer.forward(large), f(large)),
  apart(layer.forward(logits), f(logits)),
  apart(layer.backward(g), gradX),
]);
const columns = ["layer", "forward, large", "forward", "backward"];
await show(table(differences, columns), { title: "Largest difference" });

// %% [markdown]
// The difference that remains is rounding, in the sixteenth digit.
//
// ## What you know now
// - Without a bend between them, layers collapse into one line.
// - `backward` multiplies what comes from above by the slope: 0 or 1 (ReLU), y(1 − y) (sigmoid), 1 − y² (tanh).
// - Large powers of e overflow. Subtract the largest score, or use exp(−|x|), and ±1000 is as good as any number.
// - A measured slope, (f(x + h) − f(x − h)) / 2h, tells you whether a derivative is right.
