import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
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

Deno.test("every listed mistake gets its own reply", async () => {
  for (const [i, mistake] of relu.mistakes.entries()) {
    const verdict = await verdictOf(mistake.answer);
    assertEquals([verdict.kind, verdict.mistake, verdict.message], ["mistake", i, mistake.reply]);
  }
});

Deno.test("patterns are recognized: a factor, a sign, a shift, a transpose, a shape, a type, NaN, nothing", async () => {
  const right = (x: Tensor, g: Tensor): Tensor => g.times(mask(x));
  const cases: [(x: Tensor, g: Tensor) => unknown, string][] = [
    [(x, g) => right(x, g).times(32), "the right one times 32: there is a factor missing"],
    [
      (x, g) => right(x, g).times(4),
      "the right one times 4, and 4 is the number of rows of x [4, 5]",
    ],
    [(x, g) => right(x, g).times(1 / 20), "divided by 20, and 20 is the number of all elements"],
    [(x, g) => right(x, g).times(2), "the right one times 2: there is a factor missing"], // and not "times 4/2, and 4 is …"
    [(x, g) => right(x, g).times(2 / 5), "times 2/5, and 5 is the size of axis 1"],
    [(x, g) => right(x, g).times(1 / 255), "the right one divided by 255: there is a factor"],
    [(x, g) => Tensor.from([...right(x, g).data].reverse(), [4, 5]), "has the right numbers in reverse order"],
    [(x, g) => Tensor.from([...right(x, g).data].sort(), [4, 5]), "has the right numbers in the wrong order"],
    [(x) => x, "is x, unchanged"],
    [(x) => x.times(0), "is 0 everywhere"],
    [(x, g) => right(x, g).map((v, i) => i < 15 ? v : v + i), "is wrong in the last row, and right everywhere else"],
    [
      (x, g) => right(x, g).map((v, i) => i % 5 < 3 ? v : v + 1 + i),
      "is wrong from column 3 on, and right everywhere else",
    ],
    [(x, g) => right(x, g).times(-1), "except for its sign"],
    [(x, g) => right(x, g).plus(0.5), "plus 0.5"],
    [(x, g) => right(x, g).transpose(), "is right, but transposed: it is [5, 4] and should be [4, 5]"],
    [(x, g) => right(x, g).reshape([20]), "is of shape [20] and should be of shape [4, 5]"],
    [() => 3, "is the number 3 and should be a tensor [4, 5]"],
    [() => "three", 'the text "three"'],
    [(x, g) => right(x, g).map((v, i) => i === 7 ? NaN : v), "at [1, 2] is NaN"],
    [() => undefined, "is there a return"],
    [() => {
      throw new RangeError("no");
    }, "stopped with RangeError: no"],
  ];
  for (const [answer, text] of cases) assertStringIncludes((await verdictOf(answer)).message, text);
});

Deno.test("anything else names the worst element, how many are right, and shows both side by side", async () => {
  const { kind, message, picture, grounds } = await verdictOf((x: Tensor, g: Tensor) =>
    g.times(mask(x)).map((v, i) => v + 1 + x.data[0] + i * i)
  );
  assertEquals([kind, grounds], ["wrong", "numbers"]);
  assertMatch(message, /at \[3, 4\] is .*, where x is -?\d\S* and gradOut is -?\d\S* \(0 of 20 numbers are right\)$/);
  const [sizes, head, first] = picture!.split("\n");
  assertEquals([sizes.trim(), head.trim().split(/ +/)], ["x [4, 5] and gradOut [4, 5]", ["yours", "expected"]]);
  assertEquals(first.match(/!/g)?.length, 5, "each wrong number has its mark");
});

Deno.test("where an answer is wrong in every trial is said, and marked in the picture", async () => {
  const { message, picture } = await verdictOf((x: Tensor, g: Tensor) =>
    g.times(mask(x)).map((v, i) => i % 5 === 2 ? v + 1 + i : v)
  );
  assertEquals(message, "Your answer is wrong in column 2, and right everywhere else");
  assertEquals(picture!.match(/!/g)?.length, 4);
});

Deno.test("an answer that changes its inputs is told so, and spoils nothing", async () => {
  const verdict = await verdictOf((x: Tensor, g: Tensor) => {
    const result = g.times(mask(x));
    x.data[0] = 99;
    return result;
  });
  assertEquals(verdict.kind, "wrong");
  assertStringIncludes(verdict.message, "changed its inputs");
});

Deno.test("an answer that was right once by luck does not pass", async () => {
  let calls = 0;
  const verdict = await verdictOf((x: Tensor, g: Tensor) => calls++ === 0 ? g.times(mask(x)) : g);
  assertEquals(verdict.kind === "passed", false);
});

