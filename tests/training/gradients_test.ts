// Every gradient of every layer and loss is the slope of what forward computes: each element, over 200 random
// configurations a kind, in float64. Smooth functions agree to 1e-7, and nothing is taken for a kink.
import { assert, assertEquals, assertLess } from "@std/assert";
import fc from "fast-check";
import { CrossEntropyLoss, FC, gradCheck, gradCheckLoss, Module, MSELoss, Random, ReLU, Tensor } from "../../mod.ts";
import { caseOf, recipes } from "./random_layers.ts";

const numRuns = 200;

for (const [name, recipe] of Object.entries(recipes)) {
  Deno.test(`gradients of ${name}: ${numRuns} random configurations`, () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const { layer, x, random } = caseOf(recipe, seed);
        const report = gradCheck(layer, x, { random });
        assert(report.passed, String(report));
        assertEquals(report.checked, x.size + layer.parameters().reduce((sum, { value }) => sum + value.size, 0));
        if (!recipe.kinks) assertEquals(report.kinks, 0, String(report));
        assertLess(report.maxError, 1e-7);
      }),
      { numRuns, seed: 20250101 },
    );
  });
}

for (const reduction of ["mean", "sum"] as const) {
  Deno.test(`gradients of the losses, ${reduction}: ${numRuns} random configurations each`, () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom(0.01, 1, 30, 1000), (seed, scale) => {
        const random = new Random(seed);
        const [samples, classes] = [1 + random.integer(4), 1 + random.integer(6)];
        const draw = () => Tensor.randn([samples, classes], { random, dtype: "float64" }).times(scale);
        const labels = Array.from({ length: samples }, () => random.integer(classes));
        for (
          const report of [
            gradCheckLoss(new CrossEntropyLoss({ reduction }), draw(), labels),
            gradCheckLoss(new MSELoss({ reduction }), draw(), draw()),
          ]
        ) {
          assert(report.passed, String(report));
          assertEquals([report.checked, report.kinks], [samples * classes, 0]);
          assertLess(report.maxError, 1e-7);
        }
      }),
      { numRuns, seed: 20250102 },
    );
  });
}

Deno.test("a bias that a batch norm cancels has a gradient of rounding errors, and that is not a mistake", () => {
  const { layer, x, random } = caseOf(recipes["a convolutional network"], 3);
  const report = gradCheck(layer, x, { random });
  const bias = layer.parameters().find(({ name }) => name === "conv1.bias")!;
  layer.forward(x);
  layer.backward(Tensor.ones(layer.outputShape(x.shape), { dtype: "float64" }));
  assert(bias.grad.data.every((value) => Math.abs(value) < 1e-12));
  assert(report.passed, String(report));
});

Deno.test("an image of one color has only kinks, and its gradients are checked all the same", () => {
  const random = new Random(4);
  const { layer, x } = caseOf(recipes["a convolutional network"], 5);
  for (const value of [0, 1]) {
    const report = gradCheck(layer, Tensor.full(x.shape, value, { dtype: "float64" }), { random });
    assert(report.passed, String(report));
  }
  const relu = gradCheck(new ReLU(), Tensor.zeros([3, 4], { dtype: "float64" }), { random });
  assert(relu.passed, String(relu));
  assertEquals([relu.checked, relu.kinks], [12, 12]);
});

Deno.test("numbers of all sizes: a network with inputs up to 255 and weights of 1e-6 is checked without a false alarm", () => {
  const random = new Random(6);
  for (const [inputs, weights] of [[255, 1e-6], [1e-4, 1e-4], [255, 0.01], [1000, 1]]) {
    const layers = [1, 2].map(() => new FC({ inFeatures: 5, outFeatures: 5, dtype: "float64", random }));
    for (const { weight } of layers) weight.value = weight.value.times(weights);
    const model = new Module([layers[0], new ReLU(), layers[1]]);
    const x = Tensor.uniform([4, 5], { random, high: inputs, dtype: "float64" });
    const report = gradCheck(model, x, { random });
    assert(report.passed, `inputs ${inputs}, weights ${weights}: ${report}`);
  }
});
