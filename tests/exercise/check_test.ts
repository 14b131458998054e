// check, hint and solution as a lesson calls them, with a front end and without.
import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { blank, exercise, type ExerciseEvent, exercisesIn, VERDICT } from "../../lib/exercise/mod.ts";

function double(x: number): number {
  return 2 * x;
}
const file = exercise({
  inputs: (random): [number] => [random.normal()],
  solution: double,
  explanation: "Twice x is x and x again",
  mistakes: [
    { answer: (x) => x * x, reply: "That is x times itself" },
    { answer: (x) => x / 2, reply: "That is half of x" },
    { answer: (x) => x + 2, reply: "That is x and two" },
  ],
  hints: ["How much is twice one?", "How much is x and x?"],
});
const notFound = Object.assign(new TypeError("no such file"), { code: "ERR_MODULE_NOT_FOUND" });
const load = (name: string) =>
  name === "twice_x"
    ? Promise.resolve({ default: file })
    : name === "mod"
    ? Promise.resolve({})
    : Promise.reject(notFound);

const DISPLAY = Symbol.for("gradually.display");
type Hooks = Record<symbol, unknown>;

/** What is shown while it runs. */
async function shown(run: () => Promise<unknown>): Promise<string[]> {
  const texts: string[] = [];
  const hooks = globalThis as Hooks;
  hooks[DISPLAY] = (bundle: Record<string, string>) => texts.push(bundle["text/plain"]);
  try {
    await run();
  } finally {
    delete hooks[DISPLAY];
  }
  return texts;
}

Deno.test("without a front end: an open exercise is reported, a right answer praised, a wrong one throws", async () => {
  const { check } = exercisesIn(load);
  assertEquals(await shown(() => check("twice-x", () => blank())), [
    '○ twice-x is still open. Replace blank(…) with your code\n  For help: await check.hint("twice-x")',
  ]);
  assertEquals(await shown(() => check("twice-x", (x: number) => x + x)), ["✓ twice-x: Right, in every trial"]);
  await assertRejects(() => check("twice-x", (x: number) => x * x), Error, "✗ twice-x: That is x times itself\n");
});

Deno.test("hints are shown one by one, and the solution after the last", async () => {
  const { check } = exercisesIn(load);
  const texts = await shown(async () => {
    await check.solution("twice-x");
    await check.hint("twice-x");
    await check.solution("twice-x");
    await check.hint("twice-x");
    await check.solution("twice-x");
  });
  assertStringIncludes(texts[0], "after 2 more hints");
  assertEquals(texts[1], "Hint 1 of 2: How much is twice one?");
  assertStringIncludes(texts[2], "after one more hint");
  assertStringIncludes(texts[3], 'That was the last hint. The solution: await check.solution("twice-x")');
  assertStringIncludes(texts[4], "Twice x is x and x again");
});

Deno.test("after passing the solution opens: as it is written or, without the source, without types", async () => {
  const written = "function double(x: number): number {\n  return 2 * x;\n}";
  const source = () => Promise.resolve({ default: `// Twice.\n${written}\n\nexport default exercise({});\n` });
  for (
    const [{ check }, code] of [[exercisesIn(load), String(double)], [exercisesIn(load, source), written]] as const
  ) {
    const texts = await shown(async () => {
      await check("twice-x", (x: number) => 2 * x);
      await check.solution("twice-x");
    });
    assertEquals(texts[1], `${code}\n\nTwice x is x and x again`);
  }
  assertEquals(String(double).includes("number"), false);
});

Deno.test("a front end receives the verdict with everything that it may reveal, and a mistake does not throw", async () => {
  const { check } = exercisesIn(load);
  const events: ExerciseEvent[] = [];
  const hooks = globalThis as Hooks;
  hooks[VERDICT] = (event: ExerciseEvent) => events.push(event);
  try {
    await check("twice-x", (x: number) => x / 2);
  } finally {
    delete hooks[VERDICT];
  }
  const [{ id, kind, message, hints, solution }] = events;
  assertEquals([id, kind, message, hints.length], ["twice-x", "mistake", "That is half of x", 2]);
  assertStringIncludes(solution, "function double(x)");
});

Deno.test("an exercise that does not exist is named, with the file that is missing", async () => {
  const { check } = exercisesIn(load);
  await assertRejects(() => check("thrice-x", () => 3), RangeError, 'got "thrice-x": there is no file thrice_x.ts');
  await assertRejects(() => check("mod", () => 3), TypeError, "as the default export of mod.ts and got none");
});
