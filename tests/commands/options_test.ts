import { assert, assertEquals, assertThrows } from "@std/assert";
import { readOptions } from "../../lib/commands/lesson/options.ts";
import { UsageError } from "../../lib/commands/usage_error.ts";

Deno.test("the options are read", () => {
  assertEquals(readOptions([]).settings, { mode: "quick", seed: 1 });
  const options = readOptions([
    "16",
    "--run",
    "--full",
    "--seed",
    "7",
    "--data=some dir",
    "--kernel",
    "simd",
    "--threads=2",
  ]);
  assertEquals(options.lesson, "16");
  assert(options.run);
  assertEquals(options.settings, { mode: "full", seed: 7, data: "some dir", kernel: "simd", threads: 2 });
});

Deno.test("a wrong option is reported in one line, with the nearest one", () => {
  const cases: [string[], string][] = [
    [["--quik"], "did you mean --quick?"],
    [["--sed", "3"], "did you mean --seed?"],
    [["--recap"], "no option --recap; did you mean the command: deno task lesson recap?"],
    [["--seed"], "--seed takes a value: --seed N"],
    [["--seed", "x"], '--seed takes a whole number from 0 and got "x"'],
    [["--seed=-1"], "--seed takes a whole number"],
    [["--threads=0"], '--threads takes a whole number from 1 to 64 and got "0"'],
    [["--threads", "65"], '--threads takes a whole number from 1 to 64 and got "65"'],
    [["--threads", "1000000"], '--threads takes a whole number from 1 to 64 and got "1000000"'],
    [["--kernel=smid"], "did you mean simd?"],
    [["--full=yes"], "--full takes no value"],
    [["1", "2"], 'the command takes one lesson and got "1" and "2"'],
  ];
  for (const [args, message] of cases) {
    const error = assertThrows(() => readOptions(args), UsageError, message);
    assertEquals(error.message.includes("\n"), false);
  }
});
