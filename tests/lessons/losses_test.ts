// Lesson 8: the gradients are measured, the first loss is ln 10, and ±1000 does no harm.
import { assert, assertAlmostEquals, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { testWith } from "../support.ts";
import { lessonOutput, tableBelow } from "./run_lesson.ts";

for (const seed of ["1", "2", "3"]) {
  testWith({ read: true, run: true }, `lesson 8 proves its losses, seed ${seed}`, async () => {
    const output = await lessonOutput("08_losses", { args: ["--seed", seed] });

    for (
      const title of ["mse: the worst of 18", "cross entropy: the worst of 24", "stable cross entropy: the worst of 24"]
    ) {
      const [worst] = tableBelow(output, title);
      assert(worst.error as number < 1e-7, `${title}: ${Deno.inspect(worst)}`);
    }
    const [, first] = /the first loss: (\S+)/.exec(output)!;
    assertAlmostEquals(Number(first), Math.log(10), 0.1);

    // Larger starts, and the slopes that the text quotes.
    const starts = tableBelow(output, "Larger starts").map((row) => row["first loss"] as number);
    assertEquals(starts.length, 3);
    assert(2.25 < starts[0] && starts[0] < starts[1] && starts[1] < starts[2] && starts[2] < 4, String(starts));
    const [square] = tableBelow(output, "(1 − p)²: the worst of 1");
    assert(square.error as number < 1e-7, Deno.inspect(square));
    assertStringIncludes(output, "the squared error pulls hardest at z = -0.7\n");
    assertMatch(output, /^slope +0\.665 +0\.245 +-0\.910/m);

    // The textbook formula, then the one computed from the scores.
    const losses = [...output.matchAll(/the (?:last|first) is right: +(\S+)/g)].map(([, loss]) => Number(loss));
    assertEquals(losses, [Infinity, 0, 2000, 0]);

    const compared = tableBelow(output, "The library and ours");
    assertEquals(compared.length, 5);
    for (const { apart } of compared) assert(Math.abs(apart as number) < 1e-14);
    assertStringIncludes(output, "CrossEntropyLoss: all 24 gradients agree");
    assertStringIncludes(output, "MSELoss: all 18 gradients agree");
    assert(Math.abs(Number(/their sum: (\S+)/.exec(output)![1])) < 1e-15);
  });
}
