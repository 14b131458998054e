// fit: what it reports, that a seed says it all, and that stopping or failing keeps what was learned.
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertNotEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import {
  Adam,
  CrossEntropyLoss,
  evaluate,
  FC,
  fit,
  type FitOptions,
  Module,
  MSELoss,
  Random,
  SGD,
  stepDecay,
  Tensor,
  type TrainingEvent,
} from "../../mod.ts";
import { network, points, run } from "./small_network.ts";

const interrupt = Symbol.for("gradually.interrupt");

const weights = (model: Module) => model.parameters().map(({ value }) => value.toArray());

Deno.test("one event for each step and one for each epoch, in order, with counts that add up", async () => {
  const { events, steps } = await run({ epochs: 2, test: points(20) });
  const kinds = events.map(({ type }) => type);
  const epoch = [...new Array(7).fill("step"), "epoch"];
  assertEquals(kinds, [...epoch, ...epoch]);
  assertEquals(
    steps.map((event) => [event.epoch, event.iteration]),
    [1, 2].flatMap((e) => [1, 2, 3, 4, 5, 6, 7].map((i) => [e, i])),
  );
  assertEquals(steps.map(({ batchSize }) => batchSize), [8, 8, 8, 8, 8, 8, 2, 8, 8, 8, 8, 8, 8, 2]);
  for (const [i, event] of steps.entries()) {
    assertEquals([event.epochs, event.iterations, event.imagesTotal, event.learningRate], [2, 7, 100, 0.05]);
    assertEquals(event.imagesSeen, steps.slice(0, i + 1).reduce((sum, { batchSize }) => sum + batchSize, 0));
    assertEquals(event.accuracy, event.correct / event.batchSize);
    assert(event.imagesPerSecond > 0 && event.secondsLeft >= 0);
    const epochSoFar = steps.filter((each, j) => j <= i && each.epoch === event.epoch);
    const seen = epochSoFar.reduce((sum, { batchSize }) => sum + batchSize, 0);
    assertAlmostEquals(event.runningLoss, epochSoFar.reduce((sum, e) => sum + e.loss * e.batchSize, 0) / seen, 1e-12);
    assertAlmostEquals(event.runningAccuracy, epochSoFar.reduce((sum, e) => sum + e.correct, 0) / seen, 1e-12);
  }
  assertEquals(steps.at(-1)!.secondsLeft, 0);
  for (const event of events) {
    if (event.type !== "epoch") continue;
    const last = steps.findLast((step) => step.epoch === event.epoch)!;
    assertEquals([event.loss, event.accuracy, event.total], [last.runningLoss, last.runningAccuracy, 50]);
    assertEquals(event.accuracy, event.correct / 50);
    assertEquals(event.test?.total, 20);
    assert(event.seconds > 0);
  }
});

Deno.test("the test of an epoch is what evaluate finds", async () => {
  const test = points(30);
  const { events, model } = await run({ test });
  const { loss, accuracy, correct, total } = evaluate(model, test);
  const last = events.at(-1);
  assert(last?.type === "epoch");
  assertEquals(last.test, { loss, accuracy, correct, total });
});

for (const dtype of ["float32", "float64"] as const) {
  Deno.test(`the same seed gives the same losses and weights, bit for bit, ${dtype}`, async () => {
    const once = async (seed: number) => {
      const model = network(dtype, seed);
      const optimizer = new Adam(model.parameters(), { learningRate: 0.05 });
      const losses: number[] = [];
      for await (
        const event of fit(model, points(50, dtype), { optimizer, batchSize: 8, epochs: 5, random: new Random(seed) })
      ) {
        if (event.type === "step") losses.push(event.loss);
      }
      return { losses, weights: weights(model) };
    };
    const first = await once(1);
    assertEquals(await once(1), first);
    assertNotEquals((await once(2)).losses, first.losses);
  });
}

Deno.test("it learns: nineteen of twenty new points are on the right side", async () => {
  const { model } = await run({ size: 400, epochs: 20 });
  const images = Tensor.uniform([200, 2], { random: new Random(11), low: -2, high: 2 });
  const labels = Array.from({ length: 200 }, (_, i) => images.at(i, 0) > images.at(i, 1) ? 1 : 0);
  assert(evaluate(model, { images, labels }).accuracy >= 0.95);
});

Deno.test("a summed loss is reported as the mean over the samples, and minimized as the sum", async () => {
  const [averaged, summed] = [network("float64"), network("float64")];
  const report = async (model: Module, reduction: "mean" | "sum", learningRate: number) => {
    const optimizer = new SGD(model.parameters(), { learningRate });
    const losses: number[] = [];
    for await (
      const event of fit(model, points(40, "float64"), {
        optimizer,
        batchSize: 8,
        loss: new CrossEntropyLoss({ reduction }),
      })
    ) {
      losses.push(event.type === "stop" ? NaN : event.loss);
    }
    return losses;
  };
  const expected = await report(averaged, "mean", 0.08);
  for (const [i, loss] of (await report(summed, "sum", 0.01)).entries()) assertAlmostEquals(loss, expected[i], 1e-12);
});

