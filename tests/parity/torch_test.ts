// Every layer, loss and optimizer, and a small network in training, agree with PyTorch within 1e-10.
import { assert, assertEquals } from "@std/assert";
import {
  Adam,
  AdamW,
  AvgPool2D,
  BatchNorm,
  Conv2D,
  CrossEntropyLoss,
  FC,
  Flatten,
  type Layer,
  MaxPool2D,
  Module,
  MSELoss,
  type Optimizer,
  Parameter,
  type Reduction,
  ReLU,
  RMSProp,
  SGD,
  Sigmoid,
  Softmax,
  Tanh,
} from "../../mod.ts";
import activations from "../fixtures/torch/activation.json" with { type: "json" };
import batchNorms from "../fixtures/torch/batch_norm.json" with { type: "json" };
import convolutions from "../fixtures/torch/conv2d.json" with { type: "json" };
import fullyConnected from "../fixtures/torch/fc.json" with { type: "json" };
import losses from "../fixtures/torch/loss.json" with { type: "json" };
import network from "../fixtures/torch/network.json" with { type: "json" };
import optimizers from "../fixtures/torch/optimizer.json" with { type: "json" };
import pools from "../fixtures/torch/pool2d.json" with { type: "json" };
import { assertSame, closeEnough, type Stored, tensor } from "./record.ts";

const dtype = "float64";

/** Forward and backward of a layer against a record. */
function assertPasses(layer: Layer, { x, gout, y, dx }: { x: Stored; gout: Stored; y: Stored; dx: Stored }): void {
  assertSame("y", layer.forward(tensor(x)), y);
  assertSame("dx", layer.backward(tensor(gout)), dx);
}

/** Forward and backward of a layer with weights. */
function assertLearns(
  layer: FC | Conv2D,
  record: Parameters<typeof assertPasses>[1] & { weight: Stored; b: Stored; dweight: Stored; db: Stored | null },
): void {
  layer.weight.value = tensor(record.weight);
  if (layer.bias) layer.bias.value = tensor(record.b);
  assertPasses(layer, record);
  assertSame("dweight", layer.weight.grad, record.dweight);
  if (layer.bias) assertSame("db", layer.bias.grad, record.db!);
  else assertEquals(record.db, null);
}

for (const [i, record] of convolutions.entries()) {
  const { kernelSize, stride, padding, bias } = record;
  Deno.test(`conv2d ${i}: kernel ${kernelSize}, stride ${stride}, padding ${padding}, bias ${bias}`, () => {
    const [outChannels, inChannels] = record.weight.shape;
    assertLearns(new Conv2D({ inChannels, outChannels, kernelSize, stride, padding, bias, dtype }), record);
  });
}

for (const [i, record] of pools.entries()) {
  const { kind, kernelSize, stride } = record;
  Deno.test(`pool2d ${i}: ${kind}, kernel ${kernelSize}, stride ${stride}`, () => {
    assertPasses(new (kind === "max" ? MaxPool2D : AvgPool2D)({ kernelSize, stride }), record);
  });
}

for (const [i, record] of fullyConnected.entries()) {
  Deno.test(`fc ${i}: [${record.x.shape}] · [${record.weight.shape}]`, () => {
    const [inFeatures, outFeatures] = record.weight.shape;
    assertLearns(new FC({ inFeatures, outFeatures, dtype }), record);
  });
}

const activation: Record<string, new () => Layer> = { relu: ReLU, sigmoid: Sigmoid, tanh: Tanh, softmax: Softmax };

for (const [i, record] of activations.entries()) {
  Deno.test(`activation ${i}: ${record.kind} up to ${Math.max(...record.x.data).toFixed(0)}`, () => {
    assertPasses(new activation[record.kind](), record);
  });
}

for (const [i, record] of losses.entries()) {
  const reduction = record.reduction as Reduction;
  Deno.test(`loss ${i}: ${record.kind}, ${reduction}, up to ${Math.max(...record.pred.data).toFixed(0)}`, () => {
    const prediction = tensor(record.pred);
    const loss = record.target ? new MSELoss({ reduction }) : new CrossEntropyLoss({ reduction });
    const value = loss instanceof MSELoss
      ? loss.forward(prediction, tensor(record.target!))
      : loss.forward(prediction, record.label!);
    assert(Math.abs(value - record.loss) < closeEnough, `the loss is ${value} and PyTorch says ${record.loss}`);
    assertSame("grad", loss.backward(), record.grad);
  });
}

