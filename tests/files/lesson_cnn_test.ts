// The CNN of lesson 16, exported: onnxruntime predicts the same class for every test image of MNIST.
import { assertEquals, assertGreater, assertLess } from "@std/assert";
import { loadMNIST } from "../../data/mod.ts";
import { Adam, batches, Conv2D, FC, fit, Flatten, MaxPool2D, Module, Random, Tanh, Tensor } from "../../mod.ts";
import { granted, testWhen } from "../support.ts";
import { runONNX, whyNot } from "./run_onnx.ts";

const directory = granted("env", "MNIST_DIR") ? Deno.env.get("MNIST_DIR") : undefined;
const reason = directory ? await whyNot() : "MNIST_DIR is not set";

function original(random: Random): Module {
  return new Module([
    new Conv2D({ inChannels: 1, outChannels: 6, kernelSize: 3, padding: 1, random }),
    new MaxPool2D({ kernelSize: 2 }),
    new Tanh(),
    new Conv2D({ inChannels: 6, outChannels: 12, kernelSize: 3, padding: 1, random }),
    new MaxPool2D({ kernelSize: 2 }),
    new Tanh(),
    new Flatten(),
    new FC({ inFeatures: 12 * 7 * 7, outFeatures: 512, random }),
    new Tanh(),
    new FC({ inFeatures: 512, outFeatures: 128, random }),
    new Tanh(),
    new FC({ inFeatures: 128, outFeatures: 10, random }),
  ]);
}

testWhen(reason === undefined, reason ?? "", "the CNN of lesson 16: the same 10,000 predictions", async () => {
  const { train, test } = await loadMNIST({ directory });
  const random = new Random(1), model = original(random);
  const optimizer = new Adam(model.parameters(), { learningRate: 0.002 });
  for await (const _ of fit(model, train.take(6000), { optimizer, random }));
  model.eval();
  const parts = [...batches(test, { batchSize: 1000 })].map(({ x, labels }) => ({ x: x.clone(), labels }));
  const outputs = await runONNX(parts.map(({ x }) => ({ model, x })));
  let [right, total] = [0, 0];
  for (const [i, { x, labels }] of parts.entries()) {
    const ours = model.forward(x), theirs = Tensor.from(outputs[i], ours.shape);
    assertEquals(theirs.argmax(), ours.argmax());
    const largest = Math.max(...ours.data.map(Math.abs));
    assertLess(Math.max(...ours.data.map((each, j) => Math.abs(each - outputs[i][j]))), 1e-5 * largest);
    right += ours.argmax().filter((each, j) => each === labels[j]).length;
    total += labels.length;
  }
  assertEquals(total, 10_000);
  assertGreater(right, 9_000);
});
