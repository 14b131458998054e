// Types become blanks: every other character stays where it is, and what is left means the same.
import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { Edits } from "../../../lib/cells/evaluator/edits.ts";
import { eraseTypes } from "../../../lib/cells/evaluator/erase_types.ts";
import { parseCell } from "../../../lib/cells/evaluator/parse_cell.ts";
import { testWith } from "../../support.ts";
import { readTree } from "../../architecture/source_tree.ts";

function erased(source: string): string {
  const edits = new Edits(source);
  eraseTypes(parseCell(source), edits);
  return edits.apply().text;
}

Deno.test("types become blanks, and nothing moves", () => {
  const cases: [string, string][] = [
    ["let a: number = 1, b!: string, { c }: T = d;", "let a         = 1, b         , { c }    = d;"],
    ["f<T>(x as number, y!, z satisfies Z);", "f   (x          , y , z            );"],
    [
      "function f(this: T, a?: number, ...b: T[]): asserts a {}",
      "function f(         a         , ...b     )            {}",
    ],
    ["function f(a: T): void;\nfunction f(a) {}", ";                      \nfunction f(a) {}"],
    ["const f = async <T,>(x: T): Promise<T> => x;", "const f = async     (x   )             => x;"],
    ["try {} catch (e: unknown) {}", "try {} catch (e         ) {}"],
    ["interface A { b: 1 }\ntype C = 1;", ";                   \n;          "],
    [
      "declare const a: 1; declare global {}\nabstract class B {}",
      ";                   ;                \n         class B {}",
    ],
    ["class A<T> extends B<T> implements C, D<T> {}", "class A    extends B                       {}"],
    [
      "class A { private b?: T = 1; declare c: T; static readonly e?: T }",
      "class A { ;       b     = 1; ;             static          e ;   }",
    ],
    [
      "abstract class A { abstract d(): T; [k: string]: T; constructor(a); constructor() {} }",
      "         class A { ;                ;               ;               constructor() {} }",
    ],
    ["new Map<string, T>; g = f<number>; h = t<T>`x`;", "new Map           ; g = f        ; h = t   `x`;"],
    [
      "const o = { m<T>(this: T, a: T): T {}, get x(): T { return 1 } };",
      "const o = { m   (         a   )    {}, get x()    { return 1 } };",
    ],
  ];
  for (const [source, text] of cases) assertEquals(erased(source), text);
});

Deno.test("brackets move over a type that is longer than a line, and stand around what would be a block", () => {
  const cases: [string, string][] = [
    ["const f = (\n  a: T,\n): {\n  b: 1;\n} => 2;", "const f = (\n  a   ,\n    \n       \n) => 2;"],
    ["const f = async <\n  T,\n>(x: T) => x;", "const f = async (\n    \n  x   ) => x;"],
    ["const f = async (/* ) */): Promise<\n  T\n> => x;", "const f = async (/* ) */           \n   \n) => x;"],
    ["const f = () => <T> {};", "const f = () => (   {});"],
    ["function f() { return <\nT> x; }", "function f() { return (\n   x); }"],
  ];
  for (const [source, text] of cases) assertEquals(erased(source), text);
});

Deno.test("a semicolon stands where the type had kept two statements apart", () => {
  const cases: [string, string][] = [
    ["a = b as T\n(c)", "a = b     ;\n(c)"],
    ["a = b satisfies T\n`c`", "a = b            ;\n`c`"],
    ["a = b as T\nc", "a = b     \nc"],
    ["a = (b as T)\n", "a = (b     )\n"],
    ["class A { get: T\n  b() {} }", "class A { get;  \n  b() {} }"],
    ["class A { static?\n  b() {} }", "class A { static;\n  b() {} }"],
    ["class A { a = 1\n  private [b] = 2 }", "class A { a = 1\n  ;       [b] = 2 }"],
    ["let a = b\ntype T = 1\n(c)", "let a = b\n;         \n(c)"],
  ];
  for (const [source, text] of cases) assertEquals(erased(source), text);
});

