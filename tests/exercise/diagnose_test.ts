// What is said of a wrong answer that is not on the list: by what it keeps, what it ignores, where it is wrong, one sample.
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { exercise, judge } from "../../lib/exercise/mod.ts";
import { since } from "../../lib/exercise/since.ts";
import { Random, Tensor } from "../../mod.ts";

const sum = (x: Tensor, labels: number[], scale: number): number =>
  labels.reduce((total, label, n) => total + scale * x.at(n, label), 0);

/** Picks a number from each row and adds them up. */
const picked = exercise({
  inputs: (random): [Tensor, number[], number] => {
    const N = 4 + random.integer(4);
    const labels = Array.from({ length: N }, () => random.integer(3));
    return [Tensor.randn([N, 3], { random }), labels, 1 + random.uniform()];
  },
  solution: (x, labels, scale) => sum(x, labels, scale),
  explanation: "One number of each row, times the scale",
  mistakes: [1, 2, 3].map((by) => ({
    answer: (x: Tensor, labels: number[], scale: number) => sum(x, labels, scale + by),
    reply: `Scale ${by} more`,
  })),
  hints: ["Which number?", "Which row?"],
});
const reply = async (answer: (x: Tensor, labels: number[], scale: number) => unknown, seed = 1): Promise<string> =>
  (await judge(picked, answer, new Random(seed))).message;

Deno.test("an answer that keeps something from the call before is told so", async () => {
  let total = 0;
  const kept = (x: Tensor, labels: number[], scale: number) => total += sum(x, labels, scale);
  assertMatch(await reply(kept), /^Called twice with the same inputs, your code gives two different answers/);
});

Deno.test("inputs that are exchanged, fixed or forgotten are named", async () => {
  assertStringIncludes(await reply((x, labels) => sum(x, labels, 1)), "as if `scale` were always 1");
  assertStringIncludes(
    await reply((x, labels, scale) => sum(x, labels.map(() => 0), scale)),
    "as if `labels` were 0 everywhere",
  );
  assertStringIncludes(
    await reply((x, labels, scale) => sum(x.slice(1, x.shape[0]), labels.slice(1), scale)),
    "as if the first sample were not there",
  );
  assertStringIncludes(
    await reply((x, labels, scale) => sum(x.slice(0), labels.slice(0, 1), scale)),
    "as if there were only the first sample",
  );
  assertStringIncludes(
    await reply((_x, labels, scale) => labels.length * scale * scale),
    "is the same whatever `x` is",
  );
});

Deno.test("an answer that is wrong for one sample is shown that sample, with its numbers", async () => {
  const rounded = (x: Tensor, labels: number[], scale: number) =>
    labels.reduce((total, label, n) => total + Math.max(0, scale * x.at(n, label)), 0);
  assertMatch(
    await reply(rounded),
    /^Already for a single sample your answer is 0 and should be -[\d.]+: x is \[.*\], labels is \[\d\], scale is 1\.\d+$/,
  );
  const sticky = (x: Tensor, labels: number[], scale: number) => {
    let [total, before] = [0, 0];
    labels.forEach((label, n) => total += before = scale * x.at(n, label) + before / 2);
    return total;
  };
  assertMatch(await reply(sticky), /^For each sample alone your answer is right, and for several together it is wrong/);
});

const doubled = exercise({
  inputs: (random): [Tensor] => [Tensor.randn([3 + random.integer(3), 4 + random.integer(3)], { random })],
  solution: (x) => ({ twice: x.times(2), half: x.times(0.5) }),
  explanation: "Both are products with a number",
  mistakes: [3, 4, 5].map((by) => ({
    answer: (x: Tensor) => ({ twice: x.times(by), half: x.times(0.5) }),
    reply: `Times ${by}`,
  })),
  hints: ["Twice", "Half"],
});

