// Which element of a wrong answer is named, how many are right, and what opens the solution.
import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { exercise, exercisesIn, judge } from "../../lib/exercise/mod.ts";
import { worstElement } from "../../lib/exercise/compare.ts";
import { numbersOf } from "../../lib/exercise/explain.ts";
import { patternIn } from "../../lib/exercise/pattern_in.ts";
import { Random, Tensor } from "../../mod.ts";

Deno.test("the element that is off by most is named, the first of equals, and NaN before all others", () => {
  assertEquals(worstElement([1, 5, 2], [0, 0, 0], 1e-5), 1);
  assertEquals(worstElement([0, 3, -3, 1], [0, 0, 0, 0], 1e-5), 1);
  assertEquals(worstElement([9, NaN, 99], [0, 0, 0], 1e-5), 1);
});

Deno.test("an element is right up to the tolerance, relative to the largest; -0 is 0, and infinity is itself", () => {
  assertEquals(worstElement([100.5, 1.5], [100, 1], 0.005), undefined);
  assertEquals(worstElement([100, 1.51], [100, 1], 0.005), 1);
  assertEquals(worstElement([0, -0], [-0, 0], 0), undefined);
  assertEquals(worstElement([Infinity, 1], [Infinity, 1], 0), undefined);
});

const numbersIn = ({ shape, data }: Tensor) => ({ shape, numbers: data });

Deno.test("rows or columns are named where few of them are wrong, and only then", () => {
  const expected = Tensor.from([[1, 2], [3, 4], [5, 6], [7, 8]]);
  const say = (wrong: number[]) => {
    const got = expected.map((value, i) => wrong.includes(i) ? value + 1 + i * i : value);
    const part = { inputs: [], expected: numbersIn(expected), got: numbersIn(got) };
    return numbersOf("Your answer", [part], 1e-5, { names: [] }).text.replace(/^.*\((.*)\)$/, "$1");
  };
  assertEquals(say([6]), "7 of 8 numbers are right: all but row 3");
  assertEquals(say([2, 6]), "6 of 8 numbers are right: all but rows 1, 3");
  assertEquals(say([0, 2, 4]), "5 of 8 numbers are right: all but column 0");
  assertEquals(say([0, 3, 4]), "5 of 8 numbers are right");
});

Deno.test("a half or a double is called that, though a size of the inputs would explain it too", () => {
  const x = Tensor.ones([4, 3]), expected = Tensor.from([1, 2, 3]);
  const say = (ratio: number) =>
    patternIn(
      "Your answer",
      [{ inputs: [x], expected: numbersIn(expected), got: numbersIn(expected.times(ratio)) }],
      1e-5,
      {
        names: ["x"],
      },
    )!;
  assertStringIncludes(say(2), "Your answer is the right one times 2:");
  assertStringIncludes(say(0.5), "Your answer is the right one divided by 2:");
  assertStringIncludes(say(0.25), "Your answer is the right one divided by 4, and 4 is the number of rows of x [4, 3]");
});

Deno.test("a mistake that makes no difference on these inputs is not what is wrong with an answer", async () => {
  const positive = exercise({
    inputs: (random): [number] => [1 + random.uniform()],
    solution: (x: number) => 2 * x,
    explanation: "Twice x",
    mistakes: [
      { answer: (x: number) => 2 * Math.abs(x), reply: "That loses the sign" },
      { answer: (x: number) => x, reply: "That is x" },
      { answer: (x: number) => x * x, reply: "That is a square" },
    ],
    hints: ["One", "Two"],
  });
  const { kind, message } = await judge(positive, (x: number) => x + 7, new Random(1));
  assertEquals([kind, message.includes("That loses the sign")], ["wrong", false]);
});

Deno.test("an answer that is wrong does not open the solution", async () => {
  const file = exercise({
    inputs: (random): [number] => [random.normal()],
    solution: (x: number) => 2 * x,
    explanation: "Twice x",
    mistakes: [1, 2, 3].map((n) => ({ answer: (x: number) => x + n, reply: `That is ${n} more` })),
    hints: ["One", "Two"],
  });
  const { check } = exercisesIn(() => Promise.resolve({ default: file }));
  const scope = globalThis as Record<symbol, unknown>;
  const texts: string[] = [];
  scope[Symbol.for("gradually.display")] = (bundle: Record<string, string>) => texts.push(bundle["text/plain"]);
  try {
    await assertRejects(() => check("twice", (x: number) => x + 1), Error, "That is 1 more");
    await check.solution("twice");
  } finally {
    delete scope[Symbol.for("gradually.display")];
  }
  assertStringIncludes(texts.join("\n"), "The solution opens after you pass, or after 2 more hints");
});
