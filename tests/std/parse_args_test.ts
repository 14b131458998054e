// The linked parseArgs gives what the original gives, as a table: words, options, result.
import { assertEquals } from "@std/assert";
import { parseArgs, type ParseOptions } from "@std/cli/parse-args";

type Case = [words: string[], options: ParseOptions, result: Record<string, unknown>];

const cases: Record<string, Case[]> = {
  "boolean: true takes every --name without an equals sign": [
    [["moo", "--honk", "cow"], { boolean: true }, { honk: true, _: ["moo", "cow"] }],
    [["moo", "--honk", "cow", "-p", "55", "--tacos=good"], { boolean: true }, {
      ...{ honk: true, tacos: "good", p: 55 },
      _: ["moo", "cow"],
    }],
    [["--a", "b"], { boolean: false }, { a: "b", _: [] }],
  ],
  "booleans": [
    [["moo"], { boolean: ["t", "verbose"], default: { verbose: false, t: false } }, {
      verbose: false,
      t: false,
      _: ["moo"],
    }],
    [["-x", "-z", "one", "two"], { boolean: ["x", "y", "z"] }, { x: true, y: false, z: true, _: ["one", "two"] }],
    [[], { string: ["foo"], boolean: ["bar"], alias: { bar: "b" } }, { bar: false, b: false, _: [] }],
    [["-h", "derp"], { boolean: "herp", alias: { h: "herp" } }, { herp: true, h: true, _: ["derp"] }],
    [["--harp", "derp"], { boolean: "h", alias: { h: ["herp", "harp"] } }, {
      harp: true,
      herp: true,
      h: true,
      _: ["derp"],
    }],
    [["-h", "true"], { boolean: "h", alias: { h: "herp" } }, { herp: true, h: true, _: [] }],
    [["--boool", "--other=true"], { boolean: "boool" }, { boool: true, other: "true", _: [] }],
    [["--boool=false"], { boolean: ["boool"], default: { boool: true } }, { boool: false, _: [] }],
    [["-t", "true123"], { boolean: ["t"] }, { t: true, _: ["true123"] }],
    [["--verbose", "false", "moo", "-t", "true"], { boolean: ["t", "verbose"], default: { verbose: true } }, {
      ...{ verbose: false, t: true },
      _: ["moo"],
    }],
    [[], { boolean: "maybe", default: { maybe: null } }, { maybe: null, _: [] }],
    [["--maybe"], { boolean: "maybe", default: { maybe: null } }, { maybe: true, _: [] }],
  ],
  "negated": [
    [["--foo", "--no-foo"], { boolean: ["foo"], negatable: ["foo"] }, { foo: false, _: [] }],
    [["--no-foo", "--foo", "123"], { boolean: ["foo"], negatable: ["foo"] }, { foo: true, _: [123] }],
    [["--no-moo"], {}, { "no-moo": true, _: [] }],
    [["--no-a=1"], {}, { a: 1, _: [] }],
    [["--no-a=1"], { negatable: ["a"] }, { a: 1, _: [] }],
    [["--foo", "123", "-f", "456", "--no-foo"], {
      ...{ string: ["foo"], collect: ["foo"], negatable: ["foo"], alias: { foo: "f" } },
    }, { foo: false, f: false, _: [] }],
  ],
  "names with dots": [
    [["--a.b", "22"], { default: { "a.b": 11 }, alias: { "a.b": "aa.bb" } }, { a: { b: 22 }, aa: { bb: 22 }, _: [] }],
    [[], { default: { "a.b": 11 }, alias: { "a.b": "aa.bb" } }, { a: { b: 11 }, aa: { bb: 11 }, _: [] }],
    [["--foo.bar", "3", "--foo.baz", "4", "--foo.quux.quibble", "5", "--foo.quux.oO", "--beep.boop"], {}, {
      ...{ foo: { bar: 3, baz: 4, quux: { quibble: 5, oO: true } }, beep: { boop: true } },
      _: [],
    }],
    [[], { boolean: ["a.b"] }, { a: { b: false }, _: [] }],
  ],
  "hyphens": [
    [["-n", "-"], {}, { n: "-", _: [] }],
    [["-f-"], {}, { f: "-", _: [] }],
    [["-b", "-"], { boolean: "b" }, { b: true, _: ["-"] }],
    [["-a", "--", "b"], {}, { a: true, _: ["b"] }],
    [["--name", "John", "before", "--", "after"], { "--": true }, { name: "John", _: ["before"], "--": ["after"] }],
  ],
  "values": [
    [["-x", "1234", "-y", "5.67", "-z", "1e7", "-w", "10f", "--hex", "0xdeadbeef", "789"], {}, {
      ...{ x: 1234, y: 5.67, z: 1e7, w: "10f", hex: 0xdeadbeef },
      _: [789],
    }],
    [["-a=whatever", "-b=robots"], {}, { a: "whatever", b: "robots", _: [] }],
    [["-v", "a", "-v", "b"], {}, { v: "b", _: [] }],
    [["--name=meowmers", "bare", "-cats", "woo", "-f=abc=def", "--foo=---=\\n--+34-=/=", "-e==", "--", "--not"], {}, {
      ...{ name: "meowmers", c: true, a: true, t: true, s: "woo", f: "abc=def", foo: "---=\\n--+34-=/=", e: "=" },
      _: ["bare", "--not"],
    }],
    [["-s", "X\nX"], {}, { s: "X\nX", _: [] }],
    [["--s=X\nX"], {}, { s: "X\nX", _: [] }],
    [["-s", "0001234"], { string: "s" }, { s: "0001234", _: [] }],
    [["  ", "  "], { string: "_" }, { _: ["  ", "  "] }],
    [["-art"], { string: ["a", "t"] }, { a: "", r: true, t: "", _: [] }],
    [["--str", "000123"], { string: "s", alias: { s: "str" } }, { str: "000123", s: "000123", _: [] }],
    [["-I/foo/bar"], {}, { I: "/foo/bar", _: [] }],
    [["-xyz/foo/bar"], {}, { x: true, y: true, z: "/foo/bar", _: [] }],
    [["-f", "11", "--zoom", "55"], { alias: { z: ["zm", "zoom"] } }, { f: 11, zoom: 55, z: 55, zm: 55, _: [] }],
    [["--toString", "--valueOf", "foo"], {}, { toString: true, valueOf: "foo", _: [] }],
    [["-n123"], {}, { n: 123, _: [] }],
    [["-123", "456"], {}, { 1: true, 2: true, 3: 456, _: [] }],
    [["-h", "localhost", "-fp", "555", "script.js"], {}, { f: true, p: 555, h: "localhost", _: ["script.js"] }],
    [["-x", "\t"], {}, { x: "\t", _: [] }],
    [["--aaa", "bbb", "ccc", "--ddd"], { stopEarly: true }, { aaa: "bbb", _: ["ccc", "--ddd"] }],
  ],
  "collected": [
    [["--foo", "bar", "--foo", "baz", "--bool", "--bool"], {}, { foo: "baz", bool: true, _: [] }],
    [[], { collect: ["foo"], default: { foo: ["bar", "baz"] } }, { foo: ["bar", "baz"], _: [] }],
    [["--beep", "boop", "--bib", "--bib", "--bab"], { collect: ["beep", "bib"] }, {
      ...{ beep: ["boop"], bib: [true, true], bab: true },
      _: [],
    }],
  ],
};

