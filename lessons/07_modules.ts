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
//     title: Modules and steps
//     minutes: 20
//     part: A network
//     permissions: []
// ---
// %% [markdown]
// # Modules and steps: many layers, one network
// You have layers, and each of them is proved. Today you chain them: run them forward, run them backward, and step. On
// the way you meet the line that everybody forgets once, and a switch that many networks need.

// %%
import { FC, gradCheck, Layer, Module, MSELoss, Tanh } from "../mod.ts";
import { Random, remember, Tensor } from "../mod.ts";
import { curve, diagram, heatmap, show, table } from "../mod.ts";
import { blank, check } from "./exercises/mod.ts";
import { settings } from "./settings.ts";

const random = new Random(settings.seed);
const dtype = "float64"; // proofs need all digits

// %% [markdown]
// ## Layers in a row
// Here are three layers: an FC from 2 numbers to 6, a tanh, and an FC from 6 to 1. What one layer puts out, the next
// one takes. Watch a batch of three samples on its way.

// %%
const first = new FC({ inFeatures: 2, outFeatures: 6, dtype, random });
const last = new FC({ inFeatures: 6, outFeatures: 1, dtype, random });
const threeLayers = [first, new Tanh(), last];

let passing = Tensor.randn([3, 2], { random, dtype });
await show(heatmap(passing, { title: "x" }));
for (const layer of threeLayers) {
  passing = layer.forward(passing);
  await show(heatmap(passing, { title: `after ${layer.label}` }));
}

// %% tags=["predict"] id="who-first"
// Now back. The loss hands down the gradient of the last output. Which
// layer gets it? And what does the next one to work get?

// %% [markdown]
// The last layer gets it. Its `backward` returns the gradient of *its* input. That input was the output of the layer
// before it, so this is exactly what that layer needs. So it goes on, until the first layer has returned ∂L/∂x. This is
// the chain rule of lesson 2, one layer at a time.
//
// Write both directions. A network runs many times, so the list `layers` must stay as it is.

// %% tags=["exercise"] id="chain"
// forward returns the output of the last layer; backward returns ∂L/∂x.
class Chain {
  layers: Layer[];
  constructor(layers: Layer[]) {
    this.layers = layers;
  }
  forward(x: Tensor): Tensor {
    return blank(x);
  }
  backward(gradOut: Tensor): Tensor {
    return blank(gradOut);
  }
}

// %% tags=["check"] id="chain"
await check("chain", Chain);

// %% [markdown]
// Such a chain has a forward and a backward, so it is a layer itself. Its parameters are those of all its layers. We
// call a layer that is made of layers a **module**.

// %%
class Network extends Layer {
  layers: Layer[];
  constructor(layers: Layer[]) {
    super();
    this.layers = layers;
  }
  override forward(x: Tensor): Tensor {
    return this.layers.reduce((x, layer) => layer.forward(x), x);
  }
  override backward(gradOut: Tensor): Tensor {
    const back = this.layers.toReversed(); // a new list
    return back.reduce((grad, layer) => layer.backward(grad), gradOut);
  }
  override parameters() {
    return this.layers.flatMap((layer) => layer.parameters());
  }
}

// %%
const small = new Network(threeLayers);
await show(diagram(small, [2]));
const fourSamples = Tensor.randn([4, 2], { random, dtype });
console.log(String(gradCheck(small, fourSamples, { random })));

// %% [markdown]
// One check proves the whole chain: 8 inputs, and 25 weights and biases.
//
// ## Something to learn
// The points below lie on a wave, each a little off. Our network gets x and must predict y. As in lesson 4, the loss is
// the mean squared error, and a step moves every parameter against its gradient.

// %%
const N = 60;
const x = Tensor.uniform([N, 1], { random, low: -3, high: 3, dtype });
const truth = x.map((v) => Math.sin(2 * v) + random.normal(0, 0.1));

function wave(seed: number): Network {
  const common = { dtype, random: new Random(seed) } as const;
  return new Network([
    new FC({ inFeatures: 1, outFeatures: 24, name: "fc1", ...common }),
    new Tanh(),
    new FC({ inFeatures: 24, outFeatures: 1, name: "fc2", ...common }),
  ]);
}

