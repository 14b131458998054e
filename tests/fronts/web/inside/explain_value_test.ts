import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { explainValue } from "../../../../lib/fronts/web/inside/explain_value.ts";
import { layerOutputs } from "../../../../lib/fronts/web/inside/layer_outputs.ts";
import { spokeFor } from "../../../../lib/fronts/web/inside/spoke_for.ts";
import {
  AvgPool2D,
  BatchNorm,
  Conv2D,
  Dropout,
  FC,
  Flatten,
  Layer,
  MaxPool2D,
  Module,
  ReLU,
  Sigmoid,
  Softmax,
  Tanh,
} from "../../../../lib/layers/mod.ts";
import { Random, Tensor } from "../../../../lib/tensor/mod.ts";

const dtype = "float64";

/** Numbers for every size, so that no two layers of a run are alike. */
const sizes = fc.record({
  seed: fc.integer({ min: 1, max: 1e6 }),
  inChannels: fc.integer({ min: 1, max: 3 }),
  outChannels: fc.integer({ min: 1, max: 3 }),
  kernel: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
  stride: fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 })),
  padding: fc.tuple(fc.nat({ max: 2 }), fc.nat({ max: 2 })),
  bias: fc.boolean(),
});

/** A network with every layer of the library, in float64 and evaluation mode, and an image for it. */
function everyLayer(given: typeof sizes extends fc.Arbitrary<infer T> ? T : never): { model: Module; x: Tensor } {
  const { seed, inChannels, outChannels, kernel, stride, padding, bias } = given;
  const random = new Random(seed);
  const made = { dtype, random, bias } as const;
  const x = Tensor.randn([1, inChannels, 8, 9], { random, dtype });
  const maps = [
    new Conv2D({ inChannels, outChannels, kernelSize: kernel, stride, padding, ...made }),
    new BatchNorm({ features: outChannels, dtype }),
    new Tanh(),
    new MaxPool2D({ kernelSize: [2, 1] }),
    new AvgPool2D({ kernelSize: [1, 2], stride: 1 }),
    new Flatten(),
  ];
  const inFeatures = new Module(maps).outputShape(x.shape)[1];
  const model = new Module([
    new Module(maps.slice(0, 2), { name: "first" }),
    ...maps.slice(2),
    new FC({ inFeatures, outFeatures: 6, ...made }),
    new ReLU(),
    new Dropout({ rate: 0.5, random }),
    new FC({ inFeatures: 6, outFeatures: 4, ...made }),
    new Sigmoid(),
    new Softmax(),
  ]);
  const norm = maps[1] as BatchNorm;
  for (const tensor of [norm.gamma.value, norm.beta.value, norm.runningMean, norm.runningVar]) {
    for (let c = 0; c < outChannels; c++) tensor.data[c] = random.uniform(0.5, 2);
  }
  model.eval();
  return { model, x };
}

Deno.test("every number of every layer is explained by what it says it came from", () => {
  fc.assert(
    fc.property(sizes, (given) => {
      const { model, x } = everyLayer(given);
      for (const { name, layer, input, output } of layerOutputs(model, x)) {
        for (let at = 0; at < output.size; at++) {
          const explained = explainValue(layer, input, at);
          assert(explained, `${name} is not explained`);
          assertAlmostEquals(explained.value, output.data[at], 1e-9, `${name}, number ${at}`);
        }
      }
    }),
    { numRuns: 40 },
  );
});

Deno.test("a window holds the numbers of the input, and its products make its result", () => {
  fc.assert(
    fc.property(sizes, (given) => {
      const { model, x } = everyLayer(given);
      const [{ layer, output }] = layerOutputs(model, x);
      const at = given.seed % output.size;
      const { windows, numbers, value } = explainValue(layer, x, at)!;
      let sum = numbers.find(([name]) => name === "bias")?.[1] ?? 0;
      assertEquals(windows.length, given.inChannels);
      for (const { channel, top, left, values, kernel } of windows) {
        values.forEach((row, u) =>
          row.forEach((v, k) => {
            const [y, w] = [top + u, left + k];
            assertEquals(v, y >= 0 && y < 8 && w >= 0 && w < 9 ? x.at(0, channel, y, w) : 0);
            sum += v * kernel![u][k];
          })
        );
      }
      assertAlmostEquals(sum, value, 1e-9);
    }),
  );
});

Deno.test("max pooling marks the first of its largest numbers", () => {
  const x = Tensor.from([1, 7, 7, 2, 0, 3, 7, 1], [1, 1, 2, 4]);
  const [window] = explainValue(new MaxPool2D({ kernelSize: 2 }), x, 0)!.windows;
  assertEquals({ result: window.result, chosen: window.chosen }, { result: 7, chosen: [0, 1] });
});

Deno.test("the products of a fully connected layer come with the largest first", () => {
  const fc1 = new FC({ inFeatures: 3, outFeatures: 2, dtype });
  fc1.weight.value = Tensor.from([[1, 4], [1, -9], [1, 5]], [3, 2], { dtype });
  const { terms, numbers, value } = explainValue(fc1, Tensor.from([[1, 2, 3]], [1, 3], { dtype }), 1)!;
  assertEquals(terms.map(({ from, product }) => [from, product]), [[1, -18], [2, 15], [0, 4]]);
  assertEquals([numbers[0], value], [["sum", 1], 1]);
});

Deno.test("a layer that the library does not have is not explained", () => {
  class Own extends Layer {
    forward(x: Tensor): Tensor {
      return x;
    }
    backward(gradOut: Tensor): Tensor {
      return gradOut;
    }
  }
  assertEquals(explainValue(new Own(), Tensor.zeros([1, 2]), 0), undefined);
});

Deno.test("in a network without a bend, what spoke for a class adds up to its score without the biases", () => {
  const random = new Random(3);
  const made = { random, dtype } as const;
  const conv = new Conv2D({ inChannels: 1, outChannels: 2, kernelSize: 3, padding: 1, bias: false, ...made });
  const model = new Module([conv, new Flatten(), new FC({ inFeatures: 2 * 36, outFeatures: 3, bias: false, ...made })]);
  const x = Tensor.randn([1, 1, 6, 6], made);
  for (let c = 0; c < 3; c++) {
    const sum = spokeFor(model, x, c).reduce((total, v) => total + v, 0);
    assertAlmostEquals(sum, model.forward(x).at(0, c), 1e-5);
  }
  assertEquals(model.parameters().every(({ grad }) => grad.data.every((v) => v === 0)), true);
});
