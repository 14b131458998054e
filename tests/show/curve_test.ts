import { assert, assertAlmostEquals, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { scale } from "../../lib/show/scale.ts";
import { curve } from "../../lib/show/mod.ts";
import { colorScreen, elements, parseSvg } from "./pictures.ts";

/** The rows of the drawing, without axes: the text after │ or ┤. */
function body(text: string): string[] {
  return text.split("\n").filter((line) => /[│┤]/.test(line)).map((line) => line.replace(/^[^│┤]*[│┤]/, ""));
}

/** The middle of what is drawn in the first row that has something. */
function highest(rows: string[]): { row: number; column: number } {
  const row = rows.findIndex((line) => /[\u2801-\u28ff]/.test(line));
  const columns = [...rows[row]].flatMap((char, i) => /[\u2801-\u28ff]/.test(char) ? [i] : []);
  return { row, column: (columns[0] + columns.at(-1)!) / 2 };
}

Deno.test("a curve in braille has its maximum where it should", () => {
  for (const peak of [0.25, 0.5, 0.75]) {
    const rows = body(curve((x) => -((x - peak) ** 2), { xRange: [0, 1] }).text());
    const { row, column } = highest(rows);
    assertEquals(row, 0);
    assertAlmostEquals((column + 0.5) / 74, peak, 0.02);
  }
});

Deno.test("a falling line goes from the upper left to the lower right", () => {
  const rows = body(curve([10, 0]).text());
  assert(/^[\u2801-\u28ff]/.test(rows[0]), rows[0]);
  assert(/[\u2801-\u28ff]$/.test(rows.at(-1)!.trimEnd()));
  const starts = rows.map((row) => row.search(/[\u2801-\u28ff]/));
  assertEquals(starts, starts.toSorted((a, b) => a - b));
});

Deno.test("each curve has its name at its end, in plain text too", () => {
  const text = curve({ rises: [0, 1, 2], falls: [2, 1, 0] }).text();
  const rows = body(text);
  assertStringIncludes(rows[0], "rises");
  assertStringIncludes(rows.at(-1)!, "falls");
});

Deno.test("names that end at the same height do not cover each other", () => {
  const text = curve({ one: [0, 1], two: [0, 1], three: [0, 1] }).text();
  for (const name of ["one", "two", "three"]) assertStringIncludes(text, name);
});

Deno.test("where names move apart, the name of the higher curve is above", () => {
  const rows = body(curve({ high: [1, 0.03], low: [0.5, 0.01], top: [0, 1] }).text());
  const at = (name: string) => rows.findIndex((line) => line.includes(name));
  assert(at("top") < at("high") && at("high") < at("low"), rows.join("\n"));
});

Deno.test("title, labels and numbers of both axes are there, in text and in SVG", () => {
  const picture = curve([3, 2, 1], { title: "Loss & more", xLabel: "epoch", yLabel: "loss" });
  for (const word of ["Loss & more", "epoch", "loss", "0.0", "2.0"]) assertStringIncludes(picture.text(), word);
  const words = elements(parseSvg(picture.svg()!), "text").map((text) => text.text);
  for (const word of ["Loss & more", "epoch", "loss", "0.0", "2.0"]) assert(words.includes(word), word);
});

Deno.test("NaN breaks the line and is counted; infinite values are counted separately", () => {
  const picture = curve([1, 2, NaN, 2, Infinity, 1]);
  assertStringIncludes(picture.text(), "1 value is NaN and not drawn");
  assertStringIncludes(picture.text(), "1 value is infinite and not drawn");
  const d = elements(parseSvg(picture.svg()!), "path").map((path) => path.attributes.d).find((path) =>
    path.includes("L")
  )!;
  assertEquals(d.match(/M/g)!.length, 3);
});

Deno.test("a curve of NaN alone, of one value, and of equal values can be drawn", () => {
  assertStringIncludes(curve([NaN, NaN]).text(), "2 values are NaN");
  for (const values of [[5], [5, 5, 5], [0, 0], [1e9, 1e9], [1e-12, 1e-12]]) {
    assert(body(curve(values).text()).some((row) => /[\u2801-\u28ff]/.test(row)), String(values));
    parseSvg(curve(values).svg()!);
  }
});

Deno.test("on logarithmic axes a power law is a straight line, and a note tells that zero is left out", () => {
  const x = [1e-8, 1e-6, 1e-4, 1e-2, 1];
  const picture = curve({ error: { x, y: x.map((v) => v * v) } }, { log: "both" });
  const d = elements(parseSvg(picture.svg()!), "path").map((path) => path.attributes.d).find((path) =>
    path.includes("L")
  )!;
  const points = [...d.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)].map((match) => [Number(match[1]), Number(match[2])]);
  const slopes = points.slice(1).map(([px, py], i) => (py - points[i][1]) / (px - points[i][0]));
  for (const slope of slopes) assertAlmostEquals(slope, slopes[0], 0.01);
  assertStringIncludes(curve([0, 1, 10], { log: true }).text(), "1 value is 0 or less");
});

