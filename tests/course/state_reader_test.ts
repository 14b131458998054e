// The reader of state files: what is right is kept, what is wrong is left out and named.
import { assert, assertEquals, assertThrows } from "@std/assert";
import { isCutOff, parseBounded } from "../../lib/cells/ipynb/bounded_json.ts";
import {
  amount,
  count,
  Faults,
  flag,
  listOf,
  objectOf,
  type Reader,
  recordOf,
  text,
} from "../../lib/course/progress/state_reader.ts";

function read<T>(reader: Reader<T>, found: unknown): { value: T | undefined; faults: number; first: string } {
  const faults = new Faults();
  const value = reader(found, "x", faults);
  return { value, faults: faults.count, first: faults.first };
}

Deno.test("simple values are taken or noted, never changed into another type", () => {
  const all = [null, undefined, true, 0, 7, -1, 0.5, NaN, Infinity, 2 ** 53, "", "7", [], {}, [7]];
  const taken = (reader: Reader<unknown>): unknown[] => all.filter((each) => read(reader, each).faults === 0);
  assertEquals(taken(text), ["", "7"]);
  assertEquals(taken(flag), [true]);
  assertEquals(taken(count), [0, 7]);
  assertEquals(taken(amount), [0, 7, 0.5, 2 ** 53]);
  for (const each of all) {
    const { value, faults } = read(count, each);
    assertEquals(value === undefined, faults === 1);
  }
});

Deno.test("lists and records lose only what is wrong in them", () => {
  assertEquals(read(listOf(count), [1, "2", null, 3]), { value: [1, 3], faults: 2, first: "x[1]" });
  assertEquals(read(listOf(text), { 0: "a", length: 1 }).value, undefined);
  assertEquals(read(recordOf(text), { a: "b", c: 7, "\x1b[2J": 7 }), { value: { a: "b" }, faults: 2, first: "x.c" });
  assertEquals(read(recordOf(text), ["a"]).value, undefined);
  assertEquals(read(recordOf(count), { "\x1b[2J": "" }).first, "x.…", "a name from the file cannot drive the terminal");
});

Deno.test("an object keeps fields that it does not know, and __proto__ is a field like any other", () => {
  const reader = objectOf<{ a: number; b?: string }>({ a: count, b: text }, { defaults: { a: 5 } });
  assertEquals(read(reader, { b: "c", d: [1] }), { value: { a: 5, b: "c", d: [1] } as never, faults: 0, first: "" });
  assertEquals(read(reader, { a: "1", b: null }), { value: { a: 5 }, faults: 2, first: "x.a" });
  const value = read(reader, JSON.parse('{"__proto__": {"b": "from the prototype"}}')).value!;
  assertEquals([value.b, Object.getPrototypeOf(value) === Object.prototype], [undefined, true]);
  assert(Object.hasOwn(value, "__proto__"));
  const strict = objectOf<{ a: number }>({ a: count }, { required: ["a"] });
  for (const found of [{}, { a: "1" }, null, [], "a"]) assertEquals(read(strict, found).value, undefined);
});

Deno.test("JSON is refused when it is too deep or has too many values, and messages quote nothing of it", () => {
  const reasons: [string, string][] = [
    ["", "it ends too early"],
    ['{"a": [1, "b', "it ends too early"],
    ['{"a": \x1b]0;title\x07}', "it is not JSON"],
    ['{"a": 1,}', "it is not JSON: look at position 8"],
    ["[".repeat(1e6), "it is nested more than 100 deep"],
    [`[${"0,".repeat(400_000)}0]`, "it has more than 300000 values"],
  ];
  for (const [source, reason] of reasons) {
    const { message } = assertThrows(() => parseBounded(source), SyntaxError);
    assert(message.startsWith(reason), message);
    assert(message.length < 80 && !message.includes("\x1b"));
  }
  assertEquals(parseBounded(`["${"[".repeat(1000)}\\"${",".repeat(400_000)}"]`), [
    `${"[".repeat(1000)}"${",".repeat(400_000)}`,
  ]);
  assertEquals(["{", '"a', "[1", "{}", "nul", '"a"'].map(isCutOff), [true, true, true, false, false, false]);
});
