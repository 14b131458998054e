// The project keeps its shape: each rule is first proved on planted faults, then applied to the real source.
import { assert, assertEquals, assertGreater, assertMatch } from "@std/assert";
import { deadExports } from "./architecture/dead_exports.ts";
import { lackingExamples } from "./architecture/examples.ts";
import { busyModFiles, inlinePackages, longFiles, oddNames, untoldJobs } from "./architecture/files.ts";
import { cycles, upwardImports } from "./architecture/layering.ts";
import { allowAll } from "./architecture/permissions.ts";
import { readTree, type SourceFile, treeOf } from "./architecture/source_tree.ts";
import { uncleanOutput } from "./architecture/terminal_output.ts";
import { readTexts } from "./architecture/texts.ts";
import { FINE, LIST } from "./architecture/word_list.ts";
import { sweptEntries, TO_SWEEP, wrongWords, wrongWordsOutside } from "./architecture/words.ts";
import { testWith } from "./support.ts";

type Rule = (tree: SourceFile[]) => string[];

/** The rule finds nothing in `good`, and in each of `bad` one fault that matches the pattern. */
function prove(rule: Rule, good: Record<string, string>, bad: [Record<string, string>, RegExp][]): void {
  assertEquals(rule(treeOf(good)), []);
  for (const [texts, pattern] of bad) {
    const faults = rule(treeOf(texts));
    assertEquals(faults.length, 1, `${JSON.stringify(texts)} gave ${JSON.stringify(faults)}`);
    assertMatch(faults[0], pattern);
  }
}

Deno.test("an import that points upward is found, whatever its syntax", () => {
  const up = /^lib\/tensor\/a\.ts:\d+ imports lib\/layers\/b\.ts: lib\/tensor may import nothing from lib\/layers$/;
  prove(upwardImports, {
    "lib/tensor/a.ts": 'import { k } from "../kernel/k.ts";\nimport "./b.ts";\nimport { x } from "npm-package";\n',
    "lib/tensor/b.ts":
      '/**\n * ```ts\n * import { FC } from "../layers/fc.ts";\n * ```\n */\n// import "../layers/fc.ts";\n',
    "lib/show/a.ts":
      'import type { Epoch } from "../training/events.ts";\nimport { Tensor } from "../tensor/mod.ts";\n',
    "lib/show/b.ts": 'import { type Epoch, type Step } from "../training/events.ts";\n',
    "data/mnist.ts": 'export { Tensor } from "../lib/tensor/tensor.ts";\n',
    "mod.ts": 'export * from "./lib/show/mod.ts";\n',
    "lessons/02_a.ts": 'import { check } from "../lib/course/check.ts";\nimport { FC } from "../mod.ts";\n',
    "tests/a_test.ts": 'import { FC } from "../mod.ts";\n',
  }, [
    [{ "lib/tensor/a.ts": 'import { b } from "../layers/b.ts";\n' }, up],
    [{ "lib/tensor/a.ts": 'import type { B } from "../layers/b.ts";\n' }, up],
    [{ "lib/tensor/a.ts": '// Why.\nimport {\n  a,\n  b,\n} from "../layers/b.ts";\n' }, up],
    [{ "lib/tensor/a.ts": 'import "../layers/b.ts";\n' }, up],
    [{ "lib/tensor/a.ts": 'export * from "../layers/b.ts";\n' }, up],
    [{ "lib/tensor/a.ts": 'export { b } from "../layers/b.ts";\n' }, up],
    [{ "lib/tensor/a.ts": 'const { b } = await import("../layers/b.ts");\n' }, up],
    [{ "lib/losses/a.ts": 'import { b } from "../optimizers/b.ts";\n' }, /from lib\/optimizers/],
    [{ "lib/optimizers/a.ts": 'import { b } from "../losses/b.ts";\n' }, /from lib\/losses/],
    [{ "lib/training/a.ts": 'import { b } from "../show/b.ts";\n' }, /from lib\/show/],
    [{ "lib/show/a.ts": 'import { fit } from "../training/fit.ts";\n' }, /nothing other than types from lib\/training/],
    [{ "lib/show/a.ts": 'import { type E, fit } from "../training/fit.ts";\n' }, /nothing other than types/],
    [{ "data/a.ts": 'import { b } from "../lib/layers/b.ts";\n' }, /data may import nothing from lib\/layers/],
    [{ "lib/kernel/a.ts": 'import { b } from "../../mod.ts";\n' }, /nothing from mod\.ts/],
    [{ "lib/layers/a.ts": 'import { b } from "../../data/b.ts";\n' }, /nothing from data/],
    [{ "lib/layers/a.ts": 'import { b } from "../../tests/support.ts";\n' }, /nothing from tests/],
    [{ "lib/layers/a.ts": 'import { b } from "../std/assert/mod.ts";\n' }, /nothing from lib\/std\/assert/],
    [{ "lib/newcomer/a.ts": "// An unknown part of it.\n" }, /belongs to no part/],
  ]);
});