Deno.test("a million values become a path of a few thousand, with the one peak kept", () => {
  const values = new Float64Array(1_000_000);
  values[123_456] = 1;
  const svg = curve(values).svg()!;
  assert(svg.length < 100_000, `${svg.length} characters`);
  const d = elements(parseSvg(svg), "path").map((path) => path.attributes.d).find((path) => path.includes("L"))!;
  const heights = [...d.matchAll(/[ML]-?[\d.]+ (-?[\d.]+)/g)].map((match) => Number(match[1]));
  assert(Math.max(...heights) - Math.min(...heights) > 200, "the peak reaches the top");
});

Deno.test("points are drawn as markers, a different one for each series", () => {
  const text = curve({ a: { x: [0, 1], y: [0, 1], points: true }, b: { x: [0, 1], y: [1, 0], points: true } }).text();
  assertEquals(body(text).join("").replace(/[ab]/g, "").match(/[•×]/g)!.toSorted(), ["×", "×", "×", "•", "•", "•"]);
});

Deno.test("curves differ by dash and by dots, not by color alone", () => {
  const picture = curve({ a: [0, 1], b: [1, 0] });
  const dashes = elements(parseSvg(picture.svg()!), "path").map((path) => path.attributes["stroke-dasharray"]);
  assert(dashes.includes("7 4") && dashes.includes(undefined as never));
  assertStringIncludes(picture.text(colorScreen()), "╌ b");
});

Deno.test("values that cannot be drawn are refused with what to do", () => {
  assertThrows(
    () => curve({ a: "text" } as never),
    TypeError,
    'curve takes numbers, { x, y } or a function for "a" and got "text"',
  );
  assertThrows(() => curve({}), TypeError, "or several of these by name, and got none");
  assertThrows(
    () => curve({ a: { x: [1], y: [1, 2] } }),
    RangeError,
    'curve takes one x for each y and got 1 x and 2 y for "a"',
  );
});

Deno.test("ticks are round, cover the axis and never repeat a label", () => {
  for (const [from, to] of [[0, 1], [-3.7, 12.2], [0.001, 0.0042], [1e6, 3e7], [-1e-9, 1e-9], [5, 5], [99.5, 100.5]]) {
    for (const count of [2, 5, 10]) {
      const { ticks, at } = scale(from, to, { count, nice: true });
      assert(ticks.length >= 2 && ticks.length <= 3 * count, `${ticks.length} ticks of ${from}…${to}`);
      assertEquals(new Set(ticks.map((tick) => tick.label)).size, ticks.length, String(ticks.map((t) => t.label)));
      assertAlmostEquals(at(ticks[0].value), 0, 1e-6);
      assertAlmostEquals(at(ticks.at(-1)!.value), 1, 1e-6);
    }
  }
});
