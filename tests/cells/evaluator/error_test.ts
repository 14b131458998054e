// Where an error is placed, in a cell, in its functions, in what it imports, in both forms of stack.
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { OffsetMap } from "../../../lib/cells/evaluator/offset_map.ts";
import { Origins } from "../../../lib/cells/evaluator/origins.ts";
import { framesOf } from "../../../lib/cells/evaluator/stack.ts";
import type { Host } from "../../../lib/cells/evaluator/types.ts";
import { testWith } from "../../support.ts";
import { Cells, LESSON, LINE, moduleOf } from "./cells.ts";

const FILE = decodeURIComponent(LESSON.pathname);

Deno.test("an error has the learner's line and column, and no frame of the runtime", async () => {
  const cells = new Cells();
  const error = await cells.error("function inner(n: number): number {\n  return n.missing.deep;\n}\n\n  inner(3);");
  const frames = error.frames.filter(({ file }) => file === FILE);
  assertEquals([error.name, error.message], ["TypeError", "Cannot read properties of undefined (reading 'deep')"]);
  assertEquals(error.place, { file: FILE, line: LINE + 1, column: 20 });
  assertEquals(frames, [
    { name: "inner", file: FILE, line: LINE + 1, column: 20 },
    { name: "", file: FILE, line: LINE + 4, column: 3 },
  ]);
  assert(!error.frames.some(({ file }) => file.includes("/lib/cells/")));
});

Deno.test("columns hold behind everything that is rewritten", async () => {
  const places: [string, string][] = [
    ["const a = 1, b: number = (2 as number).c.d;", "1:42"],
    ["let x; const { y } = null!;", "1:16"],
    ["export const a = oops;", "1:18"],
    ["   oops", "1:4"],
    ["f(oops);\nfunction f(a) {}", "1:3"],
    ["function f() { return oops; }\nfunction g() { return f(); }\n g();", "1:16"], // V8 places it at the statement
    ["enum E {\n  A = 1,\n  B = oops,\n}", "3:7"],
    ["class A<T> { private x: number = oops; }\nnew A<string>();", "1:34"],
    ["class A { constructor(private x: number, y = oops) {} }\nnew A(1);", "1:46"],
    ["const f = async <\n  T,\n>(x: T): Promise<\n  T\n> => oops;\nawait f(1);", "5:6"],
    ["const o = <any> {\n  get x(): number { return oops; } };\no.x;", "2:21"],
    ["import.meta.url; oops;", "1:18"],
    ["const k = 1; [1].map((x) => x + oops);", "1:33"],
    ["export default oops;", "1:16"],
    ["var a = 1; for (var i = oops;;);", "1:25"],
    ["await import(oops);", "1:14"],
    ["#!/usr/bin/env deno\noops;", "2:1"],
    ["const a = '😀', b = oops;", "1:21"],
    ["// one\r\noops;", "2:1"],
  ];
  for (const [code, place] of places) {
    const failure = await new Cells().failure(code);
    assertEquals(failure.split(":").slice(0, 2).join(":").replace(/^.* at /, ""), place, `${code}\n${failure}`);
  }
});

Deno.test("a function of an earlier run keeps the places of its own text", async () => {
  const cells = new Cells();
  await cells.value("const one = () => oops;");
  await cells.value("\n\n   const two = () => one();");
  await cells.value("const one2 = 5;\n\n\n\n\n    \n");
  const error = await cells.error("two();");
  const own = error.frames.filter(({ file }) => file === FILE).map(({ line, column }) => [line - LINE + 1, column]);
  assertEquals(own, [[1, 19], [3, 22], [1, 1]]);
});

Deno.test("code from another file has its own place", async () => {
  const cells = new Cells();
  await cells.evaluator.run({ source: "\nexport const f = () => oops;", line: 1, file: "/answers/my answer.ts" });
  const error = await cells.error("f();");
  assertEquals(error.place, { file: "/answers/my answer.ts", line: 2, column: 24 });
  assertEquals(error.frames[1], { name: "", file: FILE, line: LINE, column: 1 });
});

Deno.test("an error in an asynchronous function, a callback, a class and a promise is placed", async () => {
  const cells = new Cells();
  const places: [string, string][] = [
    ["async function later() {\n  await 1;\n  throw new Error('late');\n}\nawait later();", "3:9"],
    ["await Promise.all([1].map(async () => {\n  await 1;\n  oops;\n}));", "3:3"],
    ["[3, 1].sort(() => oops);", "1:19"],
    ["class A { static { oops; } }", "1:20"],
    ["new (class { #x = oops; })();", "1:19"],
    ["await new Promise((resolve) => resolve(oops));", "1:40"],
    ["Promise.reject(new Error('no'))", "1:16"],
    ["for await (const x of [oops]);", "1:24"],
    ["eval('1;\\n oops')", "1:1"],
    ["new Function('oops')()", "1:21"],
    ["JSON.parse('{')", "1:6"],
    ["new RegExp('(')", "1:1"],
    ["(function deep() { deep(); })()", "1:15"],
  ];
  for (const [code, place] of places) {
    const failure = await cells.failure(code);
    assertStringIncludes(failure, ` at ${place}: `, code);
  }
});

