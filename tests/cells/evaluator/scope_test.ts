// What cells see of each other's names.
import { assert, assertEquals, assertRejects } from "@std/assert";
import { Cells, moduleOf } from "./cells.ts";

Deno.test("a name can be declared again in any way, and functions of earlier cells see its new value", async () => {
  const ways: [string, string][] = [
    ["const", "const x = V;"],
    ["let", "let x = V;"],
    ["var", "var x = V;"],
    ["function", "function x() { return V; }"],
    ["class", "class x { static v = V }"],
    ["enum", "enum x { v = V }"],
    ["import", `import { x } from "${moduleOf("export const x = V")}";`],
    ["imported function", `import { x } from "${moduleOf("export function x() { return V }")}";`],
    ["pattern", "const { x, y: [z] } = { x: V, y: [0] };"],
    ["export", "export const x = V;"],
    ["export default", "export default function x() { return V; }"],
  ];
  const see = "(x.v ?? (typeof x === 'function' ? x() : x))";
  for (const [first, one] of ways) {
    for (const [second, two] of ways) {
      const cells = new Cells();
      const value = await cells.value(
        one.replace("V", "1"),
        "const look = () => " + see,
        `const inner = () => ${see};`,
        `[look(), inner(), ${see}].join()`,
      );
      assertEquals(value, "1,1,1", first);
      const again = await cells.value(two.replace("V", "2"), `[look(), inner(), ${see}].join()`);
      assertEquals(again, "2,2,2", `${first}, then ${second}`);
      const third = await cells.value(one.replace("V", "3"), `[look(), inner(), ${see}].join()`);
      assertEquals(third, "3,3,3", `${first}, then ${second}, then ${first}`);
    }
  }
});

Deno.test("a cell that is run again sees the values of its own functions, and so do functions of its first run", async () => {
  const cells = new Cells();
  const code = "function count(n) { return n === 0 ? VERSION : count(n - 1); }\nconst run = () => count(3);";
  await cells.value(code.replace("VERSION", "1"), "const [first, old] = [run, count];");
  await cells.value(code.replace("VERSION", "2"));
  assertEquals(await cells.value("[run(), first(), count(2), old(0), old(1)].join()"), "2,2,2,1,2");
  // A function that replaces itself, as one that remembers its results does.
  await cells.value("count = ((before) => (n) => before(n) * 10)(count);");
  assertEquals(await cells.value("[run(), old(1)].join()"), "20000,20");
});

Deno.test("a name is refused before its declaration, in the same cell and in a function of an earlier one", async () => {
  const cells = new Cells();
  const early = "ReferenceError at 1:15: Cannot access 'late' before initialization";
  assertEquals(await cells.failure("const early = late; const late = 1;"), early);
  assertEquals(await cells.failure("const early = late; const late = 1;"), early); // still
  assertEquals(
    await cells.failure("const itself = itself + 1;"),
    "ReferenceError at 1:16: Cannot access 'itself' before initialization",
  );
  assertEquals(
    await cells.failure("f();\nfunction f() {\n  K.x;\n}\nconst K = 1;"),
    "ReferenceError at 3:3: Cannot access 'K' before initialization",
  );
  assertEquals(
    await cells.failure("new A(); class A {}"),
    "ReferenceError at 1:1: Cannot access 'A' before initialization",
  );
  assertEquals(await cells.value("const late = 1; const early = late; early"), 1);
  assertEquals(await cells.value("var early = hoisted; var hoisted = 1; early"), undefined);
});

Deno.test("a function that runs before the names that it uses is refused them, however it comes to run", async () => {
  const ways = [
    "f();\nfunction f() { K; }\nconst K = 1;",
    "g();\nfunction f() { K; }\nfunction g() { f(); }\nconst K = 1;",
    "const f = () => K;\nf();\nconst K = 1;",
    "[1].map((x) => x + K);\nconst K = 1;",
    "class A { m() { K; } }\nnew A().m();\nconst K = 1;",
    "class A { static s = f(); }\nfunction f() { K; }\nconst K = 1;",
    "const o = { get p() { return K; } };\no.p;\nconst K = 1;",
    "function f(x = K) {}\nf();\nclass K {}",
    "const { x = f() } = {}, K = 1;\nfunction f() { return K; }",
    "eval('f')();\nfunction f() { K; }\nconst K = 1;",
    "const K = (() => K)();",
    "const K = f();\nfunction f() { K; }",
    "[f].map((f) => f());\nfunction f() { K; }\nenum K { A }",
  ];
  for (const code of ways) {
    const { name, message } = await new Cells().error(code);
    assertEquals([name, message], ["ReferenceError", "Cannot access 'K' before initialization"], code);
  }
  const fine = [
    "function f() { return K; }\nconst K = 1;\nf();",
    "const K = 1, f = () => K;\nf()",
    "class A { m() { return K } }\nconst K = 1;\nnew A().m()",
  ];
  for (const code of fine) assertEquals(await new Cells().value(code), 1, code);
});

