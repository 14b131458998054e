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
//     title: Letting the machine derive
//     minutes: 25
//     permissions: []
// ---
// %% [markdown]
// # Letting the machine derive
// You derived every backward pass of this course by hand, and proved each one. Frameworks such as PyTorch do not ask
// their users to do that: you write only the forward pass, and the gradients come by themselves. Today you build that
// machine, first for numbers and then for tensors. It derives the whole network of lesson 16, and agrees with your
// layers.

// %%
import { matmul, Random, Tensor, transpose } from "../mod.ts";
import { Conv2D, FC, Flatten, MaxPool2D, Module, Tanh } from "../mod.ts";
import { BatchNorm, CrossEntropyLoss } from "../mod.ts";
import { graph, show, table } from "../mod.ts"; // pictures
import { blank, check } from "./exercises/mod.ts";
import { settings } from "./settings.ts";

const random = new Random(settings.seed);
const dtype = "float64"; // proofs need all digits
const exact = { dtype, random } as const;

// %% [markdown]
// ## A formula in small steps
// Take the loss of lesson 4 for a single point: the prediction is w · x + b, the truth is y, and L is the squared
// difference. A computer does it in small steps, and each step makes one new number.

// %%
const [w, x, b, y] = [2, 3, -1, 7];
const m = w * x;
const p = m + b; // the prediction
const d = p - y; // the difference
const L = d * d;
console.log("m", m, " p", p, " d", d, " L", L);

// %% tags=["predict"] id="w-grows"
// Let w grow from 2 to 2.01. Does L rise or fall, and by about how much?

// %%
const slopeD = 2 * d; //      L = d · d
const slopeP = slopeD; //     d = p − y
const slopeM = slopeP; //     p = m + b
const slopeB = slopeP; //     p = m + b, too
const slopeW = slopeM * x; // m = w · x
console.log("∂L/∂w", slopeW, "  ∂L/∂b", slopeB);
console.log("L at w = 2.01:", ((2.01 * x + b - y) ** 2).toFixed(4));

// %% [markdown]
// The slope is −12, so 0.01 more of w gives about 0.12 less of L. Look at how you got it. You went through the steps
// **in reverse**. Each line used the slope of *one* result, and the numbers of *one* step. No line needed to know the
// whole formula. So a machine can do it, if every number remembers how it was made.

// %% [markdown]
// ## A number that remembers
// A `Value` keeps its number in `data`, and in `from` the values that it was made from. `grad` is its slope ∂L/∂value.
// `passBack` passes that slope on to those in `from`; an input has none.

// %%
class Value {
  name: string; // of an input; for a result, the sign of its operation
  data: number;
  from: Value[];
  grad = 0;
  passBack: () => void = () => {};
  constructor(name: string, data: number, from: Value[] = []) {
    this.name = name;
    this.data = data;
    this.from = from;
  }
}

// %% [markdown]
// Now the operations. A sum makes a new value, and tells it how to pass its slope back: to both, unchanged. Note the
// `+=`. A value may be used in several places, and each place adds its part.

// %%
function plus(a: Value, b: Value): Value {
  const out = new Value("+", a.data + b.data, [a, b]);
  out.passBack = () => {
    a.grad += out.grad;
    b.grad += out.grad;
  };
  return out;
}

// %% [markdown]
// Your turn: the product. `out` was made as a · b, and `out.grad` is complete. Add to `a.grad` and `b.grad` what
// belongs to them. Each has a `data` and a `grad`, and the grad may already hold something from other uses. The
// function returns nothing.

// %% tags=["exercise"] id="times-back"
type Slot = { data: number; grad: number };
function timesBack(a: Slot, b: Slot, out: Slot): void {
  return blank(a, b, out);
}

// %% tags=["check"] id="times-back"
await check("times-back", timesBack);

