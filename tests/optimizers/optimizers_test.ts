// Optimizers: both dtypes, separate state for each parameter, and a learning rate that is always a finite number.
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { Adam, AdamW, FC, type Optimizable, type Optimizer, Parameter, RMSProp, SGD, Tensor } from "../../mod.ts";

type Make = (parameters: readonly Optimizable[]) => Optimizer;

const makers: Record<string, Make> = {
  SGD: (p) => new SGD(p, { learningRate: 0.1 }),
  "SGD with momentum": (p) => new SGD(p, { learningRate: 0.1, momentum: 0.9 }),
  "SGD with Nesterov and decay": (p) =>
    new SGD(p, { learningRate: 0.1, momentum: 0.9, nesterov: true, weightDecay: 0.1 }),
  RMSProp: (p) => new RMSProp(p, { learningRate: 0.1 }),
  Adam: (p) => new Adam(p, { learningRate: 0.1 }),
  AdamW: (p) => new AdamW(p, { learningRate: 0.1 }),
};

function parameter(dtype: "float32" | "float64", value: number[], grad: number[]): Parameter {
  const made = new Parameter("w", [value.length], dtype);
  made.value = Tensor.from(value);
  made.grad = Tensor.from(grad);
  return made;
}

for (const [name, make] of Object.entries(makers)) {
  for (const dtype of ["float32", "float64"] as const) {
    Deno.test(`${name} goes downhill, leaves the gradient alone, and zeroGrad clears it, ${dtype}`, () => {
      const w = parameter(dtype, [3, -2, 0.5], [0, 0, 0]);
      const optimizer = make([w]);
      for (let step = 0; step < 200; step++) {
        w.grad = w.value.times(2); // of w²
        const before = w.grad.toArray();
        optimizer.step();
        assertEquals(w.grad.toArray(), before);
      }
      assert(w.value.map(Math.abs).max() < 0.2, String(w.value.data));
      optimizer.zeroGrad();
      assertEquals(w.grad.toArray(), [0, 0, 0]);
    });
  }

  Deno.test(`${name}: every parameter has separate state`, () => {
    const alone = parameter("float64", [1, 2], [0.5, -1]);
    const beside = parameter("float64", [1, 2], [0.5, -1]);
    const [one, two] = [make([alone]), make([parameter("float64", [9], [9]), beside])];
    for (let step = 0; step < 5; step++) {
      one.step();
      two.step();
    }
    assertEquals(beside.value.toArray(), alone.value.toArray());
  });
}

Deno.test("a learning rate that is not a finite number of at least 0 is refused wherever it is set, and nothing moves", () => {
  const w = parameter("float32", [1], [1]);
  const optimizer = new SGD([w], { learningRate: 0.5 });
  for (const rate of [NaN, -1, Infinity]) {
    assertThrows(() => optimizer.learningRate = rate, RangeError, `learningRate of at least 0 and got ${rate}`);
    assertThrows(() => new Adam([w], { learningRate: rate }), RangeError, `got ${rate}`);
  }
  assertThrows(
    () => optimizer.learningRate = "0.1" as unknown as number,
    TypeError,
    'as a number and got the text "0.1"',
  );
  optimizer.step();
  assertEquals([w.value.toArray(), optimizer.learningRate], [[0.5], 0.5]);
});

Deno.test("constants out of range are named", () => {
  const w = [parameter("float32", [1], [1])];
  assertThrows(() => new SGD(w, { momentum: 1 }), RangeError, "momentum from 0 up to but not including 1 and got 1");
  assertThrows(() => new SGD(w, { nesterov: true }), RangeError, "and got momentum 0: set it, for example to 0.9");
  assertThrows(() => new SGD(w, { weightDecay: -1 }), RangeError, "weightDecay of at least 0 and got -1");
  assertThrows(() => new RMSProp(w, { alpha: 2 }), RangeError, "alpha");
  assertThrows(() => new Adam(w, { beta1: NaN }), RangeError, "beta1");
  assertThrows(() => new Adam(w, { beta2: 1 }), RangeError, "beta2");
  assertThrows(() => new Adam(w, { epsilon: -1e-8 }), RangeError, "epsilon");
});

Deno.test("an optimizer takes parameters: anything else is refused at once", () => {
  const fc = new FC({ inFeatures: 1, outFeatures: 1 });
  assertThrows(() => new SGD([]), RangeError, "got none: pass model.parameters()");
  assertThrows(() => new SGD(fc as unknown as Parameter[]), RangeError, "pass model.parameters()");
  assertThrows(() => new SGD([fc] as unknown as Parameter[]), TypeError, "got FC as number 1: pass model.parameters()");
  assertThrows(
    () => new Adam([...fc.parameters(), undefined as unknown as Parameter]),
    TypeError,
    "got undefined as number 3",
  );
});

Deno.test("an optimizer trains each parameter once", () => {
  const parameters = new FC({ inFeatures: 1, outFeatures: 1, name: "fc" }).parameters();
  for (const make of Object.values(makers)) {
    assertThrows(
      () => make([...parameters, ...parameters]),
      RangeError,
      "each parameter once and got number 1 of the list again as number 3 (fc.weight)",
    );
  }
});

Deno.test("a gradient of another shape or type than its parameter is refused", () => {
  const value = Tensor.zeros([2, 3]);
  const make = (grad: Tensor) => new SGD([{ name: "w", value, grad }]);
  assertThrows(() => make(Tensor.zeros([3, 2])), RangeError, "a gradient [2, 3] for w and got [3, 2]");
  assertThrows(() => make(Tensor.zeros([6])), RangeError, "a gradient [2, 3] for w and got [6]");
  assertThrows(
    () => make(Tensor.zeros([2, 3], { dtype: "float64" })),
    TypeError,
    "a float32 gradient for w and got float64",
  );
});

Deno.test("an epsilon that is 0, or becomes 0 in the dtype of the parameters, is refused: 0 / 0 would be NaN", () => {
  const [single, double] = [parameter("float32", [1], [0]), parameter("float64", [1], [0])];
  for (const Kind of [Adam, AdamW, RMSProp]) {
    assertThrows(() => new Kind([double], { epsilon: 0 }), RangeError, "epsilon above 0 and got 0");
    assertThrows(() => new Kind([double], { epsilon: NaN }), RangeError, "epsilon above 0 and got NaN");
    const message = "in float32, the dtype of w, and got 1e-50, which becomes 0: take a larger one, for example 1e-8";
    assertThrows(() => new Kind([double, single], { epsilon: 1e-50 }), RangeError, message);
    for (const [w, epsilon] of [[double, 1e-50], [single, 1e-40]] as const) {
      new Kind([w], { epsilon, weightDecay: 0 }).step();
      assertEquals(w.value.toArray(), [1]);
    }
  }
});

Deno.test("AdamW decays the weight directly: Adam hardly decays weights with large gradients", () => {
  const [adam, adamW] = [parameter("float64", [1], [1000]), parameter("float64", [1], [1000])];
  new Adam([adam], { learningRate: 0.1, weightDecay: 0.5 }).step();
  new AdamW([adamW], { learningRate: 0.1, weightDecay: 0.5 }).step();
  assertAlmostEquals(adam.value.at(0), 0.9, 1e-9);
  assertAlmostEquals(adamW.value.at(0), 0.85, 1e-9);
});