Deno.test("the runtime uses nothing of the network, and its parts import one way", () => {
  const from = (path: string): [Record<string, string>, RegExp] => [
    { "lib/fronts/terminal/a.ts": `import { x } from "../../${path}";\n` },
    /lib\/fronts\/terminal may import nothing from/,
  ];
  const wrong = (file: string, path: string, pattern: RegExp): [Record<string, string>, RegExp] => [
    { [file]: `import { x } from "${path}";\n` },
    pattern,
  ];
  prove(upwardImports, {
    "lib/fronts/terminal/a.ts": 'import { x } from "./b.ts";\nimport { y } from "../text/c.ts";\n',
    "lib/fronts/plain/a.ts": 'import { x } from "../../course/b.ts";\n',
    "lib/course/a.ts": 'import { x } from "../cells/engine/b.ts";\nimport { y } from "../contract/c.ts";\n',
    "lib/commands/lesson/a.ts": 'import { x } from "../../fronts/plain/b.ts";\n',
    "lib/cells/engine/a.ts": 'import { x } from "../document/b.ts";\n',
  }, [
    from("kernel/a.ts"),
    from("tensor/a.ts"),
    from("training/a.ts"),
    from("show/a.ts"),
    from("../mod.ts"),
    from("../data/mod.ts"),
    from("../lessons/settings.ts"),
    wrong("lib/cells/engine/a.ts", "../../course/b.ts", /lib\/cells\/engine may import nothing from lib\/course/),
    wrong("lib/cells/document/a.ts", "../engine/b.ts", /lib\/cells\/document may import nothing/),
    wrong("lib/cells/ipynb/a.ts", "../../contract/b.ts", /nothing from lib\/contract/),
    wrong("lib/course/a.ts", "../fronts/text/b.ts", /lib\/course may import nothing from lib\/fronts\/text/),
    wrong("lib/fronts/plain/a.ts", "../terminal/b.ts", /nothing from lib\/fronts\/terminal/),
    wrong("lib/fronts/text/a.ts", "../../commands/b.ts", /nothing from lib\/commands/),
  ]);
});

Deno.test("a cycle of imports is found and walked through", () => {
  prove(cycles, {
    "lib/a.ts": 'import "./b.ts";\nimport "./c.ts";\n',
    "lib/b.ts": 'import "./c.ts";\n',
    "lib/c.ts": "",
  }, [
    [{ "a.ts": 'import "./a.ts";\n' }, /a\.ts → a\.ts$/],
    [{ "a.ts": 'import "./b.ts";\n', "b.ts": 'export * from "./a.ts";\n' }, /a\.ts → b\.ts → a\.ts$/],
    [{
      "x.ts": 'import "./a.ts";\n',
      "a.ts": 'import "./b.ts";\n',
      "b.ts": 'import type { C } from "./c.ts";\n',
      "c.ts": 'await import("./a.ts");\n',
    }, /: a\.ts → b\.ts → c\.ts → a\.ts$/],
  ]);
});

Deno.test("a file that is too long is found", () => {
  prove(longFiles, { "lib/a.ts": "x\n".repeat(400) }, [
    [{ "lib/a.ts": "x\n".repeat(401) }, /lib\/a\.ts has 401 lines/],
    [{ "lib/course/a.ts": "x\n".repeat(301) }, /lib\/course\/a\.ts has 301 lines and may have 300/],
    [{ "lessons/02_a.ts": "x\n".repeat(751) }, /lessons\/02_a\.ts has 751 lines and may have 750/],
    [{ "lib/show/page.css": "x\n".repeat(500) }, /has 500 lines/],
    [{ "lessons/01_a.ts": "x\n".repeat(751) }, /lessons\/01_a\.ts has 751 lines and may have 750/],
  ]);
});