// %%
function times(a: Value, b: Value): Value {
  const out = new Value("×", a.data * b.data, [a, b]);
  out.passBack = () => {
    a.grad += b.data * out.grad;
    b.grad += a.data * out.grad;
  };
  return out;
}

// %% [markdown]
// Here is the formula again, with values instead of numbers. The machine has no minus, so the input is −y. What you see
// is the **computation graph**: the inputs, each result, and lines from what it was made from. Nothing has been derived
// yet.

// %%
const names = { w: new Value("w", 2), b: new Value("b", -1) };
const mx = times(names.w, new Value("x", 3));
const difference = plus(plus(mx, names.b), new Value("-y", -7));
const loss = times(difference, difference);

const label = (v: Value) => `${v.name} = ${v.data}\ngrad ${v.grad}`;
await show(graph(loss, label, { title: "The formula as a graph" }));

// %% [markdown]
// Two lines lead from the difference to the loss: it is both factors of its own square. Each line will bring back −2.
// With `=` instead of `+=`, the second would overwrite the first, and every slope to the left would be half of what it
// should be.

// %% [markdown]
// ## In which order?
// A value may pass its slope back only when that slope is *complete*: after every value that was made from it. So we
// need an order in which each value comes **after** everything it was made from. This is called a **topological
// order**. Backward then walks through it in reverse.

// %% tags=["predict"] id="too-early"
// Let q = d · d + d with d = −2: the square uses d, and so does the sum.
// What is ∂q/∂d? And what does d have if only the sum has passed back?

// %%
const early = new Value("d", -2);
const square = times(early, early);
const q = plus(square, early);
q.grad = 1;
q.passBack();
console.log("after the sum:   ", early.grad);
square.passBack();
console.log("after the square:", early.grad);

// %% [markdown]
// If d itself had been made from something, it would have had to wait: after the sum it has only a part of its slope.
// (Passing back twice is no way out. The first part would be counted twice.)
//
// Write the order. `last` is the result, and you reach every other value through `from`. Return a list
// in which each value stands once, after everything it was made from. `last` is at its end.

// %%
/** All that an order needs to know of a value. */
interface Made {
  from: Made[];
  passBack: () => void;
}

// %% tags=["exercise"] id="in-order"
function inOrder(last: Made): Made[] {
  return blank(last);
}

// %% tags=["check"] id="in-order"
await check("in-order", inOrder);

// %% [markdown]
// First visit everything that a value was made from, then add the value itself. `seen` makes sure that a value with two
// uses is not visited twice. And with the order, the backward pass is one line.

// %%
function orderOf(last: Made): Made[] {
  const order: Made[] = [], seen = new Set<Made>();
  function visit(made: Made): void {
    if (seen.has(made)) return;
    seen.add(made);
    made.from.forEach(visit);
    order.push(made);
  }
  visit(last);
  return order;
}

function backward(last: Made): void {
  for (const made of orderOf(last).reverse()) made.passBack();
}

// %% tags=["predict"] id="which-grads"
// The loss gets the slope 1, as ∂L/∂L = 1. What will be the grad of the
// difference, of w, and of the input x?

// %%
loss.grad = 1;
backward(loss);
await show(graph(loss, label, { title: "After backward" }));

// %% [markdown]
// −12 and −4, as by hand. The machine also tells you ∂L/∂x and ∂L/∂(−y): it does not know which inputs you want to
// learn.
//
// This is **reverse-mode automatic differentiation**, *autodiff* or *autograd* for short. It is not the numeric
// derivative of lesson 3: nothing was moved by a small h, and nothing is approximate.

// %% [markdown]
// ## Prove it on formulas that nobody planned
// Let chance write a formula: twelve times, take any two values and add or multiply them. The formula is the sum of all
// values, so each of them matters. Four inputs, and most values have several uses.

// %%
function anyFormula(inputs: Value[], choice: Random): Value {
  const values = [...inputs];
  const any = () => values[choice.integer(values.length)];
  for (let i = 0; i < 12; i++) {
    const operation = choice.integer(2) ? plus : times;
    values.push(operation(any(), any()));
  }
  return values.reduce(plus);
}

