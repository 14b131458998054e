import { assertEquals, assertThrows } from "@std/assert";
import { cellScript } from "../../../lib/cells/engine/cell_code.ts";

const BASE = "file:///course/lessons/01_first.ts";
const code = (source: string): string => cellScript(source, 1, BASE).code;

Deno.test("every form of import becomes an await import()", () => {
  const url = '"file:///course/mod.ts"';
  const checked = (call: string, specifier: string, names: string): string =>
    `$imported(await import(${call}), "${specifier}", ${names})`;
  const mod = (names: string): string => checked(url, "../mod.ts", names);
  const cases: [string, string][] = [
    [
      'import { a, b as c, type T } from "../mod.ts";',
      `const { a, b: c } = ${mod('[["a",1,10],["b",1,13]]')};`,
    ],
    ['import d from "../mod.ts"', `const { default: d } = ${mod('[["default",1,8]]')}`],
    ['import d, { a } from "../mod.ts"', `const { default: d, a } = ${mod('[["default",1,8],["a",1,13]]')}`],
    ['import from from "../mod.ts"', `const { default: from } = ${mod('[["default",1,8]]')}`],
    ['import { "a" as b } from "../mod.ts"', `const { "a": b } = ${mod('[["a",1,10]]')}`],
    ['import * as all from "../mod.ts"', `const all = await import(${url})`],
    ['import d, * as all from "../mod.ts"', `const all = ${mod('[["default",1,8]]')}, { default: d } = all`],
    ['import "../mod.ts";', `await import(${url});`],
    ['import {} from "../mod.ts";', `await import(${url});`],
    [
      'import data from "./x.json" with { type: "json" };',
      `const { default: data } = ${
        checked('"file:///course/lessons/x.json", { with: { type: "json" } }', "./x.json", '[["default",1,8]]')
      };`,
    ],
    ['const m = await import("./x.ts");', 'const m = await import("file:///course/lessons/x.ts");'],
    [
      'import { assert } from "@std/assert";',
      `const { assert } = ${checked('"@std/assert"', "@std/assert", '[["assert",1,10]]')};`,
    ],
  ];
  for (const [source, expected] of cases) assertEquals(code(source), expected);
});

Deno.test("an import of only types leaves nothing behind", () => {
  assertEquals(code('import type { T } from "./x.ts";\n1;').trim(), "1;");
});

Deno.test("an import over several lines does not move the lines after it", () => {
  const lines = code('import {\n  a, // first\n  b,\n} from "./x.ts";\na;').split("\n");
  assertEquals(lines.length, 5);
  assertEquals(lines[4], "a;");
});

Deno.test("text that only looks like an import or export is unchanged", () => {
  for (
    const source of [
      'const s = "import a from b";',
      "const t = `\nimport x from 'y'\n`;",
      "// import a from 'b'",
      "const o = { import: 1, export: 2 };",
    ]
  ) {
    assertEquals(code(source), source);
  }
});

Deno.test("export is removed, and columns stay the same", () => {
  assertEquals(code("export const a = 1;"), "       const a = 1;");
  assertEquals(code("export default class A {}"), "               class A {}");
});

Deno.test("import.meta is replaced by a name of the same length", () => {
  assertEquals(code("const u = import.meta.url;"), "const u = $importMeta.url;");
});

Deno.test("types become spaces, and lines and columns stay the same", () => {
  const source = "interface A { a: number }\nconst x: A = { a: 1 } as A; throw x;";
  assertEquals(code(source).split("\n")[1].indexOf("throw"), source.split("\n")[1].indexOf("throw"));
});

Deno.test("the code starts on its line in the file", () => {
  assertEquals(cellScript("a;", 40, BASE).code.split("\n")[39], "a;");
});

Deno.test("a block at the end has no value to show; an expression does", () => {
  const shows = (source: string): boolean => cellScript(source, 1, BASE).showsValue;
  assertEquals(
    ["1 + 1;", "x", "for (;;) {}\nx;", "a +\n  b;", "f(); // done", "({ a: 1 });"].map(shows),
    new Array(6).fill(true),
  );
  assertEquals(
    [
      "for (;;) x;",
      "for await (const x of y)\n  x;",
      "if (a) b;\nelse c;",
      "for (;;) { x; }",
      "function f() {}",
      "if (a) { b; }",
      "",
      "// only a comment",
    ].map(shows),
    new Array(8).fill(false),
  );
});

Deno.test("an enum is translated, and code that does not parse is rejected", () => {
  assertEquals(code("enum A { B }").includes("enum"), false);
  assertThrows(() => code("const a = = 1;"), SyntaxError);
});
