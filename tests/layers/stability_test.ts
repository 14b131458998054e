// Activations and softmax are finite and right for every finite input, in both dtypes, and infinity and NaN have
// defined results.
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { type Layer, ReLU, Sigmoid, Softmax, Tanh, Tensor } from "../../mod.ts";

const types = ["float32", "float64"] as const;
const digits = { float32: 1e-6, float64: 1e-15 };
const extremes = [-1e30, -1000, -745, -710, -100, -30, 0, 30, 100, 710, 745, 1000, 1e30];

/** The output of a layer for one row of numbers, and the gradient for a gradient of ones. */
function run(layer: Layer, row: readonly number[], dtype: "float32" | "float64"): { y: number[]; dx: number[] } {
  const y = layer.forward(Tensor.from([row], undefined, { dtype }));
  const dx = layer.backward(Tensor.ones(y.shape, { dtype }));
  return { y: [...y.data], dx: [...dx.data] };
}

for (const dtype of types) {
  const near = digits[dtype];

  Deno.test(`sigmoid is finite and right from -1e30 to 1e30, ${dtype}`, () => {
    const { y, dx } = run(new Sigmoid(), extremes, dtype);
    for (const [i, x] of extremes.entries()) {
      // The smaller of the two sides is computed without loss: e^-|x| / (1 + e^-|x|).
      const small = Math.exp(-Math.abs(x)) / (1 + Math.exp(-Math.abs(x)));
      assertAlmostEquals(y[i], x < 0 ? small : 1 - small, near);
      if (x < 0 && small > 1e-37) assertAlmostEquals(y[i] / small, 1, 4 * near * 10);
      assert(dx[i] >= 0 && dx[i] <= 0.25);
      assertAlmostEquals(dx[i], small * (1 - small), near);
    }
    assertEquals(run(new Sigmoid(), [-1000, 0, 1000], dtype), { y: [0, 0.5, 1], dx: [0, 0.25, 0] });
  });

  Deno.test(`tanh is finite and right from -1e30 to 1e30, ${dtype}`, () => {
    const { y, dx } = run(new Tanh(), extremes, dtype);
    for (const [i, x] of extremes.entries()) {
      assertAlmostEquals(y[i], Math.tanh(x), near);
      assert(dx[i] >= 0 && dx[i] <= 1);
    }
    assertEquals(run(new Tanh(), [-1000, 0, 1000], dtype), { y: [-1, 0, 1], dx: [0, 1, 0] });
  });

  Deno.test(`softmax is finite and right at ±1000 and far beyond, ${dtype}`, () => {
    assertEquals(run(new Softmax(), [1000, 1000], dtype), { y: [0.5, 0.5], dx: [0, 0] });
    assertEquals(run(new Softmax(), [-1000, -1000, -1000, -1000], dtype).y, [0.25, 0.25, 0.25, 0.25]);
    assertEquals(run(new Softmax(), [-1000, 0, 1000], dtype).y, [0, 0, 1]);
    assertEquals(run(new Softmax(), [-1e30, 1e30], dtype).y, [0, 1]);
    for (const shift of [-1000, 0, 1000]) {
      const { y } = run(new Softmax(), [1, 2, 3].map((v) => v + shift), dtype);
      for (const [i, p] of [0.09003057317038046, 0.24472847105479764, 0.6652409557748219].entries()) {
        assertAlmostEquals(y[i], p, near);
      }
      assertAlmostEquals(y[0] + y[1] + y[2], 1, 2 * near);
    }
    for (const value of [...run(new Softmax(), extremes, dtype).y, ...run(new Softmax(), extremes, dtype).dx]) {
      assert(Number.isFinite(value));
    }
  });

  Deno.test(`infinity: an activation goes to its limit, softmax gives it all or nothing, ${dtype}`, () => {
    const ends = [-Infinity, Infinity];
    assertEquals(run(new Sigmoid(), ends, dtype).y, [0, 1]);
    assertEquals(run(new Tanh(), ends, dtype).y, [-1, 1]);
    assertEquals(run(new ReLU(), ends, dtype).y, [0, Infinity]);
    assertEquals(run(new Softmax(), [-Infinity, 0], dtype).y, [0, 1]);
    // Infinity against Infinity has no answer: the row is NaN, and only that row.
    assertEquals(run(new Softmax(), [Infinity, 0], dtype).y, [NaN, NaN]);
    assertEquals(run(new Softmax(), [-Infinity, -Infinity], dtype).y, [NaN, NaN]);
  });

  Deno.test(`NaN stays NaN, in its element or its row, ${dtype}`, () => {
    for (const layer of [new Sigmoid(), new Tanh(), new ReLU()]) {
      const { y } = run(layer, [1, NaN, -1], dtype);
      assertEquals(y.map(Number.isNaN), [false, true, false], layer.constructor.name);
    }
    const rows = new Softmax().forward(Tensor.from([[1, NaN], [NaN, 1], [0, 0]], undefined, { dtype }));
    assertEquals([...rows.data], [NaN, NaN, NaN, NaN, 0.5, 0.5]);
  });
}
