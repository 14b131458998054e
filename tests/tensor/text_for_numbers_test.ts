// Text that holds a number, as it comes from a file or a prompt: every public function that takes a number says that it
// is text, and takes none silently.
import { assert, assertEquals, assertMatch, assertRejects, assertThrows } from "@std/assert";
import { drawDigit, encodeIDX, ImageDataset, loadMNIST, syntheticDigits } from "../../data/mod.ts";
import {
  Adam,
  AvgPool2D,
  batches,
  BatchNorm,
  Conv2D,
  CrossEntropyLoss,
  Dropout,
  evaluate,
  FC,
  fit,
  gradCheck,
  gradCheckLoss,
  MaxPool2D,
  Module,
  MSELoss,
  oneCycle,
  Random,
  RMSProp,
  SGD,
  stepDecay,
  Tanh,
  Tensor,
  useKernel,
} from "../../mod.ts";
import { confusion, curve, digits, filters, heatmap, histogram, image, slide, summary } from "../../lib/show/mod.ts";

// deno-lint-ignore no-explicit-any
const text = (value: string): any => value;

const random = new Random(1);
const images = Tensor.zeros([4, 1]), labels = [0, 1, 0, 1];
const network = (): Module => new Module([new FC({ inFeatures: 1, outFeatures: 2, random })]);
const weights = () => network().parameters();
const x64 = Tensor.from(new Float64Array(2), [1, 2]);
const conv = (options: Record<string, unknown>) =>
  new Conv2D({ inChannels: 1, outChannels: 1, kernelSize: 3, ...options as object });
const dataset = () => syntheticDigits({ train: 20, test: 10 }).train;
const square = Tensor.zeros([3, 3]);

async function train(data: unknown, options: Record<string, unknown> = {}): Promise<void> {
  const model = network();
  // deno-lint-ignore no-explicit-any
  for await (const _ of fit(model, data as any, { optimizer: new SGD(model.parameters()), ...options }));
}

