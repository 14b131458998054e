// What a cell gives: the value of its last expression, and none after a loop or a declaration.
import { assertEquals } from "@std/assert";
import { Cells } from "./cells.ts";

Deno.test("the value of the last expression is shown, that of anything else is not", async () => {
  const cells = new Cells();
  const shown = [
    "1 + 1;",
    "'use strict'",
    "null",
    "({ a: 1 });",
    "for (;;) { break; }\n5;",
    "1 +\n  2;",
    "6; // done",
    "7;;",
    "8;\ntype T = 1;",
  ];
  for (const code of shown) {
    const ran = await cells.run(code);
    assertEquals([code, ran.error, ran.error ? undefined : ran.shown], [code, undefined, true]);
  }
  const hidden = [
    "const x = 5;",
    "for (let i = 0; i < 3; i++) i;",
    "undefined;",
    "void 0",
    "if (1) 2;\nelse 3;",
    "{ 4; }",
    "function f() {}",
    "f();\nfunction f() { return 1; }",
    "",
    "// only words",
    "export default 5;",
    "class A {}",
    "import.meta.nothing",
    "label: 5;",
    "type T = 1;",
    "interface I {}",
  ];
  for (const code of hidden) {
    const ran = await cells.run(code);
    assertEquals([code, ran.error, ran.error ? undefined : ran.shown], [code, undefined, false]);
  }
});

Deno.test("a value is given as it is, and a promise is awaited", async () => {
  const cells = new Cells();
  const values: [string, unknown][] = [
    ["10n", 10n],
    ["-0", -0],
    ["NaN", NaN],
    ["Promise.resolve(6)", 6],
    ["({ then: (done) => done(5) })", 5],
    ["await Promise.resolve(7);", 7],
    ["const f = async () => 8;\nf()", 8],
    ["(1, 2)", 2],
    ["`a\n(b`", "a\n(b"],
    ["5 as number", 5],
    ["<number> 6", 6],
    ["({ a: 1 }).a!", 1],
  ];
  for (const [code, value] of values) assertEquals(await cells.value(code), value, code);
  assertEquals((await cells.error("({ get then() { throw new Error('t') } })")).message, "t");
  assertEquals((await cells.error("new Proxy({}, { get() { throw new Error('p') } })")).message, "p");
});

Deno.test("statements without semicolons stay apart", async () => {
  const cells = new Cells();
  const code =
    "let q = 3\nconst [m, n] = [1, 2]\nlet o = q as number\n(function () {})()\nlet p = 4\nclass A {}\n[1].map(String)\nlet s = 'x' satisfies string\n`${s}`\n" +
    "type T = string\n;[q, m, n, o, p].join()";
  assertEquals(await cells.value(code), "3,1,2,3,4");
  assertEquals(
    await cells.value("let a = 1\nexport const [b] = [2]\n{ let c = a\nvar [d] = [3] }\n;[a, b, d].join()"),
    "1,2,3",
  );
  const bare =
    "let x\n[1].map((v) => { x = v })\nvar y\n(() => { y = 2 })()\n{ var z\n[3].map((v) => { z = v }) }\nif (x) var w\n[4].map((v) => { w = v })\n;[x, y, z, w].join()";
  assertEquals(await cells.value(bare), "1,2,3,4");
  assertEquals(await cells.value(bare), "1,2,3,4"); // declared again
  assertEquals(
    await cells.value(
      "class G { get: number\n  foo() { return 1 } set?\n ['y'] = 3 }\nnew G().foo() + new G().y",
    ),
    4,
  );
});

Deno.test("a cell may begin with a hashbang and end in a comment", async () => {
  assertEquals(await new Cells().value("#!/usr/bin/env -S deno run\n1 + 1 // two"), 2);
});

Deno.test("what looks like a comment of HTML is code, as in a module", async () => {
  assertEquals(await new Cells().value("let x = 2; const less = 1 <!--x; less"), false);
});
