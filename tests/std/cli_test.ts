// The linked parseArgs parses a command line as the original does.
import { assertEquals } from "@std/assert";
import { parseArgs } from "@std/cli";
import { parseArgs as fromSubpath } from "@std/cli/parse-args";

Deno.test("both ways to import it give the same function", () => {
  assertEquals(fromSubpath, parseArgs);
});

Deno.test("long options take a value after = or after a space", () => {
  assertEquals(parseArgs(["--a=1", "--b", "2", "--c", "x", "--d=", "--e=a=b"]), {
    _: [],
    a: 1,
    b: 2,
    c: "x",
    d: "",
    e: "a=b",
  });
  assertEquals(parseArgs(["--a", "--b"]), { _: [], a: true, b: true });
});

Deno.test("boolean options take no value but true and false, and are false when left out", () => {
  const options = { boolean: ["run", "list", "quick"] } as const;
  assertEquals(parseArgs(["--run", "16", "--list=false"], options), { _: [16], run: true, list: false, quick: false });
  assertEquals(parseArgs(["--run", "false", "--list", "true"], options).run, false);
});

Deno.test("string options stay strings, and are empty without a value", () => {
  const args = parseArgs(["--data", "007", "--seed", "007"], { string: ["data", "kernel"] });
  assertEquals(args, { _: [], data: "007", seed: 7 });
  const kernel: string | undefined = args.kernel;
  assertEquals(kernel, undefined);
  assertEquals(parseArgs(["--data"], { string: "data" }).data, "");
  assertEquals(parseArgs(["010"], { string: ["_"] })._, ["010"]);
});

Deno.test("the value of a short option follows it, or the next letters are options", () => {
  assertEquals(parseArgs(["-n5", "-abc", "x"]), { _: [], n: 5, a: true, b: true, c: "x" });
  assertEquals(parseArgs(["-n", "5", "-m=6"]), { _: [], n: 5, m: 6 });
  assertEquals(parseArgs(["-n", "-5"]), { _: [], n: true, "5": true });
  assertEquals(parseArgs(["-"]), { _: ["-"] });
  assertEquals(parseArgs(["-qr"], { boolean: ["q", "r"] }), { _: [], q: true, r: true });
});

Deno.test("defaults apply to aliases, too", () => {
  const args = parseArgs(["-s", "3"], { default: { seed: 1, mode: "quick" }, alias: { seed: "s", mode: ["m", "M"] } });
  assertEquals(args, { _: [], seed: 3, s: 3, mode: "quick", m: "quick", M: "quick" });
  const mode: string = args.mode;
  assertEquals(mode, "quick");
});

Deno.test("collect gathers repeated values; without it the last one wins", () => {
  assertEquals(parseArgs(["--a", "1", "--a", "2"]), { _: [], a: 2 });
  assertEquals(parseArgs(["--a", "1", "--a", "2"], { string: ["a", "b"], collect: ["a", "b"] }), {
    _: [],
    a: ["1", "2"],
    b: [],
  });
});

Deno.test("--no- negates options that may be negated, and is part of the name otherwise", () => {
  const options = { boolean: ["color"], negatable: ["color"], default: { color: true } } as const;
  assertEquals(parseArgs(["--no-color"], options), { _: [], color: false });
  assertEquals(parseArgs([], options), { _: [], color: true });
  assertEquals(parseArgs(["--no-color"], { boolean: ["color"] }), { _: [], color: false, "no-color": true });
});

Deno.test("unknown gets what no option names, and leaves it out by returning false", () => {
  const seen: unknown[][] = [];
  const args = parseArgs(["x", "--seeed", "3", "--seed", "4", "-z", "--", "--y"], {
    string: ["seed"],
    unknown: (...words) => {
      seen.push(words);
      return false;
    },
  });
  assertEquals(args, { _: ["--y"], seed: "4" });
  assertEquals(seen, [["x"], ["--seeed", "seeed", "3"], ["-z", "z", true]]);
});

Deno.test("what follows -- is not an option", () => {
  assertEquals(parseArgs(["a", "--", "-b", "7"]), { _: ["a", "-b", "7"] });
  assertEquals(parseArgs(["a", "--", "-b"], { "--": true }), { _: ["a"], "--": ["-b"] });
  assertEquals(parseArgs(["--a", "b", "--c"], { boolean: ["a"], stopEarly: true }), { _: ["b", "--c"], a: true });
});

Deno.test("a name cannot reach the prototype", () => {
  parseArgs(["--__proto__.polluted", "1", "--__proto__=1"]);
  assertEquals(({} as Record<string, unknown>).polluted, undefined);
});