Deno.test("a file that does not state its job is found", () => {
  const untold = /does not begin with a comment that states its job/;
  prove(untoldJobs, {
    "lib/a.ts": "// What this file is for.\nexport const a = 1;\n",
    "lib/b.ts": "/**\n * What this file is for.\n */\nexport const a = 1;\n",
    "lib/c.ts": "// deno-lint-ignore-file no-console\n// What this file is for.\n",
    "lib/d.ts": "#!/usr/bin/env -S deno run\n// What this file is for.\n",
    "lessons/02_a.ts": "// ---\n",
    "tests/a_test.ts": "Deno.test(",
  }, [
    [{ "lib/a.ts": "export const a = 1; // What this file is for.\n" }, untold],
    [{ "lib/a.ts": 'import "./b.ts";\n// What this file is for.\n' }, untold],
    [
      { "lib/a.ts": "// deno-lint-ignore-file no-console no-explicit-any require-await\nexport const a = 1;\n" },
      untold,
    ],
    [{ "lib/a.ts": "// Helpers.\n" }, untold],
    [{ "lib/a.ts": "" }, untold],
  ]);
});

Deno.test("a mod.ts that does more than re-export is found", () => {
  const busy = /does more than re-export/;
  prove(busyModFiles, {
    "lib/layers/mod.ts":
      '// All layers.\nexport * from "./fc.ts";\nexport {\n  a, // why\n  b,\n} from "./a.ts";\nexport type { C } from "./c.ts";\n' +
      'export * as d from "./d.ts";\n/** Words. */\n',
    "lib/layers/other.ts": "export const a = 1;\n",
  }, [
    [{ "mod.ts": "export const a = 1;\n" }, busy],
    [{ "lib/show/mod.ts": 'import { a } from "./a.ts";\nexport { a };\n' }, busy],
    [{ "lib/show/mod.ts": 'export * from "./a.ts";\nexport function b(): void {}\n' }, busy],
  ]);
});

Deno.test("a name that is not in snake_case is found", () => {
  prove(oddNames, { "lib/max_pool2d.ts": "", "lessons/02_activations.ts": "", "lib/a.wasm.ts": "" }, [
    [{ "lib/maxPool.ts": "" }, /not named in snake_case/],
    [{ "lib/max-pool.ts": "" }, /not named in snake_case/],
    [{ "lib/Layers/fc.ts": "" }, /not named in snake_case/],
  ]);
});

Deno.test("an export that no file imports is found, whatever the form of the imports", () => {
  const unused = /^lib\/show\/a\.ts:\d+ exports \w+, and no file imports it: remove the export, or all of it$/;
  const onlyTested = /^lib\/show\/a\.ts:\d+ exports \w+, and only tests use it: remove it$/;
  const rule = (tree: SourceFile[]) => deadExports(tree, ["lib/show", "lib/commands", "lib/std"]);
  prove(rule, {
    "lib/show/a.ts": "export const A = 1;\nexport async function* b(): void {}\nexport abstract class C {}\n" +
      "export interface D {}\nexport type E<T> = T;\nexport function f(x: string): void;\nexport function f(): void {}\n",
    "lib/show/b.ts": 'import { A, type D as Other } from "./a.ts";\nexport type { E } from "./a.ts";\n',
    "lib/show/c.ts": 'import {\n  b, // why\n  C,\n} from "./a.ts";\nexport class Whole {}\nexport let late = 1;\n',
    "lib/show/d.ts":
      'const { Whole } = await import("./c.ts");\nconst inside = 1;\nexport function g(): void {}\ng();\n',
    "lib/show/mod.ts": 'export { f } from "./a.ts";\nexport const free = 1;\n',
    "tests/show/d_test.ts": 'import { g } from "../../lib/show/d.ts";\n',
    "lib/show/loaded.ts": "export function connect(): void {}\n",
    "lib/course/a.ts": 'const LOADED = new URL("../show/loaded.ts", import.meta.url);\n',
    "lib/show/shown.ts": "/**\n * ```ts\n * shown();\n * ```\n */\nexport function shown(): void {}\nshown();\n",
    "lib/show/measured.ts": "export function measured(): void {}\n",
    "tests/bench/own.ts": 'import { measured } from "../../lib/show/measured.ts";\n',
    "lib/commands/lesson/main.ts": "export function main(): void {}\n",
    "lib/lesson/a.ts": "export const unchecked = 1;\n",
    "lib/std/fmt/long_name.ts": "export function color(): void {}\n",
    "lib/std/assert/equals.ts": "export function assertEquals(): void {}\n",
    "tests/lesson_test.ts":
      'import { assertEquals } from "@std/assert";\nimport { color } from "@std/fmt/long-name";\n',
  }, [
    [{
      "lib/std/assert/equals.ts": "export function assertEquals(): void {}\n",
      "lib/std/assert/mod.ts": 'export * from "./equals.ts";\n',
      "tests/std/assert_test.ts": 'import { assertEquals } from "@std/assert";\n',
    }, /exports assertEquals, and no file imports it/],
    [{ "lib/commands/lesson/main.ts": "export function other(): void {}\n" }, /exports other, and no file imports it/],
    [{ "lib/show/a.ts": "export const A = 1;\nA;\n" }, unused],
    [
      { "lib/show/a.ts": "// connect() is what another part loads.\nexport function connect(): void {}\nconnect();\n" },
      unused,
    ],
    [{ "lib/show/a.ts": "/**\n * ```ts\n * a();\n * ```\n */\nexport function a(): void {} // a\n" }, onlyTested],
    [{
      "lib/show/a.ts": "export class A {}\n",
      "lib/show/b.ts": 'const B = new URL("./b.ts", import.meta.url);\n',
    }, unused],
    [{ "lib/show/a.ts": "export interface A {}\n", "lib/show/b.ts": 'import { B } from "./a.ts";\n' }, unused],
    [{ "lib/show/a.ts": "export class A {}\n", "lib/show/b.ts": 'import { A } from "./c.ts";\n' }, unused],
    [{ "lib/show/a.ts": "export class A {}\n", "lib/show/b.ts": 'import "./a.ts";\n' }, unused],
    [
      { "lib/show/a.ts": "/** A is. */\nexport class A {}\n", "tests/a.ts": 'import { A } from "../lib/show/a.ts";\n' },
      onlyTested,
    ],
    [{
      "lib/show/a.ts": "export function a(x: string): void;\nexport function a(): void {} // a\n",
      "tests/a.ts": 'import { a } from "../lib/show/a.ts";\n',
    }, onlyTested],
  ]);
});

