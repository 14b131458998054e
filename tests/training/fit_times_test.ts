// The times that `fit` reports, by a clock that moves only while a layer computes: a test is no training time.
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { type EpochEvent, FC, fit, Layer, Module, Random, SGD, type StepEvent, Tensor } from "../../mod.ts";

/** A batch of training takes 10 ms, one of a test a whole second. */
class Slow extends Layer {
  clock = 0;
  forward(x: Tensor): Tensor {
    this.clock += this.training ? 10 : 1000;
    return x.clone();
  }
  backward(gradOut: Tensor): Tensor {
    return gradOut.clone();
  }
}

Deno.test("speed and time left count the training alone, and an epoch its own time", async () => {
  const random = new Random(1);
  const slow = new Slow();
  const model = new Module([slow, new FC({ inFeatures: 2, outFeatures: 2, random })]);
  const data = { images: Tensor.randn([16, 2], { random }), labels: Array.from({ length: 16 }, (_, i) => i % 2) };
  const optimizer = new SGD(model.parameters(), { learningRate: 0.1 });
  const [steps, epochs]: [StepEvent[], EpochEvent[]] = [[], []];
  const { now } = performance;
  performance.now = () => slow.clock;
  try {
    for await (const event of fit(model, data, { optimizer, batchSize: 8, epochs: 3, test: data })) {
      if (event.type === "step") steps.push(event);
      if (event.type === "epoch") epochs.push(event);
    }
  } finally {
    performance.now = now;
  }
  assertEquals([steps.length, epochs.length, slow.clock], [6, 3, 3060]);
  for (const [i, { imagesPerSecond, secondsLeft }] of steps.entries()) {
    assertAlmostEquals(imagesPerSecond, 800, 1e-9); // 8 images in 10 ms
    assertAlmostEquals(secondsLeft, (5 - i) * 0.01, 1e-9);
  }
  for (const { seconds, imagesPerSecond } of epochs) {
    assertAlmostEquals(seconds, 0.02, 1e-9);
    assertAlmostEquals(imagesPerSecond, 800, 1e-9);
  }
});
