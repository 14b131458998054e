// Tensor: shapes, sharing and copying, arithmetic without broadcasting, and errors that tell what to do.
import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { accumulateMatmul, accumulateRows, affine, matmul, type Nested, Tensor, transpose } from "../../mod.ts";

const float64 = { dtype: "float64" } as const;

Deno.test("from: nested arrays, flat arrays, typed arrays, one number", () => {
  assertEquals(Tensor.from([[1, 2, 3], [4, 5, 6]]).shape, [2, 3]);
  assertEquals(Tensor.from([1, 2, 3, 4], [2, 1, 2]).toArray(), [[[1, 2]], [[3, 4]]]);
  assertEquals(Tensor.from(new Uint8Array([1, 255])).toArray(), [1, 255]);
  assertEquals(Tensor.from(5).shape, []);
  assertEquals(Tensor.from(5).toArray(), 5);
  assertEquals([Tensor.from([]).shape, Tensor.from([[], []]).shape], [[0], [2, 0]]);
  assertEquals(
    [Tensor.from([1]).dtype, Tensor.from(new Float64Array(1)).dtype, Tensor.from(new Int32Array(1)).dtype],
    ["float32", "float64", "float32"],
  );
  assertEquals(Tensor.from([0.1], [1], float64).at(0), 0.1);
  assertEquals(Tensor.from([0.1]).at(0), Math.fround(0.1));
});

Deno.test("from copies: neither writes to the other", () => {
  const array = new Float32Array([1, 2]);
  const tensor = Tensor.from(array);
  array[0] = 9;
  tensor.data[1] = 7;
  assertEquals([tensor.toArray(), [...array]], [[1, 7], [9, 2]]);
});

Deno.test("from refuses uneven rows, too few numbers, and anything but numbers", () => {
  assertThrows(() => Tensor.from([[1, 2], [3]]), RangeError, "got [2] for row 0 and [1] for row 1");
  assertThrows(() => Tensor.from([[1], 2] as Nested), RangeError, "got [1] for row 0 and [] for row 1");
  assertThrows(() => Tensor.from([1, 2, 3], [2, 2]), RangeError, "A tensor [2, 2] takes 4 numbers and got 3");
  assertThrows(() => Tensor.from(["1"] as unknown as number[]), TypeError, 'got the text "1" as element 0');
  assertThrows(() => Tensor.from([1, null] as unknown as number[]), TypeError, "got null as element 1");
  assertThrows(() => Tensor.from("12" as unknown as number[]), TypeError, 'got the text "12"');
  assertThrows(() => Tensor.from(undefined as unknown as number[]), TypeError, "got undefined");
});

Deno.test("a shape is a list of whole numbers of at least 0", () => {
  for (const make of [Tensor.zeros, Tensor.ones]) {
    assertThrows(() => make([2, 1.5]), RangeError, "[2, 1.5]");
    assertThrows(() => make([-1]), RangeError, "whole numbers of at least 0 and got [-1]");
    assertThrows(() => make([NaN]), RangeError, "[NaN]");
    assertThrows(
      () => make(5 as unknown as number[]),
      TypeError,
      "A tensor takes its shape as a list, such as [64, 1, 28, 28], and got the number 5",
    );
  }
  assertThrows(
    () => Tensor.zeros([1]).reshape(1 as unknown as number[]),
    TypeError,
    "its shape as a list, such as [64, 1, 28, 28], and got the number 1",
  );
  assertThrows(
    () => Tensor.zeros([1], { dtype: "float16" as "float32" }),
    RangeError,
    'A tensor takes dtype "float32" or "float64" and got "float16"',
  );
  assertThrows(() => Tensor.from([1], [1], { dtype: "int" as "float32" }), RangeError, '"int"');
});

Deno.test("a shape cannot be written to, and is a copy of the caller's", () => {
  const mine = [2, 3];
  const tensor = Tensor.zeros(mine);
  mine[0] = 7;
  assertEquals(tensor.shape, [2, 3]);
  assertThrows(() => (tensor.shape as number[])[0] = 5, TypeError);
});

Deno.test("reshape shares the numbers, and computes the axis that is -1", () => {
  const tensor = Tensor.from([1, 2, 3, 4, 5, 6]);
  const matrix = tensor.reshape([2, -1]);
  assertEquals(matrix.shape, [2, 3]);
  matrix.data[0] = 9;
  assertEquals(tensor.at(0), 9);
  for (const shape of [[4, 2], [-1, -1], [-1, 4], [6, -1, -1], [0, -1]]) {
    assertThrows(() => tensor.reshape(shape), RangeError, undefined, String(shape));
  }
  assertThrows(() => tensor.reshape([4, 2]), RangeError, "a shape that holds 6 numbers, as [6] does, and got [4, 2]");
});

Deno.test("clone, slice, map, transpose and arithmetic copy", () => {
  const tensor = Tensor.from([[1, 2], [3, 4]]);
  const copies = [tensor.clone(), tensor.slice(0, 2), tensor.map((v) => v), tensor.transpose(), tensor.plus(0)];
  for (const copy of copies) copy.data.fill(0);
  assertEquals(tensor.toArray(), [[1, 2], [3, 4]]);
  assertEquals(tensor.clone(float64).dtype, "float64");
});

Deno.test("data is the tensor: what is written there is used", () => {
  const x = Tensor.from([[1, 1]]);
  const data = x.data;
  matmul(x, Tensor.from([[1], [1]]));
  data[0] = 5;
  assertEquals(matmul(x, Tensor.from([[1], [1]])).toArray(), [[6]]);
  assertStrictEquals(x.data, data);
});