Deno.test("where it is wrong is said if it is there in every trial, and which parts are right", async () => {
  const places: [string, (i: number, shape: readonly number[]) => boolean][] = [
    ["in the last row", (i, [rows, columns]) => Math.floor(i / columns) === rows - 1],
    ["in the first column", (i, [, columns]) => i % columns === 0],
    [
      "on the border",
      (i, [rows, columns]) => i < columns || i >= (rows - 1) * columns || i % columns % (columns - 1) === 0,
    ],
    ["on the diagonal", (i, [, columns]) => Math.floor(i / columns) === i % columns],
    ["at the very last number", (i, [rows, columns]) => i === rows * columns - 1],
  ];
  for (const [where, isThere] of places) {
    const answer = (x: Tensor) => ({
      twice: x.map((v, i) => isThere(i, x.shape) ? 2 * v + 1 + i * i : 2 * v),
      half: x.times(0.5),
    });
    const { message, picture, parts } = await judge(doubled, answer, new Random(1));
    assertEquals(message, `Your twice is wrong ${where}, and right everywhere else. half is right`);
    assertStringIncludes(picture!, "!");
    assertEquals(parts, { right: [".half"], wrong: [".twice"] });
  }
});

Deno.test("the picture is that of small inputs, with their sizes above it", async () => {
  const { picture } = await judge(doubled, (x: Tensor) => ({ twice: x.map(Math.exp), half: x }), new Random(1));
  assertEquals(picture!.split("\n").slice(0, 2).map((line) => line.trim().split(/ {2,}/)), [["x [3, 4]"], [
    "yours",
    "expected",
  ]]);
  assertEquals(picture!.match(/!/g)?.length, 12);
});

Deno.test("what has changed since the last try is told part by part", () => {
  const both = { right: [], wrong: [".dx", ".dw"] }, one = { right: [".dx"], wrong: [".dw"] };
  assertEquals(since(both, one), "dx is right now, dw is not yet");
  assertEquals(since(one, both), "dx was right in your last try");
  assertEquals(since(both, both), undefined);
  assertEquals(since({ right: [], wrong: [""] }, { right: [""], wrong: [] }), undefined);
});

Deno.test("no search takes a step of 0 or a part of one: the loops of the solution would never end", async () => {
  const stepped = exercise({
    inputs: (random): [number, number] => [3 + random.integer(20), 1 + random.integer(3)],
    solution(size: number, step: number): number {
      let sum = 0;
      for (let i = 0; i < size; i += step) sum += i * i + size;
      return sum;
    },
    explanation: "Each step adds the square of its place and the size.",
    mistakes: [1, 2, 3].map((by) => ({
      answer: (size: number, step: number) => size ** by + step,
      reply: `The size to the power of ${by}`,
    })),
    hints: ["Where does each step end?", "What is added there?"],
  });
  const { kind } = await judge(stepped, (size: number, step: number) => Math.sqrt(size) + step, new Random(1));
  assertEquals(kind, "wrong");
});

/** Two numbers from three: each entry of the answer has its own meaning. */
const pair = exercise({
  inputs: (random): [number, number, number] => [random.uniform(1, 2), random.uniform(3, 4), random.uniform(0.1, 0.4)],
  solution: movedBy,
  explanation: "Both move",
  mistakes: [1, 2, 3].map((by) => ({
    answer: (w: number, b: number, rate: number) => movedBy(w + by, b + by, rate),
    reply: `Both are ${by} too far`,
  })),
  hints: ["How far?", "In which direction?"],
});
function movedBy(w: number, b: number, rate: number): [number, number] {
  const slopeW = w * b + 1, slopeB = w - b;
  return [w - rate * slopeW, b - rate * slopeB];
}
const SOURCE = `import { exercise } from "../../lib/exercise/mod.ts";
function movedBy(w: number, b: number, rate: number): [number, number] {
  const slopeW = w * b + 1, slopeB = w - b;
  return [w - rate * slopeW, b - rate * slopeB];
}
`;
const sources = { source: SOURCE, library: {}, budget: 10_000 };
const replyToPair = async (answer: (w: number, b: number, rate: number) => unknown): Promise<string> =>
  (await judge(pair, answer, new Random(1), sources)).message;

