// Lesson 21: the machine's slopes are measured, and it agrees with the layers of lesson 16 to 1e-12.
import { assert, assertAlmostEquals, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { testWith } from "../support.ts";
import { lessonOutput, tableBelow } from "./run_lesson.ts";

for (const seed of ["1", "2"]) {
  testWith({ read: true, run: true }, `lesson 21 derives what was derived by hand, seed ${seed}`, async () => {
    const output = await lessonOutput("21_autograd", { args: ["--seed", seed] });

    // By hand, and by the machine.
    assertStringIncludes(output, "m 6  p 5  d -2  L 4\n∂L/∂w -12   ∂L/∂b -4\nL at w = 2.01: 3.8809\n");
    assertStringIncludes(output, "after the sum:    1\nafter the square: -3\n");
    const [before, after] = output.split("After backward");
    assertEquals(before.match(/grad 0/g)?.length, 8);
    assertMatch(after, /^w = 2 .*\ngrad -12 .*grad -4 /m);
    assertStringIncludes(after, "grad -8");

    for (const { ratio } of tableBelow(output, "A formula by chance")) {
      assert(Number.isNaN(Number(ratio)) || Math.abs(Number(ratio) - 1) < 1e-6, String(ratio));
    }
    const operations = tableBelow(output, "Every operation, measured");
    assertEquals(operations.length, 7);
    for (const row of operations) assert(row["worst error"] as number < 1e-7, Deno.inspect(row));

    const compared = tableBelow(output, "The machine and the layers");
    assertEquals(compared.length, 10);
    const norm = tableBelow(output, "Batch norm, not derived");
    assertEquals(norm.length, 4);
    for (const { apart } of [...compared, ...norm]) assert(apart as number < 1e-12, String(apart));

    // A node is a tensor: there are as many for 192 pixels as for any other number.
    assertMatch(output, /^all +45$/m);
    const [, slopes, passes] = /^measuring (\d+) slopes: (\d+) forwards$/m.exec(output)!;
    assertAlmostEquals(Number(passes), 2 * Number(slopes));
  });
}
