// The command line at its borders: values that are empty, numbers at the ends, words that are equally near.
import { assertEquals, assertThrows } from "@std/assert";
import { readOptions } from "../../lib/commands/lesson/options.ts";
import { nearest } from "../../lib/commands/nearest.ts";

Deno.test("an option that takes a value takes no empty one", () => {
  for (const args of [["--data", ""], ["--data="], ["--data"], ["--seed", ""]]) {
    assertThrows(() => readOptions(args), Error, `${args[0].replace("=", "")} takes a value`);
  }
  assertEquals(readOptions(["--data", "."]).settings.data, ".");
});

Deno.test("numbers at the ends of their range", () => {
  assertEquals(readOptions(["--threads", "64", "--seed", "0"]).settings, { mode: "quick", seed: 0, threads: 64 });
  assertEquals(readOptions(["--threads=1"]).settings.threads, 1);
  for (const threads of ["0", "65", "1.5", "-1", "x"]) {
    assertThrows(() => readOptions([`--threads=${threads}`]), Error, "--threads takes a whole number from 1 to 64");
  }
});

Deno.test("of words that are equally near the first is meant, and one that is far from all means none", () => {
  assertEquals(nearest("ab", ["aa", "bb"]), "aa");
  assertEquals(nearest("ab", ["bb", "aa"]), "bb");
  assertEquals(nearest("ab", ["aa", "ab"]), "ab");
  assertEquals(nearest("ab", ["wxyz"]), undefined);
});
