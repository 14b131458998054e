import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { heatmap, tensor } from "../../lib/show/mod.ts";
import { Tensor } from "../../lib/tensor/mod.ts";
import { colorScreen, elements, parseSvg, wave } from "./pictures.ts";

Deno.test("a tensor shows name, type, shape, min, mean, max and how many are NaN", () => {
  const x = Tensor.from([[1, -2, 3], [NaN, 5, NaN]], undefined, { dtype: "float64" });
  const [head, ...rows] = tensor(x, "x").text().split("\n");
  assertEquals(head, "x  float64  [2, 3]  min -2  mean 1.75  max 5  NaN 2");
  assertEquals(rows.map((row) => row.trim().split(/\s+/)), [["1", "-2", "3"], ["NaN", "5", "NaN"]]);
});

Deno.test("decimal points in a table of numbers are aligned", () => {
  const rows = tensor({ shape: [3, 1], data: [0.5, -12.25, 100] }).text().split("\n").slice(1);
  assertEquals(new Set(rows.map((row) => row.indexOf("."))).size, 1);
});

Deno.test("infinite values are counted, and do not spoil the mean", () => {
  assertStringIncludes(tensor({ shape: [3], data: [1, Infinity, 3] }).text(), "mean 2  max ∞  infinite 1");
  assertStringIncludes(tensor({ shape: [1], data: [NaN] }).text(), "NaN 1 (all)");
});

Deno.test("a scalar and an empty tensor can be shown", () => {
  assertStringIncludes(tensor({ shape: [], data: [3] }).text(), "3");
  assertEquals(tensor({ shape: [0, 4], data: [] }).text(), "[0, 4]  empty");
});

Deno.test("matrices of a small tensor carry their index", () => {
  const lines = tensor({ shape: [2, 2, 2], data: [1, 2, 3, 4, 5, 6, 7, 8] }).text().split("\n");
  assertEquals(lines.slice(1).map((line) => line.trim()), ["[0]", "1 2", "3 4", "[1]", "5 6", "7 8"]);
});

Deno.test("a large tensor is a heat map that tells how much of it is shown", () => {
  const text = tensor(wave([4, 6, 12, 12])).text();
  assertStringIncludes(text, "10 of 24 maps");
  assertStringIncludes(text, "[1, 3]");
});

Deno.test("a heat map puts the largest where it is, signs by digits in plain text and by blue and red in color", () => {
  const data = new Float64Array(144);
  data[0] = 4; // upper left
  data[143] = -4; // lower right
  const picture = heatmap({ shape: [12, 12], data });
  const rows = picture.text().split("\n");
  assertEquals(rows[0].slice(0, 2), " 9");
  assertEquals(rows[11].slice(-2), "-9");
  const colored = picture.text({ ...colorScreen(), colors: "24bit" });
  const first = /38;2;(\d+);(\d+);(\d+)/.exec(colored)!.slice(1).map(Number);
  assert(first[0] > first[2], "positive is red");
  assertStringIncludes(colored, "48;2;0;0;135"); // negative is blue
});

Deno.test("NaN is visible in a heat map", () => {
  const data = new Float64Array(400).fill(1);
  data[0] = NaN;
  const picture = heatmap({ shape: [20, 20], data });
  assert(picture.text().startsWith("?"));
  assertStringIncludes(picture.text(), "NaN 1");
  assert(elements(parseSvg(picture.svg()!), "image").length === 1);
});
