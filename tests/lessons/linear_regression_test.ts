// Lesson 4: the slopes are right, the hidden numbers are found, the library goes the same way.
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { testWith } from "../support.ts";
import { lessonOutput, tableBelow } from "./run_lesson.ts";

for (const args of [["--seed", "1"], ["--seed", "2"], ["--full"]]) {
  testWith({ read: true, run: true }, `lesson 4 finds w and b, ${args.join(" ")}`, async () => {
    const output = await lessonOutput("04_linear_regression", { args });

    const slopes = tableBelow(output, "Two slopes");
    assertEquals(slopes.map(({ slope }) => slope), ["∂L/∂w", "∂L/∂b"]);
    for (const { ratio } of slopes) assertAlmostEquals(ratio as number, 1, 1e-7);
    const [worst] = tableBelow(output, "Worst of 100 slopes");
    assert(worst.error as number < 1e-7, Deno.inspect(worst));

    const last = tableBelow(output, "Forty steps downhill").at(-1)!;
    assertEquals(last.step, 40);
    assertAlmostEquals(last.w as number, 2, 0.2); // the noise in the points moves the best line
    assertAlmostEquals(last.b as number, -1, 0.2);

    const recovered = tableBelow(output, "Recovered");
    assertEquals(recovered.map(({ number }) => number), ["the worst weight", "b"]);
    for (const row of recovered) assert(row["off by"] as number < 1e-2, Deno.inspect(row));

    const [, difference] = /Largest difference of 50 losses: (\S+)/.exec(output)!;
    assert(Number(difference) < 1e-12, difference);
  });
}
