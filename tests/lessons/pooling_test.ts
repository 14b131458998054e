// Lesson 15: gradients find their way through maxima, ties, overlaps and leftover pixels, and the library agrees.
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { testWith } from "../support.ts";
import { lessonOutput, tableBelow } from "./run_lesson.ts";

for (const seed of ["1", "2"]) {
  testWith({ read: true, run: true }, `lesson 15 proves its pooling, seed ${seed}`, async () => {
    const output = await lessonOutput("15_pooling", { args: ["--seed", seed] });

    assertStringIncludes(output, `Data: synthetic digits, seed ${seed}`);
    assertStringIncludes(output, "196 of 784 pixels get a gradient");
    assertStringIncludes(output, "slope to the right: 1.000\nslope to the left:  0.000\ncentral difference: 0.500");
    assertMatch(output, /^without ties: MaxPool: all 216 gradients agree$/m);
    assertMatch(output, /^with ties: +MaxPool: all 216 gradients agree, \d+ of them at a nearby point/m);
    assertMatch(output, /^window 2, with =: +LastOneWins: all 216 gradients agree/m);
    assertMatch(output, /^window 3, with =: +LastOneWins: \d+ of 216 gradients are wrong/m);
    assertMatch(output, /^window 3, with \+=: MaxPool: all 216 gradients agree/m);
    assertEquals(output.match(/AveragePool: all 216 gradients agree/g)?.length, 2);

    const changes = tableBelow(output, "one pixel to the right").map((row) => row["changes by"] as number);
    assertEquals(changes.length, 5);
    const [pixels, max2, mean2, max4, mean4] = changes;
    assert(pixels > max2 && max2 > max4 && pixels > mean2 && mean2 > mean4, String(changes));

    const apart = [...output.matchAll(/forward differs by (\S+), backward by (\S+)/g)].flatMap((found) =>
      found.slice(1)
    );
    assertEquals(apart.length, 4);
    for (const difference of apart) assert(Number(difference) < 1e-14, difference);
  });
}
