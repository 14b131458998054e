// Nothing is silent in a notebook: what does not parse, what nobody awaits, values without a form in JSON, and 20,000 lines.
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { stripVTControlCharacters as stripAnsiCode } from "node:util";
import { fileURLToPath } from "node:url";
import { lessonNotebook } from "../../lib/course/notebook/lesson_notebook.ts";
import { formatNotebook } from "../../lib/cells/ipynb/notebook.ts";
import { withTempDir } from "../support.ts";
import { execute, python, type RanNotebook, type RanOutput, testJupyter } from "./jupyter.ts";

const PROJECT = fileURLToPath(new URL("../../", import.meta.url)).replace(/[\\/]$/, "");
const TRAINING = `
const random = new Random(1);
const model = new Module([new FC({ inFeatures: 4, outFeatures: 2, random })]);
const data = { images: Tensor.randn([200, 4], { random }), labels: Array.from({ length: 200 }, (_, i) => i % 2) };
const train = () => watch(fit(model, data, { optimizer: new SGD(model.parameters()), epochs: 2, batchSize: 10, random }));`;
const IMPORTS = `import { curve, FC, fit, Module, Random, SGD, show, Tensor, watch } from "../mod.ts";`;

/** Runs cells, each with an id, in one notebook. */
async function runCells(
  cells: Record<string, string>,
  options: { runs?: number; atOnce?: number } = {},
): Promise<((id: string) => RanOutput[])[]> {
  return await withTempDir(async (directory) => {
    const source = Object.entries(cells).map(([id, code]) => `// %% id="${id}"\n${code}\n`).join("\n");
    const path = `${directory}/cells.ipynb`;
    await Deno.writeTextFile(path, formatNotebook(lessonNotebook(source, "cells.ts", PROJECT)));
    return (await execute([path], directory, options)).map(({ cells }: RanNotebook) => (id: string) =>
      cells.find((cell) => cell.id === id)!.outputs
    );
  });
}

function textOf(outputs: readonly RanOutput[]): string {
  return stripAnsiCode(outputs.map(({ text }) => text).join("|"));
}

testJupyter("a cell that does not parse says where, and its old answer is not judged, in any of 5 runs", async () => {
  const answer = "function countParameters(): number[] {\n  return [1];\n}";
  const runs = await runCells({
    imports: 'import { check } from "./exercises/mod.ts";',
    old: answer,
    broken: answer.replace("[1]", "[1 1]"),
    check: 'await check("count-parameters", countParameters);',
    right: answer.replace("[1]", "[1, 1]"),
    again: 'await check("count-parameters", countParameters);',
  }, { runs: 5, atOnce: 2 });
  for (const of of runs) {
    // On a machine that is very busy, the kernel may be done with the cell first; then the next one says it.
    const told = of("broken").length ? textOf(of("broken")) : textOf(of("check"));
    assertMatch(told, /(?:^|The cell before did not run: SyntaxError: )Expected ',', got .*\(line 2, column 13\)/m);
    assertMatch(
      textOf(of("check")),
      /✗ count-parameters: not judged, because the newest version of the cell with countParameters did not run/,
    );
    assertMatch(textOf(of("again")), /^✗ count-parameters: Your answer has length 2/);
  }
});

testJupyter("20,000 printed lines arrive, and the next cell's output, in any of 20 runs", async () => {
  const runs = await runCells({
    lines: "for (let i = 1; i <= 20000; i++) console.log(`line ${i} of 20000`);",
    next: 'console.log("next"); 7',
    mixed:
      'console.log("a"); console.error("b"); console.log("c"); await new Promise((done) => setTimeout(done, 60)); console.log("d");',
    many: 'for (let i = 0; i < 300; i++) console.log("x".repeat(9999));',
    after: '"after"',
  }, { runs: 20, atOnce: 2 });
  assertEquals(runs.length, 20);
  const expected = Array.from({ length: 20000 }, (_, i) => `line ${i + 1} of 20000\n`).join("");
  for (const of of runs) {
    assert(of("lines").map(({ text }) => text).join("") === expected, "lines are missing");
    assertEquals(textOf(of("next")), "next\n|7");
    assertEquals(textOf(of("mixed")).replaceAll("|", ""), "a\nb\nc\nd\n");
    assertMatch(textOf(of("many")), /x\n\|… and 500000 more characters: a cell of a notebook shows at most 2500000\n$/);
    assertEquals(textOf(of("after")), '"after"');
  }
});

testJupyter("a value that has no form in JSON is shown: NaN, ∞, −0, a bigint, null; undefined is not", async () => {
  const values = [
    "0 / 0",
    "1 / 0",
    "-1 / 0",
    "-0",
    "12345678901234567890n",
    "null",
    "undefined",
    "7",
    "for (let i = 0; i < 2; i++);",
  ];
  const [of] = await runCells(Object.fromEntries(values.map((code, i) => [`value-${i}`, code])));
  const shown = ["NaN", "Infinity", "-Infinity", "-0", "12345678901234567890n", "null", "", "7", ""];
  assertEquals(values.map((_, i) => textOf(of(`value-${i}`))), shown);
});

