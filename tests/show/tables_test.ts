import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { confusion, diagram, histogram, slide, summary, table } from "../../lib/show/mod.ts";
import { Conv2D, FC, Flatten, MaxPool2D, Module, ReLU } from "../../lib/layers/mod.ts";
import { Random } from "../../lib/tensor/mod.ts";
import { colorScreen, elements, layer, network, parseSvg } from "./pictures.ts";

Deno.test("a table aligns numbers to the right and text to the left, wide characters counted", () => {
  const lines = table([["数", 1.5], ["ab", 10.25]], ["name", "n"]).text().split("\n");
  assertEquals(lines, ["name      n", "────  ─────", "数     1.50", "ab    10.25"]);
});

Deno.test("a table in HTML escapes its contents", () => {
  const html = table([["<b>", 1]], ["a&b", "n"], { title: '"t"' }).html()!;
  assertStringIncludes(html, "&lt;b&gt;");
  assertStringIncludes(html, "a&amp;b");
  parseSvg(`<svg>${html}</svg>`);
});

Deno.test("an empty table, missing fields and uneven rows can be shown; no rows at all are refused", () => {
  assertEquals(table([]).text(), "");
  assertStringIncludes(table([{ a: 1 }, { b: 2 }]).text(), "a  b");
  assertEquals(table([[1], [2, 3]]).text().split("\n").map((line) => line.trimEnd()), ["1", "2  3"]);
  assertThrows(() => table(5 as never), TypeError, "table takes a list of rows and got 5");
});

Deno.test("confusion: all ten columns fit into 80, the diagonal is in brackets, the worst are named in order", () => {
  const matrix: number[][] = Array.from({ length: 10 }, (_, i) => new Array<number>(10).fill(0).fill(980, i, i + 1));
  matrix[4][9] = 12;
  matrix[7][2] = 20;
  const text = confusion(matrix).text();
  assertEquals(text.match(/\[980\]/g)!.length, 10);
  assert(!text.includes("fit"));
  const [first, second] = text.split("\n").slice(-2);
  assertEquals(first, "7 taken for 2: 20 times (2.0 % of them)");
  assertEquals(second, "4 taken for 9: 12 times (1.2 % of them)");
  assertStringIncludes(text, "9,800 of 9,832 right, 99.67 %");
});

Deno.test("confusion: rows are labels, and each row starts with its label", () => {
  const lines = confusion({ shape: [2, 2], data: [5, 3, 0, 7] }, { labels: ["cat", "dog"] }).text().split("\n");
  assert(/^\s*cat\s+\[5\]\s+3\s+62\.5 %/.test(lines[2]), lines[2]);
  assertThrows(() => confusion([[1, 2]]), RangeError, "square matrix");
  assertThrows(() => confusion({ shape: [2, 3], data: [0, 0, 0, 0, 0, 0] }), RangeError, "got [2,3]");
  assertThrows(() => confusion([[1, NaN], [0, 1]]), RangeError, "counts of at least 0 and got NaN");
});

Deno.test("confusion of an empty class divides by nothing", () => {
  const text = confusion([[0, 0], [1, 3]]).text();
  assert(!text.includes("NaN"));
  assertStringIncludes(text, "–");
});

Deno.test("summary lists each layer, its output and its parameters, and the total", () => {
  const lines = summary(network, [64, 1, 28, 28]).text().split("\n");
  assertEquals(lines.filter((line) => line.includes("conv1"))[0].trim().split(/\s{2,}/), [
    "conv1",
    "[64, 6, 24, 24]",
    "156",
  ]);
  assertEquals(lines.at(-1)!.split(/\s+/), ["total", "34,716"]);
});

Deno.test("summary and diagram understand the layers of the library, and the shape of one sample", () => {
  const random = new Random(1);
  const model = new Module([
    new Conv2D({ inChannels: 1, outChannels: 6, kernelSize: 5, random }),
    new ReLU(),
    new MaxPool2D({ kernelSize: 2 }),
    new Flatten(),
    new FC({ inFeatures: 864, outFeatures: 10, random }),
  ], { name: "small" });
  const text = summary(model, [1, 28, 28]).text();
  assertStringIncludes(text, "[N, 6, 24, 24]");
  assertStringIncludes(text, "Conv2D");
  assertEquals(text.split("\n").at(-1)!.split(/\s+/), ["total", "8806"]);
  const drawn = diagram(model, [1, 28, 28]);
  for (const shape of ["6 × 24 × 24", "6 × 12 × 12", "864", "10"]) assertStringIncludes(drawn.text(), shape);
  parseSvg(drawn.svg()!);
  // A network whose layers do not fit says so in the layer's own words.
  const wrong = new Module([new Flatten(), new FC({ inFeatures: 3, outFeatures: 2, random })]);
  assertThrows(() => summary(wrong, [5, 1, 28, 28]), RangeError, "3");
});