// %%
const net = wave(settings.seed);
const mse = new MSELoss();
const firstLoss = mse.forward(net.forward(x), truth);
net.backward(mse.backward());
console.log("loss:", firstLoss);

// %% [markdown]
// ## Backward twice
// The gradient is now in `grad` of each parameter. What if we do the same again?

// %% tags=["predict"] id="twice"
// Forward and backward run a second time, with the same batch. What is
// in weight.grad then: the same numbers, or others?

// %%
const [weight] = net.parameters();
const once = weight.grad.clone();
mse.forward(net.forward(x), truth);
net.backward(mse.backward());
const rows = [0, 1, 2].map((i) => {
  const [before, after] = [once.data[i], weight.grad.data[i]];
  return [`weight ${i}`, before, after, after / before];
});
const columns = ["", "once", "twice", "ratio"];
await show(table(rows, columns, { title: "The gradient" }));

// %% [markdown]
// Twice as large: `backward` *adds* to `grad`. It follows the rule from lesson 5: what is used several times collects a
// sum. If a layer stands in two places of a network, it collects both its gradients this way. But the gradient of the
// *last* batch has no place in this one. So before each batch we clear.

// %%
function clear(net: Layer) {
  for (const { grad } of net.parameters()) grad.data.fill(0);
}
function step(net: Layer, rate: number) {
  for (const { value, grad } of net.parameters()) {
    grad.data.forEach((slope, i) => value.data[i] -= rate * slope);
  }
}

// %% tags=["predict"] id="never-clear"
// One network clears before each batch, the other never does. How will
// the losses of the two look?

// %%
function train(steps: number, rate: number, net: Layer, clears = true) {
  return Array.from({ length: steps }, () => {
    if (clears) clear(net);
    const loss = mse.forward(net.forward(x), truth);
    net.backward(mse.backward());
    step(net, rate);
    return loss;
  });
}
const clears = train(300, 0.1, wave(settings.seed));
const never = train(300, 0.1, wave(settings.seed), false);
const title = "Steps of training";
await show(curve({ clears, never }, { title, yLabel: "loss" }));
console.log("after 300 steps:", clears[299], "and", never[299]);

// %% [markdown]
// Without clearing, each step repeats all steps before it. At times the loss is even lower, as with a larger rate. But
// the network shoots past its goal, again and again, and never settles. It does not crash, so this bug is hard to see.
//
// Here is a training step that a colleague wrote. Find what is missing, and add it. The function is called once for
// each batch, and returns the loss of the batch before the step.

// %% tags=["exercise"] id="training-step"
function trainingStep(
  net: Module,
  loss: MSELoss,
  x: Tensor,
  truth: Tensor,
  rate: number,
): number {
  const lossNow = loss.forward(net.forward(x), truth);
  net.backward(loss.backward());
  for (const { value, grad } of net.parameters()) {
    grad.data.forEach((slope, i) => value.data[i] -= rate * slope);
  }
  return lossNow;
}

// %% tags=["check"] id="training-step"
await check("training-step", trainingStep);

// %% [markdown]
// Now train for 2000 steps. It takes a second or two. `remember` keeps the trained network and the losses: when you
// come back to this lesson another day, they are there at once.

// %%
const learned = wave(settings.seed);
const work = () => train(2000, 0.05, learned);
const losses = await remember("wave", learned, work);
console.log("loss:", losses[0], "→", losses.at(-1));

// %%
const places = Array.from({ length: 61 }, (_, i) => -3 + i / 10);
function drawn(net: Layer) {
  const y = net.forward(Tensor.from(places, [61, 1], { dtype }));
  return { x: places, y: [...y.data] };
}
await show(curve({
  "points": { x: [...x.data], y: [...truth.data], points: true },
  "before": drawn(wave(settings.seed)),
  "after": drawn(learned),
}, { title: "2000 steps" }));

// %% [markdown]
// ## A batch in pieces
// Adding is useful, too. A batch that is too large for the memory can come in pieces: forward and backward for each
// piece, and the gradients add up.

// %% tags=["predict"] id="two-halves"
// The loss is a mean. Once all 60 samples go in at once. Then they go in
// as two halves of 30, without clearing between them. Is the gradient
// the same?

