// Lesson 3: the errors fall and grow as it says, the rule finds a good step, and the library's slopes are measured.
import { assert, assertAlmostEquals, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { testWith } from "../support.ts";
import { lessonOutput, tableBelow } from "./run_lesson.ts";

for (const seed of ["1", "2"]) {
  testWith({ read: true, run: true }, `lesson 3 keeps its promises, seed ${seed}`, async () => {
    const output = await lessonOutput("03_derivative", { args: ["--seed", seed] });
    const column = (title: string, name: string) => tableBelow(output, title).map((row) => row[name] as number);

    const [forward, central] = [column("Forward", "error"), column("Central", "error")];
    assertAlmostEquals(forward[0] / forward[1], 10, 1);
    assertAlmostEquals(central[0] / central[1], 100, 1);
    assertAlmostEquals(central[1] / central[3], 1e4, 100);
    for (const name of ["forward", "central"]) {
      assertAlmostEquals(column("Error / expected error", name).at(-1)!, 1, 0.01, name);
    }

    const [, right, left] = /f\(x \+ 1e-10\): (\S+)\nf\(x − 1e-10\): (\S+)\n/.exec(output)!;
    assertEquals(right.slice(0, 11), left.slice(0, 11)); // "0." and nine digits
    assert(right[11] !== left[11], `${right} and ${left}`);
    assertStringIncludes(output, "1 + 1e-16 is 1: true\n");

    const rules = tableBelow(output, "The best h");
    assertEquals(rules.map(({ method }) => method), ["forward", "central"]);
    assertEquals(rules.map(({ rule }) => rule), [1.5e-8, 6.1e-6]);
    assert(rules[1]["error with the rule"] as number < 1e-11 * Math.cos(1), "eleven digits");
    for (const row of rules) {
      const factor = (row["best h"] as number) / (row.rule as number);
      assert(factor > 0.1 && factor < 10, Deno.inspect(row));
    }
    const [rule32, lesson2] = column("In float32", "error");
    assertAlmostEquals(column("In float32", "h")[0], 0.005, 1e-4);
    assertAlmostEquals(rule32, 4e-6, 1e-6); // five digits
    assert(lesson2 > 0.5e-3 * Math.cos(1), "fewer than three digits");

    assertMatch(output, /neighbors: 0\.0000596\d+\n2h: 0\.0002 {2}taken: \S+ {2}ratio: 1\.220703125\n/);
    assertMatch(output, /\ncalls of f: 6\n/);
    assertStringIncludes(output, "200000 runs: 200 seconds");
    for (const difference of column("Measured and derived", "largest difference")) assert(difference < 1e-9);
  });
}
