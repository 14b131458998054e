// A canvas of braille characters: dots that share a character, and dashes that go on over the pieces of a line.
import { assertEquals } from "@std/assert";
import { Braille } from "../../lib/show/braille.ts";

const plain = (canvas: Braille) => canvas.lines((text) => text);

Deno.test("dots in one character add up, and those outside of the canvas are left out", () => {
  const canvas = new Braille(2, 1);
  canvas.dot(0, 0, 0);
  canvas.dot(1, 3, 0);
  canvas.dot(3.4, 1.6, 0);
  for (const [x, y] of [[-1, 0], [0, -1], [4, 0], [0, 4], [NaN, 0]]) canvas.dot(x, y, 0);
  assertEquals(plain(canvas), [String.fromCharCode(0x2800 + 0x01 + 0x80, 0x2800 + 0x20)]);
});

Deno.test("a dashed line in two pieces is the same as in one", () => {
  const pattern = [1, 1, 1, 0, 0];
  const draw = (...stops: number[]) => {
    const canvas = new Braille(20, 1);
    let phase = 0;
    for (const [i, to] of stops.slice(1).entries()) phase = canvas.line(stops[i], 1, to, 1, 0, pattern, phase);
    return plain(canvas);
  };
  assertEquals(draw(0, 17, 39), draw(0, 39));
  assertEquals(draw(0, 7, 8, 23, 39), draw(0, 39));
});

Deno.test("each run of characters is painted by the series that drew there last", () => {
  const canvas = new Braille(4, 1);
  canvas.line(0, 0, 7, 0, 0, [1]);
  canvas.dot(4, 2, 1);
  assertEquals(canvas.lines((text, owner) => `${owner}:${text.length} `), ["0:2 1:1 0:1 "]);
});
