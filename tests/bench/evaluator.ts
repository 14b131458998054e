// Measures the evaluator of cells: four small programs against the same code as a module, and what a cell costs.
// deno run --allow-read tests/bench/evaluator.ts
import { DenoEvaluator } from "../../lib/cells/evaluator/deno_evaluator.ts";
import type { Evaluator } from "../../lib/cells/evaluator/evaluator.ts";

const ROUNDS = 7;
const LESSON = new URL("../fixtures/lessons/99_test.ts", import.meta.url).href;

/** Cells; the last one is measured. */
const PROGRAMS: Record<string, string[]> = {
  "convolution by loops": [
    "const [H, K] = [96, 5];\nconst image = Float32Array.from({ length: H * H }, (_, i) => i % 7);",
    "const kernel = Float32Array.from({ length: K * K }, (_, i) => i % 3);\nconst out = new Float32Array((H - K + 1) ** 2);",
    "function convolve() {\n  for (let y = 0; y <= H - K; y++) for (let x = 0; x <= H - K; x++) {\n    let sum = 0;\n" +
    "    for (let i = 0; i < K; i++) for (let j = 0; j < K; j++) sum += image[(y + i) * H + x + j] * kernel[i * K + j];\n" +
    "    out[y * (H - K + 1) + x] = sum;\n  }\n}",
    "for (let round = 0; round < 150; round++) convolve();",
  ],
  "calls": [
    "const ONE = 1;\nconst add = (a, b) => a + b;\nfunction next(x) { return add(x, ONE); }\nlet count = 0;",
    "for (let i = 0; i < 2e7; i++) count = next(count) & 1023;",
  ],
  "a fraction summed at the top": ["let total = 0;", "for (let i = 0; i < 2e7; i++) total += i * 0.5;"],
  "matmul": [
    "const N = 160;\nconst [A, B, C] = [1, 2, 0].map((x) => new Float64Array(N * N).fill(x));",
    "function multiply() {\n  for (let i = 0; i < N; i++) for (let k = 0; k < N; k++) {\n    const a = A[i * N + k];\n" +
    "    for (let j = 0; j < N; j++) C[i * N + j] += a * B[k * N + j];\n  }\n}",
    "for (let round = 0; round < 20; round++) multiply();",
  ],
};

async function asModule(cells: string[], round: number): Promise<number> {
  const code = [
    ...cells.slice(0, -1),
    "const begin = performance.now();",
    cells.at(-1),
    "export default performance.now() - begin;",
  ];
  return (await import(`data:text/javascript,${encodeURIComponent(code.join("\n") + `\n// ${round}`)}`)).default;
}

async function run(evaluator: Evaluator, source: string): Promise<number> {
  const begin = performance.now();
  const { error } = await evaluator.run({ source, line: 2 });
  if (error) throw new Error(`${error.message} in\n${source}`);
  return performance.now() - begin;
}

/** @param others How many cells of other names there are, before and after. */
async function asCells(cells: string[], others: number): Promise<number> {
  const evaluator = new DenoEvaluator(LESSON, { libraries: [], sandboxAdvice: "" });
  const other = (i: number): string => `const other${i} = ${i};`;
  for (let i = 0; i < others; i++) await run(evaluator, other(i));
  for (const cell of cells.slice(0, -1)) await run(evaluator, cell);
  for (let i = 0; i < others; i++) await run(evaluator, other(others + i));
  return await run(evaluator, cells.at(-1)!);
}

const least = (times: number[]): number => Math.min(...times);

for (const [name, cells] of Object.entries(PROGRAMS)) {
  const [module, few, many]: number[][] = [[], [], []];
  for (let round = 0; round < ROUNDS; round++) {
    module.push(await asModule(cells, round));
    few.push(await asCells(cells, 0));
    many.push(await asCells(cells, 20));
  }
  const ratio = (times: number[]): string => (least(times) / least(module)).toFixed(2);
  console.log(
    `${name}: module ${least(module).toFixed(0)} ms, cells ${ratio(few)} ×, among 40 others ${ratio(many)} ×`,
  );
}

const evaluator = new DenoEvaluator(LESSON, { libraries: [], sandboxAdvice: "" });
console.log(`the first cell: ${(await run(evaluator, "const zero: number = 1;")).toFixed(1)} ms`);
const times: number[] = [];
for (let i = 0; i < 500; i++) {
  times.push(
    await run(
      evaluator,
      `const v${i % 40} = ${i};\nlet total: number = v${
        i % 40
      } + zero;\nfunction f(x: number): number { return x * total; }\nf(2);`,
    ),
  );
}
console.log(
  `a cell of four lines: ${times.toSorted((a, b) => a - b)[250].toFixed(2)} ms, at best ${least(times).toFixed(2)} ms`,
);
