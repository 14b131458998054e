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
//     title: The numeric derivative
//     minutes: 25
//     permissions: []
// ---
// %% [markdown]
// # The numeric derivative
// In lesson 2 you measured slopes without any calculus: a step h to both sides, with h = 1e-5. From now on, every
// formula in this course has to pass that test. So let us look at the measuring tool itself. Why both sides? And why
// 1e-5, and not something much smaller?

// %%
import { Random, ReLU, Sigmoid, Tanh, Tensor } from "../mod.ts";
import { curve, show, table } from "../mod.ts"; // pictures
import { blank, check } from "./exercises/mod.ts";
import { settings } from "./settings.ts";

const random = new Random(settings.seed);

// %% [markdown]
// ## Two points make a slope
// We need a function whose slope we know. The slope of sin is cos, so at x = 1 it is cos 1. To measure it, take a
// second point a step h to the right, and divide the rise by the step. This is the **forward difference**:
//
//     slope ≈ (f(x + h) − f(x)) / h

// %%
type Curve = (x: number) => number;

function forward(f: Curve, x: number, h: number): number {
  return (f(x + h) - f(x)) / h;
}
const [f, x, truth] = [Math.sin, 1, Math.cos(1)];
console.log("true:", truth, "  measured, h = 1:", forward(f, x, 1));

// %%
const line = (slope: number) => (at: number) => f(x) + slope * (at - x);

await show(curve({
  "sin": f,
  "true slope": line(truth),
  "measured": line(forward(f, x, 1)),
}, { title: "Two slopes at x = 1", xRange: [0, 2.2] }));

// %% [markdown]
// The line through the two points is too flat, because sin bends between them. A smaller step leaves less room to bend.

// %% tags=["predict"] id="ten-times-smaller"
// Make h ten times smaller, from 0.1 to 0.01. How many times smaller
// does the error become?

// %%
type Method = (f: Curve, x: number, h: number) => number;

function errorOf(method: Method, h: number): number {
  return Math.abs(method(f, x, h) - truth);
}
const forwardErrors = [0.1, 0.01, 0.001, 0.0001].map((h) => [
  h.toString(),
  forward(f, x, h),
  errorOf(forward, h),
]);
const heads = ["h", "slope", "error"];
await show(table(forwardErrors, heads, { title: "Forward" }));

// %% [markdown]
// Ten times, each time. That is slow: for ten digits you would need a very small h.

// %% [markdown]
// ## One step to each side
// Take the second point to the right and the *first* point to the left of x, each a step h away. The bend on the left
// and the bend on the right now nearly cancel. This is the **central difference**: the rise from the left point to the
// right point, divided by the distance between them. Write it, for any f, x and h.

// %% tags=["exercise"] id="central-difference"
// Returns one number, the measured slope of f at x.
function centralDifference(
  f: (x: number) => number,
  x: number,
  h: number,
): number {
  return blank(f, x, h);
}

// %% tags=["check"] id="central-difference"
await check("central-difference", centralDifference);

// %%
function central(f: Curve, x: number, h: number): number {
  return (f(x + h) - f(x - h)) / (2 * h);
}

// %% tags=["predict"] id="central-error"
// Again h becomes ten times smaller. How many times smaller does the
// error of the central difference become?

// %%
const centralErrors = [0.1, 0.01, 0.001, 0.0001].map((h) => [
  h.toString(),
  central(f, x, h),
  errorOf(central, h),
]);
await show(table(centralErrors, heads, { title: "Central" }));

// %% [markdown]
// A hundred times! Near x, a smooth function is nearly a polynomial. Write f″ for the slope of the slope, and f‴ for
// the slope of that:
//
//     f(x + h) = f + h · f′ + h²/2 · f″ + h³/6 · f‴ + …
//     f(x − h) = f − h · f′ + h²/2 · f″ − h³/6 · f‴ + …
//
// Subtract f from the first line and divide by h: what is left beside f′ is about h/2 · f″. Subtract the second line
// from the first and divide by 2h: f″ is gone, and about h²/6 · f‴ is left. Let us check both. For sin, f″ is −sin, and
// f‴ is −cos.

// %%
const expected = [0.1, 0.01, 0.001].map((h) => [
  h.toString(),
  (forward(f, x, h) - truth) / (h / 2 * -Math.sin(x)),
  (central(f, x, h) - truth) / (h ** 2 / 6 * -Math.cos(x)),
]);
const ratios = ["h", "forward", "central"];
await show(table(expected, ratios, { title: "Error / expected error" }));

