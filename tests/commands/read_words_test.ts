// Every command line is read by one function: what it accepts, and what it says about the rest.
import { assertEquals, assertThrows } from "@std/assert";
import { readWords } from "../../lib/commands/read_words.ts";
import { UsageError } from "../../lib/commands/usage_error.ts";

const known = { flags: ["run", "list", "help"], values: { seed: "N", data: "DIR" } };

Deno.test("flags, values and other words are told apart, in any order", () => {
  const cases: [words: string[], on: string[], values: Record<string, string>, rest: string[]][] = [
    [[], [], {}, []],
    [["16", "--run", "conv"], ["run"], {}, ["16", "conv"]],
    [["--seed", "007", "--data=a=b", "010"], [], { seed: "007", data: "a=b" }, ["010"]],
    [["--seed=1", "--seed=2"], [], { seed: "2" }, []],
    [["-h"], ["help"], {}, []],
    [["--run", "--", "--list", "-h"], ["run"], {}, ["--list", "-h"]],
    [["--", "--list=1"], [], {}, ["--list=1"]],
    [["--", "--_=1", "_"], [], {}, ["--_=1", "_"]],
  ];
  for (const [words, on, values, rest] of cases) {
    const found = readWords(words, known);
    assertEquals([[...found.on], Object.fromEntries(found.values), found.rest], [on, values, rest], words.join(" "));
  }
});

Deno.test("wrong usage is told in one line, with the nearest option", () => {
  const cases: [words: string[], message: string][] = [
    [["--lst"], "no option --lst; did you mean --list?"],
    [["--sed=3"], "no option --sed; did you mean --seed?"],
    [["--no-run"], "no option --no-run; did you mean --run?"],
    [["--wholly-unknown-thing"], "no option --wholly-unknown-thing; --help lists the options"],
    [["-x"], "no option -x; --help lists the options"],
    [["-hx"], "no option -x; --help lists the options"],
    [["--seed"], "--seed takes a value: --seed N"],
    [["--seed", "--run"], "--seed takes a value: --seed N"],
    [["--data="], "--data takes a value: --data DIR"],
    [["-x_"], "no option -_; --help lists the options"],
    [["--_.a=1"], "no option --_.a; did you mean --run?"],
    [["--_"], "no option --_; --help lists the options"],
    [["--_=x", "16"], "no option --_; --help lists the options"],
    [["--run=yes"], '--run takes no value and got "yes"'],
  ];
  for (const [words, message] of cases) {
    const error = assertThrows(() => readWords(words, known), UsageError);
    assertEquals(error.message, message);
  }
});
