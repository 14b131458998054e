import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { PlaneLayout } from "../../../../lib/fronts/web/inside/plane_layout.ts";

const shapes = fc.oneof(
  fc.tuple(
    fc.constant(1),
    fc.integer({ min: 1, max: 20 }),
    fc.integer({ min: 1, max: 9 }),
    fc.integer({ min: 1, max: 9 }),
  ),
  fc.tuple(fc.constant(1), fc.integer({ min: 1, max: 300 })),
);

Deno.test("a click on a number finds that number, and no two stand at the same place", () => {
  fc.assert(fc.property(shapes, fc.integer({ min: 1, max: 9 }), (shape, inARow) => {
    const layout = new PlaneLayout(shape, inARow);
    const places = new Set<string>();
    const count = shape.reduce((size, axis) => size * axis, 1);
    for (let at = 0; at < count; at++) {
      const [x, y] = layout.placeOf(at);
      assert(x < layout.wide && y < layout.high);
      places.add(`${x} ${y}`);
      assertEquals(layout.numberAt((x + 0.5) / layout.wide, (y + 0.5) / layout.high), at);
    }
    assertEquals(places.size, count);
  }));
});

Deno.test("between two maps there is nothing", () => {
  const layout = new PlaneLayout([1, 2, 3, 3]);
  assertEquals([layout.wide, layout.high], [7, 3]);
  assertEquals(layout.numberAt(3.5 / 7, 0.5), undefined);
});

Deno.test("arrow keys go from pixel to pixel, over the gap, and stop at the border", () => {
  const layout = new PlaneLayout([1, 2, 2, 2]);
  assertEquals([layout.moved(0, 1, 0), layout.moved(1, 1, 0), layout.moved(5, 1, 0)], [1, 4, 5]);
  assertEquals([layout.moved(0, 0, 1), layout.moved(2, 0, 1), layout.moved(0, 0, -1)], [2, 2, 0]);
});

Deno.test("the box of a window leaves out what lies in the padding", () => {
  const layout = new PlaneLayout([1, 2, 4, 4]);
  const box = layout.boxOf({ plane: 1, top: -1, left: 2, height: 3, width: 3 });
  assertAlmostEquals(box.left, 7 / 9);
  assertEquals(box.top, 0);
  assertAlmostEquals(box.width, 2 / 9);
  assertAlmostEquals(box.height, 2 / 4);
});
