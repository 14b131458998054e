// The linked @std/assert behaves as the original: what passes, what throws, and what the message says.
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertGreater,
  assertGreaterOrEqual,
  assertInstanceOf,
  AssertionError,
  assertLess,
  assertMatch,
  assertNotEquals,
  assertNotStrictEquals,
  assertRejects,
  assertStrictEquals,
  assertStringIncludes,
  assertThrows,
  equal,
} from "@std/assert";

/** `fn` fails as an assertion, with these words. */
function failsWith(message: string, fn: () => unknown): void {
  assertThrows(fn, AssertionError, message);
}

Deno.test("equal sees values, not references", () => {
  for (
    const [a, b] of [
      [NaN, NaN],
      [0, -0],
      [[1, [2, { a: 3 }]], [1, [2, { a: 3 }]]],
      [{ a: 1, b: 2 }, { b: 2, a: 1 }],
      [new Map<unknown, unknown>([[{ k: 1 }, [1]], ["b", 2]]), new Map<unknown, unknown>([["b", 2], [{ k: 1 }, [1]]])],
      [new Set([1, 2]), new Set([2, 1])],
      [new Set([{ a: 1 }, { b: 1 }]), new Set([{ b: 1 }, { a: 1 }])],
      [new Float32Array([1, NaN]), new Float32Array([1, NaN])],
      [new Uint8Array([1, 2]).buffer, new Uint8Array([1, 2]).buffer],
      [new Date(5), new Date(5)],
      [/a/g, /a/g],
      [new URL("file:///a"), new URL("file:///a")],
      [Object.create(null), {}],
      [Symbol.for("a"), Symbol.for("a")],
    ] as [unknown, unknown][]
  ) assert(equal(a, b), `${Deno.inspect(a)} and ${Deno.inspect(b)}`);
});

Deno.test("equal distinguishes what differs", () => {
  for (
    const [a, b] of [
      [1, "1"],
      [null, undefined],
      [[1], { 0: 1 }],
      [[1, 2], [1, 2, 3]],
      [{ a: undefined }, {}],
      [{ a: 1 }, { a: 1, [Symbol.for("b")]: 2 }],
      [new Map([["a", 1]]), new Map([["a", 2]])],
      [new Set([1]), new Set([2])],
      [new Float32Array([1]), new Float64Array([1])],
      [new Float32Array([1]), new Float32Array([2])],
      [new Date(5), new Date(6)],
      [/a/g, /a/],
      [new URL("file:///a"), new URL("file:///b")],
      [new RangeError("a"), new TypeError("a")],
      [() => 1, () => 1],
    ] as [unknown, unknown][]
  ) assert(!equal(a, b), `${Deno.inspect(a)} and ${Deno.inspect(b)}`);
});

Deno.test("equal follows cycles and reads the getters of a class", () => {
  const ring = (value: number) => {
    const node: Record<string, unknown> = { value };
    node.next = node;
    return node;
  };
  assert(equal(ring(1), ring(1)));
  assert(!equal(ring(1), ring(2)));
  class Sized {
    #size: number;
    constructor(size: number) {
      this.#size = size;
    }
    get size(): number {
      return this.#size;
    }
  }
  assert(equal(new Sized(1), new Sized(1)));
  assert(!equal(new Sized(1), new Sized(2)));
  assertThrows(() => equal(new WeakMap(), new WeakMap()), TypeError, "WeakMap");
});

Deno.test("assertEquals shows the difference, and the message of the caller", () => {
  assertEquals({ a: [1] }, { a: [1] });
  const error = assertThrows(() => assertEquals([1, 2, 3], [1, 5, 3], "weights"), AssertionError);
  assertMatch(error.message, /^Values are not equal: weights\n/);
  assertEquals(
    error.message.split("\n"),
    ["Values are not equal: weights", "", "", "    [Diff] Actual / Expected", "", "", ...[
      "    [",
      "      1,",
      "-     2,",
      "+     5,",
      "      3,",
      "    ]",
      "",
    ]],
  );
  assertEquals(error.name, "AssertionError");
  assertNotEquals([1], [2]);
  failsWith("not to be", () => assertNotEquals([1], [1]));
});

Deno.test("assertAlmostEquals allows 1e-7 of the expected value, or the given tolerance", () => {
  assertAlmostEquals(0.1 + 0.2, 0.3);
  assertAlmostEquals(NaN, NaN);
  assertAlmostEquals(Infinity, Infinity);
  assertAlmostEquals(1, 1.05, 0.1);
  assertAlmostEquals(-1, -1 - 1e-8);
  failsWith(
    'Expected actual: "1" to be close to "1.1e+0": delta "1.0000000000000009e-1" is greater than "1e-2": loss',
    () => assertAlmostEquals(1, 1.1, 0.01, "loss"),
  );
  failsWith("to be close to", () => assertAlmostEquals(NaN, 1));
  failsWith("to be close to", () => assertAlmostEquals(1, Infinity));
  failsWith("to be close to", () => assertAlmostEquals(1e-8, 0, 0));
});