Deno.test("a public function or class without an example that asserts is found", () => {
  const symbol = (name: string, kind: string, ...examples: string[]) => ({
    name,
    declarations: [{
      kind,
      location: { filename: "lib/a.ts", line: 7 },
      jsDoc: { tags: examples.map((doc) => ({ kind: "example", doc })) },
    }],
  });
  const good = symbol("good", "function", "only words", "```ts\nassertEquals(good(), 1);\n```");
  const overloads = symbol("two", "function");
  overloads.declarations.push(...symbol("two", "function", "assert(two());").declarations);
  const quiet = [
    symbol("Options", "interface"),
    symbol("T", "typeAlias"),
    symbol("X", "variable"),
    symbol("Y", "reference"),
  ];
  assertEquals(lackingExamples({ nodes: { a: { symbols: [good, overloads, ...quiet] } } }), []);
  for (const kind of ["function", "class"]) {
    for (const examples of [[], ["print(bad());"]]) {
      const nodes = { a: { symbols: [good] }, b: { symbols: [symbol("bad", kind, ...examples)] } };
      assertEquals(lackingExamples({ nodes }), ["lib/a.ts:7: bad has no @example that asserts"]);
    }
  }
});

Deno.test("a package that is named outside deno.json is found", () => {
  prove(inlinePackages, {
    "lib/a.ts": 'import "@std/assert";\nimport "node:util";\nimport "./b.ts";\n',
    "tests/bench/peers/x.ts": 'import x from "npm:@a/x@1.0.0";\n',
  }, [
    [{ "tests/bench/x.ts": 'import x from "npm:@a/x@1.0.0";\n' }, /imports npm:@a\/x/],
    [{ "lib/a.ts": 'import x from "npm:x@1.0.0";\n' }, /lib\/a\.ts:1 imports npm:x@1\.0\.0/],
    [{ "lib/a.ts": 'export * from "jsr:@a/b@1";\n' }, /imports jsr:/],
    [{ "lib/a.ts": 'const x = await import("ht' + 'tps://example.com/x.ts");\n' }, /imports https:/],
  ]);
});

Deno.test("text that reaches the terminal past the cleaner is found", () => {
  prove(uncleanOutput, {
    "lib/fronts/text/write.ts": "Deno.stdout.writeSync(bytes);\n",
    "lib/fronts/terminal/terminal.ts": 'import { writeControls } from "../text/write.ts";\n',
    "lib/fronts/plain/a.ts": 'import { write } from "../text/write.ts";\nconst wide = Deno.stdout.isTerminal();\n',
    "lib/show/text_output.ts": "Deno.stdout.writeSync(bytes);\n",
  }, [
    [{ "lib/commands/lesson/a.ts": "\nDeno.stderr.writeSync(bytes);\n" }, /^lib\/commands\/lesson\/a\.ts:2 writes to/],
    [{ "lib/course/a.ts": "process.stdout.write(text);\n" }, /use write or complain/],
    [
      { "lib/fronts/plain/a.ts": 'import { writeControls } from "../text/write.ts";\n' },
      /a\.ts:1 imports writeControls/,
    ],
  ]);
});

