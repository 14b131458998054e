import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { Drawing, type PadPoint } from "../../../../lib/fronts/web/draw/drawing.ts";

const places: fc.Arbitrary<PadPoint[]> = fc.array(
  fc.tuple(fc.double({ min: -1, max: 2, noNaN: true }), fc.double({ min: -1, max: 2, noNaN: true })),
  { minLength: 1, maxLength: 12 },
);

function drawn(points: readonly PadPoint[]): PadPoint[][] {
  const drawing = new Drawing();
  drawing.begin(points[0], 0.1);
  for (const point of points.slice(1)) drawing.move(point);
  drawing.end();
  return drawing.strokes.map((stroke) => [...stroke.points]);
}

const isInside = (point: PadPoint) => point.every((at) => at >= 0 && at <= 1);

Deno.test("no point lies outside the sheet, and every point inside is drawn, in order", () => {
  fc.assert(fc.property(places, (points) => {
    const strokes = drawn(points).flat();
    assert(strokes.every(isInside));
    let from = 0;
    for (const point of points.filter(isInside)) {
      const found = strokes.indexOf(point, from);
      assert(found >= from, `${point} is missing`);
      from = found;
    }
  }));
});

Deno.test("a stroke that leaves the sheet and comes back is two, each up to the border", () => {
  assertEquals(drawn([[0.5, 0.5], [0.5, -0.5], [0.75, -0.5], [0.75, 0.5]]), [
    [[0.5, 0.5], [0.5, 0]],
    [[0.75, 0], [0.75, 0.5]],
  ]);
});

Deno.test("a line across the sheet between two points outside is drawn; one that passes beside it is not", () => {
  assertEquals(drawn([[-0.5, 0.25], [1.5, 0.25]]), [[[0, 0.25], [1, 0.25]]]);
  assertEquals(drawn([[-0.5, 0.6], [0.6, -0.5]]).length, 1);
  assertEquals(drawn([[-0.5, 0.4], [0.4, -0.5]]), []);
});

Deno.test("a pen that goes down and up is a dot", () => {
  assertEquals(drawn([[0.3, 0.4]]), [[[0.3, 0.4]]]);
});

Deno.test("nothing is drawn while the pen is up", () => {
  const drawing = new Drawing();
  drawing.move([0.5, 0.5]);
  drawing.begin([0.1, 0.1], 0.05);
  drawing.end();
  drawing.move([0.9, 0.9]);
  assertEquals(drawing.strokes, [{ points: [[0.1, 0.1]], thickness: 0.05 }]);
  assertEquals(drawing.isDown, false);
});

Deno.test("undo takes the last stroke, also one that is not at its end; clear takes all", () => {
  const drawing = new Drawing();
  for (const y of [0.2, 0.4, 0.6]) {
    drawing.begin([0.1, y], 0.05);
    drawing.move([0.9, y]);
  }
  drawing.undo();
  assertEquals(drawing.strokes.map(({ points }) => points[0][1]), [0.2, 0.4]);
  drawing.move([0.5, 0.5]);
  assertEquals(drawing.strokes.length, 2);
  drawing.clear();
  drawing.undo();
  assertEquals(drawing.strokes, []);
});