for (const record of batchNorms) {
  Deno.test(`batch norm of [${record.x.shape}], in training and in evaluation`, () => {
    const { eps: epsilon, momentum } = record;
    const layer = new BatchNorm({ features: record.gamma.shape[0], epsilon, momentum, dtype });
    layer.gamma.value = tensor(record.gamma);
    layer.beta.value = tensor(record.beta);
    assertPasses(layer, record);
    assertSame("dgamma", layer.gamma.grad, record.dgamma);
    assertSame("dbeta", layer.beta.grad, record.dbeta);
    assertSame("runningMean", layer.runningMean, record.runningMean);
    assertSame("runningVar", layer.runningVar, record.runningVar);
    layer.training = false;
    assertSame("yEval", layer.forward(tensor(record.x)), record.yEval);
  });
}

const optimizer: Record<string, (parameters: Parameter[]) => Optimizer> = {
  "sgd": (p) => new SGD(p, { learningRate: 0.1 }),
  "sgd+momentum": (p) => new SGD(p, { learningRate: 0.1, momentum: 0.9 }),
  "sgd+nesterov": (p) => new SGD(p, { learningRate: 0.1, momentum: 0.9, nesterov: true }),
  "sgd+weightDecay": (p) => new SGD(p, { learningRate: 0.1, weightDecay: 0.01 }),
  "rmsprop": (p) => new RMSProp(p, { learningRate: 0.01, alpha: 0.99, epsilon: 1e-8 }),
  "adam": (p) => new Adam(p, { learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }),
  "adamw": (p) => new AdamW(p, { learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 }),
};

for (const { kind, start, grads, params } of optimizers) {
  Deno.test(`optimizer ${kind}: ${grads.length} steps`, () => {
    const parameter = new Parameter("w", start.shape, dtype);
    parameter.value = tensor(start);
    const steps = optimizer[kind]([parameter]);
    for (const [i, grad] of grads.entries()) {
      parameter.grad = tensor(grad);
      steps.step();
      assertSame(`the parameter after step ${i + 1}`, parameter.value, params[i]);
    }
  });
}

Deno.test("a small convolutional network: 5 steps of training end where PyTorch's end", () => {
  const conv1 = new Conv2D({ inChannels: 1, outChannels: 3, kernelSize: 3, padding: 1, dtype });
  const conv2 = new Conv2D({ inChannels: 3, outChannels: 4, kernelSize: 3, padding: 1, dtype });
  const fc1 = new FC({ inFeatures: 36, outFeatures: 16, dtype });
  const fc2 = new FC({ inFeatures: 16, outFeatures: 10, dtype });
  const model = new Module([
    conv1,
    new MaxPool2D({ kernelSize: 2 }),
    new Tanh(),
    conv2,
    new AvgPool2D({ kernelSize: 2 }),
    new ReLU(),
    new Flatten(),
    fc1,
    new Tanh(),
    fc2,
  ]);
  const { start, end } = network;
  const names = ["conv1w", "conv1b", "conv2w", "conv2b", "fc1w", "fc1b", "fc2w", "fc2b"] as const;
  const parameters = model.parameters();
  assertEquals(parameters.length, names.length);
  for (const [i, name] of names.entries()) parameters[i].value = tensor(start[name]);

  const loss = new CrossEntropyLoss();
  const sgd = new SGD(parameters, { learningRate: 0.1 });
  for (const [i, expected] of network.losses.entries()) {
    const value = loss.forward(model.forward(tensor(network.x)), network.label);
    assert(Math.abs(value - expected) < closeEnough, `loss ${i + 1} is ${value} and PyTorch says ${expected}`);
    sgd.zeroGrad();
    model.backward(loss.backward());
    sgd.step();
  }
  for (const [i, name] of names.entries()) assertSame(name, parameters[i].value, end[name]);
});