Deno.test("names of later cells are known before the first one runs", async () => {
  const cells = new Cells();
  cells.evaluator.expect([
    "const use = () => later + 1;",
    "this does not parse",
    "const later = 1;\nfunction helper() {}",
    "const performance = 5;",
  ]);
  const early = "Cannot access 'later' before initialization";
  assertEquals(await cells.value("const use = () => later + 1; typeof performance.now"), "function");
  assertEquals(await cells.failure("  use()"), `ReferenceError at 1:25: ${early}`);
  assertEquals(await cells.failure("later = 2"), `ReferenceError at 1:7: ${early}`);
  assertEquals(await cells.failure("nobody"), "ReferenceError at 1:1: nobody is not defined");
  assertEquals(await cells.value("const later = 1;\nfunction helper() {}", "use()"), 2);
  assertEquals(await cells.value("const performance = 5;", "performance"), 5);
});

Deno.test("a function of an earlier cell is refused a name that the running cell has not come to", async () => {
  const cells = new Cells();
  cells.evaluator.expect(["", "let late = 1;"]);
  await cells.value("const look = () => late;");
  assertEquals((await cells.error("look();\nlet late = 1;")).message, "Cannot access 'late' before initialization");
  assertEquals(await cells.value("let late = 1;", "look()"), 1);
});

Deno.test("a lesson that has changed declares other names", async () => {
  const cells = new Cells();
  cells.evaluator.expect(["const one = 1;", "const two = 2;"]);
  assertEquals(await cells.value("const see = () => [one, two, three];", "const one = 1; one"), 1);
  cells.evaluator.expect(["const one = 1;", "const three = 3;"]);
  assertEquals(await cells.failure("two"), "ReferenceError at 1:1: two is not defined");
  assertEquals(await cells.failure("three"), "ReferenceError at 1:1: Cannot access 'three' before initialization");
  assertEquals(await cells.value("const three = 3;\nconst two = 2;", "see()"), [1, 2, 3]);
});

Deno.test("a cell that is left out leaves its names without a value", async () => {
  const cells = new Cells();
  cells.evaluator.expect(["let a = 1;", "const b = 2;", "const c = 3;"]);
  assertEquals(await cells.value("const c = 3; c"), 3);
  assertEquals(await cells.failure(" a"), "ReferenceError at 1:2: Cannot access 'a' before initialization");
  assertEquals(await cells.failure("b + c"), "ReferenceError at 1:1: Cannot access 'b' before initialization");
  assertEquals(await cells.failure("a = 4"), "ReferenceError at 1:3: Cannot access 'a' before initialization");
  assertEquals(await cells.failure("a; let a = 1;"), "ReferenceError at 1:1: Cannot access 'a' before initialization");
  assertEquals(await cells.value("let a = 1; a += 1; a"), 2);
  assertEquals(await cells.evaluator.names(), ["c", "a"]);
});

Deno.test("a function finds what is declared later, though nobody expected it, and nothing is left of that when it is forgotten", async () => {
  const cells = new Cells();
  await cells.value(
    "const see = () => surprise; const seen = () => typeof surprise; const set = (v) => { surprise = v };",
  );
  assertEquals(await cells.failure("see()"), "ReferenceError at 1:19: surprise is not defined");
  assertEquals(await cells.value("let surprise = 1;", "set(2);", "[see(), surprise].join()"), "2,2");
  assertEquals(await cells.value("const surprise = 3;", "see()"), 3);
  assertEquals((await cells.error("set(4)")).message, "Assignment to constant variable.");
  cells.evaluator.forget(["surprise"]);
  assertEquals(await cells.value("seen()"), "undefined");
  assert(!("surprise" in globalThis));
  assertEquals(await cells.value("function surprise() {}", "seen()"), "function");
  cells.evaluator.forget(["surprise"]);
});