// %%
const h = 1e-5;
const numbers = Array.from({ length: 4 }, () => random.uniform(-1, 1));
function formulaAt(i: number, by: number): Value[] {
  const moved = numbers.map((n, j) => n + (i === j ? by : 0));
  const inputs = moved.map((n, j) => new Value(`input ${j}`, n));
  return [anyFormula(inputs, new Random(settings.seed)), ...inputs];
}

// %%
const [result, ...inputs] = formulaAt(0, 0);
result.grad = 1;
backward(result);
const slopes = inputs.map(({ name, grad }, i) => {
  const [[up], [down]] = [formulaAt(i, h), formulaAt(i, -h)];
  const measured = (up.data - down.data) / (2 * h);
  return { name, machine: grad, measured, ratio: grad / measured };
});
await show(table(slopes, undefined, { title: "A formula by chance" }));

// %% [markdown]
// ## Another machine, with a bug
// A **tape** is the same machine without objects. All values are in one list, in the order in which they were made: the
// inputs first, then a result for each step. Step `["times", 0, 3]` multiplies the values 0 and 3. So the order is
// simply the order of the tape.
//
// A colleague wrote it. It passed its tests, where each value had one use. The check tries other formulas, and measures
// the slopes. Find the line, and fix it.

// %% tags=["exercise"] id="tape-slopes"
type Step = [operation: string, i: number, j: number];
// The slope of the last value with respect to each input.
function tapeSlopes(inputs: number[], steps: Step[]): number[] {
  const values = [...inputs];
  for (const [operation, i, j] of steps) {
    const [a, b] = [values[i], values[j]];
    values.push(operation === "plus" ? a + b : a * b);
  }
  const grads = values.map(() => 0);
  grads[grads.length - 1] = 1;
  for (let k = steps.length - 1; k >= 0; k--) {
    const [operation, i, j] = steps[k], grad = grads[inputs.length + k];
    if (operation === "plus") {
      grads[i] += grad;
      grads[j] += grad;
    } else {
      grads[i] += values[j] * grad;
      grads[j] = values[i] * grad;
    }
  }
  return grads.slice(0, inputs.length);
}

// %% tags=["check"] id="tape-slopes"
await check("tape-slopes", tapeSlopes);

// %% [markdown]
// ## The same with tensors
// A network of numbers would work, but one `Value` for every weight and every sum is slow. So let each **node** of the
// graph hold a whole tensor. `receive` is the `+=`. Everything else stays: `from`, `passBack`, and even `orderOf` and `backward`, which
// never asked what a value holds.

// %%
class Traced {
  name: string;
  data: Tensor;
  from: Traced[];
  grad: Tensor; // of the same shape
  passBack: () => void = () => {};
  constructor(name: string, data: Tensor, from: Traced[] = []) {
    this.name = name;
    this.data = data;
    this.from = from;
    this.grad = Tensor.zeros(data.shape, { dtype: data.dtype });
  }
  receive(more: Tensor): void {
    this.grad = this.grad.plus(more);
  }
}

// %% [markdown]
// Six operations are enough for the whole CNN. The first four you know: a sum and a product of two tensors, element by
// element; the matrix product with the gradients of lesson 5; and another shape for the same numbers. `made` saves some
// typing.

// %%
type Back = (grad: Tensor) => void;
function made(
  name: string,
  data: Tensor,
  from: Traced[],
  back: Back,
): Traced {
  const out = new Traced(name, data, from);
  out.passBack = () => back(out.grad);
  return out;
}

// %%
function add(a: Traced, b: Traced): Traced {
  return made("+", a.data.plus(b.data), [a, b], (grad) => {
    a.receive(grad);
    b.receive(grad);
  });
}

// %%
function multiply(a: Traced, b: Traced): Traced {
  return made("×", a.data.times(b.data), [a, b], (grad) => {
    a.receive(grad.times(b.data));
    b.receive(grad.times(a.data));
  });
}

