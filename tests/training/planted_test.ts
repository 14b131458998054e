// A wrong gradient is found and named: in any one element of any layer or loss, by a little or by much, at a kink or
// not.
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import {
  BatchNorm,
  CrossEntropyLoss,
  FC,
  gradCheck,
  gradCheckLoss,
  type GradCheckReport,
  type Layer,
  type Loss,
  MaxPool2D,
  MSELoss,
  Random,
  ReLU,
  Softmax,
  Tensor,
} from "../../mod.ts";
import { caseOf, recipes } from "./random_layers.ts";

const dtype = "float64";

/** Ways to make a right gradient wrong. */
const mistakes: Record<string, (gradient: number) => number> = {
  "1 % too large": (g) => g * 1.01,
  "1 % too small": (g) => g * 0.99,
  "0.001 too large": (g) => g + 1e-3,
  "0.001 too small": (g) => g - 1e-3,
  "of the wrong sign": (g) => -g,
  "twice as large": (g) => g * 2,
  "forgotten": () => 0,
  "no number": () => NaN,
};

/** Adds `error` to one element of what `backward` returns, from now on: `name` is x or a parameter. */
function plant(layer: Layer, name: string, index: number, error: number): void {
  const backward = layer.backward.bind(layer);
  layer.backward = (gradOut) => {
    const gradX = backward(gradOut);
    const grad = layer.parameters().find((parameter) => parameter.name === name)?.grad ?? gradX;
    grad.data[index] += error;
    return gradX;
  };
}

/** Fails unless the report accuses this one element and no other. */
function assertAccuses(report: GradCheckReport, name: string, index: number): void {
  assertEquals(report.passed, false, `${name}, element ${index}, is wrong and was not found: ${report}`);
  assertEquals(report.failures.map((each) => [each.name, each.index]), [[name, index]], String(report));
  assertEquals([report.worst?.name, report.worst?.index], [name, index]);
  assertStringIncludes(String(report), `${name}[${report.worst!.place.join(", ")}]`);
}

for (const [kind, recipe] of Object.entries(recipes)) {
  Deno.test(`one wrong element of a gradient of ${kind} is found and named`, () => {
    let planted = 0;
    const several = fc.property(
      fc.nat(),
      fc.nat(),
      fc.constantFrom(...Object.keys(mistakes)),
      (seed, pick, how) => {
        const { layer, x, random } = caseOf(recipe, seed);
        const places = [
          { name: "x", size: x.size },
          ...layer.parameters().map((p) => ({ name: p.name, size: p.value.size })),
        ];
        const { name, size } = places[pick % places.length];
        const index = random.integer(size);
        const right = gradientOf(layer, x, name, index, new Random(pick));
        const error = mistakes[how](right) - right;
        if (Math.abs(error) < 1e-6) return; // as 1 % of nothing
        plant(layer, name, index, error);
        assertAccuses(gradCheck(layer, x, { random: new Random(pick) }), name, index);
        planted++;
      },
    );
    fc.assert(several, { numRuns: 200, seed: 20250103 });
    assert(planted > 50, `only ${planted} mistakes were planted`);
  });
}

/** One element of the gradient that gradCheck is about to look at. */
function gradientOf(layer: Layer, x: Tensor, name: string, index: number, random: Random): number {
  layer.zeroGrad();
  const y = layer.forward(x);
  const gradX = layer.backward(Tensor.randn(y.shape, { random, dtype }));
  const value = (layer.parameters().find((each) => each.name === name)?.grad ?? gradX).data[index];
  layer.zeroGrad();
  return value;
}

Deno.test("one wrong element of the gradient of a loss is found and named", () => {
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom(...Object.keys(mistakes)), (seed, how) => {
      const random = new Random(seed);
      const draw = () => Tensor.randn([3, 4], { random, dtype });
      const index = random.integer(12);
      const spoil = <L extends Loss<never>>(loss: L): L => {
        const backward = loss.backward.bind(loss);
        loss.backward = () => {
          const grad = backward();
          grad.data[index] = mistakes[how](grad.data[index]);
          return grad;
        };
        return loss;
      };
      assertAccuses(gradCheckLoss(spoil(new CrossEntropyLoss()), draw(), [0, 1, 2]), "prediction", index);
      assertAccuses(gradCheckLoss(spoil(new MSELoss()), draw(), draw()), "prediction", index);
    }),
    { numRuns: 100, seed: 20250104 },
  );
});

/** Inputs of every kind: drawn, small whole numbers (zeros and ties everywhere), and all the same. */
function inputs(shape: readonly number[]): Tensor[] {
  const normal = Tensor.randn(shape, { random: new Random(1), dtype });
  const whole = normal.map(Math.round);
  return [normal, whole, Tensor.zeros(shape, { dtype }), Tensor.full(shape, 1, { dtype }), normal.times(1e-6)];
}

