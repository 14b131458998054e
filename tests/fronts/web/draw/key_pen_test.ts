import { assertEquals } from "@std/assert";
import { Drawing } from "../../../../lib/fronts/web/draw/drawing.ts";
import { KeyPen } from "../../../../lib/fronts/web/draw/key_pen.ts";

function pressed(...keys: string[]) {
  const drawing = new Drawing();
  const pen = new KeyPen(drawing);
  const done = keys.map((key) => pen.press({ key }, 0.1));
  return { drawing, pen, done };
}

Deno.test("arrows move the pen, and draw only while it is down", () => {
  const { drawing, pen } = pressed("ArrowUp", " ", "ArrowRight", "PageDown", " ", "ArrowLeft");
  const at = (x: number, y: number) => [0.5 + x / 28, 0.5 + y / 28];
  const near = (points: readonly (readonly number[])[]) => points.map((point) => point.map((v) => Math.round(v * 1e6)));
  assertEquals(near(drawing.strokes[0].points), near([at(0, -1), at(1, -1), at(2, 0)]));
  assertEquals(near([pen.at]), near([at(1, 0)]));
  assertEquals(drawing.strokes.length, 1);
});

Deno.test("the pen stays on the sheet", () => {
  const { pen } = pressed(...new Array<string>(40).fill("ArrowLeft"), ...new Array<string>(40).fill("ArrowDown"));
  assertEquals(pen.at, [0, 1]);
});

Deno.test("keys that take ink away say so, and other keys are left to the page", () => {
  const { drawing, done } = pressed(" ", " ", " ", " ", "Backspace", "b", "Enter", "Tab");
  assertEquals(drawing.strokes.length, 1);
  assertEquals(done.slice(4), ["taken", undefined, undefined, undefined]);
  assertEquals(new KeyPen(drawing).press({ key: "z", ctrlKey: true }, 0.1), "taken");
  assertEquals(new KeyPen(drawing).press({ key: "ArrowUp", altKey: true }, 0.1), undefined);
});

Deno.test("leaving the pad lifts the pen", () => {
  const { drawing, pen } = pressed(" ", "ArrowUp");
  pen.leave();
  assertEquals([drawing.isDown, pen.isShown], [false, false]);
});
