// Lesson 5: every gradient of the FC layer is measured, and the planted mistakes show up.
import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { testWith } from "../support.ts";
import { lessonOutput, tableBelow } from "./run_lesson.ts";

for (const seed of ["1", "2", "3"]) {
  testWith({ read: true, run: true }, `lesson 5 proves its gradients, seed ${seed}`, async () => {
    const output = await lessonOutput("05_fc", { args: ["--seed", seed] });

    for (const title of ["∂L/∂x: the worst of 35", "∂L/∂W: the worst of 28", "∂L/∂b: the worst of 4"]) {
      const [worst] = tableBelow(output, title);
      assert(worst.error as number < 1e-7, `${title}: ${Deno.inspect(worst)}`);
    }
    const [mean] = tableBelow(output, "∂L/∂b as a mean: the worst of 4");
    assertAlmostEquals(mean.ratio as number, 0.2, 1e-9);
    const [last] = tableBelow(output, "∂L/∂b with =: the worst of 4");
    assert(last.error as number > 0.01, Deno.inspect(last));

    const products = tableBelow(output, "Loops and products, largest difference");
    const library = tableBelow(output, "The library and ours");
    assertEquals([products.length, library.length], [3, 4]);
    for (const { apart } of [...products, ...library]) assert(apart as number < 1e-13);
    assertStringIncludes(output, "FC: all 67 gradients agree");
    assertStringIncludes(output, "\n7850\n");
    assertStringIncludes(output, "\n23.5 -6\n");
  });
}
