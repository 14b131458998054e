// The small changes of a solution: which there are, how they are told, and that a loop without an end does no harm.
import { assert, assertEquals, assertMatch } from "@std/assert";
import { changedSolutions } from "../../lib/exercise/changes/changed_solutions.ts";
import { solutionCode } from "../../lib/exercise/changes/solution_code.ts";
import { exercise, judge } from "../../lib/exercise/mod.ts";
import * as library from "../../mod.ts";

const SOURCE = `
import { exercise } from "../../lib/exercise/mod.ts";
import { type Random, Tensor } from "../../mod.ts";

type Inputs = [x: Tensor, w: readonly number[]];

function weighted(x: Tensor, w: readonly number[]): Tensor {
  const [N, C] = x.shape, sums = Tensor.zeros([N]);
  for (let n = 0; n < N; n++) {
    for (let c = 0; c < C; c++) sums.data[n] += x.data[n * C + c] * (w[c] as number)!;
  }
  return scaled(sums, C);
}

const unused = 3;

function scaled(x: Tensor, by: number): Tensor {
  return x.times(1 / by);
}
`;

function weighted(x: library.Tensor, w: readonly number[]): library.Tensor {
  const [N, C] = x.shape, sums = library.Tensor.zeros([N]);
  for (let n = 0; n < N; n++) {
    for (let c = 0; c < C; c++) sums.data[n] += x.data[n * C + c] * w[c];
  }
  return sums.times(1 / C);
}

const mean = exercise({
  inputs: (random): [library.Tensor, number[]] => {
    const [N, C] = [2 + random.integer(3), 5 + random.integer(3)];
    return [library.Tensor.randn([N, C], { random }), Array.from({ length: C }, () => random.normal())];
  },
  solution: weighted,
  explanation: "A weighted mean of each row",
  mistakes: [1, 2, 3].map((by) => ({
    answer: (x: library.Tensor, w: number[]) => weighted(x, w).plus(by),
    reply: `That is ${by} more`,
  })),
  hints: ["One row", "One number"],
});
const sources = { source: SOURCE, library, budget: 10_000 };
const replyTo = async (answer: unknown): Promise<string> =>
  (await judge(mean, answer, new library.Random(1), sources)).message;

Deno.test("the code of a solution comes without types, with what it calls and nothing else", async () => {
  const code = (await solutionCode(SOURCE, "weighted"))!;
  assertEquals(code.imports, ["Tensor"]);
  assertMatch(
    code.text,
    /^function weighted\(x, w\) \{[^]*\$tick\(\);[^]*function scaled\(x, by\) \{\n {2}return x.times\(1 \/ by\);\n\}$/,
  );
  assertEquals(code.text.includes("unused"), false);
  assertEquals(await solutionCode(SOURCE, "missing"), undefined);
});

Deno.test("there are many changes, each once, and each can be made", async () => {
  const changes = await changedSolutions((await solutionCode(SOURCE, "weighted"))!, library);
  assert(changes.length > 60, `${changes.length}`);
  for (const { make } of changes) make();
  const all = changes.map(({ as }) => as);
  for (
    const as of [
      "`n * C + c` were `C + c`",
      "`n * C` were `n * N`",
      "`N` and `C` were exchanged",
      "`+=` were `=` where you write to `sums.data`",
      "nothing were added to `sums.data`",
      "the loop over `c` ended one too early",
      "the loop over `n` began at 1",
      "the loop over `n` ran only once",
      "`n < N` were `n <= N`",
      "`scaled(sums, C)` were `scaled(C, sums)`",
      "`x.times(1 / by)` were `x`",
    ]
  ) assert(all.includes(as), `${as} is not among ${all.join("; ")}`);
});

Deno.test("a change that never ends is stopped", async () => {
  const endless = "function f(n: number) {\n  let sum = 0;\n  while (sum < n) sum += 1;\n  return sum;\n}\n";
  const changes = await changedSolutions((await solutionCode(endless, "f"))!, {});
  const { make } = changes.find(({ as }) => as === "nothing were added to `sum`")!;
  let thrown = "";
  try {
    make()(3);
  } catch (error) {
    thrown = String(error);
  }
  assertMatch(thrown, /^RangeError: the loops of a changed solution turn too often/);
});

Deno.test("an answer that goes wrong like one change of the solution is told where, without the line", async () => {
  const over = (index: (n: number, c: number, N: number, C: number) => number) => (x: library.Tensor, w: number[]) => {
    const [N, C] = x.shape;
    return library.Tensor.from(
      Array.from({ length: N }, (_, n) => w.reduce((sum, v, c) => sum + v * (x.data[index(n, c, N, C)] ?? NaN), 0) / C),
    );
  };
  assertEquals(
    (await replyTo(over((n, c, N) => n * N + c))).split(":")[0],
    "Your answer comes out as if `n * C` were `n * N`",
  );
  assertMatch(await replyTo(over((_n, c, _N, C) => C + c)), /as if `n \* C \+ c` were `C \+ c`/);
});

Deno.test("what no change explains, and what several different ones explain, is not said to be one", async () => {
  const odd = (x: library.Tensor) =>
    library.Tensor.from(Array.from({ length: x.shape[0] }, (_, n) => Math.sin(n) + x.data[n]));
  assertEquals((await replyTo(odd)).includes("as if"), false);
});

Deno.test("without its code an exercise is judged all the same", async () => {
  const { message } = await judge(mean, (x: library.Tensor) => x, new library.Random(1));
  assertMatch(message, /^Your answer is x, unchanged|^Your answer is of shape/);
});