Deno.test("the entries of a short list are explained one by one", async () => {
  assertMatch(
    await replyToPair((w, b, rate) => [w, movedBy(w, b, rate)[1] + 0.1]),
    /^Your answer at \[0\] is w, unchanged/,
  );
  const squared = (w: number, b: number, rate: number) => [w - rate * (w * b + 1) ** 2, b - rate * (w - b) ** 2];
  assertMatch(
    await replyToPair(squared),
    /^Your answer at \[0\] comes out as if `rate \* slopeW` were `.*`: look at that place/,
  );
});

Deno.test("work that is done twice is told, and a number that is the same everywhere in the code", async () => {
  const twice = (w: number, b: number, rate: number) => movedBy(...movedBy(w, b, rate), rate);
  assertStringIncludes(await replyToPair(twice), "as if it were computed twice, the second time from the first result");
  const kept = (w: number, b: number, rate: number) => [w - rate * (w * b + 1), b - rate * 2];
  assertMatch(
    await replyToPair(kept),
    /^Your answer comes out as if `slopeB` were 2: look at/,
  );
});

/** Counts with steps: a step of 0 would never end. */
const steps = exercise({
  inputs: (random): [number, number] => [20 + random.integer(40), 1 + random.integer(4)],
  solution: countSteps,
  explanation: "One number after another",
  mistakes: [11, 12, 13].map((by) => ({
    answer: (n: number, step: number) => countSteps(n, step) + by * n,
    reply: `${by}`,
  })),
  hints: ["Where does it begin?", "Where does it end?"],
});
function countSteps(n: number, step: number): number {
  let sum = 0;
  for (let i = 0; i < n; i += step) sum += i * i;
  return sum;
}

Deno.test("inputs that are smaller than any in a trial are tried where the loops of the solution have a limit", async () => {
  const source = `function countSteps(n: number, step: number): number {
  let sum = 0;
  for (let i = 0; i < n; i += step) sum += i * i;
  return sum;
}
`;
  const shorter = (n: number, step: number) => countSteps(n - 1, step);
  const reply = async (
    answer: unknown,
    sources?: { source: string; library: Record<string, unknown>; budget: number },
  ) => (await judge(steps, answer, new Random(3), sources)).message;
  assertStringIncludes(await reply(shorter, { source, library: {}, budget: 10_000 }), "as if `n` were one smaller");
  // A step of 0 has no end: the search goes on all the same.
  const odd = (n: number, step: number) => Math.round(1000 * Math.sin(n + step));
  assertMatch(await reply(odd, { source, library: {}, budget: 10_000 }), /^Your answer is /);
});

Deno.test("an input that is one factor too many is named, and a direction, if nothing else can be said", async () => {
  assertMatch(
    await reply((x, labels, scale) => scale * sum(x, labels, scale)),
    /is the right one times `scale`|as if `scale` were squared/,
  );
  const counts = exercise({
    inputs: (random): [number[]] => [Array.from({ length: 5 + random.integer(4) }, () => random.uniform(1, 9))],
    solution: (xs: number[]) => xs.map((x) => x * x),
    explanation: "Each number times itself",
    mistakes: [1, 2, 3].map((by) => ({ answer: (xs: number[]) => xs.map((x) => x * x + by), reply: `${by} too many` })),
    hints: ["Which?", "How often?"],
  });
  const { message, grounds } = await judge(
    counts,
    (xs: number[]) => xs.map((x, i) => x * x - 0.1 - i % 3 * x / 30),
    new Random(1),
  );
  assertMatch(message, /^Your answer is always too small\. Your answer at \[\d\] is /);
  assertEquals(grounds, "direction");
});
