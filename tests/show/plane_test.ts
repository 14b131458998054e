// The range of numbers that a picture's shades stand for, and what becomes of numbers that are not finite.
import { assertEquals } from "@std/assert";
import { brightnessAt, colorAt, enlarge, paletteFor, type Plane, rangeOf, shrink } from "../../lib/show/plane.ts";

const gray = (values: ArrayLike<number>, width = values.length): Plane => {
  return { width, height: values.length / width, channels: 1, values, palette: "ink", low: 0, high: 1 };
};

Deno.test("an infinity does not stretch the range: the finite numbers keep their shades", () => {
  assertEquals(rangeOf([-Infinity, 2, 5], "ink"), { low: 0, high: 5 });
  assertEquals(rangeOf([Infinity, -2, 5], "ink"), { low: -2, high: 5 });
  assertEquals(rangeOf([-Infinity, -3, 1, Infinity], "diverging"), { low: -3, high: 3 });
  assertEquals(rangeOf([Infinity, 4], "blues"), { low: 0, high: 4 });
  assertEquals(rangeOf([NaN, Infinity, -Infinity], "ink"), { low: 0, high: 1 });
  assertEquals(rangeOf([NaN], "diverging"), { low: -1, high: 1 });
});

Deno.test("bytes go from 0 to 255, shares from 0 to 1, and other numbers from 0 or their smallest to their largest", () => {
  assertEquals(rangeOf(new Uint8Array([3, 4]), "ink"), { low: 0, high: 255 });
  assertEquals(rangeOf([0.1, 0.9], "ink"), { low: 0, high: 1 });
  assertEquals(rangeOf([0.1, 0.4], "ink"), { low: 0, high: 0.4 }); // would hardly be seen on a scale to 1
  assertEquals(rangeOf([0, 1.5], "ink"), { low: 0, high: 1.5 });
  assertEquals(rangeOf([-1, 1], "ink"), { low: -1, high: 1 });
  assertEquals(rangeOf([0, 0], "ink"), { low: 0, high: 1 });
  assertEquals(rangeOf([-4, 1], "diverging"), { low: -4, high: 4 });
  assertEquals(rangeOf([0, 0], "diverging"), { low: -1, high: 1 });
  assertEquals([paletteFor([0, 1]), paletteFor([-0.1, 1])], ["ink", "diverging"]);
});

Deno.test("the shades at the ends and in the middle, and beyond the ends", () => {
  const plane: Plane = { width: 4, height: 1, channels: 3, values: [], palette: "ink", low: 1, high: 3 };
  const values = [1, 2, 3, 9, ...[1, 2, 3, -9], ...[1, 2, 3, 2]];
  const colors = [0, 1, 2, 3].map((x) => colorAt({ ...plane, values }, x, 0));
  assertEquals(colors.map(String), ["0,0,0", "128,128,128", "255,255,255", "255,0,128"]);
  assertEquals(brightnessAt({ ...plane, values }, 1, 0), 0.5);
});

Deno.test("a smaller plane has the mean of each block, also of a block that is cut off; a larger one repeats", () => {
  const small = shrink(gray([1, 3, 5, 5, 7, 9], 3), 2);
  assertEquals([small.width, small.height, ...small.values as Float64Array], [2, 1, 4, 7]);
  const large = enlarge(gray([1, 2], 2), 2);
  assertEquals([large.width, large.height, ...large.values as Float64Array], [4, 2, 1, 1, 2, 2, 1, 1, 2, 2]);
  const plane = gray([1, 2], 2);
  assertEquals([shrink(plane, 1) === plane, enlarge(plane, 1) === plane], [true, true]);
});
