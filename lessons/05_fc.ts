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
//     title: The FC layer
//     minutes: 25
//     part: A layer
//     permissions: []
// ---
// %% [markdown]
// # The FC layer: everything meets everything
// In the last lesson one output listened to a hundred inputs. Put several such outputs side by side, each with its own
// weights, and you have a **fully connected** layer, FC. Every input meets every output. Here you read it forward and
// write it backward, and you prove, number by number, that the backward pass is right.

// %%
import { FC, matmul, Random, Tensor, transpose } from "../mod.ts";
import { curve, gradCheck, heatmap, show, table } from "../mod.ts";
import { blank, check } from "./exercises/mod.ts";
import { settings } from "./settings.ts";

const random = new Random(settings.seed);
const dtype = "float64"; // proofs need all digits

// %% [markdown]
// ## Two inputs, two outputs
// The weights form a table W: a row for each input, a column for each output. Wᵢⱼ says how strongly
// input i counts in output j. Each output also has a bias bⱼ, which is added no matter what the inputs are:
//
//     yⱼ = Σᵢ xᵢ · Wᵢⱼ + bⱼ

// %%
const W = Tensor.from([[2, -1], [3, 4]], undefined, { dtype });
const b = Tensor.from([0.5, 0], undefined, { dtype });

await show(heatmap(W, {
  title: "W",
  rows: ["from x₀", "from x₁"],
  columns: ["to y₀", "to y₁"],
}));

// %% tags=["predict"] id="by-hand"
// The inputs are x₀ = 10 and x₁ = 1, and b = 0.5, 0. What are y₀ and y₁?

// %%
const y0 = 10 * 2 + 1 * 3 + 0.5; //  down the first column
const y1 = 10 * -1 + 1 * 4 + 0; //   down the second
console.log(y0, y1);

// %% [markdown]
// ## A whole batch at once
// A network never works on just one sample. The N samples of a batch are the rows of x [N, in], and the layer turns
// them into y [N, out], each row on its own. In the code, n counts samples, i counts inputs and j counts outputs.

// %%
function forward(x: Tensor, W: Tensor, b: Tensor): Tensor {
  const [[N, ins], outs] = [x.shape, b.size];
  const y = Tensor.zeros([N, outs], { dtype });
  for (let n = 0; n < N; n++) {
    for (let j = 0; j < outs; j++) {
      let sum = b.at(j);
      for (let i = 0; i < ins; i++) sum += x.at(n, i) * W.at(i, j);
      y.data[n * outs + j] = sum;
    }
  }
  return y;
}

// %%
const three = Tensor.from([[10, 1], [0, 0], [1, -1]]);
await show(forward(three, W, b), { title: "three samples, two outputs" });

// %% [markdown]
// The first row is what you computed. The second sample was all zeros, so only the bias is left.

// %% tags=["predict"] id="how-many-weights"
// A picture of 28 × 28 pixels goes in, ten scores come out. How many
// weights and biases does this one layer have?

// %%
const parameters = (ins: number, outs: number) => ins * outs + outs;
console.log(parameters(28 * 28, 10));
await show(curve((outs: number) => parameters(784, outs), {
  title: "Weights and biases of a layer on 784 pixels",
  xLabel: "outputs",
  xRange: [1, 512],
  rows: 8,
}));

// %% [markdown]
// Every additional output costs 785 numbers. That is the price of "everything meets everything", and the reason this
// course moves on to convolutions.

// %% [markdown]
// ## Backward: three questions
// The layer above ours, the next one on the way to the loss L, hands down g [N, out]: gₙⱼ = ∂L/∂yₙⱼ. From it we work
// out the slope of L with respect to everything that went in:
//
// 1. the inputs x: this is what the layer *below* us, the one before ours, needs as its g,
// 2. the weights W and 3. the bias b: these are the slopes for our own step downhill.

// %% [markdown]
// We need numbers to test with: seven inputs, four outputs, five samples, and a g made of random numbers.