Deno.test("at and slice refuse indices outside the tensor", () => {
  const tensor = Tensor.from([[1, 2, 3], [4, 5, 6]]);
  assertEquals([tensor.at(1, 2), tensor.slice(1).toArray()], [6, [[4, 5, 6]]]);
  assertThrows(() => tensor.at(1), RangeError, "at takes one index for each axis of [2, 3] and got 1 indices");
  for (const index of [3, -1, 0.5]) {
    assertThrows(
      () => tensor.at(0, index),
      RangeError,
      `at takes an index from 0 to 2 for axis 1 of [2, 3] and got ${index}`,
    );
  }
  for (const [start, end] of [[-1, 1], [0, 3], [2, 1], [0.5, 1]]) {
    assertThrows(() => tensor.slice(start, end), RangeError, `got start ${start} and end ${end}`);
  }
});

Deno.test("arithmetic is element by element: no broadcasting, no mixed dtypes", () => {
  const x = Tensor.from([[1, 2], [3, 4]]);
  assertEquals(x.plus(x).minus(1).times(x).toArray(), [[1, 6], [15, 28]]);
  const [column, flat] = [Tensor.zeros([3, 1]), Tensor.zeros([3])];
  assertThrows(() => column.minus(flat), RangeError, "got [3, 1] and [3]: reshape one of them");
  assertThrows(() => x.plus(x.clone(float64)), TypeError, "got float32 and float64: clone({ dtype }) one");
  assertThrows(() => x.times([1] as unknown as Tensor), TypeError, "got Array");
});

Deno.test("sum, mean, min, max, argmax", () => {
  const x = Tensor.from([[1, 5, 2], [7, 0, 7]]);
  assertEquals([x.sum(), x.mean(), x.min(), x.max(), x.argmax()], [22, 22 / 6, 0, 7, [1, 0]]);
  assertEquals([Tensor.from([1, NaN]).min(), Tensor.from([NaN, 1]).max()], [NaN, NaN]);
  assertThrows(() => Tensor.from([1]).argmax(), RangeError, "takes a matrix");
  assertThrows(() => Tensor.from([1]).transpose(), RangeError, "takes a matrix");
});

Deno.test("products: plain, transposed, with bias, accumulated", () => {
  for (const dtype of ["float32", "float64"] as const) {
    const [a, b] = [
      Tensor.from([[1, 2, 3], [4, 5, 6]], undefined, { dtype }),
      Tensor.from([[1, 0], [2, 1], [0, 3]], undefined, { dtype }),
    ];
    assertEquals(matmul(a, b).toArray(), [[5, 11], [14, 23]]);
    assertEquals(matmul(transpose(a), transpose(b)).toArray(), [[1, 6, 12], [2, 9, 15], [3, 12, 18]]);
    assertEquals(affine(a, b, Tensor.from([10, 20], undefined, { dtype })).toArray(), [[15, 31], [24, 43]]);
    const into = Tensor.ones([2, 2], { dtype });
    accumulateMatmul(into, a, b);
    assertEquals(into.toArray(), [[6, 12], [15, 24]]);
    const sums = Tensor.ones([3], { dtype });
    accumulateRows(sums, a);
    assertEquals(sums.toArray(), [6, 8, 10]);
  }
});

Deno.test("a product checks all its arguments, and writes nothing if it refuses one", () => {
  const [a, b] = [Tensor.zeros([2, 3]), Tensor.zeros([3, 4])];
  assertThrows(() => matmul(a, a), RangeError, "[2, 3] · [2, 3]: the inner sizes are 3 and 2");
  assertThrows(() => matmul(a, transpose(b)), RangeError, "[2, 3] · [4, 3]");
  assertThrows(() => matmul(a, Tensor.zeros([3])), RangeError, "got [3]");
  assertThrows(() => matmul(a, b.clone(float64)), TypeError, "float32 and float64");
  assertThrows(() => matmul(a, [1] as unknown as Tensor), TypeError, "takes tensors and got Array");
  assertThrows(() => affine(a, b, Tensor.zeros([3])), RangeError, "a bias as [4] and got [3]");
  assertThrows(() => affine(a, b, Tensor.zeros([4], float64)), TypeError, "float64");
  const into = Tensor.ones([4, 2]);
  assertThrows(() => accumulateMatmul(into, a, b), RangeError, "the sum as [2, 4] and got [4, 2]");
  assertThrows(() => accumulateMatmul(Tensor.zeros([2, 4], float64), a, b), TypeError);
  assertThrows(() => accumulateRows(into, a), RangeError, "the sums as [3] and got [4, 2]");
  assertThrows(() => accumulateRows(Tensor.zeros([3]), Tensor.zeros([3])), RangeError, "matrices");
  assert(into.data.every((value) => value === 1));
});

Deno.test("argmax lets NaN win, as max does, and the first of equal ones", () => {
  const rows = [[1, NaN, 3], [NaN, 5, 9], [3, 1, NaN], [NaN, 2, NaN], [2, 7, 7], [-1, -1, -2], [
    -Infinity,
    NaN,
    Infinity,
  ]];
  const t = Tensor.from(rows);
  assertEquals(t.argmax(), [1, 0, 2, 0, 1, 0, 1]);
  for (const [i, row] of rows.entries()) assertEquals(t.at(i, t.argmax()[i]), Tensor.from(row).max());
});
