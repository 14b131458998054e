import { assert, assertAlmostEquals, assertEquals, assertGreater } from "@std/assert";
import fc from "fast-check";
import { boxOf, centerOfMass, type Ink, mnistImage } from "../../../../lib/fronts/web/draw/mnist_image.ts";

/** A sheet with a rectangle of ink, and a darker one somewhere in it. */
const sheets: fc.Arbitrary<Ink> = fc.record({
  side: fc.integer({ min: 30, max: 90 }),
  at: fc.array(fc.nat({ max: 1000 }), { minLength: 8, maxLength: 8 }),
}).map(({ side, at }) => {
  const data = new Float64Array(side * side);
  for (const [k, ink] of [[0, 0.5], [4, 1]]) {
    const [left, top] = [at[k] % (side - 1), at[k + 1] % (side - 1)];
    const right = left + 1 + at[k + 2] % (side - left), bottom = top + 1 + at[k + 3] % (side - top);
    for (let y = top; y < Math.min(side, bottom); y++) {
      for (let x = left; x < Math.min(side, right); x++) data[y * side + x] = ink;
    }
  }
  return { width: side, height: side, data };
});

function asInk(image: Float32Array): Ink {
  return { width: 28, height: 28, data: image };
}

Deno.test("an empty sheet gives no image", () => {
  assertEquals(mnistImage({ width: 5, height: 4, data: new Float32Array(20) }), undefined);
});

Deno.test("the longest side of the ink becomes 20 pixels, and its center of mass is within half a pixel of (14, 14)", () => {
  fc.assert(fc.property(sheets, (sheet) => {
    const image = asInk(mnistImage(sheet)!);
    const box = boxOf(image)!;
    assertEquals(Math.max(box.right - box.left, box.bottom - box.top) + 1, 20);
    const [row, column] = centerOfMass(image);
    const isAtEdge = box.left === 0 || box.right === 27 || box.top === 0 || box.bottom === 27;
    assert(isAtEdge || (Math.abs(row - 14) <= 0.5 && Math.abs(column - 14) <= 0.5), `center at ${row}, ${column}`);
  }));
});

Deno.test("scaling keeps the ink: its sum shrinks as the area does", () => {
  fc.assert(fc.property(sheets, (sheet) => {
    const box = boxOf(sheet)!;
    const scale = 20 / Math.max(box.right - box.left + 1, box.bottom - box.top + 1);
    const before = Array.from(sheet.data).reduce((sum, v) => sum + v);
    const after = mnistImage(sheet)!.reduce((sum, v) => sum + v);
    assertAlmostEquals(after / (before * scale * scale), 1, 1e-5);
  }));
});

Deno.test("the proportions stay: a bar of 60 × 6 becomes one of 20 × 2", () => {
  const data = new Float32Array(80 * 80);
  for (let y = 10; y < 70; y++) data.fill(1, y * 80 + 40, y * 80 + 46);
  const { left, right, top, bottom } = boxOf(asInk(mnistImage({ width: 80, height: 80, data })!))!;
  assertEquals([right - left + 1, bottom - top + 1], [2, 20]);
});

Deno.test("where the ink is on the sheet does not matter", () => {
  fc.assert(fc.property(sheets, fc.nat({ max: 40 }), fc.nat({ max: 40 }), (sheet, right, down) => {
    const side = sheet.width + 40;
    const data = new Float64Array(side * side);
    for (let i = 0; i < sheet.data.length; i++) {
      data[(Math.floor(i / sheet.width) + down) * side + i % sheet.width + right] = sheet.data[i];
    }
    assertEquals(mnistImage({ width: side, height: side, data }), mnistImage(sheet));
  }));
});

Deno.test("a scale of 3 gives means of 3 × 3 pixels", () => {
  const data = Float64Array.from({ length: 60 * 60 }, (_, i) => (1 + i * 7919 % 97) / 100);
  const image = mnistImage({ width: 60, height: 60, data })!;
  const { left, top } = boxOf(asInk(image))!;
  for (const [row, column] of [[0, 0], [7, 13], [19, 19]]) {
    let mean = 0;
    for (let u = 0; u < 3; u++) for (let v = 0; v < 3; v++) mean += data[(3 * row + u) * 60 + 3 * column + v] / 9;
    assertAlmostEquals(image[(top + row) * 28 + left + column], mean, 1e-6);
  }
});

Deno.test("all of the ink stays in the image, even when its center of mass is far to one side", () => {
  const data = new Float64Array(100 * 100).fill(0.001);
  for (let y = 0; y < 100; y++) data.fill(1, y * 100, y * 100 + 3);
  const image = mnistImage({ width: 100, height: 100, data })!;
  assertGreater(boxOf(asInk(image))!.right, 19);
  assertAlmostEquals(image.reduce((sum, v) => sum + v), 12 + 388 * 0.001, 1e-3);
});