// %%
const [N, ins, outs] = [5, 7, 4];
const x = Tensor.randn([N, ins], { random, dtype });
const weight = Tensor.randn([ins, outs], { random, dtype });
const bias = Tensor.randn([outs], { random, dtype });
const g = Tensor.randn([N, outs], { random, dtype });

const lossNow = () => forward(x, weight, bias).times(g).sum();
console.log("L = Σ g · y =", lossNow(), " so ∂L/∂y is just g");

// %% [markdown]
// `measure` finds the slope of L for every element of a tensor, without any formula: step it by h to both sides, look
// at L, put it back. It is slow and simple-minded, and that is why we can trust it.

// %%
const h = 0.001; // L is linear in each number: a larger step rounds less

function measure(values: Tensor): Tensor {
  return values.map((value, i) => {
    values.data[i] = value + h;
    const right = lossNow();
    values.data[i] = value - h;
    const left = lossNow();
    values.data[i] = value;
    return (right - left) / (2 * h);
  });
}

// %% [markdown]
// And `prove` compares *every* element and shows the worst: its place [row, column], what we say, what was measured,
// and the ratio of the two. The relative error of lesson 2 must be below 1e-7. Slopes that are nearly 0 are mostly
// rounding, so we never divide by less than 1e-4.

// %%
async function prove(name: string, ours: Tensor, values: Tensor) {
  const measured = measure(values).data, columns = ours.shape.at(-1)!;
  const found = Array.from(ours.data, (a, i) => {
    const size = Math.max(Math.abs(a) + Math.abs(measured[i]), 1e-4);
    const error = Math.abs(a - measured[i]) / size;
    return { i, ours: a, measured: measured[i], error };
  });
  found.sort((a, b) => b.error - a.error);
  const { i, ...worst } = found[0];
  const at = [Math.floor(i / columns), i % columns];
  const place = `[${ours.shape.length > 1 ? at.join(", ") : i}]`;
  const ratio = worst.ours / worst.measured;
  const title = `${name}: the worst of ${found.length}`;
  await show(table([{ place, ...worst, ratio }], undefined, { title }));
}

// %% [markdown]
// ## 1. The inputs
// Input i of sample n went into every output j. If it grows by 1, yₙⱼ grows by Wᵢⱼ. So it gets blame from every output,
// through the weight between them:
//
//     ∂L/∂xₙᵢ = Σⱼ gₙⱼ · Wᵢⱼ

// %%
function backwardInput(g: Tensor, W: Tensor): Tensor {
  const gradX = Tensor.zeros([N, ins], { dtype });
  for (let n = 0; n < N; n++) {
    for (let i = 0; i < ins; i++) {
      for (let j = 0; j < outs; j++) {
        gradX.data[n * ins + i] += g.at(n, j) * W.at(i, j);
      }
    }
  }
  return gradX;
}
await prove("∂L/∂x", backwardInput(g, weight), x);

// %% [markdown]
// ## 2. The weights
// Weight Wᵢⱼ was used once by *every sample*: it was multiplied by xₙᵢ and went into yₙⱼ. So its blame is summed over
// the samples:
//
//     ∂L/∂Wᵢⱼ = Σₙ xₙᵢ · gₙⱼ

// %%
function backwardWeight(x: Tensor, g: Tensor): Tensor {
  const gradW = Tensor.zeros([ins, outs], { dtype });
  for (let n = 0; n < N; n++) {
    for (let i = 0; i < ins; i++) {
      for (let j = 0; j < outs; j++) {
        gradW.data[i * outs + j] += x.at(n, i) * g.at(n, j);
      }
    }
  }
  return gradW;
}
await prove("∂L/∂W", backwardWeight(x, g), weight);

// %% [markdown]
// A weight whose input was 0 in all samples has slope 0: it made no difference, so there is nothing to learn about it.
// Here is the whole gradient as a picture, ours and the measured one.

