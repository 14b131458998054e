// What fit would stumble over late is found out before the first step, and what it can use is not refused.
import { assert, assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import {
  Adam,
  batches,
  CrossEntropyLoss,
  Dropout,
  evaluate,
  FC,
  type FitOptions,
  Layer,
  type Loss,
  Module,
  Random,
  Tensor,
  type TrainingEvent,
} from "../../mod.ts";
import { network, points, run } from "./small_network.ts";

const weights = (model: Module) => model.parameters().map(({ value }) => value.toArray());

Deno.test("bad test data is refused before the first step", async () => {
  const refused = async (test: unknown, type: typeof RangeError | typeof TypeError, message: string) => {
    const events: TrainingEvent[] = [];
    const model = network();
    const onEvent = (event: TrainingEvent) => events.push(event);
    await assertRejects(() => run({ model, test: test as FitOptions["test"], onEvent }), type, message);
    assertEquals([events, weights(model)], [[], weights(network())]);
  };
  const images = Tensor.zeros([4, 2]);
  await refused(
    { images, labels: [0, 0] },
    RangeError,
    "In the test: Data takes one label for each sample and got 2 labels for 4",
  );
  await refused(
    { images: Tensor.zeros([0, 2]), labels: [] },
    RangeError,
    "In the test: Data takes at least one sample and got none",
  );
  await refused(
    { train: 1, test: 2 },
    TypeError,
    "In the test: Data takes images as a tensor [N, …] and got undefined",
  );
  await refused({ images: Tensor.zeros([1, 3]), labels: [0] }, RangeError, "In the test: fc1 takes [N, 2]");
  await refused(points(4, "float64"), TypeError, "In the test: fc1 takes a float32 tensor and got float64");
  await refused({ images, labels: [0, 1, 2, 0] }, RangeError, "Label 2 of the test is 2 and the logits have 2 classes");
});

Deno.test("test data of another shape is fine if the network takes it", async () => {
  class Mean extends Layer {
    forward(x: Tensor): Tensor {
      return Tensor.from(Array.from({ length: x.shape[0] }, (_, n) => [x.slice(n).mean(), 1]));
    }
    backward(): Tensor {
      throw new Error("the gradient of the images is not needed");
    }
    override backwardParameters(): void {}
  }
  const model = new Module([new Mean(), new FC({ inFeatures: 2, outFeatures: 2, random: new Random(1) })]);
  const { events } = await run({ model, test: { images: Tensor.ones([3, 5]), labels: [0, 1, 1] } });
  const last = events.at(-1);
  assert(last?.type === "epoch");
  assertEquals(last.test?.total, 3);
});

Deno.test("a label that is not a class is found in the first step, and named by its index in the data", async () => {
  for (const wrong of [7, -1, 0.5]) {
    const model = network();
    const data = points(40);
    data.labels[13] = wrong;
    const events: TrainingEvent[] = [];
    const message = `Label 13 is ${wrong} and the logits have 2 classes`;
    await assertRejects(() => run({ model, data, onEvent: (event) => events.push(event) }), RangeError, message);
    assertEquals([events, weights(model)], [[], weights(network())]);
    assertThrows(() => evaluate(model, data, { batchSize: 8 }), RangeError, message);
  }
});

Deno.test("your own loss decides which labels it takes", async () => {
  class Squares implements Loss<ArrayLike<number>> {
    #grad = Tensor.zeros([0]);
    forward(logits: Tensor, labels: ArrayLike<number>): number {
      this.#grad = logits.map((score, i) => i % 2 ? 0 : score - labels[i / 2]);
      return this.#grad.times(this.#grad).sum() / 2;
    }
    backward(): Tensor {
      return this.#grad;
    }
  }
  const model = network();
  const data = { images: points(8).images, labels: [0.5, 2, -1, 3, 0, 0, 7.25, 1] };
  const { events } = await run({ model, data, loss: new Squares() });
  assertEquals(events.map(({ type }) => type), ["step", "epoch"]);
});

Deno.test("a last batch of one sample, on which batch norm cannot train, is refused before the first step", async () => {
  const { message } = await assertRejects(() => run({ data: points(65), batchSize: 64 }), RangeError);
  assertStringIncludes(
    message,
    "no last batch of one sample and got 64 for 65 samples; batchNorm1 takes at least two ",
  );
  assertStringIncludes(message, ": take another batchSize, for example 65");
  const model = network();
  const state = () => [weights(model), model.buffers().map(({ value }) => value.toArray())];
  const before = state();
  await assertRejects(
    () => run({ model, data: points(9), batchSize: 2 }),
    RangeError,
    "take another batchSize, for example 3",
  );
  assertEquals(state(), before);
  const { steps } = await run({ data: points(9), batchSize: 3 });
  assertEquals(steps.map(({ batchSize }) => batchSize), [3, 3, 3]);
});

Deno.test("a last batch of one sample is fine if the network can train on it, with the same numbers as by hand", async () => {
  const make = () => {
    const random = new Random(1);
    return new Module([
      new FC({ inFeatures: 2, outFeatures: 6, random }),
      new Dropout({ rate: 0.5, random }),
      new FC({ inFeatures: 6, outFeatures: 2, random }),
    ]);
  };
  const model = make();
  const { steps } = await run({ model, data: points(9), batchSize: 4 });
  assertEquals(steps.map(({ batchSize }) => batchSize), [4, 4, 1]);
  const byHand = make();
  const optimizer = new Adam(byHand.parameters(), { learningRate: 0.05 });
  const loss = new CrossEntropyLoss();
  for (const { x, labels } of batches(points(9), { batchSize: 4, random: new Random(3) })) {
    loss.forward(byHand.forward(x), labels);
    optimizer.zeroGrad();
    byHand.backward(loss.backward());
    optimizer.step();
  }
  assertEquals(weights(model), weights(byHand));
});

Deno.test("a shape that no batch fits is refused by the first batch, not by the check of the last", async () => {
  const model = new Module([new FC({ inFeatures: 3, outFeatures: 2 })]);
  const { message } = await assertRejects(() => run({ model, data: points(65), batchSize: 64 }), RangeError);
  assertStringIncludes(message, "fc1 takes [N, 3] and got [64, 2]");
});
