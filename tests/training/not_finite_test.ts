// NaN and infinity: found where they first arise, with layer, pass and element; the learning rate is the first suspect.
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { Adam, FC, fit, Layer, Module, Random, ReLU, SGD, Tensor, trace } from "../../mod.ts";
import { points } from "./small_network.ts";

/** Passes everything, but for one number on the way there or back. */
class Spoiler extends Layer {
  constructor(readonly pass: "forward" | "backward", readonly at: number, readonly value: number) {
    super();
  }
  forward(x: Tensor): Tensor {
    return x.map((each, i) => this.pass === "forward" && i === this.at ? this.value : each);
  }
  backward(gradOut: Tensor): Tensor {
    return gradOut.map((each, i) => this.pass === "backward" && i === this.at ? this.value : each);
  }
}

function around(layer: Layer): Module {
  const random = new Random(1);
  return new Module([
    new FC({ inFeatures: 2, outFeatures: 3, random }),
    layer,
    new ReLU(),
    new FC({ inFeatures: 3, outFeatures: 2, random }),
  ]);
}

const x = Tensor.randn([4, 2], { random: new Random(2) });
const labels = [0, 1, 0, 1];

Deno.test("trace says where a number first stopped being finite: in the batch, forward, backward", () => {
  assertEquals(trace(around(new ReLU()), x, { labels }).notFinite, undefined);
  const batch = x.clone();
  batch.data[5] = -Infinity;
  assertEquals(trace(around(new ReLU()), batch, { labels }).notFinite, {
    layer: "x",
    pass: "forward",
    what: "the batch",
    index: [2, 1],
    value: -Infinity,
  });
  assertEquals(trace(around(new Spoiler("forward", 7, NaN)), x, { labels }).notFinite, {
    layer: "spoiler1",
    pass: "forward",
    what: "output",
    index: [2, 1],
    value: NaN,
  });
  assertEquals(trace(around(new Spoiler("backward", 4, Infinity)), x, { labels }).notFinite, {
    layer: "spoiler1",
    pass: "backward",
    what: "the gradient of its input",
    index: [1, 1],
    value: Infinity,
  });
  const huge = around(new ReLU());
  huge.parameters()[2].value.data.fill(3e38);
  const { layer, pass, value } = trace(huge, x.times(1000), { labels }).notFinite!;
  assertEquals([layer, pass, value], ["fc2", "forward", Infinity]);
});

async function failure(model: Module, options: Partial<Parameters<typeof fit>[2]> = {}): Promise<string> {
  const optimizer = new SGD(model.parameters(), { learningRate: 0.125 });
  const error = await assertRejects(async () => {
    for await (const _ of fit(model, points(40), { optimizer, batchSize: 8, epochs: 50, ...options }));
  }, RangeError);
  return error.message;
}

Deno.test("fit says where the first number that is not finite came from, after the learning rate", async () => {
  assertEquals(
    await failure(around(new Spoiler("forward", 7, NaN))),
    "The loss became NaN in epoch 1, iteration 1: the learning rate (0.125) is probably too large, so try a tenth of it. " +
      "It began in spoiler1.forward: its output is NaN at [2, 1] of [8, 3]. The weights are as they were before this step",
  );
  assertStringIncludes(
    await failure(around(new Spoiler("backward", 1, -Infinity))),
    "in epoch 1, iteration 2: the learning rate (0.125) is probably too large, so try a tenth of it. It began in " +
      "fc1.backward of the step before: the gradient of fc1.weight is",
  );
  const model = around(new ReLU());
  const optimizer = new SGD(model.parameters(), { learningRate: 1e38 });
  const message = await failure(model, { optimizer });
  assertStringIncludes(message, "the learning rate (1e+38) is probably too large");
  assertStringIncludes(message, "It began in ");
});

Deno.test("a number that is not finite in the data is the fault of the data", async () => {
  const data = points(16);
  data.images.data[21] = Infinity;
  const model = around(new ReLU()), optimizer = new SGD(model.parameters());
  const before = model.parameters().map(({ value }) => value.toArray());
  const error = await assertRejects(
    async () => {
      for await (const _ of fit(model, data, { optimizer, batchSize: 16 }));
    },
    RangeError,
    "the data has Infinity at [10, 1] of this batch [16, 2]: look at the data",
  );
  assert(!error.message.includes("learning rate"));
  assertEquals(model.parameters().map(({ value }) => value.toArray()), before);
});

Deno.test("a loss that only grows stops training although every number is finite", async () => {
  const random = new Random(1), model = around(new ReLU());
  const optimizer = new Adam(model.parameters(), { learningRate: 3000 });
  const error = await assertRejects(async () => {
    for await (const _ of fit(model, points(40), { optimizer, batchSize: 8, epochs: 100, random }));
  }, RangeError);
  assertStringIncludes(error.message, "the mean of the last 50 steps");
  assertStringIncludes(error.message, "the learning rate (3000) is probably too large, so try a tenth of it");
});

Deno.test("a large loss at the start, and spikes, stop nothing", async () => {
  const model = around(new ReLU());
  model.parameters()[2].value.data.forEach((_, i, all) => all[i] = i % 2 ? 500 : -500);
  const optimizer = new SGD(model.parameters(), { learningRate: 0.001 });
  const events = await Array.fromAsync(fit(model, points(40), { optimizer, batchSize: 8, epochs: 40 }));
  assertEquals(events.filter(({ type }) => type === "epoch").length, 40);
});