function product(a: Traced, b: Traced): Traced {
  return made("matmul", matmul(a.data, b.data), [a, b], (grad) => {
    a.receive(matmul(grad, transpose(b.data)));
    b.receive(matmul(transpose(a.data), grad));
  });
}

function reshape(a: Traced, shape: number[]): Traced {
  const back: Back = (grad) => a.receive(grad.reshape(a.data.shape));
  return made("reshape", a.data.reshape(shape), [a], back);
}

// %% [markdown]
// The fifth bends: it applies a function to every element, and you give the slope of that function as well.

// %%
type Curve = (v: number) => number;
function apply(name: string, a: Traced, f: Curve, slope: Curve): Traced {
  return made(name, a.data.map(f), [a], (grad) => {
    a.receive(grad.times(a.data.map(slope)));
  });
}
const slopeOfTanh: Curve = (v) => 1 - Math.tanh(v) ** 2;
const tanh = (a: Traced) => apply("tanh", a, Math.tanh, slopeOfTanh);
const negative = (a: Traced) => apply("−", a, (v) => -v, () => -1);

// %% [markdown]
// The sixth **picks**: entry k of the result is entry `indices[k]` of the flat data, and −1 picks a 0. That is more
// useful than it looks. im2col picks pixels, and padding is a −1. A pool picks the largest. A bias that is added to
// each row picks the same numbers again and again.
//
// Write the way back, on plain lists: `grad` has one number for each index, and the list that you return has `size`
// numbers, one for each entry that could be picked.

// %% tags=["exercise"] id="pick-back"
function pickBack(
  indices: number[],
  grad: number[],
  size: number,
): number[] {
  return blank(indices, grad, size);
}

// %% tags=["check"] id="pick-back"
await check("pick-back", pickBack);

// %%
function pick(a: Traced, indices: number[], shape: number[]): Traced {
  const from = a.data.data, { dtype } = a.data;
  const picked = indices.map((i) => i < 0 ? 0 : from[i]);
  const data = Tensor.from(picked, shape, { dtype });
  return made("pick", data, [a], (grad) => {
    const more = Tensor.zeros(a.data.shape, { dtype }), to = more.data;
    indices.forEach((i, k) => {
      if (i >= 0) to[i] += grad.data[k]; // += : picked more than once
    });
    a.receive(more);
  });
}

// %% [markdown]
// That is the whole machine. Before we use it we measure each operation: every element of every input, moved by h to
// both sides. The error is |a − b| divided by |a| + |b|, or by 0.001 where that is larger. (For smaller slopes, rounding
// is larger than the slope itself.)

// %%
function input(name: string, ...shape: number[]): Traced {
  return new Traced(name, Tensor.randn(shape, exact));
}

type Numbers = Tensor["data"];
function measured(at: Numbers, i: number, value: () => number): number {
  const before = at[i];
  at[i] = before + h;
  const up = value();
  at[i] = before - h;
  const down = value();
  at[i] = before;
  return (up - down) / (2 * h);
}

// %%
type Build = (...inputs: Traced[]) => Traced;
function worst(build: Build, ...shapes: number[][]): [number, number] {
  const inputs = shapes.map((shape) => input("", ...shape));
  const out = build(...inputs);
  const arrives = Tensor.randn(out.data.shape, exact);
  out.grad = arrives;
  backward(out);
  const value = () => build(...inputs).data.times(arrives).sum();
  const errors = inputs.flatMap(({ data, grad }) =>
    Array.from(grad.data, (a, i) => {
      const b = measured(data.data, i, value);
      return Math.abs(a - b) / Math.max(0.001, Math.abs(a) + Math.abs(b));
    })
  );
  return [errors.length, Math.max(...errors)];
}

