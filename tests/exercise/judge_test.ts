import { assertEquals, assertStringIncludes } from "@std/assert";
import { blank, exercise, judge } from "../../lib/exercise/mod.ts";
import { Random, Tensor } from "../../mod.ts";

const relu = exercise({
  inputs: (random): [Tensor, Tensor] => [Tensor.randn([4, 5], { random }), Tensor.randn([4, 5], { random })],
  solution: (x, gradOut) => gradOut.times(x.map((v) => v > 0 ? 1 : 0)),
  explanation: "Where x was negative, relu was flat",
  mistakes: [
    { answer: (_x, gradOut) => gradOut, reply: "You let everything through" },
    { answer: (x) => x.map((v) => v > 0 ? 1 : 0), reply: "That is the slope alone" },
    { answer: (x, gradOut) => gradOut.times(x.map((v) => v > 0 ? 0 : 1)), reply: "The mask is the wrong way round" },
  ],
  hints: ["Draw relu", "What is its slope at -2?"],
});
const mask = (x: Tensor): Tensor => x.map((v) => v > 0 ? 1 : 0);
const verdictOf = (answer: unknown) => judge(relu, answer, new Random(1));

Deno.test("a right answer passes, however it is written", async () => {
  assertEquals((await verdictOf((x: Tensor, g: Tensor) => g.map((v, i) => x.data[i] > 0 ? v : 0))).kind, "passed");
});

Deno.test("a blank is open, not wrong", async () => {
  assertEquals((await verdictOf(() => blank())).kind, "open");
});

Deno.test("every listed mistake draws its own reply", async () => {
  for (const [i, mistake] of relu.mistakes.entries()) {
    const verdict = await verdictOf(mistake.answer);
    assertEquals([verdict.kind, verdict.mistake, verdict.message], ["mistake", i, mistake.reply]);
  }
});

Deno.test("patterns are recognised: a factor, a sign, a shift, a transpose, a shape, a kind, NaN, nothing", async () => {
  const right = (x: Tensor, g: Tensor): Tensor => g.times(mask(x));
  const cases: [(x: Tensor, g: Tensor) => unknown, string][] = [
    [(x, g) => right(x, g).times(32), "the right one times 32"],
    [(x, g) => right(x, g).times(-1), "but for its sign"],
    [(x, g) => right(x, g).plus(0.5), "plus 0.5"],
    [(x, g) => right(x, g).transpose(), "lies on its side"],
    [(x, g) => right(x, g).reshape([20]), "shape [20] and should have [4, 5]"],
    [() => 3, "has the shape [] and should have [4, 5]"],
    [() => "three", 'the text "three"'],
    [(x, g) => right(x, g).map((v, i) => i === 7 ? NaN : v), "at [1, 2] is NaN"],
    [() => undefined, "is there a return?"],
    [() => {
      throw new RangeError("no");
    }, "stopped with RangeError: no"],
  ];
  for (const [answer, text] of cases) assertStringIncludes((await verdictOf(answer)).message, text);
});

Deno.test("anything else names the worst element, and how many are right", async () => {
  const verdict = await verdictOf((x: Tensor, g: Tensor) => g.times(mask(x)).map((v, i) => i === 7 ? v + 1 : v));
  assertEquals(verdict.kind, "wrong");
  assertStringIncludes(verdict.message, "at [1, 2]");
  assertStringIncludes(verdict.message, "19 of 20 numbers are right");
});

Deno.test("an answer that writes into its inputs is told so, and spoils nothing", async () => {
  const verdict = await verdictOf((x: Tensor, g: Tensor) => {
    const result = g.times(mask(x));
    x.data[0] = 99;
    return result;
  });
  assertEquals(verdict.kind, "wrong");
  assertStringIncludes(verdict.message, "changed what it was given");
});

Deno.test("an answer that was right once by luck does not pass", async () => {
  let calls = 0;
  const verdict = await verdictOf((x: Tensor, g: Tensor) => calls++ === 0 ? g.times(mask(x)) : g);
  assertEquals(verdict.kind === "passed", false);
});
