// The errors for values that no picture can draw: cells run without a type check, so learners see them.
import { assertEquals, assertMatch, assertRejects, assertThrows } from "@std/assert";
import { Conv2D, Random, Tensor } from "../../mod.ts";
import * as show from "../../lib/show/mod.ts";

const { confusion, curve, diagram, digits, filters, heatmap, histogram, image, slide, summary, table, tensor } = show;
// deno-lint-ignore no-explicit-any -- wrong types are what is tested
type Any = any;
const square = Tensor.from([[1, 2], [3, 4]]) as Any;
const conv = new Conv2D({ inChannels: 1, outChannels: 2, kernelSize: 3, random: new Random(1) }) as Any;

Deno.test("no picture answers a wrong value with an error of the engine", () => {
  const wrong: Any[] = [undefined, null, 5, "abc", {}, { a: 1 }, [], [[1, 2], [3, 4]], [true], [null], () => 1, conv];
  const pictures: Record<string, (value: Any) => unknown> = {
    ...{ confusion, curve, digits, filters, heatmap, histogram, image, table, tensor, summary },
    "slide of an image": (value) => slide(value, square),
    "slide of a kernel": (value) => slide(square, value),
    "diagram of a model": (value) => diagram(value, [1, 8, 8]),
    "diagram of a shape": (value) => diagram(conv, value),
    "summary of a shape": (value) => value === undefined || summary(conv, value),
    trace: show.tracePicture,
  };
  for (const [name, draw] of Object.entries(pictures)) {
    for (const value of wrong) {
      try {
        draw(value);
      } catch (error) {
        const { name: kind, message } = error as Error;
        const what = `${name} of ${Deno.inspect(value, { depth: 0 })}: ${kind}: ${message}`;
        assertMatch(kind, /^(TypeError|RangeError)$/, what);
        assertEquals(/Cannot (read|destructure|convert)|is not (a function|iterable)|\n/.test(message), false, what);
      }
    }
  }
});

Deno.test("an error tells what it got, and how to make a tensor of it", () => {
  const from = "Tensor.from makes one of numbers or rows of numbers";
  const cases: [() => unknown, string][] = [
    [() => heatmap([[1, 2], [3, 4]] as Any), `heatmap takes a tensor and got [ [ 1, 2 ], [ 3, 4 ] ]: ${from}`],
    [() => heatmap(undefined as Any), "heatmap takes a tensor and got undefined"],
    [() => filters([1, 2] as Any), `filters takes a tensor and got [ 1, 2 ]: ${from}`],
    [() => filters(conv), 'filters takes a tensor and got Conv2D: its "weight.value" is one'],
    [() => heatmap(conv.weight), 'heatmap takes a tensor and got Parameter: its "value" is one'],
    [() => (slide as Any)(square), "slide takes a tensor for the kernel and got undefined"],
    [() => slide(5 as Any, square), "slide takes a tensor for the image and got 5"],
    [() => tensor("abc" as Any), 'tensor takes a tensor and got "abc"'],
    [
      () => heatmap({ shape: [2, 3], data: [1] }),
      "heatmap takes 6 numbers for the shape [2, 3] and got 1",
    ],
    [() => (diagram as Any)(conv), "diagram takes the shape of its input, such as [1, 28, 28], and got undefined"],
    [() => summary(conv, 28 as Any), "summary takes the shape of its input, such as [1, 28, 28], and got 28"],
    [() => table([1, 2] as Any), "table takes a list of rows, each a list or an object, and got 1 for row 0"],
    [() => show.tracePicture(square), "tracePicture takes the result of trace(model, x) and got Tensor"],
  ];
  for (const [draw, message] of cases) {
    const error = assertThrows(draw, TypeError);
    assertEquals(error.message, message);
  }
});

Deno.test("watch tells that it takes events", async () => {
  for (const [value, found] of [[undefined, "undefined"], [5, "5"], [conv, "Conv2D"]]) {
    await assertRejects(() => show.watch(value), TypeError, `watch takes the events of fit(…) and got ${found}`);
  }
});
