// Lesson 21: the machine's slopes are measured, and it agrees with the layers of lesson 16 to 1e-12.
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { testWith } from "../support.ts";
import { lessonOutput, tableBelow } from "./run_lesson.ts";

for (const seed of ["1", "2"]) {
  testWith({ read: true, run: true }, `lesson 21 derives what was derived by hand, seed ${seed}`, async () => {
    const output = await lessonOutput("21_autograd", { args: ["--seed", seed] });

    // By hand, and by the machine.
    assertStringIncludes(output, "m 6  p 5  d -2  L 4\n∂L/∂w -12   ∂L/∂b -4\nL at w = 2.01: 3.8809\n");
    const [before, after] = output.split("After backward");
    assertEquals(before.match(/grad 0/g)?.length, 8);
    assertMatch(after, /^w = 2 .*\ngrad -12 .*grad -4 /m);
    assertStringIncludes(after, "grad -8");

    assertStringIncludes(output, "Machine: all 128 gradients agree");
    const compared = tableBelow(output, "How far apart");
    assertEquals(compared.length, 10);
    for (const { apart } of compared) assert(apart as number < 1e-12, String(apart));
  });
}
