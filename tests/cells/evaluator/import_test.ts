// What cells import and export.
import { assertEquals, assertMatch } from "@std/assert";
import { testWith } from "../../support.ts";
import { Cells, LINE, moduleOf } from "./cells.ts";

const SUMS = moduleOf(
  "export const add = (a, b) => a + b; export const name = 'sums'; export default 7; export { add as 'odd name' }",
);

Deno.test("every form of import gives its names", async () => {
  const forms: [string, string, unknown][] = [
    [`import { add, name as called, type T } from "${SUMS}";`, "add(1, 2) + called", "3sums"],
    [`import d from "${SUMS}"`, "d", 7],
    [`import d, { add } from "${SUMS}"`, "add(d, 1)", 8],
    [`import from from "${SUMS}"`, "from", 7],
    [`import { "odd name" as odd, default as e } from "${SUMS}"`, "odd(e, 2)", 9],
    [`import * as all from "${SUMS}"`, "Object.keys(all).join()", "add,default,name,odd name"],
    [`import f, * as some from "${SUMS}"`, "some.default === f", true],
    [`import {\n  add, // first\n  name,\n} from "${SUMS}";`, "name", "sums"],
    [`import "${SUMS}";\nimport {} from "${SUMS}";`, "1", 1],
    [`import data from "data:application/json,[1,2]" with { type: "json" };`, "data.length", 2],
    ["import type { A } from './none.ts'; import { type B } from 'data:text/javascript,';", "2", 2],
    [
      `export { add } from "${SUMS}"; export * from "${SUMS}"; export * as none from "${SUMS}";`,
      "typeof none",
      "undefined",
    ],
    [`const m = await import("${SUMS}");`, "m.default", 7],
    [
      `const load = (x) => import(x, { with: { type: "json" } });`,
      "(await load('data:application/json,3')).default",
      3,
    ],
  ];
  for (const [statement, expression, value] of forms) {
    const cells = new Cells();
    assertEquals(await cells.value(statement, expression), value, statement);
    assertEquals(await new Cells().value(`${statement}\n;${expression}`), value, statement);
  }
});

Deno.test("imports are loaded before the cell runs, in their order", async () => {
  const cells = new Cells();
  const note = (text: string): string => moduleOf(`(globalThis.noted ??= []).push("${text}"); export const x = 1;`);
  const code = `globalThis.noted.push("cell");\nimport "${note("one")}";\nimport { x } from "${note("two")}";`;
  assertEquals(await cells.value(code, "noted.splice(0).join()"), "one,two,cell");
});

Deno.test("what a module changes is changed for the cells, too", async () => {
  const cells = new Cells();
  const counter = moduleOf(
    "export let count = 0, model = { v: 1 }; export function next() { count++; model = { v: count }; return count; }",
  );
  await cells.value(
    `import { count as seen, model, next } from "${counter}";\nconst look = () => [seen, model.v].join();`,
  );
  assertEquals(await cells.value("next(); [look(), seen, model.v, `${seen}`, { seen }.seen].join()"), "1,1,1,1,1,1");
  assertEquals(await cells.value("next();", "look()"), "2,2");
  assertEquals(await cells.evaluator.value("seen"), { found: true, value: 2 });
  assertEquals(await cells.failure("seen = 5"), "TypeError at 1:6: Assignment to constant variable.");
  assertEquals(await cells.value("const seen = 9;", "next();", "[look(), seen].join()"), "9,3,9");
});

Deno.test("a name that a module does not export is refused at its place in the cell", async () => {
  const cells = new Cells();
  const message = (name: string): string =>
    `The requested module '${SUMS}' does not provide an export named '${name}'; to import a type, write "type ${name}"`;
  const plain = message("default").replace(/;[^;]*$/, "");
  const empty = moduleOf("export const add = 1");
  const cases: [string, string][] = [
    [`import { nope } from "${SUMS}";`, `1:10: ${message("nope")}`],
    [`const a = 1;\nimport {\n  add, // there\n  missing as lost,\n} from "${SUMS}";`, `4:3: ${message("missing")}`],
    [`import wrong from "${empty}";`, `1:8: ${plain.replace(SUMS, empty)}`],
    [`import none, * as all from "${empty}";`, `1:8: ${plain.replace(SUMS, empty)}`],
    [`export { lost } from "${SUMS}";`, `1:10: ${message("lost")}`],
  ];
  for (const [code, expected] of cases) assertEquals(await cells.failure(code), `SyntaxError at ${expected}`);
  assertEquals(await cells.evaluator.names(), []);
});

Deno.test("what only looks like an import or export stays", async () => {
  const code =
    "const s = 'import a from b', t = `\nimport x from 'y'\n`, o = { import: 1, export: 2 };\n// import a from 'b'\n[s, t, o.import, o.export].join('|')";
  assertEquals(await new Cells().value(code), "import a from b|\nimport x from 'y'\n|1|2");
});

Deno.test("a module that throws is told with its place, and nothing of the cell runs", async () => {
  const cells = new Cells();
  const error = await cells.error(`const a = 1;\nimport "${moduleOf("throw new RangeError('bad')")}";`);
  assertEquals([error.name, error.message], ["RangeError", "bad"]);
  assertEquals([error.place?.line, error.place?.column], [LINE + 1, 8]);
  assertEquals(await cells.evaluator.names(), []);
});

testWith({ read: true }, "relative addresses are those of the lesson", async () => {
  const cells = new Cells();
  assertEquals(await cells.value('import { add } from "./helpers/sums.ts";', "add(1, 2)"), 3);
  assertEquals(await cells.value('(await import("./helpers/sums.ts")).add === add'), true);
  assertEquals(await cells.value("const where = './helpers/sums.ts'; (await import(where)).add === add"), true);
  assertEquals(await cells.value("import.meta.url.endsWith('/fixtures/lessons/99_test.ts') && import.meta.main"), true);
  assertEquals(await cells.value("import.meta.resolve('../x.ts').endsWith('/fixtures/x.ts')"), true);
  const { message, place } = await cells.error('1;\n import "./helpers/none.ts";');
  assertMatch(message, /none\.ts/);
  assertEquals([place?.line, place?.column], [LINE + 1, 9]);
});
