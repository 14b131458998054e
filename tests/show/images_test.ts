import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { inflateSync } from "node:zlib";
import { digits, filters, image } from "../../lib/show/mod.ts";
import { pngDataUri } from "../../lib/show/png.ts";
import { colorScreen, elements, parseSvg, wave } from "./pictures.ts";

const ink = "38;5;231";
const paper = "38;5;16";

function bar(): Uint8Array {
  const pixels = new Uint8Array(784);
  for (let y = 4; y < 24; y++) pixels.fill(255, y * 28 + 12, y * 28 + 16);
  return pixels;
}

Deno.test("an image in plain text is dense where the ink is", () => {
  const rows = image(bar()).text().split("\n");
  assertEquals(rows.length, 14);
  for (const row of rows.slice(2, 12)) assertEquals(row, " ".repeat(12) + "@@@@");
  assertEquals(rows[0], "");
});

Deno.test("an image in colors is made of half blocks, light on dark", () => {
  const rows = image(bar()).text(colorScreen()).split("\n");
  assertEquals(rows.length, 14);
  assertStringIncludes(rows[6], `${ink};48;5;231m▀▀▀▀`);
  assertStringIncludes(rows[0], `${paper};48;5;16m`);
});

Deno.test("small images are enlarged, wide ones shrink", () => {
  assertEquals(image({ shape: [2, 2], data: [1, 0, 0, 1] }).text(), "@@\n  @@");
  const wide = image(wave([50, 300], 1)).text({ columns: 60, rows: 24, colors: "none" }).split("\n");
  assert(wide.every((row) => row.length <= 60) && wide.length > 3);
});

Deno.test("digits mark the wrong ones with a sign and a frame, not by color alone", () => {
  const picture = digits(new Uint8Array(3 * 784), { labels: [7, 2, 1], predictions: [7, 3, 1] });
  const text = picture.text();
  assertStringIncludes(text, "7 ✓");
  assertStringIncludes(text, "✗ 3, is 2");
  const root = parseSvg(picture.svg()!);
  assertEquals(elements(root, "image").length, 3);
  assertEquals(elements(root, "rect").filter((rect) => rect.attributes["stroke-width"] === "3").length, 1);
});

Deno.test("digits take every shape of the data set, bytes too, and say how many are left out", () => {
  for (const shape of [[20, 1, 28, 28], [20, 28, 28], [20, 784]]) {
    assertStringIncludes(digits(wave(shape, 1)).text(), "10 of 20 images");
  }
  assertStringIncludes(digits(new Uint8Array(20 * 784), { limit: 2 }).text(), "2 of 20 images");
});

Deno.test("digits look at no more pixels than they show", () => {
  const started = performance.now();
  digits(new Uint8Array(60000 * 784)).text();
  assert(performance.now() - started < 1000);
});

Deno.test("five digits fit into 80 columns", () => {
  const lines = digits(wave([10, 784], 1), { labels: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] }).text().split("\n");
  assert(lines.some((line) => /^\s*0\s+1\s+2\s+3\s+4$/.test(line)));
  assert(lines.length < 24, "all of it is visible at once");
});

Deno.test("anything that is not an image is refused with what to do", () => {
  assertThrows(() => image(wave([4, 28, 28])), RangeError, "got [4, 28, 28]");
  assertThrows(() => image(new Uint8Array(785)), RangeError, "785 numbers");
  assertThrows(() => image("no image" as never), TypeError, "image takes a tensor or a list of numbers and got");
  assertThrows(
    () => digits(wave([2, 3, 4, 5])),
    RangeError,
    "digits takes [N, 1, H, W], [N, H, W] or [N, 784] and got [2, 3, 4, 5]",
  );
  assertThrows(
    () => digits(new Uint8Array(1568), { labels: [1] }),
    RangeError,
    "digits takes labels for all 2 images and got 1",
  );
  assertThrows(() => filters(wave([5, 5])), RangeError, "[out, in, kh, kw], and got [5, 5]");
});

Deno.test("filters share one scale, with zero at white", () => {
  const picture = filters({ shape: [3, 1, 1, 2], data: [2, 0, -2, 1, 0, 0] });
  const [first] = picture.text().split("\n");
  assertEquals(first.match(/-?\d|·/g), ["9", "·", "-9", "5", "·", "·"].map(String));
  assertStringIncludes(picture.text(), "9 is 2");
});

Deno.test("the PNG inside an SVG holds the pixels, as zlib reads it", () => {
  const uri = pngDataUri({
    width: 3,
    height: 2,
    channels: 1,
    values: [0, 1, 0.5, 1, 0, 1],
    palette: "ink",
    low: 0,
    high: 1,
  });
  const bytes = Uint8Array.from(atob(uri.split(",")[1]), (char) => char.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  assertEquals([view.getUint32(16), view.getUint32(20)], [3, 2]);
  const length = view.getUint32(33);
  const rows = inflateSync(bytes.subarray(41, 41 + length)); // checks the Adler-32 sum
  assertEquals([...rows], [0, 0, 255, 128, 0, 255, 0, 255]);
});