// %% [markdown]
// Both ratios go to 1: we know what the errors are made of.
//
// ## Smaller and smaller
// So let h become tiny, and every digit will be right. Or will it? Here is every h from 1 down to 1e-16. On both axes,
// equal distances are equal factors.

// %% tags=["predict"] id="tiny-steps"
// At h = 1e-4 the central difference has about nine digits right. How
// good is it at h = 1e-10? And at h = 1e-16?

// %%
const steps = Array.from({ length: 65 }, (_, i) => 10 ** (-i / 4));
const sweep = (method: Method) => ({
  x: steps,
  y: steps.map((h) => errorOf(method, h)),
});
await show(curve({ forward: sweep(forward), central: sweep(central) }, {
  title: "The error over h",
  xLabel: "h",
  log: "both",
}));

// %% [markdown]
// From right to left, both errors first fall along straight lines, forward slowly and central fast. Then both turn
// around and *grow*. Below 1e-8 there is no difference between them, and at 1e-16 nothing is right. Look at the numbers
// that are subtracted:

// %%
const [right, left] = [f(x + 1e-10), f(x - 1e-10)];
console.log("f(x + 1e-10):", right.toFixed(16));
console.log("f(x − 1e-10):", left.toFixed(16));
console.log("difference:  ", (right - left).toFixed(16));
console.log("1 + 1e-16 is 1:", 1 + 1e-16 === 1);

// %% [markdown]
// A float64 has 16 digits. The first nine of these two are equal, and the subtraction throws them away: this is called
// **cancellation**. Only seven digits are left, and the last of them is rounded. At 1e-16, x + h is x itself.
//
// So there are two errors. The bend costs h²/6 · |f‴|, and falls with h. Rounding makes f wrong by about 1e-16, and
// after the division that is 1e-16 / h: it grows as h falls. Put both into one curve:

// %%
const both = (h: number) => h ** 2 / 6 * Math.cos(x) + 1e-16 / h;

await show(curve({
  "measured": sweep(central),
  "bend + rounding": { x: steps, y: steps.map(both) },
}, { title: "Two errors", xLabel: "h", log: "both", rows: 10 }));

// %% [markdown]
// ## The best h
// The best h is at the lowest point, and that depends on f. Write a function that finds it: try each h of a list with
// the central difference, and return the h with the smallest error. `truth` is the true slope of f at x. The functions
// of the check have only a few digits, so their best h is larger.

// %% tags=["exercise"] id="best-step"
// Returns one of the numbers in steps, which come in any order.
function bestStep(
  f: (x: number) => number,
  x: number,
  truth: number,
  steps: number[],
): number {
  return blank(f, x, truth, steps);
}

// %% tags=["check"] id="best-step"
await check("best-step", bestStep);

// %% [markdown]
// There is a rule of thumb. Let ε be the distance from 1 to the next number: 2.2e-16 for float64. For the forward
// difference take the square root of ε, for the central difference the cube root.

// %%
function best(method: Method): number {
  const errors = steps.map((h) => errorOf(method, h));
  return steps[errors.indexOf(Math.min(...errors))];
}
const e = Number.EPSILON;
const found = [[forward, Math.sqrt(e)], [central, Math.cbrt(e)]] as const;
const rows = found.map(([method, rule]) => [
  ...[method.name, best(method).toExponential(1), rule.toExponential(1)],
  errorOf(method, rule),
]);
const columns = ["method", "best h", "rule", "error with the rule"];
await show(table(rows, columns, { title: "The best h" }));

// %% [markdown]
// The best single h is partly luck; the rule comes close without knowing the truth. For the central difference it says
// 6e-6: that is why lesson 2 took 1e-5.
//
// ## With seven digits
// A network usually computes in float32, with 7 digits. `Math.fround` rounds a number to float32. The same sin, rounded
// before and after:

// %% tags=["predict"] id="float32"
// Where is the best h now, roughly? And how many digits of the slope
// can you get at best?

// %%
const sin32 = (x: number) => Math.fround(Math.sin(Math.fround(x)));
const error32 = (h: number) => Math.abs(central(sin32, x, h) - truth);

await show(curve({
  float64: sweep(central),
  float32: { x: steps, y: steps.map(error32) },
}, { title: "Central, two kinds of numbers", xLabel: "h", log: "both" }));

// %%
const rule32 = Math.cbrt(2 ** -23); // the cube root of its ε
const choices = [["cube root of ε", rule32], ["h of lesson 2", 1e-5]];
const rows32 = choices.map(([name, h]) => [name, h, error32(Number(h))]);
await show(table(rows32, ["", "h", "error"], { title: "In float32" }));

