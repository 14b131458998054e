// A frozen dropout: one mask for each shape, drawn from a source that the training does not share.
import { assertEquals, assertNotEquals } from "@std/assert";
import { Dropout, Random, Tensor } from "../../mod.ts";

const make = (seed: number) => new Dropout({ rate: 0.5, random: new Random(seed) });
const ones = (...shape: number[]) => Tensor.ones(shape);

Deno.test("every forward of a frozen dropout uses one mask, and backward uses it too", () => {
  const dropout = make(5);
  dropout.frozen = true;
  const first = dropout.forward(ones(8, 8)).toArray();
  assertEquals(dropout.forward(ones(8, 8)).toArray(), first);
  assertEquals(dropout.backward(ones(8, 8)).toArray(), first);
});

Deno.test("a frozen dropout draws a mask of its own for another shape or type", () => {
  const dropout = new Dropout({ rate: 0.3, random: new Random(5) });
  dropout.frozen = true;
  const first = [...dropout.forward(ones(8, 6)).data];
  assertNotEquals([...dropout.forward(ones(6, 8)).data], first);
  const double = dropout.forward(Tensor.ones([6, 8], { dtype: "float64" }));
  assertEquals(new Set(double.data), new Set([0, 1 / 0.7])); // a mask in float32 would have rounded it
});

Deno.test("the mask of a frozen dropout is not the last one of the training", () => {
  const [trained, fresh] = [make(5), make(6)];
  const mask = trained.forward(ones(8, 8)).toArray();
  trained.frozen = fresh.frozen = true;
  const frozen = trained.forward(ones(8, 8)).toArray();
  assertNotEquals(frozen, mask);
  assertEquals(frozen, fresh.forward(ones(8, 8)).toArray());
});

Deno.test("after it was frozen a dropout goes on with the masks that would have come anyway", () => {
  const [frozen, other] = [make(5), make(5)];
  frozen.frozen = true;
  const held = frozen.forward(ones(8, 8)).toArray();
  frozen.frozen = false;
  const next = frozen.forward(ones(8, 8)).toArray();
  assertEquals(next, other.forward(ones(8, 8)).toArray());
  assertNotEquals(next, held);
  assertNotEquals(frozen.forward(ones(8, 8)).toArray(), next);
});

Deno.test("coming back to a shape brings its mask back, as does setting frozen again", () => {
  const dropout = make(5);
  dropout.frozen = true;
  const [square, row] = [dropout.forward(ones(8, 8)).toArray(), dropout.forward(ones(1, 8)).toArray()];
  assertEquals(dropout.forward(ones(8, 8)).toArray(), square);
  dropout.frozen = true;
  assertEquals(dropout.backward(ones(8, 8)).toArray(), square);
  assertEquals(dropout.forward(ones(8, 8)).toArray(), square);
  assertEquals(dropout.forward(ones(1, 8)).toArray(), row);
});
