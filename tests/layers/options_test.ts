// What layers refuse, in their constructors and in forward, and their initial weights.
import { assert, assertAlmostEquals, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import {
  AvgPool2D,
  BatchNorm,
  Conv2D,
  Dropout,
  FC,
  Flatten,
  type Init,
  type Layer,
  MaxPool2D,
  Module,
  Random,
  Softmax,
  Tensor,
} from "../../mod.ts";

/** The message of the error that `run` throws. */
function refusal(run: () => unknown, type: typeof RangeError | typeof TypeError = RangeError): string {
  const { message } = assertThrows(run, type);
  assertEquals(message.endsWith("."), false, message);
  return message;
}

/** A size that is refused, and what the error calls it. */
type Bad = [bad: number, said: string];

Deno.test("sizes are whole numbers: errors name the layer, the option and the value", () => {
  assertEquals(
    refusal(() => new FC({ inFeatures: 2.5, outFeatures: 1 })),
    "FC takes inFeatures as a whole number of at least 1 and got 2.5",
  );
  for (
    const [bad, said] of [[0, "0"], [-1, "-1"], [NaN, "NaN"], [undefined, "undefined"], ["3", 'the text "3"']] as Bad[]
  ) {
    const type = typeof bad === "number" ? RangeError : TypeError;
    const conv = { inChannels: 1, outChannels: 1, kernelSize: 3 };
    const builders: [string, () => Layer][] = [
      ["FC takes outFeatures", () => new FC({ inFeatures: 1, outFeatures: bad })],
      ["Conv2D takes inChannels", () => new Conv2D({ ...conv, inChannels: bad })],
      ["Conv2D takes outChannels", () => new Conv2D({ ...conv, outChannels: bad })],
      ["Conv2D takes kernelSize", () => new Conv2D({ ...conv, kernelSize: bad })],
      ["Conv2D takes kernelSize", () => new Conv2D({ ...conv, kernelSize: [3, bad] })],
      ["MaxPool2D takes kernelSize", () => new MaxPool2D({ kernelSize: bad })],
      ["AvgPool2D takes stride", () => new AvgPool2D({ kernelSize: 2, stride: [bad, 1] })],
      ["BatchNorm takes features", () => new BatchNorm({ features: bad })],
    ];
    for (const [start, build] of builders) {
      const message = refusal(build, type);
      assertStringIncludes(message, start);
      assertStringIncludes(message, `got ${said}`);
    }
  }
  assertStringIncludes(
    refusal(() => new Conv2D({ inChannels: 1, outChannels: 1, kernelSize: 3, stride: 0 })),
    "stride",
  );
  assertStringIncludes(
    refusal(() => new Conv2D({ inChannels: 1, outChannels: 1, kernelSize: 3, padding: -1 })),
    "of at least 0 and got -1",
  );
  const three = [1, 2, 3] as unknown as [number, number];
  assertStringIncludes(
    refusal(() => new MaxPool2D({ kernelSize: three })),
    "one number or [vertical, horizontal] and got [1, 2, 3]",
  );
});

Deno.test("other options out of range", () => {
  const random = new Random(1);
  for (const rate of [1, -0.1, NaN]) {
    assertStringIncludes(refusal(() => new Dropout({ rate, random })), `got ${rate}: 0.5 drops half`);
  }
  assertStringIncludes(
    refusal(() => new Dropout({ rate: 0.5 } as never), TypeError),
    "{ random } as a Random and got undefined: pass for example new Random(1)",
  );
  assertStringIncludes(refusal(() => new BatchNorm({ features: 1, momentum: 2 })), "momentum from 0 to 1 and got 2");
  assertStringIncludes(
    refusal(() => new BatchNorm({ features: 1, epsilon: NaN })),
    "epsilon as a number of at least 0 and got NaN",
  );
  assertStringIncludes(
    refusal(() => new FC({ inFeatures: 1, outFeatures: 1, init: "best" as Init })),
    `normal, xavier, he, zeros or a function and got "best"`,
  );
  assertStringIncludes(
    refusal(() => new FC({ inFeatures: 1, outFeatures: 1, dtype: "half" as "float32" })),
    'got "half"',
  );
});

Deno.test("a window larger than the image: which side, how large, and what to do", () => {
  const image = Tensor.zeros([1, 1, 3, 5]);
  assertEquals(
    refusal(() => new Conv2D({ inChannels: 1, outChannels: 1, kernelSize: 4, name: "conv1" }).forward(image)),
    "conv1 takes images at least 4 pixels high, its kernelSize, and got 3: make kernelSize at most 3, or the padding larger",
  );
  assertEquals(
    refusal(() => new Conv2D({ inChannels: 1, outChannels: 1, kernelSize: [3, 8], padding: 1 }).forward(image)),
    "Conv2D takes images at least 8 pixels wide, its kernelSize, and got 7, padding included: make kernelSize at most 7, or the padding larger",
  );
  assertEquals(
    refusal(() => new MaxPool2D({ kernelSize: 4 }).forward(image)),
    "MaxPool2D takes images at least 4 pixels high, its kernelSize, and got 3: make kernelSize at most 3, or pool less before it",
  );
});

Deno.test("inputs of the wrong shape: what the layer takes, what it got, what to do", () => {
  const fc = new FC({ inFeatures: 588, outFeatures: 10, name: "fc1" });
  assertEquals(
    refusal(() => fc.forward(Tensor.zeros([64, 504]))),
    "fc1 takes [N, 588] and got [64, 504]: the layers before it give 504 features per sample; set inFeatures to 504",
  );
  assertEquals(
    refusal(() => fc.forward(Tensor.zeros([64, 12, 7, 7]))),
    "fc1 takes [N, 588] and got [64, 12, 7, 7]: put a Flatten before it",
  );
  assertEquals(
    refusal(() => fc.forward(Tensor.zeros([588]))),
    "fc1 takes [N, 588] and got [588]: samples are rows: one sample is [1, in]",
  );
  assertEquals(
    refusal(() => fc.forward(Tensor.zeros([0, 588]))),
    "fc1 takes at least one sample and got an empty batch",
  );
  const conv = new Conv2D({ inChannels: 3, outChannels: 1, kernelSize: 1 });
  assertEquals(
    refusal(() => conv.forward(Tensor.zeros([1, 1, 4, 4]))),
    "Conv2D takes [N, 3, H, W] and got [1, 1, 4, 4]: the images have 1 channel; set inChannels to 1",
  );
  assertEquals(
    refusal(() => conv.forward(Tensor.zeros([28, 28]))),
    "Conv2D takes [N, 3, H, W] and got [28, 28]: one gray image is [1, 1, H, W]",
  );
  assertStringIncludes(
    refusal(() => new AvgPool2D({ kernelSize: 2 }).forward(Tensor.zeros([4, 4]))),
    "AvgPool2D takes [N, C, H, W] and got [4, 4]",
  );
  assertStringIncludes(
    refusal(() => new Softmax().forward(Tensor.zeros([10]))),
    "Softmax takes [N, C] and got [10]: one sample is [1, C]",
  );
  assertStringIncludes(
    refusal(() => new BatchNorm({ features: 3 }).forward(Tensor.zeros([2, 4]))),
    "[N, 3] or [N, 3, H, W], N ≥ 1, and got [2, 4]",
  );
  assertStringIncludes(
    refusal(() => new BatchNorm({ features: 3 }).forward(Tensor.zeros([1, 3]))),
    "take a larger batch, or call eval() first",
  );
  for (const layer of [conv, new MaxPool2D({ kernelSize: 1 }), new Flatten(), new BatchNorm({ features: 3 })]) {
    assertStringIncludes(refusal(() => layer.forward(Tensor.zeros([0, 3, 2, 2]))), layer.constructor.name);
  }
});

Deno.test("a batch norm that refused a batch has learned nothing from it", () => {
  const norm = new BatchNorm({ features: 2 });
  assertThrows(() => norm.forward(Tensor.ones([1, 2])), RangeError);
  assertThrows(() => norm.forward(Tensor.zeros([2, 2, 0, 0])), RangeError, "at least two numbers per channel");
  assertEquals([norm.runningMean.toArray(), norm.runningVar.toArray()], [[0, 0], [1, 1]]);
});

Deno.test("a batch that is not finite leaves the running statistics of its channels as they were", () => {
  for (const dtype of ["float32", "float64"] as const) {
    for (const bad of [NaN, Infinity, -Infinity]) {
      const norm = new BatchNorm({ features: 2, momentum: 0.5, dtype });
      norm.forward(Tensor.from([[1, bad], [3, 2]], undefined, { dtype }));
      assertEquals([norm.runningMean.toArray(), norm.runningVar.toArray()], [[1, 0], [1.5, 1]]);
    }
  }
});

Deno.test("batch norm learns its running statistics in training only", () => {
  const norm = new BatchNorm({ features: 1, momentum: 0.5, dtype: "float64" });
  const model = new Module([norm]);
  const x = Tensor.from(new Float64Array([1, 3]), [2, 1]);
  model.forward(x);
  assertEquals([norm.runningMean.at(0), norm.runningVar.at(0)], [1, 1.5]); // half way to 2 and 2 (unbiased)
  model.eval();
  model.forward(x);
  assertEquals([norm.runningMean.at(0), norm.runningVar.at(0)], [1, 1.5]);
});

Deno.test("dropout drops its share, keeps the mean, and draws a new mask each time", () => {
  const dropout = new Dropout({ rate: 0.3, random: new Random(1) });
  const x = Tensor.ones([100, 200]);
  const y = dropout.forward(x);
  const kept = Math.fround(1 / 0.7);
  assert(y.data.every((value) => value === 0 || value === kept));
  assertAlmostEquals(y.data.filter((value) => value === 0).length / y.size, 0.3, 0.02);
  assertAlmostEquals(y.mean(), 1, 0.03);
  assertEquals(dropout.backward(x).toArray(), y.toArray()); // the same mask on the way back
  assert(dropout.forward(x).data.some((value, i) => value !== y.data[i]));
  const again = new Dropout({ rate: 0.3, random: new Random(1) });
  assertEquals(again.forward(x).toArray(), y.toArray());
  assertEquals(new Dropout({ rate: 0, random: new Random(1) }).forward(x).toArray(), x.toArray());
});

Deno.test("weights are initialized as init says, biases to zero", () => {
  const spread = (init: Init) => {
    const { weight, bias } = new FC({
      inFeatures: 300,
      outFeatures: 100,
      init,
      random: new Random(1),
      dtype: "float64",
    });
    assert(bias!.value.data.every((value) => value === 0));
    assertAlmostEquals(weight.value.mean() / Math.max(weight.value.max(), 1e-9), 0, 0.02);
    return { std: Math.sqrt(weight.value.times(weight.value).mean()), max: weight.value.max() };
  };
  assertAlmostEquals(spread("normal").std, 0.01, 0.0002);
  assertAlmostEquals(spread("he").std, Math.sqrt(2 / 300), 0.001);
  assertAlmostEquals(spread("xavier").std, Math.sqrt(2 / 400), 0.001);
  assert(spread("xavier").max <= Math.sqrt(6 / 400));
  assertEquals(spread("zeros").std, 0);
  const conv = new Conv2D({ inChannels: 30, outChannels: 40, kernelSize: 5, init: "he", random: new Random(1) });
  assertAlmostEquals(Math.sqrt(conv.weight.value.times(conv.weight.value).mean()), Math.sqrt(2 / 750), 0.001);
  const own = new FC({ inFeatures: 2, outFeatures: 3, init: ({ fanIn, fanOut }) => fanIn * 10 + fanOut });
  assertEquals(own.weight.value.toArray(), [[23, 23, 23], [23, 23, 23]]);
});

Deno.test("an initialization that returns no number is refused", () => {
  const init = (() => undefined) as unknown as Init;
  assertStringIncludes(
    refusal(() => new FC({ inFeatures: 1, outFeatures: 1, init }), TypeError),
    "returns finite numbers and got undefined",
  );
});
