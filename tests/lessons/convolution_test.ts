// Lesson 13: the loops are proved for every stride, the planted bug shows up, a kernel is found, the library agrees.
import { assert, assertAlmostEquals, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { testWith } from "../support.ts";
import { lessonOutput } from "./run_lesson.ts";

for (const seed of ["1", "2"]) {
  testWith({ read: true, run: true }, `lesson 13 proves its convolution, seed ${seed}`, async () => {
    const output = await lessonOutput("13_convolution", { args: ["--seed", seed] });

    assertStringIncludes(output, `Data: synthetic digits, seed ${seed}`);
    assertEquals(output.match(/^stride \d, padding \d: LoopConv: all 177 gradients agree/gm)?.length, 3);
    assertMatch(output, /^stride 1: ForgetsStride: all 177 gradients agree/m);
    assertMatch(output, /^stride 2: ForgetsStride: \d+ of 177 gradients are wrong/m);
    assertStringIncludes(output, " -4 -4\n -4 -4\n");
    assertStringIncludes(output, "no padding, stride 1: 26\npadding 1,  stride 1: 28");

    const [, rows] = /Found in 60 steps.*\n((?:.*\n){3})/.exec(output)!;
    const found = rows.trim().split(/\s+/).map(Number);
    [-1, 0, 1, -1, 0, 1, -1, 0, 1].forEach((weight, i) => assertAlmostEquals(found[i], weight, 0.2));

    const [, difference] = /^largest difference: (\S+)/m.exec(output)!;
    assert(Number(difference) < 1e-12, difference);
  });
}