Deno.test("a constant is not assigned to, wherever that is tried", async () => {
  const cells = new Cells();
  const places: [string, string][] = [
    ["k = 2", "1:3"],
    ["  k += 2", "1:5"],
    ["k++", "1:2"],
    ["--k", "1:3"],
    ["[k] = [2];", "1:2"],
    ["({ k } = { k: 2 });", "1:4"],
    ["({ k = 3 } = {});", "1:4"],
    ["({ a: k } = { a: 2 });", "1:7"],
    ["({ a: [...k] } = { a: [2] });", "1:11"],
    ["for (k of [2]);", "1:6"],
    ["for (k in { a: 1 });", "1:6"],
    ["function f() {\n  k = 3;\n}\nf();", "2:5"],
    ["(() => (k) = 4)();", "1:12"],
    ["k &&= 3", "1:3"],
  ];
  await cells.value("const k = 1;");
  for (const [code, place] of places) {
    assertEquals(await cells.failure(code), `TypeError at ${place}: Assignment to constant variable.`, code);
  }
  for (const code of ["const own = 1;\nown = 2;", "own = 3; const own = 4;"]) {
    assert(
      /(TypeError at 2:5: Assignment to|ReferenceError at 1:5: Cannot access)/.test(await new Cells().failure(code)),
    );
  }
  assertEquals(await cells.value("k ??= 5; k ||= 6; k"), 1);
  const shadows = "const out = [];\n((k) => { k = 5; out.push(k); })(0);\n{ let k = 6; k++; out.push(k); }\n" +
    "for (let k = 0; k < 1; k++) out.push(k);\ntry { throw 0 } catch (k) { k = 8; out.push(k); }\n" +
    "function g() { var k; k = 9; out.push(k); if (0) { var k; } }\ng();\nclass C { m(k) { k = 10; return k; } }\nout.push(new C().m());\nout.join()";
  assertEquals(await cells.value(shadows), "5,7,0,8,9,10");
  assertEquals(await cells.value("k"), 1);
});

Deno.test("what was constant can be assigned to where it is no longer", async () => {
  const cells = new Cells();
  await cells.value("const x = 1; const set = (v) => { x = v; };");
  assertEquals((await cells.error("set(2)")).message, "Assignment to constant variable.");
  assertEquals(await cells.value("let x = 1;", "set(2);", "x"), 2);
});

Deno.test("a cell that throws midway leaves its functions, what it had declared, and older values", async () => {
  const cells = new Cells();
  await cells.value("let old = 1;");
  await cells.error("const before = 1;\nthrow 0;\nlet old = 2;\nconst after = 3;\nfunction f() { return before; }");
  assertEquals(await cells.value("[f(), before, old].join()"), "1,1,1");
  assertEquals(await cells.failure("after"), "ReferenceError at 1:1: Cannot access 'after' before initialization");
  assertEquals(await cells.evaluator.names(), ["old", "f", "before"]);
});

Deno.test("functions are there before the first line, under their own text", async () => {
  const cells = new Cells();
  const text = "function f(a, b = 1) { /* kept */ return f.name + a; }";
  assertEquals(await cells.value(`f(1);\n${text}`, "f(2)"), "f2");
  assertEquals(await cells.value("String(f)"), text);
  assertEquals(await cells.value("async function* g() {}\nString(g)"), "async function* g() {}");
  assertEquals(await cells.value("class A { m() {} }\nString(A)"), "class A { m() {} }");
  assertEquals(await cells.value("String(f)", "[f.name, g.name, A.name].join()"), "f,g,A");
});

Deno.test("a function gets its name from the variable, as in a module", async () => {
  const cells = new Cells();
  const code =
    "const a = () => 1, b = function () {}, c = class {}, d = (() => 2);\nlet { e = () => 3 } = {};\nvar f = async () => 4;";
  const names = "[a, b, c, d, e, f].map(({ name }) => name).join()";
  assertEquals(await cells.value(code, names), "a,b,c,d,e,f");
  assertEquals(await cells.value(code, names), "a,b,c,d,e,f"); // declared again
  assertEquals(await cells.value("function g() {}\ng = () => 5; g.name"), "g");
  assertEquals(await cells.value("g = () => 6; g.name"), "g");
});