// %% [markdown]
// The best h is near 0.005, where the error is about 4e-6: five digits, where float64 gives eleven. With the h of
// lesson 2 fewer than three are right. So whenever we prove a formula, we do it in float64.

// %% [markdown]
// ## The step that you really take
// Near 1000, float32 numbers are 0.00006 apart. This function measures in float32 with small steps there. For a line of
// slope 1 it should return 1, and with h = 0.0001 it returns 1.22. The two points are right, and the line has no bend.
// Find the bug. (The functions of the check round their argument to float32 themselves.)

// %% tags=["exercise"] id="real-step"
// Returns one number, the slope of f between the two points.
function slope32(
  f: (x: number) => number,
  x: number,
  h: number,
): number {
  const right = Math.fround(x + h);
  const left = Math.fround(x - h);
  return (f(right) - f(left)) / (2 * h);
}

// %% tags=["check"] id="real-step"
await check("real-step", slope32);

// %%
const asked = 2 * 0.0001;
const taken = Math.fround(1000 + 0.0001) - Math.fround(1000 - 0.0001);
console.log("distance between neighbors:", Math.fround(1000) * 2 ** -24);
console.log("2h:", asked, " taken:", taken, " ratio:", taken / asked);

// %% [markdown]
// Rounding moves both points, so they are not 2h apart. Divide by the distance that there really is. The library does
// this, too.

// %% [markdown]
// ## Many numbers
// A loss depends on many numbers at once. It has one slope for each of them: change this number a little, and leave all
// others as they are. The list of all these slopes is the gradient. Write it with central differences. `f` takes a
// list of any length. Work on copies, so that `xs` stays as it is.

// %% tags=["exercise"] id="numeric-gradient"
// Returns a list as long as xs: the slope of f along each number.
function numericGradient(
  f: (xs: number[]) => number,
  xs: number[],
  h: number,
): number[] {
  return blank(f, xs, h);
}

// %% tags=["check"] id="numeric-gradient"
await check("numeric-gradient", numericGradient);

// %%
let calls = 0;
function gradient(f: (xs: number[]) => number, xs: number[], h: number) {
  return xs.map((x, i) => {
    calls += 2;
    return (f(xs.with(i, x + h)) - f(xs.with(i, x - h))) / (2 * h);
  });
}
const squares = (xs: number[]) => xs.reduce((sum, x) => sum + x * x, 0);
console.log("slopes:", gradient(squares, [1, 2, 3], 1e-5));
console.log("calls of f:", calls);

// %% tags=["predict"] id="how-many-runs"
// A network has 100,000 weights, and one run takes a millisecond. How
// long does it take to measure the gradient once?

// %%
const runs = 2 * 100_000;
console.log(`${runs} runs: ${runs / 1000} seconds for one step`);

// %% [markdown]
// And training takes thousands of steps. `backward` computes all slopes in one pass: that is why we derive formulas at
// all. The numeric gradient is too slow to train with, and just right to check with.

// %% [markdown]
// ## The library agrees
// Three layers of lesson 2, in float64. Each gets twelve numbers x, and a random gradient g from above. Then the loss L
// = Σ g · y has the slopes that `backward` returns. We measure the same slopes with our own `gradient`.

// %%
const options = { random, dtype: "float64" } as const;
const input = Tensor.randn([12], options);
const g = Tensor.randn([12], options);
const layers = [new ReLU(), new Sigmoid(), new Tanh()];

// %%
const compared = layers.map((layer) => {
  function loss(xs: number[]): number {
    const x = Tensor.from(xs, [12], { dtype: "float64" });
    return layer.forward(x).times(g).sum();
  }
  const measured = gradient(loss, [...input.data], Math.cbrt(e));
  layer.forward(input);
  const derived = layer.backward(g).data;
  const apart = measured.map((slope, i) => Math.abs(slope - derived[i]));
  return [layer.label, Math.max(...apart)];
});
const names = ["layer", "largest difference"];
await show(table(compared, names, { title: "Measured and derived" }));

// %% [markdown]
// ## What you know now
// - Forward difference: the error is about h/2 · f″. Central difference: h²/6 · f‴, much smaller.
// - Too small an h is as bad as too large a one: cancellation leaves no digits. Take about the cube root of ε.
// - float32 gives five digits at best, so proofs are done in float64.
// - A gradient has one slope for each number. Measuring costs two runs per slope; `backward` costs one pass for all.
