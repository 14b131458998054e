// Pictures at their borders: what is left out, where it begins, and what a share is a share of.
import { assertEquals, assertStringIncludes } from "@std/assert";
import { confusion, curve, slide } from "../../lib/show/mod.ts";
import { cellsText } from "../../lib/show/cells.ts";
import { tracePicture } from "../../lib/show/trace_picture.ts";
import { FC, Module, Random, Tanh, Tensor, trace } from "../../mod.ts";

Deno.test("as many columns of a matrix are shown as fit, to the last one", () => {
  const row = [1, 2, 3, 4, 5].map((n) => ({ text: `${n}${n}${n}` })); // four characters each, with a space
  const shown = (columns: number) => cellsText([row], { columns, rows: 24, colors: "none" }, {});
  assertEquals(shown(20), [" 111 222 333 444 555"]);
  assertEquals(shown(19)[0], " 111 222 333 444");
  assertEquals(shown(19)[1].startsWith("(4 of 5 columns"), true);
  assertEquals(shown(16)[0], " 111 222 333 444");
  assertEquals(shown(15)[0], " 111 222 333");
});

Deno.test("the share of a mistake is that of its true class", () => {
  const text = confusion([[10, 10], [0, 80]]).text();
  assertStringIncludes(text, "0 taken for 1: 10 times (50.0 % of them)");
});

Deno.test("an axis begins at 0 where the values come near it, and at the values where they do not", () => {
  const lowest = (values: number[]) => curve(values).text().split("\n").filter((line) => line.includes("┤")).at(-1)!;
  assertEquals(Number(lowest([2, 6]).split("┤")[0]), 0);
  assertEquals(Number(lowest([5, 6]).split("┤")[0]), 5);
});

Deno.test("of a large image slide shows the part around the window", () => {
  const image = { shape: [1, 20], data: Array.from({ length: 20 }, (_, i) => 10 + i) };
  const row = (stop: number) => {
    const text = slide(image, { shape: [1, 3], data: [1, 1, 1] }, { stops: [stop] }).text();
    return text.split("\n").find((line) => line.includes("["))!.slice(0, 40).match(/\[?\d\d\]?/g)!.slice(0, 9);
  };
  assertEquals(row(8), ["15", "16", "17", "[18]", "[19]", "[20]", "21", "22", "23"]);
  assertEquals(row(0).slice(0, 4), ["[10]", "[11]", "[12]", "13"]);
  assertEquals(row(17).slice(-4), ["26", "[27]", "[28]", "[29]"]);
});

Deno.test("the frames of a trace go forward through all layers, then back through all of them", () => {
  const random = new Random(1);
  const model = new Module([new FC({ inFeatures: 3, outFeatures: 2, random }), new Tanh()]);
  const picture = tracePicture(trace(model, Tensor.randn([4, 3], { random })));
  assertEquals(picture.frameCount, 5);
  const firstWords = [1, 2, 3, 4].map((i) => picture.frame(i).split(" ").slice(0, 2).join(" "));
  assertEquals(firstWords, ["→ fc1", "→ tanh1", "← tanh1", "← fc1"]);
});
