// Lesson 2: every slope it claims is measured, and nothing overflows.
import { assert, assertAlmostEquals, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { testWith } from "../support.ts";
import { lessonOutput, tableBelow } from "./run_lesson.ts";

for (const seed of ["1", "2"]) {
  testWith({ read: true, run: true }, `lesson 2 keeps its promises, seed ${seed}`, async () => {
    const output = await lessonOutput("02_activations", { args: ["--seed", seed] });

    for (const name of ["relu", "sigmoid", "tanh"]) {
      const [worst] = tableBelow(output, `The slope of ${name}: the worst of 200 places`);
      assert(worst.error as number < 1e-7, `${name}: ${Deno.inspect(worst)}`);
    }
    const [claimed] = tableBelow(output, "The slope of relu, claimed to be 1: the worst of 200 places");
    assertEquals([claimed.ours, claimed.measured, claimed.error], [1, 0, 1]);
    assertMatch(output, /^softmax +0\.665 +0\.245 +0\.0?90/m);
    assertAlmostEquals(0.25 ** 10, Number(/after ten sigmoids: (\S+)/.exec(output)![1]), 1e-12);
    assertMatch(output, /x₀ .*0\.223/);
    const [softmax] = tableBelow(output, "softmax: the worst of 12");
    assert(softmax.error as number < 1e-7, Deno.inspect(softmax));

    const compared = tableBelow(output, "Largest difference");
    assertEquals(compared.map(({ layer }) => layer), ["ReLU", "Sigmoid", "Tanh", "Softmax"]);
    for (const { layer: _, ...differences } of compared) {
      for (const difference of Object.values(differences)) assert(difference as number < 1e-15);
    }

    // The textbook formulas break where the lesson says they do; its own do not.
    const ofTheBook = tableBelow(output, "The textbook formula");
    assertEquals(ofTheBook.map((row) => row["tanh(x)"]), [0, 0.762, 1, 1, "NaN", "NaN"]);
    assertStringIncludes(output, "[ NaN, NaN, NaN ]");
    assertStringIncludes(output, "tanh(±1000): 1 -1");
  });
}