// %%
const some = [0, 2, 2, -1, 5, 2, 0, 1]; // repeats, and a padding
const proofs = [
  ["add", ...worst(add, [2, 3], [2, 3])],
  ["add to itself", ...worst((a) => add(a, a), [2, 3])],
  ["multiply", ...worst(multiply, [2, 3], [2, 3])],
  ["product", ...worst(product, [2, 3], [3, 4])],
  ["reshape", ...worst((a) => reshape(a, [3, 2]), [2, 3])],
  ["apply tanh", ...worst(tanh, [2, 3])],
  ["pick", ...worst((a) => pick(a, some, [2, 4]), [2, 3])],
];
await show(table(proofs, ["operation", "slopes", "worst error"], {
  title: "Every operation, measured",
}));

// %% [markdown]
// ## Layers without a backward
// From here on we write only forward passes. An FC layer is a matrix product and a bias; the bias b is picked once for
// each row of the batch. `places` lists all indices of a shape, in memory order.

// %%
function places([size, ...rest]: readonly number[]): number[][] {
  if (size === undefined) return [[]];
  const inner = places(rest);
  const first = Array.from({ length: size }, (_, i) => i);
  return first.flatMap((i) => inner.map((place) => [i, ...place]));
}

function dense(x: Traced, W: Traced, b: Traced): Traced {
  const shape = [x.data.shape[0], b.data.size];
  const columns = places(shape).map(([, column]) => column);
  return add(product(x, W), pick(b, columns, shape));
}

// %%
const fc = dense(input("x", 4, 3), input("W", 3, 2), input("b", 2));
function nameAndShape({ name, data }: Traced): string {
  return `${name}\n[${data.shape.join(", ")}]`;
}
await show(graph(tanh(fc), nameAndShape, { title: "FC and tanh" }));

// %% [markdown]
// A convolution is im2col and one product, as in lesson 14, but for the whole batch at once. We keep to lesson 16:
// windows of 3 × 3, stride 1, padding 1. The product is [O, N·H·W], so a pick puts it in the order [N, O, H, W], and
// another one spreads the bias.

// %%
function columnsOf(x: Traced): Traced {
  const [N, C, H, W] = x.data.shape;
  const pixels = places([C, 3, 3, N, H, W]).map(([c, u, v, n, i, j]) => {
    const [r, q] = [i + u - 1, j + v - 1]; // padding 1
    const inside = r >= 0 && r < H && q >= 0 && q < W;
    return inside ? ((n * C + c) * H + r) * W + q : -1;
  });
  return pick(x, pixels, [C * 9, N * H * W]);
}

function conv(x: Traced, w: Traced, b: Traced): Traced {
  const [N, C, H, W] = x.data.shape, [O] = w.data.shape;
  const y = product(reshape(w, [O, C * 9]), columnsOf(x));
  const shape = [N, O, H, W], all = places(shape);
  const order = all.map(([n, o, i, j]) => ((o * N + n) * H + i) * W + j);
  const kernels = all.map(([, o]) => o);
  return add(pick(y, order, shape), pick(b, kernels, shape));
}

// %% [markdown]
// A pool looks for the largest of each 2 × 2 window, and picks it.

// %%
function pool(x: Traced): Traced {
  const [N, C, H, W] = x.data.shape, shape = [N, C, H / 2, W / 2];
  const from = x.data.data;
  const largest = places(shape).map(([n, c, i, j]) => {
    const corner = ((n * C + c) * H + 2 * i) * W + 2 * j;
    const window = [corner, corner + 1, corner + W, corner + W + 1];
    return window.reduce((best, at) => from[at] > from[best] ? at : best);
  });
  return pick(x, largest, shape);
}

// %% [markdown]
// The loss is the cross entropy of lesson 8: log Σ exp(score) − the score of the truth, averaged over the batch. To
// stay finite, we subtract the largest score of each row first. Sums over rows are products with a matrix of ones.

