// exportONNX: onnxruntime computes from the file what the network computes.
import { assert, assertEquals, assertLess, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  BatchNorm,
  Conv2D,
  exportONNX,
  FC,
  Layer,
  MaxPool2D,
  Module,
  Random,
  Sigmoid,
  Softmax,
  Tanh,
  Tensor,
} from "../../mod.ts";
import { testWhen } from "../support.ts";
import { networks } from "./networks.ts";
import { type Job, runONNX, whyNot } from "./run_onnx.ts";

const reason = await whyNot();

function onnxTest(name: string, body: () => Promise<void>): void {
  testWhen(reason === undefined, reason ?? "", name, body);
}

/** The largest difference, relative to the largest number. */
function difference(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  assertEquals(found.length, expected.length);
  let [largest, worst] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    largest = Math.max(largest, Math.abs(expected[i]));
    worst = Math.max(worst, Math.abs(found[i] - expected[i]));
  }
  return worst === 0 ? 0 : worst / largest;
}

const tensor = (data: ArrayLike<number>, shape: readonly number[]) => Tensor.from(Float32Array.from(data), [...shape]);

onnxTest("200 random networks give the same logits within 1e-5, and the same classes", async () => {
  const drawn = fc.sample(networks, { numRuns: 200, seed: 14 });
  const jobs: Job[] = drawn.map(({ model, inputShape }, i) => ({
    model,
    x: Tensor.randn([1 + i % 5, ...inputShape], { random: new Random(i) }),
  }));
  const outputs = await runONNX(jobs);
  for (const [i, { model, x }] of jobs.entries()) {
    const expected = model.forward(x);
    const worst = difference(outputs[i], expected.data);
    assert(worst <= 1e-5, `network ${i} (${drawn[i].text}) is ${worst} off`);
    assertEquals(tensor(outputs[i], expected.shape).argmax(), expected.argmax(), drawn[i].text);
  }
});

onnxTest("a sigmoid keeps its digits far below 0 (onnxruntime 1.30.0 writes 0 from -18 on)", async () => {
  const x = Tensor.from([[-87, -50, -30, -20, -18, -10, -8, -1, 0, 1, 20, 100]]);
  const model = new Module([new Sigmoid()]);
  const [output] = await runONNX([{ model, x }]);
  const expected = model.forward(x).data;
  for (const [i, each] of output.entries()) assertLess(Math.abs(each - expected[i]), 1e-6 * expected[i]);
});

onnxTest("a batch norm keeps its digits where the mean is large (onnxruntime 1.30.0 loses three)", async () => {
  const norm = new BatchNorm({ features: 2 });
  norm.runningMean.data.set([1000, -5000]);
  norm.runningVar.data.set([1e-2, 1e-4]);
  const model = new Module([norm]);
  model.eval();
  const x = Tensor.from([[1000.1, -4999.9], [999.7, -5000.2]]);
  const [output] = await runONNX([{ model, x }]);
  assertLess(difference(output, model.forward(x).data), 1e-6);
});

onnxTest("a network in float64 is rounded, in training mode it is exported as in evaluation", async () => {
  const random = new Random(1), dtype = "float64";
  const model = new Module([
    new FC({ inFeatures: 3, outFeatures: 4, random, dtype }),
    new BatchNorm({ features: 4, dtype }),
    new Tanh(),
    new Softmax(),
  ]);
  const x = Tensor.randn([5, 3], { random });
  const [output] = await runONNX([{ model, x }]);
  model.eval();
  assertLess(difference(output, model.forward(x.clone({ dtype })).data), 1e-6);
});

Deno.test("what ONNX cannot say is refused by name", () => {
  class Square extends Layer {
    forward(x: Tensor): Tensor {
      return x.times(x);
    }
    backward(gradOut: Tensor): Tensor {
      return gradOut;
    }
  }
  class Twice extends Module {
    fc = new FC({ inFeatures: 2, outFeatures: 2 });
    override forward(x: Tensor): Tensor {
      return this.fc.forward(this.fc.forward(x));
    }
  }
  class Louder extends FC {}
  const refused = (layers: Layer[], message: string) =>
    assertThrows(() => exportONNX(new Module(layers), [2]), RangeError, message);
  refused([new Square()], "exportONNX takes layers of the library and got square1, a Square");
  refused([new Module([new Twice()])], "got module1.twice1, a Twice with a forward of its own");
  refused([new Louder({ inFeatures: 2, outFeatures: 1 })], "got louder1, a Louder");
  refused([], "at least one layer");
  refused([new MaxPool2D({ kernelSize: 2 })], "maxPool1 takes [N, C, H, W] and got [1, 2]");
  refused([new Conv2D({ inChannels: 1, outChannels: 1, kernelSize: 1 })], "conv1 takes");
  assertThrows(() => exportONNX(new Sigmoid() as unknown as Module, [2]), TypeError, "wrap a single layer");
  assertThrows(() => exportONNX(new Module([new Sigmoid()]), [-1]), RangeError, "whole numbers");
});
