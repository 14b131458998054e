// Lesson 15: gradients find their way through maxima, ties, overlaps and leftover pixels, and the library agrees.
import { assert, assertAlmostEquals, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { testWith } from "../support.ts";
import { lessonOutput, tableBelow } from "./run_lesson.ts";

for (const seed of ["1", "2"]) {
  testWith({ read: true, run: true }, `lesson 15 proves its pooling, seed ${seed}`, async () => {
    const output = await lessonOutput("15_pooling", { args: ["--seed", seed] });

    assertStringIncludes(output, `Data: synthetic digits, seed ${seed}`);
    assertStringIncludes(output, "196 of 784 pixels get a gradient");
    assertStringIncludes(output, "slope to the right: 1.000\nslope to the left:  0.000\ncentral difference: 0.500");
    assertMatch(output, /^without ties: MaxPool: all 216 gradients agree$/m);
    assertMatch(output, /^with ties: MaxPool: all 216 gradients agree, \d+ of them at a nearby point/m);
    const [apart2, overlap] = tableBelow(output, "Two ways back");
    assertEquals([apart2["with +="], apart2["with ="], overlap["with +="]], Array(3).fill("0 of 216 wrong"));
    assertMatch(overlap["with ="] as string, /^[1-9]\d* of 216 wrong$/);
    assertMatch(output, /^LastOneWins: [1-9]\d* of 216 gradients are wrong/m);
    assertEquals(output.match(/AveragePool: all 216 gradients agree/g)?.length, 2);

    const changes = tableBelow(output, "one pixel to the right").map((row) => row["changes by"] as number);
    assertEquals(changes.length, 5);
    const [pixels, max2, mean2, max4, mean4] = changes;
    assert(mean2 < max2 && mean4 < max4, String(changes));
    for (const two of [max2, mean2]) assertAlmostEquals(two / pixels, 0.8, 0.03); // about a fifth smaller
    for (const four of [max4, mean4]) assertAlmostEquals(four / pixels, 0.6, 0.08); // about two fifths

    const differences = tableBelow(output, "Largest difference");
    assertEquals(differences.length, 2);
    for (const { forward, backward } of differences) assert(Number(forward) < 1e-14 && Number(backward) < 1e-14);
  });
}