Deno.test("what does not parse is placed where the parser stands", async () => {
  const cells = new Cells();
  const problems: [string, string][] = [
    ["const a: number = 1;\nconst b: = 2;", "2:10: Unexpected token '='"],
    ["let twice = 1;\nlet twice = 2;", "2:5: Identifier 'twice' has already been declared"],
    ["const a = 1; function a() {}", "1:23: Identifier 'a' has already been declared"],
    ["import { x } from 'y'; const x = 1;", "1:30: Identifier 'x' has already been declared"],
    ["f(", "1:3: Unexpected end of input"],
    ["return 1;", "1:1: 'return' outside\u0020of function"],
    ["a 'b'", "1:3: Unexpected string"],
    ["const x;", "1:8: Unexpected token ';'"],
    ["'unterminated", "1:1: Unterminated string constant"],
    ["with (a) {}", "1:1: 'with' in strict mode"],
    ["delete x;", "1:1: Deleting local variable in strict mode"],
    ["class A { constructor() { super(); } }", "1:27: super() call outside constructor of a subclass"],
    ["@d class A {}", "1:1: a cell takes no decorators: call the function that decorates on the class"],
    ["class A {\n  @d m() {} }", "2:3: a cell takes no decorators: call the function that decorates on the class"],
    ["class A { accessor x = 1 }", "1:11: a cell takes no accessor fields: write get and set"],
    [
      "namespace N { export const x = 1; }",
      "1:1: a cell takes no namespace with values: use an object, or a module in a file of its own",
    ],
    [
      "import a = require('x');",
      '1:1: a cell takes no import with "=": write import … from "…", or const a = b.c',
    ],
    ["1;\nexport = 5;", '2:1: a cell takes no export with "=": write export default'],
  ];
  for (const [code, problem] of problems) assertEquals(await cells.failure(code), `SyntaxError at ${problem}`, code);
  assertEquals(await cells.evaluator.names(), []); // nothing of it has run
});

Deno.test("what only V8 refuses is told, at the beginning of the cell", async () => {
  assertEquals(
    await new Cells().failure("1;\n@inline\nexport function f() {}"),
    "SyntaxError at 1:1: Invalid or unexpected token",
  );
});

Deno.test("a whole file is checked without running anything", () => {
  const { evaluator } = new Cells();
  const wrong = evaluator.check('import "./helpers/none.ts";\n// %%\nthrow 1;\nconst a = ;\n');
  assertEquals(wrong, {
    name: "SyntaxError",
    message: "Unexpected token ';'",
    place: { file: FILE, line: 4, column: 11 },
    frames: [{ name: "", file: FILE, line: 4, column: 11 }],
  });
  assertEquals(evaluator.check("const a: number = 1;\n"), undefined);
  // Another cell may declare a name again, a block may not.
  assertEquals(
    evaluator.check("const a = 1;\n// %%\nlet a = 2;\nfunction a() {}\nimport { a } from './a.ts';"),
    undefined,
  );
  assertEquals(evaluator.check("{ let a; let a; }")?.message, "Identifier 'a' has already been declared");
});

Deno.test("anything may be thrown, with its cause, and what throws when it is looked at is told", async () => {
  const cells = new Cells();
  const messages: [string, string, string][] = [
    ["throw 5;", "Uncaught", "5"],
    ["throw { a: 1 };", "Uncaught", "{ a: 1 }"],
    ["throw null;", "Uncaught", "null"],
    ["throw new Error('outer', { cause: new TypeError('inner') });", "Error", "outer\n  caused by TypeError: inner"],
    ["throw new AggregateError([new Error('one'), 2], 'both');", "AggregateError", "both\n  Error: one\n  2"],
    [
      "throw new Proxy(new Error('p'), { get() { throw 1; } });",
      "Uncaught",
      "what was thrown throws when it is looked at",
    ],
    ["throw Object.assign(new Error('m'), { name: 'Mine' });", "Mine", "m"],
    ["throw Object.assign(new Error('m'), { message: 5, stack: undefined });", "Error", "5"],
  ];
  for (const [code, name, message] of messages) {
    const error = await cells.error(code);
    assertEquals([error.name, error.message], [name, message], code);
  }
});