// %%
function constant(shape: number[], value: number): Traced {
  return new Traced(String(value), Tensor.full(shape, value, { dtype }));
}
const exp = (a: Traced) => apply("exp", a, Math.exp, Math.exp);
const log = (a: Traced) => apply("log", a, Math.log, (v) => 1 / v);

function crossEntropy(scores: Traced, labels: number[]): Traced {
  const [N, C] = scores.data.shape, best = scores.data.argmax();
  const tops = places([N, C]).map(([n]) => n * C + best[n]);
  const s = add(scores, negative(pick(scores, tops, [N, C])));
  const sums = product(exp(s), constant([C, 1], 1));
  const truths = pick(s, labels.map((label, n) => n * C + label), [N, 1]);
  const losses = add(log(sums), negative(truths)); // one for each sample
  return product(constant([1, N], 1 / N), losses);
}

// %% [markdown]
// ## The network of lesson 16
// Here are its layers from the library, in the small version that lesson 16 checked. Our machine gets the same weights,
// each as a `Traced` input, and we write the forward pass in one chain.

// %%
const threeByThree = { kernelSize: 3, padding: 1, ...exact };
const layers = new Module([
  new Conv2D({ inChannels: 1, outChannels: 2, ...threeByThree }),
  new MaxPool2D({ kernelSize: 2 }),
  new Tanh(),
  new Conv2D({ inChannels: 2, outChannels: 3, ...threeByThree }),
  new MaxPool2D({ kernelSize: 2 }),
  new Tanh(),
  new Flatten(),
  new FC({ inFeatures: 12, outFeatures: 5, ...exact }),
  new Tanh(),
  new FC({ inFeatures: 5, outFeatures: 4, ...exact }),
]);

// %%
const images = input("images", 3, 1, 8, 8);
const labels = [2, 0, 3];
const parameters = layers.parameters();
const weights = parameters.map(({ name, value }) =>
  // its own copy of the numbers
  new Traced(name, value.clone())
);

function network(): Traced {
  const [w1, b1, w2, b2, w3, b3, w4, b4] = weights;
  const first = tanh(pool(conv(images, w1, b1)));
  const second = tanh(pool(conv(first, w2, b2)));
  const hidden = tanh(dense(reshape(second, [3, 12]), w3, b3));
  return crossEntropy(dense(hidden, w4, b4), labels);
}

// %% tags=["predict"] id="how-many-nodes"
// How many nodes will its graph have: inputs, constants and results?

// %%
const networkLoss = network();
const kinds: Record<string, number> = {};
for (const node of orderOf(networkLoss) as Traced[]) {
  const kind = node.from.length ? node.name : "inputs and constants";
  kinds[kind] = (kinds[kind] ?? 0) + 1;
}
const nodes = Object.values(kinds).reduce((a, b) => a + b);
const counted = [...Object.entries(kinds), ["all", nodes]];
await show(table(counted, ["kind", "nodes"], { total: true }));

// %% [markdown]
// A few dozen nodes, whatever the size of the images: a node is a tensor, not a number. Now derive it all, and put the
// library's layers beside it: their loss, and their gradients for the images and for each weight and bias.

// %% tags=["predict"] id="how-close"
// How far will the two be apart: 1e-3, 1e-7, 1e-16, or 0?

// %%
networkLoss.grad = Tensor.ones([1, 1], exact);
backward(networkLoss);

const criterion = new CrossEntropyLoss();
const layerLoss = criterion.forward(layers.forward(images.data), labels);
const layerGrad = layers.backward(criterion.backward());

// %%
const size = (t: Tensor) => t.map(Math.abs).max();
const apart = (a: Tensor, b: Tensor) => size(a.minus(b)) / size(b);
const compared = [
  ["loss", 1, Math.abs(networkLoss.data.sum() - layerLoss) / layerLoss],
  ["images", images.data.size, apart(images.grad, layerGrad)],
  ...parameters.map(({ name, grad }, i) => {
    return [name, grad.size, apart(weights[i].grad, grad)];
  }),
];
await show(table(compared, ["gradient of", "numbers", "apart"], {
  title: "The machine and the layers",
}));

