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
// You derived every backward pass of this course by hand, and proved each one. Users of a framework such as PyTorch
// write only the forward pass, and the gradients come by themselves. Today you build that machine, first for numbers
// and then for tensors. It derives the network of lesson 16, and agrees with your layers.

// %%
import { Conv2D, FC, Flatten, MaxPool2D, Module, Tanh } from "../mod.ts";
import { gradCheck, Layer, matmul, Random, transpose } from "../mod.ts";
import { graph, type Shape, show, table, Tensor } from "../mod.ts";
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
const m = w * x, p = m + b; // p is the prediction
const d = p - y, L = d * d; // d is the difference
console.log("m", m, " p", p, " d", d, " L", L);

// %% tags=["predict"] id="w-grows"
// Let w grow from 2 to 2.01. Does L rise or fall, and by about how much?

// %%
const slopeD = 2 * d; //      L = d · d
const slopeP = slopeD; //     d = p − y
const slopeM = slopeP, slopeB = slopeP; // p = m + b
const slopeW = slopeM * x; // m = w · x
console.log("∂L/∂w", slopeW, "  ∂L/∂b", slopeB);
console.log("L at w = 2.01:", ((2.01 * x + b - y) ** 2).toFixed(4));

// %% [markdown]
// The slope is −12, so 0.01 more of w gives about 0.12 less of L. Look at how you got it. You went through the steps
// *in reverse*. Each line used the slope of *one* result, and the numbers of *one* step. No line needed to know the
// whole formula. So a machine can do it, if every number remembers how it was made.
//
// ## A number that remembers
// A `Value` keeps its number in `data`, and in `from` the values that it was made from. `grad` is its slope ∂L/∂value.
// `passBack` passes that slope on to those in `from`; an input has none.