Deno.test("an enum becomes an object, with numbers that lead back to their names", () => {
  const valueOf = (source: string): unknown => (0, eval)(`"use strict"; ${erased(source)}\nE`);
  const cases: [string, Record<string, unknown>][] = [
    ["enum E { A, B }", { A: 0, B: 1, 0: "A", 1: "B" }],
    ["enum E { A = 3, B, C = A + 10 as number, D = E.B }", { A: 3, B: 4, C: 13, D: 4, 3: "A", 4: "D", 13: "C" }],
    ['const enum E { A = "a", B = `b` }', { A: "a", B: "b" }],
    ['enum E { "odd name" = 2, class, F = 1 << 3 }', {
      "odd name": 2,
      class: 3,
      F: 8,
      2: "odd name",
      3: "class",
      8: "F",
    }],
    ["enum E {}", {}],
  ];
  for (const [source, value] of cases) assertEquals(valueOf(source), value, source);
  assertEquals(erased("enum E {\n  A = 1, // one\n\n  B,\n}\nx;").split("\n").indexOf("x;"), 5);
  assertEquals((0, eval)(`${erased("function f() { enum E { A = 1 } return E.A; }")}\nf()`), 1);
});

Deno.test("a parameter property becomes a field that gets its value, after super", () => {
  const valueOf = (source: string): unknown => (0, eval)(`"use strict"; ${erased(source)}`);
  const cases: [string, unknown][] = [
    ["({ ...new (class { b = 1; constructor(private a: number, readonly c = 3, d = 4) {} })(2) })", {
      a: 2,
      c: 3,
      b: 1,
    }],
    [
      "class A { constructor(public a: number) {} }\nclass B extends A { constructor(readonly b?: string) { super(1)\n this.b += '!' } }\n({ ...new B('x') })",
      { b: "x!", a: 1 },
    ],
    ["({ ...new (class { constructor(protected a: number) {} })(5) })", { a: 5 }],
  ];
  for (const [source, value] of cases) {
    assertEquals({ ...(valueOf(source) as object) }, { ...(value as object) }, source);
  }
});

Deno.test("plain code stays as it is", () => {
  for (
    const source of [
      "a ? (b) : c => d;",
      "a < b > c;",
      "const type = 1, as = 2; type; as",
      "for (const of of [of]) ;",
      "label: a = b\n/c/g",
    ]
  ) {
    assertEquals(erased(source), source);
  }
});

testWith(
  { read: true },
  "every lesson and file of the library keeps its lines and columns, and parses without its types",
  async () => {
    const tree = await readTree(new URL("../../../", import.meta.url));
    let count = 0;
    for (const { path, text } of tree) {
      if (!/^(lessons|lib)\/.*\.ts$/.test(path) || path.startsWith("lib/kernel/simd/assembly/")) continue;
      const plain = erased(text);
      parseCell(plain);
      assertEquals(plain.split("\n").length, text.split("\n").length, path);
      count++;
      // What is left at a place is what was there, or a blank, or a mark that keeps the rest apart.
      for (let i = 0, same = plain.length === text.length; same && i < text.length; i++) {
        if (plain[i] !== text[i] && !" ;()".includes(plain[i])) {
          throw new Error(
            `${path}: ${text.slice(i - 20, i + 20)}`,
          );
        }
      }
    }
    assertEquals(count > 100, true);
  },
);

Deno.test("the place of each character can be told from the new text", () => {
  const piece = fc.record({ text: fc.string({ maxLength: 5 }), instead: fc.option(fc.string({ maxLength: 8 })) });
  fc.assert(fc.property(fc.array(piece, { minLength: 1 }), (pieces) => {
    const source = pieces.map(({ text }) => text).join("");
    const edits = new Edits(source);
    const expected: [number, number][] = []; // of what is kept: new and old offset
    let at = 0, written = 0;
    for (const { text, instead } of pieces) {
      if (instead !== null) edits.replace(at, at + text.length, instead);
      else for (let i = 0; i < text.length; i++) expected.push([written + i, at + i]);
      written += (instead ?? text).length;
      at += text.length;
    }
    const { map, text } = edits.apply();
    assertEquals(text, pieces.map(({ text, instead }) => instead ?? text).join(""));
    for (const [now, before] of expected) assertEquals(map.original(now), before);
  }));
});
