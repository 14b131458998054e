// A cell may give its names to anything: what is global stays what it is for everybody else.
import { assert, assertEquals } from "@std/assert";
import { Cells, LINE } from "./cells.ts";

const GLOBALS = [
  "performance",
  "Map",
  "Set",
  "Symbol",
  "Atomics",
  "Number",
  "Deno",
  "postMessage",
  "Object",
  "Array",
  "Promise",
  "Error",
  "TypeError",
  "ReferenceError",
  "SyntaxError",
  "String",
  "RegExp",
  "JSON",
  "Math",
  "Reflect",
  "Proxy",
  "Function",
  "URL",
  "globalThis",
  "self",
  "console",
  "setTimeout",
  "queueMicrotask",
  "undefined",
  "NaN",
  "Float32Array",
  "WeakMap",
  "Int32Array",
  "SharedArrayBuffer",
  "name",
  "status",
  "close",
  "$cell",
  "$cell_",
  "arguments_",
  "async",
  "of",
  "get",
  "set",
  "type",
  "as",
  "from",
  "static_",
  "constructor",
  "__proto__",
  "hasOwnProperty",
  "toString",
  "valueOf",
  "prototype",
  "eval_",
];

Deno.test("a cell may call its variables like anything global, and all goes on", async () => {
  for (const name of GLOBALS) {
    const before = Object.getOwnPropertyNames(globalThis).join();
    for (
      const code of [
        `const ${name} = 5;`,
        `var ${name} = 5;`,
        `let ${name} = 1; ${name} = 5;`,
        `function ${name}() { return 5; }`,
        `class ${name} { static v = 5 }`,
      ]
    ) {
      const cells = new Cells();
      const see = `[${name}].map((v) => typeof v !== "function" ? v : v.v ?? v())[0]`;
      assertEquals(await cells.value(code, see), 5, code);
      assertEquals(
        await cells.value(
          "const a = 1; enum E { A = a }; class B { constructor(public c = a) {} }",
          "[new B().c, E.A].join()",
        ),
        "1,1",
      );
      assertEquals(await cells.value(`((${name}) => ${name} + 1)(1)`), 2);
      assertEquals((await cells.error("nobody")).name, "ReferenceError");
      assertEquals((await cells.error("const k = 1; k = 2;")).message, "Assignment to constant variable.");
      assertEquals((await cells.error("throw [1]")).name, "Uncaught");
      assertEquals((await cells.evaluator.value(name)).found, true);
      cells.evaluator.forget([name]);
      assertEquals((await cells.evaluator.value(name)).found, false);
      assertEquals(await cells.value("1 + 1"), 2);
    }
    assertEquals(Object.getOwnPropertyNames(globalThis).join(), before, name);
  }
});

Deno.test("what strict code may not call its variables is refused with its place", async () => {
  for (const name of ["eval", "arguments", "await", "yield", "let", "static", "class"]) {
    const { name: kind, place } = await new Cells().error(`const a = 1, ${name} = 5;`);
    assertEquals([kind, place?.column], ["SyntaxError", 14], name);
  }
});

Deno.test("a cell that changes what is global spoils neither the next cell nor its error", async () => {
  const { defineProperty } = Object;
  const kept = Object.getOwnPropertyDescriptors(globalThis) as Record<string, PropertyDescriptor>;
  const names = [
    "Map",
    "Set",
    "Object",
    "Array",
    "RegExp",
    "String",
    "Number",
    "Symbol",
    "JSON",
    "Promise",
    "Error",
    "SyntaxError",
    "TypeError",
    "Function",
    "Reflect",
    "eval",
    "URL",
    "encodeURI",
  ];
  for (const name of names) {
    const cells = new Cells();
    try {
      await cells.run(`globalThis.${name} = () => { throw 'spoilt'; };`);
      const ran = await cells.run("const a: number = 1;\nenum E { A }\n`${a}${E.A}`");
      const failed = await cells.run("  oops");
      const broken = await cells.run("a = = 1");
      defineProperty(globalThis, name, kept[name]);
      assert(!ran.error, `${name}: ${ran.error?.message}`);
      assertEquals(ran.value, "10", name);
      assertEquals([failed.error?.name, failed.error?.place?.column], ["ReferenceError", 3], name);
      assertEquals([broken.error?.name, broken.error?.place?.column], ["SyntaxError", 5], name);
    } finally {
      defineProperty(globalThis, name, kept[name]);
    }
  }
});

Deno.test("a cell that breaks the methods of everything spoils neither the next cell nor its error", async () => {
  const saved: [object, PropertyKey, PropertyDescriptor][] = [];
  const { defineProperty } = Object;
  const holders = [Array, Map, Set, String, RegExp, Object, Function, Symbol, Number, Error, Promise].flatMap((
    one,
  ) => [one, one.prototype]);
  for (const holder of [...holders, JSON, Math, Reflect, Object.getPrototypeOf([].values())]) {
    for (const key of Reflect.ownKeys(holder)) saved.push([holder, key, Object.getOwnPropertyDescriptor(holder, key)!]);
  }
  const breaks = saved.filter(([, key, { configurable, value }]) =>
    configurable && typeof value === "function" && key !== "then"
  );
  const { evaluator } = new Cells();
  const restore = (): void => {
    for (let i = 0; i < saved.length; i++) {
      if (saved[i][2].configurable) defineProperty(saved[i][0], saved[i][1], saved[i][2]);
    }
  };
  let ran, failed, broken, names;
  (globalThis as unknown as Record<string, unknown>).breakAll = () => {
    for (let i = 0; i < breaks.length; i++) {
      defineProperty(breaks[i][0], breaks[i][1], {
        value: () => {
          throw "broken";
        },
        configurable: true,
        writable: true,
      });
    }
  };
  try {
    await evaluator.run({ source: "breakAll();", line: LINE });
    ran = await evaluator.run({
      source: "const a: number = 1;\nfunction f(x) { return x }\nlet { b } = { b: 2 };\n`${f(a)}${b}`",
      line: LINE,
    });
    failed = await evaluator.run({ source: "  f(1).x.y", line: LINE });
    broken = await evaluator.run({ source: "a = = 1", line: LINE });
    names = evaluator.names();
  } finally {
    restore();
    delete (globalThis as unknown as Record<string, unknown>).breakAll;
  }
  assertEquals(ran, { shown: true, value: "12" });
  assertEquals([failed.error?.name, failed.error?.place?.column], ["TypeError", 9]);
  assertEquals([broken.error?.name, broken.error?.place?.column], ["SyntaxError", 5]);
  assertEquals(names, ["f", "a", "b"]);
});

Deno.test("what a cell adds to all objects and lists changes nothing for the evaluator", async () => {
  const cells = new Cells();
  const prototypes = [Object.prototype, Array.prototype, Function.prototype, String.prototype] as unknown as Record<
    string,
    unknown
  >[];
  try {
    await cells.value(
      "Object.prototype.extra = 1; Array.prototype.last = function () { return this.at(-1); };\nFunction.prototype.extra = String.prototype.type = 2;",
    );
    assertEquals(
      await cells.value("const { a = [1, 2].last() } = {}; class B { constructor(private x = a) {} }\nnew B().x"),
      2,
    );
    assertEquals(await cells.failure("  oops"), "ReferenceError at 1:3: oops is not defined");
  } finally {
    for (const prototype of prototypes) for (const name of ["extra", "last", "type"]) delete prototype[name];
  }
});
