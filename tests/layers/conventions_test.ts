// What no gradient check can decide: the slope at a corner, and which of equal maxima gets the gradient.
import { assertEquals } from "@std/assert";
import { AvgPool2D, MaxPool2D, ReLU, Tensor } from "../../mod.ts";

for (const dtype of ["float32", "float64"] as const) {
  const image = (rows: number[][]) => Tensor.from(rows.flat(), [1, 1, rows.length, rows[0].length], { dtype });
  const plane = (tensor: Tensor) => (tensor.toArray() as number[][][][])[0][0];

  Deno.test(`the slope of ReLU at 0 is 0, ${dtype}`, () => {
    const relu = new ReLU();
    assertEquals(relu.forward(image([[0, -0, 1]])).data[1], 0);
    assertEquals(plane(relu.backward(image([[5, 5, 5]]))), [[0, 0, 5]]);
  });

  Deno.test(`of equal maxima the first, row by row, gets the whole gradient, ${dtype}`, () => {
    const pool = new MaxPool2D({ kernelSize: 2 });
    pool.forward(image([[0, 3, 7, 7], [3, 3, 7, 7]]));
    assertEquals(plane(pool.backward(image([[5, 6]]))), [[0, 5, 6, 0], [0, 0, 0, 0]]);
  });

  Deno.test(`overlapping windows add up their gradients; a pixel that no window covers gets none, ${dtype}`, () => {
    const overlapping = new MaxPool2D({ kernelSize: 2, stride: 1 });
    assertEquals(plane(overlapping.forward(image([[1, 9, 1], [1, 1, 1]]))), [[9, 9]]);
    assertEquals(plane(overlapping.backward(image([[5, 6]]))), [[0, 11, 0], [0, 0, 0]]);
    const apart = new AvgPool2D({ kernelSize: 1, stride: 2 });
    assertEquals(plane(apart.forward(image([[1, 2, 3, 4]]))), [[1, 3]]);
    assertEquals(plane(apart.backward(image([[5, 6]]))), [[5, 0, 6, 0]]);
    const left = new AvgPool2D({ kernelSize: 2 });
    assertEquals(plane(left.forward(image([[1, 2, 99], [3, 4, 99], [99, 99, 99]]))), [[2.5]]);
    assertEquals(plane(left.backward(image([[8]]))), [[2, 2, 0], [2, 2, 0], [0, 0, 0]]);
  });

  Deno.test(`a NaN in a window is its maximum, and gets the gradient, ${dtype}`, () => {
    const pool = new MaxPool2D({ kernelSize: 2 });
    assertEquals(plane(pool.forward(image([[1, NaN], [9, NaN]]))), [[NaN]]);
    assertEquals(plane(pool.backward(image([[5]]))), [[0, 5], [0, 0]]);
  });
}