testJupyter("an error behind a forgotten await is told, and so is the forgotten await", async () => {
  const [of] = await runCells({
    imports: `${IMPORTS}
const model = new Module([new FC({ inFeatures: 2, outFeatures: 2, random: new Random(1) })]);
const data = { images: Tensor.full([20, 2], 1e30), labels: Array.from({ length: 20 }, (_, i) => i % 2) };
const diverge = () => watch(fit(model, data, { optimizer: new SGD(model.parameters(), { learningRate: 1e30 }), epochs: 3 }));`,
    forgotten: "new Promise(() => {});",
    once: 'Promise.reject(new RangeError("nobody waits")); 1;',
    training: 'diverge();\nconsole.log("trained");',
    timer: 'setTimeout(() => { throw new RangeError("in a timer"); }, 20);\nconst one = 1;',
    wait: "await new Promise((done) => setTimeout(done, 800));",
    next: 'console.log("next");',
  });
  assertMatch(textOf(of("forgotten")), /Promise \{ <pending> \}\|This cell has ended before its work: write await/);
  assertMatch(
    textOf(of("once")),
    /An error in a promise that nobody awaits; is an await missing\?\nRangeError: nobody waits\n/,
  );
  const training = textOf([...of("training"), ...of("timer"), ...of("wait")]);
  assertMatch(training, /An error in a promise that nobody awaits; is an await missing\?\n.*NaN/);
  assertMatch(
    textOf([...of("timer"), ...of("wait")]),
    /An error outside the run of a cell, as in a timer:\nRangeError: in a timer/,
  );
  assertEquals(textOf(of("next")), "next\n");
});

testJupyter("a cell may use any name: the course works on, and the names of the kernel are refused", async () => {
  const names =
    "performance Map Symbol Atomics Number Math Array Object Promise Set Float32Array setTimeout crypto globalThis"
      .split(" ");
  const [of] = await runCells({
    imports: `${IMPORTS}\nimport { check } from "./exercises/mod.ts";${TRAINING}\nconst history = await train();`,
    constants: names.map((name) => `const ${name} = 5;`).join("\n"),
    var: "var clearTimeout = 3;\nfunction postMessage() {}\nfunction Worker() {}",
    console: "const printing = console.log; { const console = 1; }\nprinting(performance + Map);",
    training: "await train();\nawait show(curve([1, 2, 3]));",
    check: 'await check("count-parameters", () => [1]);\nawait check.hint("count-parameters");',
    value: "0 / 0",
    deno: "const Deno = 5;",
    error: "const Error = 5, String = 6;",
    empty: 'throw new TypeError("");',
    nothing: 'throw "";',
    after: '"after";',
  });
  for (const id of ["constants", "var"]) assertEquals(of(id), [], id);
  assertEquals(textOf(of("console")), "10\n");
  assertEquals(of("training").map(({ type }) => type), ["display_data", "display_data"]);
  assertMatch(textOf(of("check")), /^✗ count-parameters: Your answer/);
  assertEquals(textOf(of("value")), "NaN");
  assertMatch(
    textOf(of("deno")),
    /^Identifier 'Deno' has already been declared: notebooks need this name, so choose another one$/,
  );
  assertStringIncludes(textOf(of("error")), "has already been declared: notebooks need this name");
  assertEquals(textOf(of("empty")), "thrown without a message in line 1, column 7");
  assertStringIncludes(textOf(of("nothing")), 'The cell has thrown ""');
  assertEquals(textOf(of("after")), '"after"');
});

testJupyter(
  "a cell that ends with a watched training shows its curve once, and a later cell shows it again",
  async () => {
    const [of] = await runCells({
      once: `${IMPORTS}${TRAINING}\nawait train();`,
      kept: "const history = await train();",
      later: "history",
    });
    assertEquals(of("once").map(({ type }) => type), ["display_data"]);
    assertEquals(of("kept").map(({ type }) => type), ["display_data"]);
    assertEquals(of("later").map(({ type }) => type), ["execute_result"]);
  },
);

testJupyter("a page made with nbconvert has its pictures", async () => {
  await withTempDir(async (directory) => {
    const source = `// %%\n${IMPORTS}\nawait show(curve([3, 1, 2], { title: "the loss" }));\n\n// %%\ncurve([1, 2]);\n`;
    await Deno.writeTextFile(`${directory}/a.ipynb`, formatNotebook(lessonNotebook(source, "a.ts", PROJECT)));
    await python(directory, ["to_html.py", `${directory}/a.ipynb`, `${directory}/a.html`]);
    const page = await Deno.readTextFile(`${directory}/a.html`);
    const pictures = [...page.matchAll(/<img src="data:image\/svg\+xml;base64,([^"]+)"/g)].map(([, data]) =>
      atob(data)
    );
    assertEquals(pictures.map((svg) => /^<svg .*<path/s.test(svg)), [true, true]);
  });
});
