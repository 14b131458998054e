// Shapes that are nearly the same, and what reads a tensor by its shape.
import { assertEquals, assertThrows } from "@std/assert";
import { Tensor } from "../../mod.ts";
import { sameShape } from "../../lib/tensor/shape.ts";

Deno.test("a shape that begins as another is another shape", () => {
  assertEquals(sameShape([2, 3], [2, 3]), true);
  assertEquals(sameShape([], []), true);
  for (const [a, b] of [[[2], [2, 3]], [[2, 3], [2]], [[], [1]], [[2, 3], [3, 2]]]) {
    assertEquals(sameShape(a, b), false);
  }
  assertThrows(() => Tensor.ones([2]).plus(Tensor.ones([2, 1])), RangeError, "got [2] and [2, 1]");
});

Deno.test("the transpose of a matrix has its columns as rows", () => {
  const matrix = Tensor.from([[1, 2, 3], [4, 5, 6]]);
  assertEquals(matrix.transpose().toArray(), [[1, 4], [2, 5], [3, 6]]);
  assertEquals(matrix.transpose().transpose().toArray(), matrix.toArray());
  assertEquals(Tensor.ones([3, 1], { dtype: "float64" }).transpose().dtype, "float64");
  assertThrows(() => Tensor.ones([2, 2, 2]).transpose(), RangeError, "[rows, columns] and got [2, 2, 2]");
});
