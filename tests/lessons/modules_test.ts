// Lesson 7: the chain is proved, backward adds, pieces add up, and the library takes the same steps.
import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { testWith } from "../support.ts";
import { lessonOutput, tableBelow } from "./run_lesson.ts";

for (const seed of ["1", "2", "3"]) {
  testWith({ read: true, run: true }, `lesson 7 chains, clears and switches, seed ${seed}`, async () => {
    const output = await lessonOutput("07_modules", { args: ["--seed", seed] });

    assertStringIncludes(output, "Network: all 33 gradients agree");
    for (const { ratio } of tableBelow(output, "The gradient")) assertEquals(ratio, 2);
    assertAlmostEquals(Number(/halves \/ whole: (\S+)/.exec(output)![1]), 2, 1e-9);

    const [, clears, never] = /after 300 steps: (\S+) and (\S+)/.exec(output)!.map(Number);
    assert(never > 1.1 * clears, `${never} without clearing, ${clears} with it`);

    const [, first, last] = /loss: (\S+) → (\S+)/.exec(output)!.map(Number);
    assert(last < first / 4, `the loss fell from ${first} to ${last}`);

    // With the switch of the outer module alone the two answers differ.
    const [, one, other] = /\n(-?\d\.\d+) (-?\d\.\d+)\n/.exec(output)!;
    assert(one !== other);

    assertEquals(Number(/largest difference of 50 losses: (\S+)/.exec(output)![1]), 0);
    assertStringIncludes(output, "eval reaches: true");
  });
}
