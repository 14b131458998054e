// Where a module is named: every form of import and export, and what only looks like one.
import { assertEquals } from "@std/assert";
import { absoluteImports, importsIn } from "../../../lib/cells/document/imports.ts";

const found = (code: string) =>
  importsIn(code).map(({ kind, keyword, specifier }) => [
    kind,
    keyword.start,
    code.slice(specifier.start + 1, specifier.end - 1),
  ]);

Deno.test("an import begins with its own keyword, though a name in its brackets may be one as well", () => {
  assertEquals(found('import { import as a } from "./x.ts";'), [["import", 0, "./x.ts"]]);
  assertEquals(found('export { export as a, b } from "./x.ts";'), [["export", 0, "./x.ts"]]);
  assertEquals(found('import "./x.ts"; import a, * as b from "./y.ts"'), [["import", 0, "./x.ts"], [
    "import",
    17,
    "./y.ts",
  ]]);
  assertEquals(found('f(); export * from "./x.ts"'), [["export", 5, "./x.ts"]]);
});

Deno.test("a call of import is found wherever it stands", () => {
  assertEquals(found('const a = { b: await import("./x.ts") };'), [["call", 21, "./x.ts"]]);
  assertEquals(found('import(\n  "./x.ts",\n)'), [["call", 0, "./x.ts"]]);
});

Deno.test("strings elsewhere, comments and templates name no module", () => {
  for (
    const code of ['f("./x.ts")', '// import "./x.ts"', '`import "./x.ts"`', 'const from = "./x.ts";', 'a.from("./x")']
  ) {
    assertEquals(found(code), [], code);
  }
});

Deno.test("relative specifiers become absolute, others stay, and nothing else moves", () => {
  const base = "file:///course/lessons/01_x.ts";
  assertEquals(
    absoluteImports('import a from "../mod.ts"; import b from "npm:b"; f("./x.ts"); await import("./y.ts");', base),
    'import a from "file:///course/mod.ts"; import b from "npm:b"; f("./x.ts"); await import("file:///course/lessons/y.ts");',
  );
});