for (const [name, table] of Object.entries(cases)) {
  Deno.test(`parseArgs: ${name}`, () => {
    for (const [words, options, result] of table) assertEquals(parseArgs(words, options), result, words.join(" "));
  });
}

Deno.test("parseArgs: what is unknown, with its name and value", () => {
  const table: [words: string[], options: ParseOptions, seen: unknown[][]][] = [
    [["-h", "true", "--derp", "true"], { alias: { h: "herp" }, boolean: "h" }, [["--derp", "derp", "true"]]],
    [["--herp", "true", "-d", "false"], { alias: { h: "herp" }, boolean: "h" }, [["-d", "d", "false"]]],
    [["--honk", "--tacos=good", "cow", "-p", "55"], { boolean: true }, [
      ["--tacos=good", "tacos", "good"],
      ["cow"],
      ["-p", "p", "55"],
    ]],
    [["--herp", "hello", "-d", "moon"], { alias: { h: "herp" }, string: "h" }, [["-d", "d", "moon"]]],
    [["--bad", "--", "good"], { "--": true }, [["--bad", "bad", true]]],
  ];
  for (const [words, options, wanted] of table) {
    const seen: unknown[][] = [];
    parseArgs(words, { ...options, unknown: (...found) => (seen.push(found), false) });
    assertEquals(seen, wanted, words.join(" "));
  }
});

Deno.test("parseArgs: a name with dots cannot reach the prototype or a constructor", () => {
  parseArgs(["--__proto__.polluted", "1", "--constructor.prototype.polluted", "1", "--a.__proto__.polluted", "1"]);
  assertEquals(({} as Record<string, unknown>).polluted, undefined);
});