const line = exercise({
  inputs: (
    random,
  ): [number, number[]] => [random.normal(), Array.from({ length: 3 + random.integer(9) }, () => random.normal())],
  solution: (w, xs) => ({ sum: w * sum(xs), mean: sum(xs) / xs.length, name: "line" }),
  planted: (_w, xs) => ({ sum: sum(xs), mean: sum(xs) / xs.length, name: "line" }),
  evidence: (answer) => `seen: ${answer.length} arguments`,
  explanation: "Each part of the answer is judged by itself",
  mistakes: [
    { answer: (w, xs) => ({ sum: w * sum(xs), mean: sum(xs), name: "line" }), reply: "That mean is a sum" },
    { answer: (w, xs) => ({ sum: w, mean: sum(xs) / xs.length, name: "line" }), reply: "That sum is w alone" },
    { answer: (w, xs) => ({ sum: w, mean: sum(xs), name: "line" }), reply: "Two mistakes at once" },
  ],
  hints: ["What is a sum?", "What is a mean?"],
});
const sum = (xs: number[]): number => xs.reduce((a, b) => a + b);
const ofLine = (answer: unknown) => judge(line, answer, new Random(1));

Deno.test("the fields of an answer may come in any order, and each is judged by itself", async () => {
  const right = (w: number, xs: number[]) => ({ name: "line", mean: sum(xs) / xs.length, sum: w * sum(xs) });
  assertEquals((await ofLine(right)).kind, "passed");
  const cases: [(w: number, xs: number[]) => unknown, string][] = [
    [(w, xs) => ({ ...right(w, xs), sum: w }), "That sum is w alone"],
    [(w, xs) => ({ ...right(w, xs), sum: w, mean: sum(xs) }), "Two mistakes at once"],
    [(w, xs) => ({ ...right(w, xs), sum: 1, mean: sum(xs) }), "That mean is a sum"], // and something else is wrong
    [(w, xs) => ({ ...right(w, xs), name: "lime" }), 'Your name is the text "lime", and the text "line" was expected'],
    [
      (w, xs) => ({ ...right(w, xs), sum: w * sum(xs) * xs.length }),
      "times 11, and 11 is the length of xs [11]",
    ],
    [(w) => ({ sum: w }), "Your answer lacks mean, name"],
  ];
  for (const [answer, text] of cases) assertStringIncludes((await ofLine(answer)).message, text);
});

Deno.test("code that still has its planted bug is open, with the evidence", async () => {
  const verdict = await ofLine(line.planted);
  assertEquals(verdict.kind, "open");
  assertEquals(verdict.message, "The bug is still there.\n\nseen: 2 arguments");
  const { message } = await judge({ ...line, evidence: undefined }, line.planted, new Random(1));
  assertStringIncludes(message, "The bug is still there. Your sum comes out as if `w` were always 1");
});

Deno.test("an answer that changes what was right, and leaves the bug, is told so", async () => {
  const verdict = await ofLine((w: number, xs: number[]) => ({ sum: sum(xs), mean: w, name: "line" }));
  assertEquals(verdict.kind, "wrong");
  assertStringIncludes(verdict.message, "The bug is still there, and what you changed was right before. ");
});

Deno.test("an answer for which evidence fails is judged without it", async () => {
  const broken = { ...line, evidence: () => blank() };
  const verdict = await judge(broken, () => 3, new Random(1));
  assertEquals(verdict.message.split("\n").length, 1);
});

Deno.test("use computes a value from an answer that is not a function, from the solution and from the mistakes", async () => {
  type Scaler = new (factor: number) => { of(x: number): number };
  const scaler = (f: (factor: number, x: number) => number): Scaler =>
    class {
      constructor(readonly factor: number) {}
      of(x: number): number {
        return f(this.factor, x);
      }
    };
  const classes = exercise({
    inputs: (random): [number, number] => [random.normal(), random.normal()],
    use: (Answer: Scaler, factor: number, x: number) => new Answer(factor).of(x),
    solution: scaler((factor, x) => factor * x),
    explanation: "The factor is kept, and multiplied with later",
    mistakes: [
      { answer: scaler((factor) => factor), reply: "x has no part in it" },
      { answer: scaler((_factor, x) => x), reply: "The factor has no part in it" },
      { answer: scaler((factor, x) => factor + x), reply: "That is a sum" },
    ],
    hints: ["What is kept?", "What comes later?"],
  });
  assertEquals((await judge(classes, classes.solution, new Random(1))).kind, "passed");
  assertEquals((await judge(classes, scaler(() => blank()), new Random(1))).kind, "open");
  for (const [i, { answer }] of classes.mistakes.entries()) {
    assertEquals((await judge(classes, answer, new Random(1))).mistake, i);
  }
});

Deno.test("in a short list each entry may have its own factor", async () => {
  const two = exercise({
    inputs: (random): [number[]] => [Array.from({ length: 3 + random.integer(9) }, () => random.normal())],
    solution: (xs: number[]) => [sum(xs), sum(xs) / xs.length],
    explanation: "The sum, then the mean",
    mistakes: line.mistakes.map(({ reply }, i) => ({ answer: () => [i, i], reply })),
    hints: line.hints,
  });
  const ofTwo = async (answer: (xs: number[]) => number[]) => (await judge(two, answer, new Random(1))).message;
  assertMatch(
    await ofTwo((xs) => [sum(xs), sum(xs)]),
    /^Your answer at \[1\] is the right one times (\d+), and \1 is /,
  );
  assertMatch(
    await ofTwo((xs) => [-sum(xs), sum(xs) / xs.length]),
    /^Your answer at \[0\] is right except for its sign/,
  );
  assertMatch(
    await ofTwo((xs) => [sum(xs), xs[0]]),
    /^Your answer is wrong at the last place, and right everywhere else/,
  );
});