// %%
function gradientOf(...pieces: [from: number, to: number][]): Tensor {
  clear(net);
  for (const [from, to] of pieces) {
    mse.forward(net.forward(x.slice(from, to)), truth.slice(from, to));
    net.backward(mse.backward());
  }
  return weight.grad.clone();
}
const whole = gradientOf([0, 60]);
const halves = gradientOf([0, 30], [30, 60]);
console.log("halves / whole:", halves.at(0, 0) / whole.at(0, 0));

// %% [markdown]
// Twice as large: each half was divided by its own 30, and not by 60. So each piece must count by its share of the
// samples. Pieces may have different sizes. Write it: afterward the `grad` of each parameter is the gradient of the
// mean loss over all samples, and nothing else.

// %% tags=["exercise"] id="backward-in-pieces"
// Each piece is a pair [x, truth]. loss takes the mean over a piece.
function backwardInPieces(
  net: Module,
  loss: MSELoss,
  pieces: [Tensor, Tensor][],
): void {
  blank(net, loss, pieces);
}

// %% tags=["check"] id="backward-in-pieces"
await check("backward-in-pieces", backwardInPieces);

// %% [markdown]
// ## Training and use
// Some layers must behave differently while the network learns. Here is a simple one: in training it adds noise, so
// that the network does not rely on any single number. When the network is *used*, the noise must be off. Each layer
// has a switch for this, `training`, which is `true` at first. (Lesson 17 builds two layers that need it.)

// %%
class Noise extends Layer {
  override forward(x: Tensor): Tensor {
    if (!this.training) return x.clone();
    return x.map((v) => v + random.normal(0, 0.3));
  }
  override backward(gradOut: Tensor): Tensor {
    return gradOut.clone(); // x + noise: the slope is 1
  }
}

// %%
const inside = new Network([new Noise(), ...learned.layers]);
const noisy = new Network([inside]); // a module in a module
const sample = Tensor.from([[1.5]], undefined, { dtype });

// %% tags=["predict"] id="switch"
// We switch with noisy.training = false, and ask twice for the same x.
// Are the two answers equal?

// %%
noisy.training = false;
console.log(noisy.forward(sample).data[0], noisy.forward(sample).data[0]);

// %% [markdown]
// No. We switched the outer module, and the noise is a layer inside a module inside it: it never heard of the switch.
// Write a function that switches everything, however deep.

// %% tags=["exercise"] id="set-training"
// Sets `training` of a part and of all parts inside it. A part without
// parts inside has no `layers`.
type Part = { training: boolean; layers?: Part[] };

function setTraining(part: Part, training: boolean): void {
  blank(part, training);
}

// %% tags=["check"] id="set-training"
await check("set-training", setTraining);

// %%
type Nested = Layer & { layers?: Layer[] };

function switchAll(layer: Nested, training: boolean) {
  layer.training = training;
  for (const inner of layer.layers ?? []) switchAll(inner, training);
}
switchAll(noisy, true);
const training = drawn(noisy);
switchAll(noisy, false);
await show(curve({ training, "in use": drawn(noisy) }, {
  title: "The same network, twice",
}));

// %% [markdown]
// ## The library agrees
// The library's `Module` is our `Network`, with more names: `train()` and `eval()` switch all layers, `zeroGrad()`
// clears, `update(rate)` steps. The same start and the same batches must give the same losses.

// %%
const library = new Module(wave(settings.seed).layers);
const theirs = Array.from({ length: 50 }, () => {
  library.zeroGrad();
  const loss = mse.forward(library.forward(x), truth);
  library.backward(mse.backward());
  library.update(0.05);
  return loss;
});
const apart = theirs.map((loss, i) => Math.abs(loss - losses[i]));
console.log("largest difference of 50 losses:", Math.max(...apart));

const nested = new Module([new Module([new Noise()])]);
nested.eval();
console.log("eval reaches:", nested.forward(sample).data[0] === 1.5);

// %% [markdown]
// ## What you know now
// - A module runs its layers forward in order, and backward in reverse order. It is a layer, and is checked like one.
// - A step of training: clear, forward, loss, backward, step. `backward` adds, so clear before each batch.
// - Pieces of a batch add up to the whole if each counts by its share of the samples.
// - Switch to training before you train, and to evaluation before you use or test a network, in every layer.
