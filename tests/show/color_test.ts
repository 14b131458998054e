// The colors of numbers, and the codes that a terminal is sent for them.
import { assertEquals } from "@std/assert";
import { blues, code, diverging, inkOn, NAN_COLOR } from "../../lib/show/color.ts";

Deno.test("below zero is blue, above is red, zero is white, and what is beyond the ends is as the ends", () => {
  assertEquals(diverging(0), [255, 255, 255]);
  assertEquals([diverging(-1), diverging(-7)], [[0, 0, 135], [0, 0, 135]]);
  assertEquals([diverging(1), diverging(7)], [[135, 0, 0], [135, 0, 0]]);
  assertEquals(diverging(0.25), [255, 215, 175]);
  assertEquals(diverging(0.125), [255, 235, 215]); // half way between two
  assertEquals([blues(-1), blues(0.5), blues(2)], [[255, 255, 255], [95, 175, 255], [0, 0, 135]]);
  assertEquals([diverging(NaN), blues(NaN)], [NAN_COLOR, NAN_COLOR]);
});

Deno.test("text on a light ground is black, on a dark one white, and green counts most for that", () => {
  const black = [0, 0, 0], white = [255, 255, 255];
  assertEquals([inkOn([255, 255, 255]), inkOn([0, 0, 0])], [black, white]);
  assertEquals([inkOn([0, 255, 0]), inkOn([255, 0, 0]), inkOn([0, 0, 255])], [black, white, white]);
});

Deno.test("a color as a code: 24 bits, or the nearest of the 256 of xterm", () => {
  assertEquals(code(38, [1, 2, 3], "24bit"), "38;2;1;2;3");
  const nearest = ([r, g, b]: [number, number, number]) => code(48, [r, g, b], "256");
  assertEquals(nearest([255, 0, 0]), "48;5;196");
  assertEquals(nearest([0, 255, 0]), "48;5;46");
  assertEquals(nearest([95, 175, 255]), "48;5;75");
  assertEquals(nearest([100, 170, 250]), "48;5;75");
  assertEquals([[0, 0, 0], [128, 128, 128], [255, 255, 255]].map((gray) => nearest(gray as [number, number, number])), [
    "48;5;16",
    "48;5;244",
    "48;5;231",
  ]);
});