Deno.test("a command with all permissions is found", () => {
  const good = '"lesson": "deno run --allow-read --allow-net=A.example lib/commands/lesson/main.ts -a",\n';
  assertEquals(allowAll("deno.json", good), []);
  for (const flag of ["-A", "--allow-all", "-qA", "-Aq"]) {
    assertEquals(allowAll("deno.json", `{\n"x": "deno run ${flag} a.ts"`).length, 1, flag);
    assertEquals(allowAll("README.md", `\`deno test ${flag}\``).length, 1, flag);
  }
});

Deno.test("a word that is not plain American English is found, with its line and what to write instead", () => {
  for (const [pattern, , example] of LIST) {
    assertEquals(wrongWords([{ path: "lib/a.ts", text: example }]).length, 1, `${pattern} in "${example}"`);
  }
  for (const text of FINE) assertEquals(wrongWords([{ path: "lib/a.ts", text }]), []);
  const [, instead, example] = LIST[0];
  const text = `// One.\nconst ${example} = 1; // ${example.toUpperCase()}\n`;
  assertEquals(wrongWords([{ path: "lib/a.ts", text }]), [
    `lib/a.ts:2 says "${example}": write "${instead}"`,
    `lib/a.ts:2 says "${example.toUpperCase()}": write "${instead}"`,
  ]);
});

Deno.test("a turn of phrase is found across the end of a line", () => {
  const [first, ...rest] = LIST.find(([, instead]) => instead === "belongs in")![2].split(" into ");
  for (const gap of [" \n// ", "\n * ", "\n  ", ' " +\n    "', "\n# "]) {
    const text = `/* One.\n${first}${gap}into ${rest}`;
    assertMatch(wrongWords([{ path: "a.py", text }]).join(), /^a\.py:2 says /, text);
  }
});

Deno.test("a folder that nobody has swept yet is left out, as long as it needs to be", () => {
  const [bad, good] = [LIST[0][2], FINE[0]];
  const texts = [{ path: "lib/a.ts", text: bad }, { path: "library.ts", text: bad }, { path: "data/a.ts", text: good }];
  assertEquals(wrongWordsOutside(texts, []).length, 2);
  assertMatch(wrongWordsOutside(texts, ["lib"]).join(), /^library\.ts:1 says /);
  assertEquals(wrongWordsOutside(texts, ["lib", "library.ts"]), []);
  assertEquals(sweptEntries(texts, ["lib", "library.ts"]), []);
  assertMatch(sweptEntries(texts, ["lib", "data"]).join(), /^data has no word from the list: remove it/);
  assertMatch(sweptEntries(texts, ["li"]).join(), /^li has no word from the list/);
});

const ROOT = new URL("../", import.meta.url);

for (
  const [promise, rule] of [
    ["imports point one way", upwardImports],
    ["imports make no cycle", cycles],
    ["no file is too long", longFiles],
    ["every file states its job at the top", untoldJobs],
    ["every mod.ts only re-exports", busyModFiles],
    ["every file is named in snake_case", oddNames],
    ["packages are named only in deno.json", inlinePackages],
    ["every export is imported somewhere", deadExports],
    ["all text is cleaned before it reaches the terminal", uncleanOutput],
  ] as [string, Rule][]
) {
  testWith({ read: true }, `the project: ${promise}`, async () => {
    const tree = await readTree(ROOT);
    assertGreater(tree.length, 50, "the tree was not found");
    assertEquals(rule(tree), []);
  });
}

testWith({ read: true }, "the project: no command has all permissions", async () => {
  for (const path of ["deno.json", ".ci/run", "README.md", "CONTRIBUTING.md"]) {
    assertEquals(allowAll(path, await Deno.readTextFile(new URL(path, ROOT))), []);
  }
  // Programs start other programs, too. This file plants the flag, and its rule names it.
  const tree = (await readTree(ROOT)).filter(({ path }) => !path.startsWith("tests/architecture"));
  assertEquals(tree.flatMap(({ path, text }) => allowAll(path, text)), []);
});

testWith({ read: true }, "the project: its words are plain American English", async () => {
  const texts = await readTexts(ROOT);
  for (const path of ["README.md", ".ci/run", "deno.json", "lib/kernel/kernel.ts", "lessons/classroom/start"]) {
    assert(texts.some((text) => text.path === path), `${path} was not read`);
  }
  assertEquals(wrongWordsOutside(texts, TO_SWEEP), []);
  assertEquals(sweptEntries(texts, TO_SWEEP), []);
});