Deno.test("orders, sameness and classes", () => {
  assertGreater(2, 1);
  assertGreaterOrEqual(2, 2);
  assertLess(1, 2);
  failsWith("Expect 1 > 1", () => assertGreater(1, 1));
  failsWith("Expect 1 >= 2", () => assertGreaterOrEqual(1, 2));
  failsWith("Expect NaN < 1", () => assertLess(NaN, 1));
  const list = [1];
  assertStrictEquals(list, list);
  failsWith("same structure", () => assertStrictEquals(list, [1]));
  failsWith("not strictly equal", () => assertStrictEquals(0, -0));
  assertNotStrictEquals(list, [1]);
  failsWith("not be strictly equal", () => assertNotStrictEquals(1, 1));
  assertInstanceOf(new Date(), Date);
  failsWith('instance of "Date" but was "Map"', () => assertInstanceOf(new Map(), Date));
  failsWith('but was "null"', () => assertInstanceOf(null, Date));
});

Deno.test("texts", () => {
  assertMatch("loss 2.3", /\d\.\d/);
  failsWith('to match: "/x/"', () => assertMatch("loss", /x/));
  assertStringIncludes("loss", "os");
  failsWith('to contain: "x"', () => assertStringIncludes("loss", "x"));
});

Deno.test("assertThrows checks class and message, and returns the error", () => {
  const thrown = new RangeError("\x1b[31mtoo\x1b[0m far");
  const raise = () => {
    throw thrown;
  };
  assertStrictEquals(assertThrows(raise), thrown);
  assertStrictEquals(assertThrows(raise, RangeError, "too far"), thrown);
  assertThrows(raise, Error, "far");
  failsWith('instance of "TypeError", but was "RangeError"', () => assertThrows(raise, TypeError));
  failsWith('message to include "near"', () => assertThrows(raise, RangeError, "near"));
  failsWith("Expected function to throw: so", () => assertThrows(() => 1, "so"));
  failsWith("Expected function to throw.", () => assertThrows(() => 1));
  failsWith("A non-Error object was thrown", () =>
    assertThrows(() => {
      throw 1;
    }, Error));
});

Deno.test("assertRejects checks as assertThrows does, and refuses a function that throws instead", async () => {
  const error = await assertRejects(() => Promise.reject(new RangeError("too far")), RangeError, "far");
  assertEquals(error.message, "too far");
  assertEquals(await assertRejects(() => Promise.reject(1)), 1);
  await assertRejects(
    () => assertRejects(() => Promise.resolve(1), Error, "", "so"),
    AssertionError,
    "Expected function to reject: so",
  );
  await assertRejects(
    () => assertRejects(() => Promise.reject(new TypeError("a")), RangeError),
    AssertionError,
    "instance of",
  );
  await assertRejects(
    () => assertRejects(() => Promise.reject(1), RangeError),
    AssertionError,
    "A non-Error object was rejected",
  );
  await assertRejects(
    () => assertRejects(() => raiseAtOnce()),
    AssertionError,
    "Function throws when expected to reject",
  );
});

function raiseAtOnce(): Promise<never> {
  throw new Error("at once");
}

Deno.test("the difference has - before what is there and + before what was expected", () => {
  const cases: [actual: unknown, expected: unknown, lines: string[]][] = [
    [1, 2, ["-   1", "+   2"]],
    [1, "1", ["-   1", '+   "1"']],
    [[1, "2", 3], ["1", "2", 3], ["    [", "-     1,", '+     "1",', '      "2",', "      3,", "    ]"]],
    [{ b: 1, a: 0 }, { a: 0, b: 2 }, ["    {", "      a: 0,", "-     b: 1,", "+     b: 2,", "    }"]],
    [[1, 2], [1, 2, 3], ["    [", "      1,", "      2,", "+     3,", "    ]"]],
    ["one\ntwo", "one\nthree", ["    one", "-   two", "+   three"]],
  ];
  for (const [actual, expected, lines] of cases) {
    const { message } = assertThrows(() => assertEquals(actual, expected), AssertionError);
    assertEquals(message.split("\n").slice(6, -1), lines);
    const strict = assertThrows(() => assertStrictEquals(actual, expected), AssertionError);
    assertStringIncludes(strict.message, lines.join("\n"));
  }
});

Deno.test("the difference of long lists is told in time", () => {
  const list = (shift: number) => Array.from({ length: 5000 }, (_, i) => i * 2 + shift);
  const { message } = assertThrows(() => assertEquals(list(0), list(1)), AssertionError);
  assertStringIncludes(message, "\n-     9998,\n+     1,\n");
});

Deno.test("each function is also at the path that the original has for it", async () => {
  const paths = {
    "almost-equals": "assertAlmostEquals",
    "assert": "assert",
    "assertion-error": "AssertionError",
    "equal": "equal",
    "equals": "assertEquals",
    "greater": "assertGreater",
    "greater-or-equal": "assertGreaterOrEqual",
    "instance-of": "assertInstanceOf",
    "less": "assertLess",
    "match": "assertMatch",
    "not-equals": "assertNotEquals",
    "not-strict-equals": "assertNotStrictEquals",
    "rejects": "assertRejects",
    "strict-equals": "assertStrictEquals",
    "string-includes": "assertStringIncludes",
    "throws": "assertThrows",
  };
  const all = await import("@std/assert") as Record<string, unknown>;
  for (const [path, name] of Object.entries(paths)) {
    const found = await import(`@std/assert/${path}`);
    assertStrictEquals(found[name], all[name], path);
  }
  for (const name of Object.values(paths)) assert(name in all, name);
});