// %%
const byFormula = backwardWeight(x, g);
await show(heatmap(byFormula, { title: "∂L/∂W, by the formula" }));
await show(heatmap(measure(weight), { title: "∂L/∂W, measured" }));

// %% [markdown]
// ## 3. The bias, and why it sums
// There are four biases and five samples: gₙⱼ has 20 numbers, ∂L/∂b only 4. What happens to the five numbers in a
// column?

// %% tags=["predict"] id="bias-sums"
// One output, three samples, and g = 1, 2, 3. The bias grows by 0.01. By
// how much does L = Σ g · y grow?

// %%
const lossOf = (bias: number) => 1 * bias + 2 * bias + 3 * bias;
console.log("L grows by", (lossOf(0.51) - lossOf(0.5)).toFixed(4));

// %% [markdown]
// By 0.06. There is only *one* b₀, and it was added to the output of each sample. If it grows, all the outputs grow,
// and L changes three times. So its blame is the *sum* of the column, not the mean and not the last number:
//
//     ∂L/∂bⱼ = Σₙ gₙⱼ
//
// This rule holds everywhere: whatever is used several times in `forward` collects a sum in `backward`. You have
// already seen it twice: the weights were used by all samples, the inputs by all outputs.

// %%
function backwardBias(g: Tensor): Tensor {
  const gradB = Tensor.zeros([outs], { dtype });
  for (let n = 0; n < N; n++) {
    for (let j = 0; j < outs; j++) gradB.data[j] += g.at(n, j);
  }
  return gradB;
}
await prove("∂L/∂b", backwardBias(g), bias);

// %% [markdown]
// ## Three gradients: two products and a sum
// A sum over the index that two tensors share is a matrix product (lesson 1): `matmul(A, B)` sums over the *second*
// index of A and the *first* of B. If the sum must run over the first index of A, swap its rows and columns:
// `matmul(transpose(A), B)`. The same works for B.
//
// Write the backward pass this way, without loops over i and j. Only gradB may keep its loop.

// %% tags=["exercise"] id="fc-backward"
// x [N, in], W [in, out], g [N, out]. Returns gradX, gradW, gradB [out].
function fcBackward(x: Tensor, W: Tensor, g: Tensor) {
  const gradX: Tensor = blank(g, W);
  const gradW: Tensor = blank(x, g);
  const gradB: Tensor = blank(g);
  return { gradX, gradW, gradB };
}

// %% tags=["check"] id="fc-backward"
await check("fc-backward", fcBackward);

// %% [markdown]
// ## Would the check have noticed?
// A proof that cannot fail proves nothing. So let us make the two most common mistakes on purpose: the mean instead of
// the sum, and `=` instead of `+=`, which keeps only the last sample.

// %% tags=["predict"] id="planted"
// What ratio, ours / measured, will the mean over five samples show?

// %%
const lastOnly = Tensor.from(g.data.slice(-outs), [outs]);
await prove("∂L/∂b as a mean", backwardBias(g).times(1 / N), bias);
await prove("∂L/∂b with =", lastOnly, bias);

// %% [markdown]
// The mean is 0.2 times the right slope. With `=`, an error of 1 is the largest there is: the two have opposite signs.
// One element can mislead, so here are the ratios of all four:

// %%
const truth = measure(bias).data;
function ratios(ours: Tensor): number[] {
  return Array.from(ours.data, (value, j) => value / truth[j]);
}
const mistakes = [
  ["the mean", ...ratios(backwardBias(g).times(1 / N))],
  ["with =", ...ratios(lastOnly)],
];
const heading = "ours / measured, at each element";
await show(table(mistakes, undefined, { title: heading }));

// %% [markdown]
// These are impossible to miss. And the ratio is a detective: 0.2 at every element, as in the first row, says "divided
// by five too often". A ratio that is different at each element, as in the second, says that the sum has the wrong
// terms.

