// The authors' check finds every kind of fault in a lesson.
import { assertEquals, assertMatch } from "@std/assert";
import { testWith, withTempDir } from "../support.ts";
import { checkLesson } from "./check_lesson.ts";

const NEEDS = { read: true, write: true, run: true, env: ["NODE_V8_COVERAGE"] } as const;
const library = new URL("../../lib/exercise/mod.ts", import.meta.url).href;
const pictures = new URL("../../lib/show/mod.ts", import.meta.url).href;
const EXERCISE = '// %% tags=["exercise"] id="twice"\nfunction twice(x: number): number {\n  return blank(x);\n}\n\n' +
  '// %% tags=["check"] id="twice"\nawait check("twice", twice);\n';
const HEAD = '// %%\nimport { blank, check } from "./exercises/mod.ts";\n\n';

/** The judge of `twice`, with one part of it changed. */
function judgeOf(change: [string, string] = ["", ""]): string {
  return `import { exercise } from "${library}";
export default exercise({
  inputs: (random): [number] => [random.normal()],
  solution: (x: number) => 2 * x,
  explanation: "Two times",
  mistakes: [
    { answer: (x: number) => x * x, reply: "The square" },
    { answer: (x: number) => x, reply: "Once" },
    { answer: (x: number) => x + 2, reply: "Plus" },
  ],
  hints: ["one", "two"],
});
`.replace(...change);
}

async function faultsOf(source: string, judge = judgeOf(), limit?: number): Promise<string[]> {
  return await withTempDir(async (directory) => {
    Deno.mkdirSync(`${directory}/exercises`);
    const mod = `import { exercisesIn } from "${library}";\nexport { blank } from "${library}";\n` +
      "export const { check } = exercisesIn((file) => import(`./${file}.ts`));\n";
    Deno.writeTextFileSync(`${directory}/exercises/mod.ts`, mod);
    Deno.writeTextFileSync(`${directory}/exercises/twice.ts`, judge);
    Deno.writeTextFileSync(`${directory}/01_made.ts`, source);
    return (await checkLesson(`${directory}/01_made.ts`, { exercises: 0, limit })).faults;
  });
}

testWith(NEEDS, "authors: a good lesson has no faults, and one file is all it takes", async () => {
  assertEquals(await faultsOf(HEAD + EXERCISE), []);
  assertEquals(await faultsOf("// %%\n1 + 1;\n"), []);
});

for (
  const [what, source, judge, fault] of [
    ["does not parse", "// %% tags=[x]\n1;\n", undefined, /01_made\.ts:1:\d+: tags=/],
    ["has a cell that throws", "// %%\n1;\n\n// %%\nnull!.x;\n", undefined, /01_made\.ts:5:7: TypeError/],
    [
      "shows more in one cell than a small screen holds",
      `// %%\nimport { show, table } from "${pictures}";\nconst rows = Array.from({ length: 12 }, (_, i) => [i]);\n` +
      "await show(table(rows));\nawait show(table(rows));\n",
      undefined,
      /01_made\.ts:2: a cell's output takes at most 22 rows at 80 × 24 and got \d+: make it two cells/,
    ],
    ["has a cell that runs too long", "// %%\nwhile (true);\n", undefined, /01_made\.ts:2: the cell runs longer than/],
    [
      "has an exercise that passes as given",
      HEAD + EXERCISE.replace("blank(x)", "x + x"),
      undefined,
      /passes as given/,
    ],
    [
      "has an exercise that is wrong as given",
      HEAD + EXERCISE.replace("blank(x)", "x"),
      undefined,
      /is "mistake" and should be open/,
    ],
    ["has a solution that does not pass", HEAD + EXERCISE, [
      "solution: (x: number) => 2 * x",
      "solution: () => Math.random()",
    ], /solution does not pass/],
    [
      "has a mistake that is actually right",
      HEAD + EXERCISE,
      ["(x: number) => x * x", "(x: number) => x + x"],
      /mistake 1 \("The square"\) gets the reply of passed/,
    ],
    [
      "has two mistakes that get the same reply",
      HEAD + EXERCISE,
      ["(x: number) => x + 2", "(x: number) => x"],
      /mistake 3 \("Plus"\) gets the reply of mistake: "Once"/,
    ],
    [
      "has an exercise without a check",
      HEAD + EXERCISE.split('// %% tags=["check"]')[0],
      undefined,
      /no cell with tags=\["check"\] id="twice" follows it/,
    ],
    [
      "checks an exercise that it does not have",
      HEAD + EXERCISE.replace('"exercise"', '"example"'),
      undefined,
      /there is no such exercise/,
    ],
    ["has a question without an id", '// %% tags=["predict"]\n// How much?\n', undefined, /takes an id/],
  ] as [string, string, [string, string] | undefined, RegExp][]
) {
  testWith(NEEDS, `authors: a lesson that ${what} is found`, async () => {
    const faults = await faultsOf(source, judgeOf(judge), source.includes("while (true)") ? 1000 : undefined);
    assertMatch(faults.join("\n"), fault);
  });
}