Deno.test("summary shows modules inside modules, and counts a shared parameter once", () => {
  const weight = { name: "w", value: { shape: [4, 4] } };
  const shared = { name: "a", parameters: () => [weight], outputShape: (shape: readonly number[]) => shape };
  const inner = { name: "block", layers: [shared, shared], parameters: () => [weight, weight] };
  const text = summary({ layers: [inner], parameters: () => [weight, weight] }, [2, 4]).text();
  assertStringIncludes(text, "  a");
  assertEquals(text.split("\n").at(-1)!.split(/\s+/), ["total", "16"]);
});

Deno.test("diagram draws a stack for maps and a column for numbers", () => {
  const root = parseSvg(diagram({ layers: [layer("fc", [10])], parameters: () => [] }, [1, 3, 8, 8]).svg()!);
  assertEquals(elements(root, "rect").length, 1 + 3 * 2 + 1);
});

Deno.test("slide shows the window, the products and their sum, as by hand", () => {
  const image = { shape: [1, 1, 4, 4], data: Array.from({ length: 16 }, (_, i) => i) };
  const kernel = { shape: [2, 2], data: [1, 2, 3, 4] };
  const picture = slide(image, kernel, { stride: 2, stops: [3] });
  const text = picture.text();
  assertStringIncludes(text, "stop 4 of 4: row 1, column 1");
  assertStringIncludes(text, "[10][11]");
  assertStringIncludes(text, "[14][15]");
  assertStringIncludes(text, `sum ${10 + 22 + 42 + 60}`);
  assertStringIncludes(text, "[134]");
  parseSvg(picture.svg()!);
});

Deno.test("slide pads with zeros and hides what has not been computed yet", () => {
  const text = slide({ shape: [2, 2], data: [1, 2, 3, 4] }, { shape: [3, 3], data: new Array(9).fill(1) }, {
    padding: 1,
    stops: [0],
  }).text();
  assertStringIncludes(text, "[0][0][0]");
  assertStringIncludes(text, "[10]");
  assertEquals(text.match(/·/g)!.length, 3);
});

Deno.test("slide refuses what does not fit", () => {
  const image = { shape: [2, 2], data: [1, 2, 3, 4] };
  assertThrows(
    () => slide(image, { shape: [3, 3], data: new Array(9).fill(1) }),
    RangeError,
    "got 3 × 3 for 2 × 2: take a smaller kernel",
  );
  assertThrows(() => slide(image, image, { stops: [1] }), RangeError, "stops from 0 to 0 and got 1");
  assertThrows(
    () => slide(image, image, { stride: 0 }),
    RangeError,
    "stride as a whole number of at least 1 and got 0",
  );
  assertThrows(() => slide({ shape: [3, 2, 2], data: new Array(12).fill(0) }, image), RangeError, "[3, 2, 2]");
});

Deno.test("histogram: the highest bar is where most numbers are, and all are counted", () => {
  const picture = histogram([0, 1, 1, 1, 2, 5]);
  const rows = picture.text().split("\n").filter((line) => /[│┤]/.test(line)).map((line) =>
    line.replace(/^[^│┤]*[│┤]/, "")
  );
  const top = rows[0].indexOf("█");
  assert(top > rows.at(-1)!.length / 6 && top < rows.at(-1)!.length / 3, `${top}`);
  const titles = elements(parseSvg(picture.svg()!), "rect").flatMap((rect) => elements(rect, "title")).map((title) =>
    title.text
  );
  assertEquals(titles.map((title) => Number(title.split(": ")[1])), [1, 3, 1, 1]);
});

Deno.test("histogram of ten thousand numbers loses none between its bars", () => {
  const random = new Random(3);
  const values = Float64Array.from({ length: 10000 }, () => random.normal());
  const titles = elements(parseSvg(histogram(values).svg()!), "rect").flatMap((rect) => elements(rect, "title"));
  const counts = titles.map((title) => Number(title.text.split(": ")[1].replaceAll(",", "")));
  assertEquals(counts.reduce((sum, n) => sum + n, 0), 10000);
  assertStringIncludes(histogram([NaN, Infinity, 1]).text(), "1 NaN  1 infinite");
  assertStringIncludes(histogram([]).text(), "0 numbers");
  assertStringIncludes(histogram([3, 3, 3]).text(colorScreen()), "3 numbers");
});