Deno.test("a schedule sets the rate of each step, over all epochs", async () => {
  const { steps } = await run({
    epochs: 2,
    size: 24,
    schedule: stepDecay({ learningRate: 0.1, every: 2, factor: 0.5 }),
  });
  assertEquals(steps.map(({ learningRate }) => learningRate), [0.1, 0.1, 0.05, 0.05, 0.025, 0.025]);
});

Deno.test("a signal stops after the batch during which it is aborted, and the model keeps what it learned", async () => {
  const controller = new AbortController();
  const { events, model } = await run({
    signal: controller.signal,
    epochs: 3,
    onEvent: (event) => event.type === "step" && event.iteration === 3 && controller.abort(),
  });
  assertEquals(events.map(({ type }) => type), ["step", "step", "step", "stop"]);
  assertEquals(events.at(-1), { type: "stop", epoch: 1, iteration: 3, reason: "interrupted" });
  const { model: whole, steps } = await run({ epochs: 3 });
  assertNotEquals(weights(model), weights(network()));
  assertNotEquals(weights(model), weights(whole));
  assertEquals(
    events.slice(0, 3).map((event) => event.type === "step" && event.loss),
    steps.slice(0, 3).map(({ loss }) => loss),
  );
});

Deno.test("a signal that was aborted before stops before the first batch", async () => {
  const { events, model } = await run({ signal: AbortSignal.abort() });
  assertEquals(events, [{ type: "stop", epoch: 1, iteration: 0, reason: "interrupted" }]);
  assertEquals(weights(model), weights(network()));
});

Deno.test("stopped in the last batch of an epoch it does not test anymore, and tells where it was", async () => {
  const stopIn = async (epoch: number, epochs: number) => {
    const controller = new AbortController();
    const { events } = await run({
      signal: controller.signal,
      epochs,
      size: 16,
      test: points(10),
      onEvent: (event) => event.type === "step" && event.epoch === epoch && event.iteration === 2 && controller.abort(),
    });
    return events.map((event) => event.type === "stop" ? `stop after ${event.epoch}.${event.iteration}` : event.type);
  };
  assertEquals(await stopIn(1, 3), ["step", "step", "stop after 1.2"]);
  assertEquals(await stopIn(2, 3), ["step", "step", "epoch", "step", "step", "stop after 2.2"]);
  assertEquals(await stopIn(1, 1), ["step", "step", "stop after 1.2"]);
});

Deno.test("stopped between two epochs it tells the last batch", async () => {
  const controller = new AbortController();
  const { events } = await run({
    signal: controller.signal,
    epochs: 3,
    onEvent: (event) => event.type === "epoch" && controller.abort(),
  });
  assertEquals(events.slice(-2).map(({ type }) => type), ["epoch", "stop"]);
  assertEquals(events.at(-1), { type: "stop", epoch: 1, iteration: 7, reason: "interrupted" });
});

Deno.test("a signal from a timer is heard: training gives the event loop its turns", async () => {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 120);
  const { events } = await run({ signal: controller.signal, size: 5000, epochs: 1_000_000 });
  clearTimeout(timer);
  assertEquals(events.at(-1)?.type, "stop");
});

Deno.test("the interrupt that a front end sets in shared memory stops it, too", async () => {
  const flag = new Int32Array(new SharedArrayBuffer(8));
  const holder = globalThis as Record<symbol, unknown>;
  holder[interrupt] = flag;
  try {
    const { events, model } = await run({
      epochs: 2,
      onEvent: (event) => event.type === "step" && event.iteration === 2 && Atomics.store(flag, 0, 1),
    });
    assertEquals(events.map(({ type }) => type), ["step", "step", "stop"]);
    assertNotEquals(weights(model), weights(network()));
    assertEquals(flag[1], 3); // it looked before each batch
    Atomics.store(flag, 0, 0);
    assertEquals((await run({ model })).events.at(-1)?.type, "epoch"); // and learning can go on
  } finally {
    delete holder[interrupt];
  }
});

Deno.test("leaving the loop keeps what was learned", async () => {
  const model = network();
  const optimizer = new SGD(model.parameters());
  for await (const event of fit(model, points(50), { optimizer, batchSize: 8 })) {
    if (event.type === "step" && event.iteration === 2) break;
  }
  assertNotEquals(weights(model), weights(network()));
});