// %% [markdown]
// Now you are the detective. Here is a layer with as many outputs as inputs, D of them, forward and backward in one. It
// runs, every shape is right, and one line is wrong. The cell below it sends the layer through the gradient check: the
// report names each gradient that fails, with its worst element. Read the report first, then fix the line.

// %% tags=["exercise"] id="find-the-bug"
// Returns y and its three gradients.
function suspect(x: Tensor, W: Tensor, b: Tensor, g: Tensor) {
  const D = x.shape[1];
  const y = matmul(x, W).map((v, i) => v + b.data[i % D]);
  const [gradX, gradW, gradB] = [x.times(0), W.times(0), b.times(0)];
  for (let n = 0; n < x.shape[0]; n++) {
    for (let j = 0; j < D; j++) {
      for (let i = 0; i < D; i++) {
        gradX.data[n * D + i] += g.at(n, j) * W.at(i, j);
        gradW.data[i * D + j] += y.at(n, i) * g.at(n, j);
      }
      gradB.data[j] += g.at(n, j);
    }
  }
  return { y, gradX, gradW, gradB };
}

// %% tags=["check"] id="find-the-bug"
await check("find-the-bug", suspect);

// %% [markdown]
// ## The same as matrix products
// Three nested loops are exactly what a matrix product does: `forward` is x·W plus the bias. In the backward pass one
// of the two matrices is transposed, so that the sum runs over the right index: ∂L/∂x = g·Wᵀ and ∂L/∂W = xᵀ·g.

// %%
const apart = (a: Tensor, b: Tensor) => a.minus(b).map(Math.abs).max();
const product = matmul(x, weight).map((v, i) => v + bias.data[i % outs]);
const inputs = matmul(g, transpose(weight));
const weights = matmul(transpose(x), g);

const loopsAndProducts = [
  ["y = x·W + b", apart(product, forward(x, weight, bias))],
  ["∂L/∂x = g·Wᵀ", apart(inputs, backwardInput(g, weight))],
  ["∂L/∂W = xᵀ·g", apart(weights, backwardWeight(x, g))],
];
const title = "Loops and products, largest difference";
await show(table(loopsAndProducts, ["product", "apart"]), { title });

// %% [markdown]
// You do not have to memorize what is transposed: as long as in and out differ, the shapes allow only one way. ∂L/∂W
// has to be [in, out], and from x [N, in] and g [N, out] only xᵀ·g gives that. (In both exercises in and out were
// equal, so the shapes could not help: only the numbers could.)

// %% [markdown]
// ## The library agrees
// The library's `FC` is these three products and one sum, with names. `forward` keeps x, because `backward` needs it.
// `backward` returns ∂L/∂x and *adds* the other two to `weight.grad` and `bias.grad`, which start at zero.

// %%
const fc = new FC({ inFeatures: ins, outFeatures: outs, dtype });
fc.weight.value = weight;
fc.bias!.value = bias;
const y = fc.forward(x);
const gradX = fc.backward(g);

const both = [
  ["y", apart(y, forward(x, weight, bias))],
  ["∂L/∂x", apart(gradX, backwardInput(g, weight))],
  ["∂L/∂W", apart(fc.weight.grad, backwardWeight(x, g))],
  ["∂L/∂b", apart(fc.bias!.grad, backwardBias(g))],
];
await show(table(both, ["", "apart"]), { title: "The library and ours" });

// %% [markdown]
// It also has our `measure` and `prove`, as one function for any layer: `gradCheck`. Lesson 6 takes it apart.

// %%
console.log(String(gradCheck(fc, x, { random })));

// %% [markdown]
// ## What you know now
// - FC is a weighted sum for each output: y = x·W + b, [N, out] = [N, in]·[in, out] + [out].
// - Backward: g·Wᵀ for the inputs, xᵀ·g for the weights, the column sums of g for the bias.
// - Whatever is used several times in forward collects a sum in backward.
// - A gradient is right when you have measured every element of it and the worst error is below 1e-7.
