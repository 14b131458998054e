// What a page prints for a value is what Deno prints.
import { assertEquals } from "@std/assert";
import { Console } from "node:console";
import { Writable } from "node:stream";
import { makeConsole } from "../../../lib/fronts/web/stand_in/console.ts";
import { inspect } from "../../../lib/fronts/web/stand_in/inspect.ts";

class A {
  x = 1;
  #y = 2;
  get z(): number {
    return this.#y;
  }
}
class B extends A {}

const circular: { a: { b?: unknown } } = { a: {} };
circular.a.b = circular;

const VALUES: readonly unknown[] = [
  ...[
    { a: "x", b: "it's", c: 'say "hi"', d: "l\nm" },
    ["x", 1, -0, 1.5, null, undefined],
    "text",
    3,
    10n,
    true,
    Symbol("s"),
  ],
  ...[new Map<unknown, unknown>([["k", { v: 1 }], [{ a: 1 }, [1]]]), new Set([1, "a"]), new Map(), new Set(), [], {}, [
    {},
  ], [[]]],
  ...[
    new Float32Array([1, 2.5, 1 / 3]),
    new Float64Array(0),
    new Float32Array(200).map((_, i) => Math.sin(i)),
    new Uint8Array(3).buffer,
  ],
  ...[
    new A(),
    new B(),
    A,
    B,
    () => 1,
    function named() {},
    async () => {},
    String,
    Math,
    JSON,
    new Number(3),
    new String("s"),
  ],
  ...[
    [[1, 2], [3, [4, [5, [6, [7]]]]]],
    { a: 1, b: { c: { d: { e: { f: { g: 1 } } } } } },
    circular,
    [, 1, , , 2],
    Object.create(null),
  ],
  ...[
    {
      get a() {
        return 1;
      },
      set a(_v) {
        // nothing is kept
      },
    },
    { f() {}, g: () => 1, h: class {} },
    { [Symbol("q")]: 1, "a-b": 2, 3: 4 },
    /a/g,
    new Date(0),
  ],
  ...[
    Array.from({ length: 30 }, (_, i) => i * i),
    Array.from({ length: 150 }, (_, i) => i),
    Array.from({ length: 9 }, () => "same"),
  ],
  ...[Array.from({ length: 10 }, (_, i) => "word".repeat(i % 3 + 1)), { s: "y".repeat(200) }, [
    1.123456789,
    2.2,
    3.3,
    4,
    5,
    6,
    7,
    8,
  ]],
  ...[
    { aaaaaaaaaaaaaaaaaaaaaa: 1, bbbbbbbbbbbbbbbbbbbbbbbbbbbb: 2, cccccccccccccccccccccccc: 3, ddddddddddddddddd: 4 },
    new WeakMap(),
  ],
];

Deno.test("a value looks as Deno.inspect writes it, in every width and depth that the course asks for", () => {
  for (
    const options of [{}, { compact: true, breakLength: Infinity, depth: 1, strAbbreviateSize: 60 }, {
      breakLength: 40,
    }]
  ) {
    for (const value of VALUES) assertEquals(inspect(value, options), Deno.inspect(value, options));
  }
});

Deno.test("a console prints what Node's console prints", () => {
  const calls: [
    method: "log" | "table" | "dir" | "assert" | "count" | "group" | "groupEnd" | "error",
    values: unknown[],
  ][] = [
    ...VALUES.map((value) => ["log", [value]] as ["log", unknown[]]),
    ["log", ["a %s b %d c %o %j %i %f %%", "x", 3.5, { a: 1 }, { b: 2 }, 4.7, "1.5", "rest", { z: 1 }]],
    ["log", ["100%", 1]],
    ["table", [[{ a: 1, b: "x" }, { a: 2 }]]],
    ["table", [[[1, 2], [3, 4]]]],
    ["table", [[1, 2]]],
    ["table", [5]],
    ["group", ["G"]],
    ["log", ["in\nside"]],
    ["groupEnd", []],
    ["assert", [false, "msg %d", 3]],
    ["assert", [true]],
    ["count", []],
    ["count", ["z"]],
    ["dir", [{ a: 1 }]],
    ["error", ["wrong"]],
  ];
  let expected = "", actual = "";
  const out = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      expected += chunk;
      done();
    },
  });
  const nodes = new Console({ stdout: out, stderr: out, colorMode: false }) as unknown as Record<
    string,
    (...values: unknown[]) => void
  >;
  const own = makeConsole((_stream, text) => actual += text);
  for (const [method, values] of calls) {
    nodes[method](...values);
    own[method](...values);
    assertEquals(actual, expected, `${method} ${Deno.inspect(values)}`);
  }
});