Deno.test("a loss of NaN stops training, with the iteration and the likely cause, before it can spoil the weights", async () => {
  const model = network();
  const data = points(40);
  data.images.data[2 * 20] = NaN; // a number of sample 20: in the third batch
  const optimizer = new SGD(model.parameters(), { learningRate: 0.01 });
  const seen: TrainingEvent[] = [];
  const error = await assertRejects(async () => {
    for await (const event of fit(model, data, { optimizer, batchSize: 8, epochs: 5 })) seen.push(event);
  }, RangeError);
  assertEquals(seen.length, 2);
  assertStringIncludes(
    error.message,
    "The loss became NaN in epoch 1, iteration 3: the data has NaN at [4, 0] of this batch [8, 2]: look at the data",
  );
  assertEquals(error.message.endsWith("."), false);
  assert(model.parameters().every(({ value }) => value.data.every(Number.isFinite)));
});

Deno.test("a learning rate that is far too large is reported, with the iteration", async () => {
  const random = new Random(1);
  const model = new Module([
    new FC({ inFeatures: 2, outFeatures: 9, random }),
    new FC({ inFeatures: 9, outFeatures: 2, random }),
  ]);
  const optimizer = new SGD(model.parameters(), { learningRate: 1e20 });
  await assertRejects(
    () => run({ model, optimizer, epochs: 20 }),
    RangeError,
    "the learning rate (100000000000000000000) is probably too large, so try a tenth of it",
  );
});

Deno.test("training puts the network into training mode, and a test leaves it there", async () => {
  const model = network();
  model.eval();
  const modes: boolean[] = [];
  await run({
    model,
    epochs: 2,
    test: points(10),
    onEvent: () => modes.push(model.layers.every(({ training }) => training)),
  });
  assertEquals(new Set(modes), new Set([true]));
});

Deno.test("what fit cannot use is refused before anything moves", async () => {
  const model = network();
  const before = weights(model);
  const optimizer = new SGD(model.parameters());
  const refused = (
    options: unknown,
    type: typeof RangeError | typeof TypeError,
    message: string,
    trained: unknown = model,
  ) => assertRejects(() => fit(trained as Module, points(10), options as FitOptions).next(), type, message);
  await refused({ optimizer, epochs: 1.5 }, RangeError, "epochs as a whole number of at least 0 and got 1.5");
  await refused({ optimizer, batchSize: 0 }, RangeError, "batchSize as a whole number of at least 1 and got 0");
  await refused({}, TypeError, "new Adam(model.parameters())");
  await refused(undefined, TypeError, "takes an optimizer");
  await refused(
    { optimizer },
    TypeError,
    "takes a Module and got FC: wrap a single layer as new Module([layer])",
    model.layers[0],
  );
  await refused({ optimizer, schedule: () => NaN }, RangeError, "learningRate of at least 0 and got NaN");
  await refused(
    { optimizer: new SGD(network().parameters()) },
    RangeError,
    "of this network's parameters and got one of another's",
  );
  assertEquals(weights(model), before);
});

Deno.test("a loss that takes a tensor as its target is refused before anything moves, without advice for classes", async () => {
  const model = new Module([new FC({ inFeatures: 1, outFeatures: 1, random: new Random(1) })]);
  const before = model.parameters().map(({ value }) => value.toArray());
  for (const labels of [[0.5, 1.5], Tensor.from([[0.5], [1.5]])] as number[][]) {
    const options = { optimizer: new SGD(model.parameters()), loss: new MSELoss() as unknown as CrossEntropyLoss };
    const error = await assertRejects(
      () => fit(model, { images: Tensor.zeros([2, 1]), labels }, options).next(),
      TypeError,
      "fit takes a loss of logits and labels and got MSELoss, which takes a tensor as its target: for a regression",
    );
    assert(!/class/.test(error.message), error.message);
  }
  assertEquals(model.parameters().map(({ value }) => value.toArray()), before);
});

Deno.test("a loss that turns labels into the target of MSELoss may be used", async () => {
  class OneHot extends MSELoss {
    override forward(prediction: Tensor, target: never): number {
      const labels = target as number[];
      return super.forward(prediction, prediction.map((_, i) => i % 2 === labels[Math.floor(i / 2)] ? 1 : 0));
    }
  }
  const model = new Module([new FC({ inFeatures: 1, outFeatures: 2, random: new Random(1) })]);
  const optimizer = new SGD(model.parameters(), { learningRate: 0.1 });
  const data = { images: Tensor.from([[-1], [1]]), labels: [0, 1] };
  const losses: number[] = [];
  for await (const event of fit(model, data, { optimizer, epochs: 5, loss: new OneHot() as never })) {
    if (event.type === "step") losses.push(event.loss);
  }
  assert(losses[4] < losses[0], String(losses));
});
