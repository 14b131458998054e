// Lesson 14: the matrix product equals the loops, forward and backward, and col2im is the transpose of im2col.
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { testWith } from "../support.ts";
import { lessonOutput } from "./run_lesson.ts";

for (const seed of ["1", "2"]) {
  testWith({ read: true, run: true }, `lesson 14 equals the loops to 1e-10, seed ${seed}`, async () => {
    const output = await lessonOutput("14_im2col", { args: ["--seed", seed] });

    assertStringIncludes(output, `Data: synthetic digits, seed ${seed}`);
    assertEquals(output.match(/ {2}MatmulConv: all \d+ gradients agree/g)?.length, 3);
    const differences = [...output.matchAll(/^\d × \d: largest difference (\S+)/gm)].map(([, apart]) => Number(apart));
    assertEquals(differences.length, 3);
    for (const apart of differences) assert(apart < 1e-10, String(apart));

    const [, there] = /im2col\(x\) with m: (\S+)/.exec(output)!;
    const [, back] = /x with col2im\(m\): (\S+)/.exec(output)!;
    assert(Math.abs(Number(there) - Number(back)) < 1e-10, `${there} and ${back}`);

    for (const way of ["seven loops", "im2col and matmul", "only the products", "the library's Conv2D"]) {
      assertMatch(output, new RegExp(`^${way} +[\\d.]+  +[\\d.]+ ×  +[\\d,]+$`, "m"));
    }
    assertMatch(output, /^only laying out +[\d.]+  +[\d.]+ ×  +–$/m);
    assertStringIncludes(output, "9 times as many");
    const [, float32] = /yours and the library's differ by (\S+)/.exec(output)!;
    assert(Number(float32) < 1e-5, float32);
  });
}