const cases: Record<string, () => unknown> = {
  "Tensor.zeros": () => Tensor.zeros([text("2"), 3]),
  "Tensor.ones": () => Tensor.ones(text("2")),
  "Tensor.full": () => Tensor.full([2], text("3")),
  "Tensor.from": () => Tensor.from([[1], [text("2")]]),
  "Tensor.from with a shape": () => Tensor.from([1, 2], [text("2")]),
  "Tensor.randn": () => Tensor.randn([text("2")], { random }),
  "Tensor.uniform low": () => Tensor.uniform([2], { random, low: text("0") }),
  "Tensor.uniform high": () => Tensor.uniform([2], { random, high: text("2") }),
  "at": () => images.at(text("0"), 0),
  "slice start": () => images.slice(text("0")),
  "slice end": () => images.slice(0, text("2")),
  "reshape": () => images.reshape([text("4")]),
  "reshape with -1": () => images.reshape([text("4"), -1]),
  "plus": () => images.plus(text("1")),
  "minus": () => images.minus(text("1")),
  "times": () => images.times(text("2")),
  "Random": () => new Random(text("7")),
  "uniform low": () => random.uniform(text("0"), 1),
  "uniform high": () => random.uniform(0, text("2")),
  "normal mean": () => random.normal(text("0")),
  "normal std": () => random.normal(0, text("2")),
  "integer": () => random.integer(text("10")),
  "permutation": () => random.permutation(text("10")),
  "FC inFeatures": () => new FC({ inFeatures: text("784"), outFeatures: 10 }),
  "FC outFeatures": () => new FC({ inFeatures: 784, outFeatures: text("10") }),
  "FC init": () => new FC({ inFeatures: 1, outFeatures: 1, init: () => text("0.5") }),
  "FC outputShape": () => new FC({ inFeatures: 784, outFeatures: 10 }).outputShape([1, text("784")]),
  "Conv2D inChannels": () => conv({ inChannels: "1" }),
  "Conv2D kernelSize": () => conv({ kernelSize: "3" }),
  "Conv2D kernelSize, a pair": () => conv({ kernelSize: [3, "3"] }),
  "Conv2D stride": () => conv({ stride: "1" }),
  "Conv2D padding": () => conv({ padding: "1" }),
  "MaxPool2D": () => new MaxPool2D({ kernelSize: text("2") }),
  "AvgPool2D stride": () => new AvgPool2D({ kernelSize: 2, stride: text("2") }),
  "BatchNorm features": () => new BatchNorm({ features: text("2") }),
  "BatchNorm epsilon": () => new BatchNorm({ features: 2, epsilon: text("1e-5") }),
  "BatchNorm momentum": () => new BatchNorm({ features: 2, momentum: text("0.1") }),
  "Dropout": () => new Dropout({ rate: text("0.5"), random }),
  "update": () => network().update(text("0.1")),
  "step": () => network().step(text("0.1")),
  "CrossEntropyLoss": () => new CrossEntropyLoss().forward(Tensor.zeros([1, 2]), [text("1")]),
  "SGD learningRate": () => new SGD(weights(), { learningRate: text("0.1") }),
  "SGD momentum": () => new SGD(weights(), { momentum: text("0.9") }),
  "learningRate": () => new SGD(weights()).learningRate = text("0.1"),
  "weightDecay": () => new SGD(weights(), { weightDecay: text("0.1") }),
  "Adam beta1": () => new Adam(weights(), { beta1: text("0.9") }),
  "Adam epsilon": () => new Adam(weights(), { epsilon: text("1e-8") }),
  "RMSProp alpha": () => new RMSProp(weights(), { alpha: text("0.9") }),
  "oneCycle steps": () => oneCycle({ maxLearningRate: 0.1, steps: text("10") }),
  "oneCycle maxLearningRate": () => oneCycle({ maxLearningRate: text("0.1"), steps: 10 }),
  "oneCycle warmup": () => oneCycle({ maxLearningRate: 0.1, steps: 10, warmup: text("0.3") }),
  "stepDecay learningRate": () => stepDecay({ learningRate: text("0.1"), every: 10 }),
  "stepDecay every": () => stepDecay({ learningRate: 0.1, every: text("10") }),
  "fit labels": () => train({ images, labels: ["0", "1", "0", "1"] }),
  "fit epochs": () => train({ images, labels }, { epochs: "2" }),
  "fit batchSize": () => train({ images, labels }, { batchSize: "2" }),
  "fit schedule": () => train({ images, labels }, { schedule: () => "0.1" }),
  "fit test labels": () => train({ images, labels }, { test: { images, labels: ["0", "1", "0", "1"] } }),
  "evaluate labels": () => evaluate(network(), { images, labels: text("0101").split("") }),
  "evaluate batchSize": () => evaluate(network(), { images, labels }, { batchSize: text("2") }),
  "batches": () => batches({ images, labels }, { batchSize: text("2") }),
  "gradCheck epsilon": () => gradCheck(new Tanh(), x64, { epsilon: text("1e-5") }),
  "gradCheck tolerance": () => gradCheck(new Tanh(), x64, { tolerance: text("1e-7") }),
  "gradCheckLoss": () => gradCheckLoss(new MSELoss(), x64, x64, { epsilon: text("1e-5") }),
  "useKernel": () => useKernel({ threads: text("1") }),
  "syntheticDigits": () => syntheticDigits({ train: text("20") }),
  "syntheticDigits seed": () => syntheticDigits({ train: 1, test: 1, seed: text("1") }),
  "drawDigit": () => drawDigit(text("7"), random),
  "encodeIDX": () => encodeIDX([text("2")], new Uint8Array(2)),
  "take": () => dataset().take(text("10")),
  "ImageDataset slice": () => dataset().slice(text("1"), 5),
  "ImageDataset slice end": () => dataset().slice(1, text("5")),
  "batch": () => dataset().batch([text("1")]),
  "height": () => new ImageDataset(new Uint8Array(4), Uint8Array.of(1), { height: text("2"), width: 2 }),
  "classes": () => new ImageDataset(new Uint8Array(4), Uint8Array.of(1), { height: 2, width: 2, classes: text("10") }),
  "loadMNIST seed": () => loadMNIST({ synthetic: true, seed: text("1") }),
  "loadMNIST stallTimeout": () => loadMNIST({ stallTimeout: text("1000") }),
  "image pixels": () => image([text("0"), 1, 1, 0]),
  "image width": () => image([0, 1, 1, 0], { width: text("2") }),
  "digits": () => digits(new Uint8Array(784), { limit: text("1") }),
  "filters": () => filters(Tensor.zeros([1, 1, 2, 2]), { perRow: text("1") }),
  "heatmap": () => heatmap(square, { limit: text("1") }),
  "histogram": () => histogram([1, 2, text("3")]),
  "histogram bins": () => histogram([1, 2, 3], { bins: text("3") }),
  "histogram range": () => histogram([1, 2, 3], { range: [0, text("3")] }),
  "curve": () => curve([1, 2, text("3")]),
  "curve xRange": () => curve(Math.tanh, { xRange: [text("0"), 1] }),
  "curve rows": () => curve(Math.tanh, { rows: text("5") }),
  "confusion": () => confusion([[1, 2], [3, text("4")]]),
  "confusion worst": () => confusion([[1, 2], [3, 4]], { worst: text("1") }),
  "slide stride": () => slide(square, Tensor.zeros([2, 2]), { stride: text("1") }),
  "slide stops": () => slide(square, Tensor.zeros([2, 2]), { stops: [text("0")] }),
  "summary": () => summary(network(), [text("1")]),
};

for (const [name, run] of Object.entries(cases)) {
  Deno.test(`${name} says that it got text`, async () => {
    // Some throw at once, some return a promise that is rejected.
    const error = await assertRejects(async () => void await run(), Error);
    assertMatch(error.message, / takes |^Label /, "it is told by us, not by JavaScript");
    assert(/the text "|\bstring\b|["'][\d.e-]+["']/.test(error.message), error.message);
  });
}

Deno.test("the same for a bigint, a boolean and a list", () => {
  for (
    const [value, said] of [
      [784n, "the bigint 784n: convert it with Number(…)"],
      [true, "the boolean true"],
      [[784], "Array"],
      ["784", 'the text "784": convert it with Number(…)'],
      ["many", 'the text "many"'],
      [null, "null"],
    ] as [never, string][]
  ) {
    const error = assertThrows(() => new FC({ inFeatures: value, outFeatures: 1 }), TypeError);
    assertEquals(error.message, `FC takes inFeatures as a whole number of at least 1 and got ${said}`);
  }
});

Deno.test("a number of the wrong size is shown as it is, without its kind", () => {
  assertThrows(
    () => new FC({ inFeatures: 2.5, outFeatures: 1 }),
    RangeError,
    "FC takes inFeatures as a whole number of at least 1 and got 2.5",
  );
});

Deno.test("bigints in a typed array are refused with what to do", () => {
  assertThrows(
    () => Tensor.from(BigInt64Array.of(1n, 2n) as never),
    TypeError,
    "Tensor.from takes numbers and got bigints in a BigInt64Array: use Float64Array.from(values, Number)",
  );
});