Deno.test("a message that looks like a stack is not taken for one", async () => {
  const error = await new Cells().error("throw new Error('x\\n    at f (file:///lessons/other.ts:1:2)');");
  assertEquals(error.place, { file: FILE, line: LINE, column: 7 });
});

Deno.test("equal code has another name each time: V8 would make each of them slow", async () => {
  const names: unknown[] = [];
  for (const cells of [new Cells(), new Cells()]) {
    for (let i = 0; i < 2; i++) names.push(await cells.value("new Error().stack.match(/99_test\\.ts#\\d+/)[0]"));
  }
  assertEquals(new Set(names).size, 4);
});

Deno.test("a stack that a cell prints itself has the lines of the lesson", async () => {
  const { evaluator } = new Cells();
  const ran = await evaluator.run({ source: "\nnew Error().stack", line: 7 });
  assertMatch(String(ran.error ? ran.error.message : ran.value), /99_test\.ts#\d+.*:8:\d+/);
});

Deno.test("what is called and is not a function has the learner's name", async () => {
  const cells = new Cells();
  await cells.value(`import { settings, list } from "${moduleOf("export const settings = { a: 1 }, list = 5;")}";`);
  assertEquals(await cells.failure("settings.b();"), "TypeError at 1:10: settings.b is not a function");
  assertEquals(await cells.failure("for (const x of list);"), "TypeError at 1:17: list is not iterable");
  assertEquals(await cells.failure("new list();"), "TypeError at 1:1: list is not a constructor");
  assertEquals(await cells.failure("import.meta.no();"), "TypeError at 1:13: import.meta.no is not a function");
});

testWith(
  { read: true },
  "an error in an imported file has that file's line, and the cell's line after it",
  async () => {
    const cells = new Cells();
    const error = await cells.error('import { add } from "./helpers/sums.ts";\nadd(NaN, 1);');
    assertEquals(error.message, "add takes finite numbers and got NaN");
    assert(/helpers\/sums\.ts$/.test(error.place!.file));
    assertEquals([error.place!.line, error.place!.column], [6, 11]);
    const own = error.frames.find(({ file }) => file === FILE)!;
    assertEquals([own.line, own.column], [LINE + 1, 1]);
  },
);

testWith({ read: true }, "a module that is not there or does not parse is told with its place", async () => {
  const cells = new Cells();
  const none = await cells.error('1;\n  import "./helpers/none.ts";');
  assertEquals([none.name, none.place], ["TypeError", { file: FILE, line: LINE + 1, column: 10 }]);
  const url = "data:application/typescript,1;%0Aconst%20a:%20=%202;";
  const broken = await cells.error(`import "${url}";`);
  assertEquals([broken.name, broken.place], ["SyntaxError", { file: url, line: 2, column: 10 }]);
});

const HOST: Host = {
  load: () => Promise.reject(new Error()),
  meta: {},
  fileOf: (url) => url.startsWith("https://course.example/lib/cells/") ? undefined : url,
  isLibrary: () => false,
  inspect: String,
  explain: (message) => message,
};

Deno.test("stacks of Deno and of Chromium are read alike", () => {
  const origins = new Origins();
  const map = new OffsetMap();
  map.add(0, 0, true);
  const name = origins.nameFor("https://course.example/lessons/04 a.ts");
  assertMatch(name, /^04%20a\.ts#\d+$/);
  const source = "f();\nfunction f() {\n  throw 1;\n}";
  origins.add(name, { file: "04 a.ts", line: 10, source, script: `(head) {${source}}`, head: 8, map });
  const deno = `Error: x
    at f (${name}, <anonymous>:3:9)
    at A.m [as n] (${name}, <anonymous>:2:3)
    at Array.map (<anonymous>)
    at async eval (${name}, <anonymous>:1:9)
    at ${name}, <anonymous>:1:10
    at eval (eval at <anonymous> (${name}), <anonymous>:2:8)
    at async https://course.example/lib/show/show.ts:5:6
    at https://course.example/lib/cells/evaluator.ts:7:8`;
  const expected = [
    { name: "f", file: "04 a.ts", line: 12, column: 9 },
    { name: "A.m [as n]", file: "04 a.ts", line: 11, column: 3 },
    { name: "", file: "04 a.ts", line: 10, column: 1 },
    { name: "", file: "04 a.ts", line: 10, column: 2 },
    { name: "", file: "https://course.example/lib/show/show.ts", line: 5, column: 6 },
  ];
  assertEquals(framesOf(deno, origins, HOST), expected);
  assertEquals(framesOf(deno.replaceAll(`${name}, <anonymous>:`, `${name}:`), origins, HOST), expected);
});