Deno.test("every way to declare reaches the next cell", async () => {
  const cells = new Cells();
  await cells.value(
    "export let a = 1, b;\nvar c; for (var i = 0, { d } = { d: 4 }; i < 2; i++) { var e = i }\nfor (var { f } of [{ f: 6 }]);\nfor (var g in { g: 1 });\n" +
      "if (true) var h = 8;\nlabel: { var [j] = [10]; break label; }\nexport class K { static v = 11 }\nexport default class L {}\nexport enum M { N = 13 }\n" +
      "switch (1) { case 1: var o = 15 }\nexport async function p() {}\nconst [q, ...r] = [17, 18], { s: { t = 20 }, ...u } = { s: {}, v: 22 };\nexport { a as z };",
  );
  assertEquals(
    await cells.value("[a, b, c, i, d, e, f, g, h, j, K.v, typeof L, M.N, o, typeof p, q, r[0], t, u.v].join()"),
    "1,,,2,4,1,6,g,8,10,11,function,13,15,function,17,18,20,22",
  );
  const names = "p,c,i,d,e,f,g,h,j,o,a,b,K,L,M,q,r,t,u";
  assertEquals((await cells.evaluator.names()).sort().join(), names.split(",").sort().join());
});

Deno.test("a block keeps its names to itself, and using ends with its cell", async () => {
  const cells = new Cells();
  const code =
    "const log = [];\n{\n  let a = 1; function b() {} class C {}\n}\nusing d = { [Symbol.dispose]: () => log.push('closed') };\n" +
    "log.push('open');\nawait using e = { [Symbol.asyncDispose]: async () => log.push('later') };";
  assertEquals(await cells.value(code, "log.join()"), "open,later,closed");
  for (const name of ["a", "b", "C", "d", "e"]) {
    assertEquals(await cells.failure(name), `ReferenceError at 1:1: ${name} is not defined`);
  }
});

Deno.test("what is forgotten is as if it had never been declared", async () => {
  const cells = new Cells();
  assertEquals(cells.evaluator.declaredBy("import { a } from 'b';\nfunction c() {}\nconst [d] = e;\ntype F = 1;"), [
    "a",
    "c",
    "d",
  ]);
  assertEquals(cells.evaluator.declaredBy("const ="), []);
  await cells.value(
    "function answer() { return 1; }\nconst use = () => answer; const five = 5; const performance = 6; let kept = 7;",
  );
  cells.evaluator.forget(["answer", "five", "performance", "nobody"]);
  assertEquals(await cells.evaluator.names(), ["use", "kept"]);
  assertEquals(await cells.evaluator.value("answer"), { found: false });
  assertEquals(await cells.failure("answer"), "ReferenceError at 1:1: answer is not defined");
  assertEquals(await cells.failure("(() => ({ answer }))()"), "ReferenceError at 1:11: answer is not defined");
  assertEquals(await cells.failure("answer()"), "ReferenceError at 1:1: answer is not defined");
  assertEquals(await cells.failure("answer = 1"), "ReferenceError at 1:8: answer is not defined");
  assertEquals(await cells.value("use()"), undefined); // an old function has nothing of it either
  assertEquals(await cells.value("typeof performance.now"), "function"); // the global one again
  assertEquals(await cells.value("function answer() { return 2; }", "[answer(), use()()].join()"), "2,2");
  await assertRejects(() => cells.value("five"), Error, "five is not defined");
});

Deno.test("the value of a name is found when it has one", async () => {
  const cells = new Cells();
  const thenable =
    "const thenable = { then() { throw 1 } };\nlet nothing;\nlet a = Promise.reject(1); a.catch(() => {});";
  await cells.value(thenable);
  assertEquals(await cells.evaluator.names(), ["thenable", "nothing", "a"]);
  assertEquals(await cells.evaluator.value("nothing"), { found: true, value: undefined });
  const { value } = await cells.evaluator.value("a");
  assert(value instanceof Promise);
  assertEquals(await cells.evaluator.value("Array"), { found: false });
  const { value: same } = await cells.evaluator.value("thenable");
  assertEquals(typeof (same as { then: unknown }).then, "function");
});

Deno.test("eval in a cell sees all names, and a function made of text only globals, as in a module", async () => {
  const cells = new Cells();
  assertEquals(await cells.value("const a = 1;", "const b = 2; eval('a + b')"), 3);
  assertEquals((await cells.error("new Function('return a')()")).message, "a is not defined");
  assertEquals(await cells.value("typeof this"), "undefined");
});