// %%
class Value {
  grad = 0;
  passBack: () => void = () => {};
  name: string; // of an input; or the sign of an operation
  data: number;
  from: Value[];
  constructor(name: string, data: number, from: Value[] = []) {
    [this.name, this.data, this.from] = [name, data, from];
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
// belongs to them; each may already hold something from other uses.

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
// Here is the formula again, with values. The machine has no minus, so the input is −y. What you see is the
// **computation graph**: the inputs, each result, and lines from what it was made from.

// %%
const wx = times(new Value("w", 2), new Value("x", 3));
const prediction = plus(wx, new Value("b", -1));
const difference = plus(prediction, new Value("-y", -7));
const loss = times(difference, difference);
const label = (v: Value) => `${v.name} = ${v.data}\ngrad ${v.grad}`;
await show(graph(loss, label, { title: "The formula as a graph" }));

// %% [markdown]
// Two lines lead from the difference to the loss: it is both factors of its own square. Each line will bring back −2.
// With `=` instead of `+=`, one would overwrite the other, and all slopes to the left would be halved.
//
// ## In which order?
// A value may pass its slope back only when that slope is *complete*: after every value that was made from it. So we
// need a **topological order**, in which each value comes *after* everything it was made from. Backward walks through
// it in reverse. Write that order. `last` is the result, and you reach every other value through `from`. Return a list
// with each value once, and `last` at its end.

// %% tags=["exercise"] id="in-order"
function inOrder(last: Value): Value[] {
  return blank(last);
}

// %% tags=["check"] id="in-order"
await check("in-order", inOrder);

// %% [markdown]
// First visit everything that a value was made from, then add the value itself. `seen` makes sure that a value with two
// uses comes only once. It asks only for what every `Made` has, so it will work for tensors, too.

// %%
type Made = { from: Made[]; passBack: () => void };
function orderOf(last: Made): Made[] {
  const order: Made[] = [], seen = new Set<Made>();
  function visit(value: Made): void {
    if (seen.has(value)) return;
    seen.add(value);
    value.from.forEach(visit);
    order.push(value);
  }
  visit(last);
  return order;
}
function backward(last: Made): void {
  for (const value of orderOf(last).reverse()) value.passBack();
}

// %% tags=["predict"] id="which-grads"
// The loss gets 1, as ∂L/∂L = 1. What will w get? And the input x?

// %%
loss.grad = 1;
backward(loss);
await show(graph(loss, label, { title: "After backward" }));

// %% [markdown]
// −12 and −4, as by hand. The machine also tells you ∂L/∂x and ∂L/∂(−y): it does not know which inputs you want to
// learn. This is **reverse-mode automatic differentiation**, *autodiff* or *autograd* for short. It is not the numeric
// derivative of lesson 3: nothing was moved by a small h, and nothing is approximate.

// %% [markdown]
// ## The same with tensors
// One `Value` for every weight and every sum of a network would be slow. So let each **node** of the graph hold a whole
// tensor. `from` and `passBack` stay, and even `orderOf` and `backward`: they never asked what a value holds. `receive`
// is the `+=`, and `made` makes a node from its operands.

// %%
interface Node extends Made {
  data: Tensor;
  grad: Tensor; // of the same shape
}
type Back = (grad: Tensor) => void;
function made(data: Tensor, from: Node[], back: Back): Node {
  const passBack = () => back(node.grad);
  const node: Node = { data, from, grad: data.times(0), passBack };
  return node;
}
function receive(node: Node, more: Tensor): void {
  node.grad = node.grad.plus(more);
}
const input = (data: Tensor) => made(data, [], () => {});

// %% [markdown]
// Four operations are enough for the CNN of lesson 16, and you know their gradients. Here are three: the sum, the
// matrix product (lesson 5), and tanh (lesson 2).

// %%
function add(a: Node, b: Node): Node {
  return made(a.data.plus(b.data), [a, b], (grad) => {
    receive(a, grad);
    receive(b, grad);
  });
}
function product(a: Node, b: Node): Node {
  return made(matmul(a.data, b.data), [a, b], (grad) => {
    receive(a, matmul(grad, transpose(b.data)));
    receive(b, matmul(transpose(a.data), grad));
  });
}
function tanh(a: Node): Node {
  const y = a.data.map(Math.tanh), slope = y.map((v) => 1 - v * v);
  return made(y, [a], (grad) => receive(a, grad.times(slope)));
}

// %% [markdown]
// The fourth *picks*: number k of the result is number `indices[k]` of the data, and −1 picks a 0. That is more
// useful than it looks. im2col picks pixels, and padding is a −1. A pool picks the largest. A bias is picked once for
// each row. Here is the way back, on plain lists: `grad` has one number for each index, and the list that comes back
// has `size` numbers, one for each that could be picked. A colleague wrote it. It passed its tests, where no number was
// picked twice. Find the bug, and fix it.

// %% tags=["exercise"] id="pick-back"
function pickBack(indices: number[], grad: number[], size: number) {
  const back: number[] = Array(size).fill(0);
  indices.forEach((i, k) => {
    if (i >= 0) back[i] = grad[k];
  });
  return back;
}

// %% tags=["check"] id="pick-back"
await check("pick-back", pickBack);

// %%
function pick(a: Node, indices: number[], shape: Shape): Node {
  const from = a.data.data, y = Tensor.zeros(shape, { dtype });
  y.data.set(indices.map((i) => i < 0 ? 0 : from[i]));
  return made(y, [a], (grad) => {
    const more = a.data.times(0), to = more.data;
    indices.forEach((i, k) => {
      if (i >= 0) to[i] += grad.data[k]; // += : picked more than once
    });
    receive(a, more);
  });
}

// %% [markdown]
// ## Layers without a backward
// From here on you write only forward passes. `places` lists all indices of a shape, in memory order. An FC layer is a
// matrix product and a bias; the bias of each output is picked wherever it is added.

// %%
function places([size, ...rest]: Shape): number[][] {
  if (size === undefined) return [[]];
  const inner = places(rest), first = [...Array(size).keys()];
  return first.flatMap((i) => inner.map((place) => [i, ...place]));
}
function addBias(y: Node, b: Node): Node { // [N, out] or [N, out, H, W]
  const { shape } = y.data, outputs = places(shape).map(([, out]) => out);
  return add(y, pick(b, outputs, shape));
}
function dense(x: Node, W: Node, b: Node): Node {
  return addBias(product(x, W), b);
}

// %% [markdown]
// A convolution is im2col and one product (lesson 14), here for the whole batch at once, with windows of 3 × 3, stride
// 1 and padding 1. The product is [O, N·H·W], so a pick puts it in the order [N, O, H, W].

// %%
function conv(x: Node, w: Node, b: Node): Node {
  const [N, C, H, W] = x.data.shape, [O] = w.data.shape;
  const pixels = places([C, 3, 3, N, H, W]).map(([c, u, v, n, i, j]) => {
    const [r, q] = [i + u - 1, j + v - 1]; // padding 1
    const inside = r >= 0 && r < H && q >= 0 && q < W;
    return inside ? ((n * C + c) * H + r) * W + q : -1;
  });
  const columns = pick(x, pixels, [C * 9, N * H * W]);
  const y = product(reshape(w, [O, C * 9]), columns);
  const shape = [N, O, H, W];
  const at = ([n, o, i, j]: number[]) => ((o * N + n) * H + i) * W + j;
  return addBias(pick(y, places(shape).map(at), shape), b);
}

// %% [markdown]
// A pool finds the largest of each 2 × 2 window, and picks it. Another shape for the same numbers picks them in order.

// %%
function pool(x: Node): Node {
  const [N, C, H, W] = x.data.shape, shape = [N, C, H / 2, W / 2];
  const from = x.data.data;
  const largest = places(shape).map(([n, c, i, j]) => {
    const corner = ((n * C + c) * H + 2 * i) * W + 2 * j;
    const window = [corner, corner + 1, corner + W, corner + W + 1];
    return window.reduce((best, at) => from[at] > from[best] ? at : best);
  });
  return pick(x, largest, shape);
}
function reshape(a: Node, shape: Shape): Node {
  return pick(a, [...a.data.data.keys()], shape);
}

// %% [markdown]
// ## The network of lesson 16
// Here are its layers, in the small version that lesson 16 checked. Your machine gets the same weights as inputs.

// %%
const small = { kernelSize: 3, padding: 1, ...exact };
const layers = new Module([
  new Conv2D({ inChannels: 1, outChannels: 2, ...small }),
  new MaxPool2D({ kernelSize: 2 }),
  new Tanh(),
  new Conv2D({ inChannels: 2, outChannels: 3, ...small }),
  new MaxPool2D({ kernelSize: 2 }),
  new Tanh(),
  new Flatten(),
  new FC({ inFeatures: 12, outFeatures: 5, ...exact }),
  new Tanh(),
  new FC({ inFeatures: 5, outFeatures: 4, ...exact }),
]);

// %%
const learned = layers.parameters();
const weights = learned.map(({ value }) => input(value));
function network(images: Node): Node {
  const [w1, b1, w2, b2, w3, b3, w4, b4] = weights;
  const first = tanh(pool(conv(images, w1, b1)));
  const second = tanh(pool(conv(first, w2, b2)));
  const features = reshape(second, [images.data.shape[0], 12]);
  return dense(tanh(dense(features, w3, b3)), w4, b4);
}

// %% [markdown]
// Does every operation pass back the right thing? For the gradient check, the machine becomes a layer. Then come the
// library's layers: the same images go in, and the same gradient arrives from above.

// %%
class Machine extends Layer {
  x?: Node;
  y?: Node;
  override forward(x: Tensor): Tensor {
    this.x = input(x);
    this.y = network(this.x);
    return this.y.data;
  }
  override backward(grad: Tensor): Tensor {
    const [x, y] = [this.saved(this.x), this.saved(this.y)];
    y.grad = grad;
    backward(y);
    return x.grad;
  }
}
const digits = Tensor.randn([2, 1, 8, 8], exact);
console.log(String(gradCheck(new Machine(), digits, { random })));

// %% tags=["predict"] id="how-close"
// How far apart will machine and layers be: 1e-3, 1e-7, 1e-16, or 0?

// %%
const arrives = Tensor.randn([2, 4], exact);
const images = input(digits);
const y16 = layers.forward(digits), scores = network(images);
const gradX = layers.backward(arrives);
for (const { grad } of weights) grad.data.fill(0); // from the check
scores.grad = arrives;
backward(scores);
const most = (t: Tensor) => t.map(Math.abs).max();
const apart = (a: Tensor, b: Tensor) => most(a.minus(b)) / most(b);
const rows = learned.map(({ name, grad }, i) => {
  return [name, apart(weights[i].grad, grad)];
});
rows.push(["images", apart(images.grad, gradX)]);
rows.push(["scores", apart(scores.data, y16)]);
await show(table(rows, ["what", "apart"], { title: "How far apart" }));

// %% [markdown]
// Each is relative to the largest number. Only rounding is left: the sums run in another order. Nobody wrote a backward
// pass for this network, and it is the same as the one that you derived by hand.
//
// Why in reverse? You could also carry slopes *forward*: then one pass gives the slopes for *one* input. In reverse,
// one pass gives the slopes of one output for *all* inputs. A network has many weights and one loss.

// %% [markdown]
// ## What frameworks do more
// Their machine is yours: nodes, an order, `+=`. They have hundreds of operations, with fast code for each. They free
// what forward kept once backward has used it, and join small operations into one. They notice when you overwrite a
// tensor that backward still needs, and they can derive the derivative. Still, many of their layers have a backward
// written by hand, like yours: it needs fewer steps and less memory.

// %% [markdown]
// ## What you know now
// - Every value remembers what it was made from. Backward walks back through it in reverse topological order.
// - A value with several uses gets the sum of what they send: `+=`.
// - Autodiff is exact up to rounding, and one backward pass gives all slopes.