/** A layer with another backward. */
function withBackward<L extends Layer>(layer: L, backward: (gradOut: Tensor, x: Tensor, right: Tensor) => Tensor): L {
  let x: Tensor;
  const [forward, right] = [layer.forward.bind(layer), layer.backward.bind(layer)];
  layer.forward = (given) => forward(x = given);
  layer.backward = (gradOut) => backward(gradOut, x, right(gradOut));
  return layer;
}

/** Fails unless gradCheck refuses the layer on each of the inputs. */
function assertRefused(make: () => Layer, given: Tensor[]): void {
  for (const [i, x] of given.entries()) {
    const report = gradCheck(make(), x, { random: new Random(2) });
    assert(!report.passed, `input ${i}, ${x.toArray()}: ${report}`);
  }
}

Deno.test("a ReLU whose backward has no mask is found, even if every number is at the kink", () => {
  const positive = 3; // of the inputs: nowhere negative, so there the mask does nothing
  const given = inputs([4, 5]).filter((_, i) => i !== positive);
  assertRefused(() => withBackward(new ReLU(), (gradOut) => gradOut), given);
});

Deno.test("a ReLU whose backward is wrong at positive x is found", () => {
  assertRefused(() => withBackward(new ReLU(), (_gradOut, _x, right) => right.times(1.01)), inputs([4, 5]));
  assertRefused(() => withBackward(new ReLU(), (_gradOut, _x, right) => right.times(0)), inputs([4, 5]));
  const half = (gradOut: Tensor, x: Tensor) => gradOut.times(x.map((v) => v > 0.5 ? 1 : 0));
  assertRefused(() => withBackward(new ReLU(), half), inputs([4, 5]).filter((_, i) => i < 2));
});

Deno.test("a max pool that sends its gradient to the wrong place is found, even if all numbers are equal", () => {
  const pool = () => new MaxPool2D({ kernelSize: 2 });
  const corner = (gradOut: Tensor, x: Tensor) => {
    const to = Tensor.zeros(x.shape, { dtype });
    const width = x.shape[3];
    for (let i = 0; i < gradOut.size; i++) {
      const row = Math.floor(i / (width / 2)), column = i % (width / 2);
      to.data[2 * row * width + 2 * column] += gradOut.data[i];
    }
    return to;
  };
  const shifted = (_g: Tensor, _x: Tensor, right: Tensor) => right.map((_, i) => right.data[(i + 1) % right.size]);
  const spread = (gradOut: Tensor, x: Tensor) =>
    Tensor.zeros(x.shape, { dtype }).map((_, i) => {
      const row = Math.floor(i / x.shape[3] / 2), column = Math.floor(i % x.shape[3] / 2);
      return gradOut.data[row * x.shape[3] / 2 + column] / 4;
    });
  for (const wrong of [corner, shifted, spread]) {
    assertRefused(() => withBackward(pool(), wrong), inputs([1, 2, 4, 4]));
  }
});

Deno.test("the last of equal maxima is as good as the first: that is not a mistake", () => {
  const last = (gradOut: Tensor, x: Tensor) => {
    const gradX = Tensor.zeros(x.shape, { dtype });
    gradX.data[x.data.lastIndexOf(Math.max(...x.data))] = gradOut.data[0];
    return gradX;
  };
  for (const x of inputs([1, 1, 2, 2])) {
    const report = gradCheck(withBackward(new MaxPool2D({ kernelSize: 2 }), last), x);
    assert(report.passed, String(report));
  }
});

Deno.test("a mistake at one point of a smooth function is not a kink", () => {
  const square = withBackward(new ReLU(), (gradOut, x) => gradOut.times(x.map((v) => v === 0 ? 1 : 2 * v)));
  square.forward = ((forward) => (x: Tensor) => forward(x).map((_, i) => x.data[i] ** 2))(square.forward);
  const report = gradCheck(square, Tensor.from([0, 1, 2], [1, 3], { dtype }));
  assertEquals(report.failures.map(({ index }) => index), [0], String(report));
});

Deno.test("common mistakes in other layers are found", () => {
  const random = new Random(5);
  const layer = () => new FC({ inFeatures: 3, outFeatures: 3, dtype, random });
  const x = Tensor.randn([4, 3], { random, dtype });
  const weight = (fc: FC) => fc.weight.value;
  const transposed = layer();
  withBackward(transposed, (gradOut) =>
    gradOut.map((_, i) => {
      const [n, j] = [Math.floor(i / 3), i % 3];
      return [0, 1, 2].reduce((sum, k) => sum + gradOut.at(n, k) * weight(transposed).at(k, j), 0);
    }));
  assertRefused(() => transposed, [x]);
  const perSample = layer();
  withBackward(perSample, (_gradOut, _x, right) => {
    perSample.bias!.grad = perSample.bias!.grad.times(1 / 4);
    return right;
  });
  assertRefused(() => perSample, [x]);
  assertRefused(() =>
    withBackward(new Softmax(), (gradOut, given) => {
      const y = new Softmax().forward(given);
      return gradOut.times(y).times(y.map((p) => 1 - p)); // the other probabilities are forgotten
    }), [x]);
  assertRefused(() => withBackward(new BatchNorm({ features: 3, dtype }), (gradOut) => gradOut), [x]);
});
