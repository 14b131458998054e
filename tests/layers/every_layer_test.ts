// What holds for every layer, in both dtypes: it does not write to its arguments, its results belong to the caller,
// backward accumulates, and a refused input changes nothing.
import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { type Layer, Module, Tensor } from "../../mod.ts";
import { drawn, everyLayer, inBothTypes } from "./every_layer.ts";

function grads(layer: Layer): unknown {
  return layer.parameters().map(({ grad }) => grad.toArray());
}

for (const { name, dtype, kind: { make, shape } } of inBothTypes) {
  Deno.test(`${name}: forward and backward do not write to their arguments`, () => {
    const layer = make(dtype);
    const x = drawn(shape, dtype);
    const y = layer.forward(x);
    const gradOut = drawn(y.shape, dtype, 2);
    const [image, output, gradient] = [x.toArray(), y.toArray(), gradOut.toArray()];
    layer.backward(gradOut);
    assertEquals([x.toArray(), y.toArray(), gradOut.toArray()], [image, output, gradient]);
  });

  Deno.test(`${name}: two forwards give two independent tensors`, () => {
    const layer = make(dtype);
    const x = drawn(shape, dtype);
    const image = x.toArray();
    const first = layer.forward(x);
    const firstData = first.data; // held on to, as a learner may
    const kept = first.toArray();
    const second = layer.forward(x);
    const other = second.toArray();
    for (let i = 0; i < 5; i++) layer.forward(drawn(shape, dtype, 3 + i));
    assertEquals([first.toArray(), second.toArray()], [kept, other], "later forwards changed earlier results");
    second.data.fill(7);
    assertEquals([first.toArray(), x.toArray()], [kept, image]);
    first.data.fill(9);
    assert(firstData.every((value) => value === 9), "data is the tensor, also when it was taken before");
    assertEquals(x.toArray(), image);
    assert(second.data.every((value) => value === 7));
  });

  Deno.test(`${name}: the gradient that backward returns is independent of everything else`, () => {
    const layer = make(dtype);
    const y = layer.forward(drawn(shape, dtype));
    const gradOut = drawn(y.shape, dtype, 2);
    const gradient = gradOut.toArray();
    const first = layer.backward(gradOut);
    const kept = first.toArray();
    const second = layer.backward(gradOut);
    second.data.fill(7);
    layer.forward(drawn(shape, dtype, 3));
    layer.backward(gradOut);
    assertEquals([first.toArray(), gradOut.toArray()], [kept, gradient]);
    assertEquals([first.shape, first.dtype], [shape, dtype]);
  });

  Deno.test(`${name}: backward adds to the gradients, zeroGrad clears them`, () => {
    const layer = make(dtype);
    const gradOut = drawn(layer.forward(drawn(shape, dtype)).shape, dtype, 2);
    layer.backward(gradOut);
    const once = layer.parameters().map(({ grad }) => grad.clone());
    layer.backward(gradOut);
    for (const [i, { grad }] of layer.parameters().entries()) {
      const apart = grad.minus(once[i].times(2)).map(Math.abs).max();
      assert(apart <= 1e-5 * (1 + once[i].map(Math.abs).max()), `${apart}`);
      assert(once[i].map(Math.abs).max() > 0);
    }
    layer.zeroGrad();
    for (const { grad } of layer.parameters()) assert(grad.data.every((value) => value === 0));
  });

  Deno.test(`${name}: backwardParameters gives the parameters the same gradients as backward`, () => {
    const [one, other] = [make(dtype), make(dtype)];
    const x = drawn(shape, dtype);
    const gradOut = drawn(one.forward(x).shape, dtype, 2);
    other.forward(x);
    one.backward(gradOut);
    other.backwardParameters(gradOut);
    assertEquals(grads(other), grads(one));
  });

  Deno.test(`${name}: outputShape predicts the shape`, () => {
    const layer = make(dtype);
    assertEquals(layer.outputShape(shape), [...layer.forward(drawn(shape, dtype)).shape]);
    assertEquals(make(dtype).outputShape([7, ...shape.slice(1)])[0], 7);
  });

  Deno.test(`${name}: a refused gradient changes nothing, and the layer still works`, () => {
    const layer = make(dtype);
    const x = drawn(shape, dtype);
    const y = layer.forward(x);
    layer.backward(drawn(y.shape, dtype, 2));
    const before = grads(layer);
    const wrong = Tensor.zeros([...y.shape, 1], { dtype });
    const error = assertThrows(() => layer.backward(wrong), RangeError);
    assertStringIncludes(error.message, `[${y.shape.join(", ")}]`);
    assertStringIncludes(error.message, `[${wrong.shape.join(", ")}]`);
    const otherType = drawn(y.shape, dtype === "float32" ? "float64" : "float32");
    assertThrows(() => layer.backward(otherType), TypeError, otherType.dtype);
    assertThrows(() => layer.backward([1] as unknown as Tensor), TypeError, "takes a tensor");
    assertEquals(grads(layer), before);
    layer.backward(drawn(y.shape, dtype, 2));
  });

  Deno.test(`${name}: a refused input changes nothing, and backward still uses the input before`, () => {
    const layer = make(dtype);
    const reference = make(dtype);
    const x = drawn(shape, dtype);
    const gradOut = drawn(layer.forward(x).shape, dtype, 2);
    reference.forward(x);
    assertThrows(() => layer.forward([[1, 2]] as unknown as Tensor), TypeError, "takes a tensor");
    for (const bad of [[0, ...shape.slice(1)], [...shape, 1, 1], []]) {
      if (!refuses(make(dtype), bad, dtype)) continue;
      const error = assertThrows(() => layer.forward(Tensor.zeros(bad, { dtype })), RangeError);
      assertEquals(error.message.endsWith("."), false);
    }
    assertEquals(layer.backward(gradOut).toArray(), reference.backward(gradOut).toArray());
    assertEquals(grads(layer), grads(reference));
  });

  Deno.test(`${name}: backward without forward tells so`, () => {
    const layer = make(dtype);
    const error = assertThrows(
      () => layer.backward(drawn(layer.outputShape(shape), dtype)),
      Error,
      "call forward first",
    );
    assertEquals(error.message.endsWith("."), false);
  });

  Deno.test(`${name}: update moves against the gradient and leaves it; a learning rate of NaN moves nothing`, () => {
    const layer = make(dtype);
    layer.backward(drawn(layer.forward(drawn(shape, dtype)).shape, dtype, 2));
    const before = layer.parameters().map(({ value }) => value.clone());
    for (const rate of [NaN, Infinity, undefined as unknown as number]) {
      assertThrows(() => layer.update(rate), rate === undefined ? TypeError : RangeError, "learning rate");
    }
    assertEquals(layer.parameters().map(({ value }) => value.toArray()), before.map((value) => value.toArray()));
    layer.update(0.5);
    for (const [i, { value, grad }] of layer.parameters().entries()) {
      assertEquals(value.toArray(), before[i].minus(grad.times(0.5)).toArray());
    }
    if (layer instanceof Module) {
      layer.step(0.5);
      assert(layer.parameters().every(({ grad }) => grad.data.every((value) => value === 0)));
    }
  });
}

/** Whether a layer refuses zeros of this shape: those that go element by element take any. */
function refuses(layer: Layer, shape: number[], dtype: "float32" | "float64"): boolean {
  try {
    layer.forward(Tensor.zeros(shape, { dtype }));
    return false;
  } catch {
    return true;
  }
}

Deno.test("layers with weights refuse inputs of the other dtype, naming both and what to do", () => {
  for (const [name, { make, shape }] of Object.entries(everyLayer)) {
    const layer = make("float64");
    if (layer.parameters().length === 0) continue;
    const error = assertThrows(() => layer.forward(drawn(shape, "float32")), TypeError, undefined, name);
    assertStringIncludes(error.message, "takes a float64 tensor and got float32");
    assertStringIncludes(error.message, 'clone({ dtype: "float64" })');
  }
});