// %% [markdown]
// The distance is relative to the largest number of each gradient. Nothing is left but rounding: the sums run in
// another order. Nobody wrote a backward pass for this network, and it is *the same* as the one that you derived by hand.

// %% [markdown]
// ## What you did not want to derive
// The backward pass of batch norm takes a long derivation (lesson 17), because mean and variance depend on every number
// of the batch. Here it is for [N, C], from the same six operations. The means are products with 1/N.

// %%
function batchNorm(x: Traced, gamma: Traced, beta: Traced): Traced {
  const [N, C] = x.data.shape, columns = places([N, C]).map(([, c]) => c);
  const spread = (row: Traced) => pick(row, columns, [N, C]);
  const mean = (each: Traced) => product(constant([1, N], 1 / N), each);
  const centered = add(x, negative(spread(mean(x))));
  const variance = mean(multiply(centered, centered));
  const scale = apply(
    "1/√",
    variance,
    (v) => (v + 1e-5) ** -0.5,
    (v) => -0.5 * (v + 1e-5) ** -1.5,
  );
  const normal = multiply(centered, spread(scale));
  return add(multiply(normal, spread(gamma)), spread(beta));
}

// %%
const bx = input("x", 6, 3);
const [gamma, beta] = [input("gamma", 3), input("beta", 3)];
const norm = new BatchNorm({ features: 3, dtype });
norm.gamma.value = gamma.data;
norm.beta.value = beta.data;
const arrives = Tensor.randn([6, 3], exact);
const out = batchNorm(bx, gamma, beta);
out.grad = arrives;
backward(out);

// %%
const outOfNorm = norm.forward(bx.data);
const gradOfNorm = norm.backward(arrives);
await show(table(
  [
    ["output", apart(out.data, outOfNorm)],
    ["gradient of x", apart(bx.grad, gradOfNorm)],
    ["gradient of gamma", apart(gamma.grad, norm.gamma.grad)],
    ["gradient of beta", apart(beta.grad, norm.beta.grad)],
  ],
  ["what", "apart"],
  { title: "Batch norm, not derived" },
));

// %% [markdown]
// ## Why in reverse?
// You could measure every slope instead, with two forward passes for each number. Or you could carry slopes *forward*
// from the inputs; then one pass gives the slopes for one input. In reverse, one pass gives the slopes of one output
// with respect to **all** inputs. A network has many weights and one loss.

// %%
function best(run: () => unknown): number {
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return Math.min(...times);
}
const learned = weights.reduce((sum, { data }) => sum + data.size, 0);
const forwardTime = best(network).toFixed(1);
const backwardTime = best(() => backward(networkLoss)).toFixed(1);
console.log(`forward ${forwardTime} ms, backward ${backwardTime} ms`);
console.log(`measuring ${learned} slopes: ${2 * learned} forwards`);

// %% [markdown]
// ## What frameworks do more
// Their machine is yours: nodes, an order, `+=`. Around it they have hundreds of operations, for several kinds of
// hardware, with fast code for each. They also
//
// - free what forward kept as soon as backward has used it, or compute it again to save memory;
// - join small operations into one, so that numbers stay near the processor (lesson 19 shows why);
// - notice when you overwrite a tensor that backward still needs;
// - build the graph of the backward pass, too, so that you can derive the derivative.
//
// And still they have layers with a backward written by hand, as you wrote them: it needs fewer steps and less memory.

// %% [markdown]
// ## What you know now
// - Every value remembers what it was made from. The slopes come from walking back, in reverse topological order.
// - A value with several uses gets the sum of what they send: `+=`.
// - Six operations with a backward each make a CNN, its loss, and batch norm.
// - Autodiff is exact up to rounding, and one backward pass gives all slopes.
// - The gradient check is still your friend: the operations themselves can be wrong.
