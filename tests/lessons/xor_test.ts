// Lesson 9: a line gives up on XOR, hidden layers do not, looking at the loss does harm, and the spirals are separated.
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { testWith } from "../support.ts";
import { lessonOutput } from "./run_lesson.ts";

for (const seed of ["1", "2", "3"]) {
  testWith({ read: true, run: true }, `lesson 9 draws what a line cannot, seed ${seed}`, async () => {
    const output = await lessonOutput("09_xor", { args: ["--seed", seed] });

    assertStringIncludes(output, "loss: 0.6931\nln 2: 0.6931\n");
    assertStringIncludes(output, "best of 1000 random lines: 3 right");
    assertStringIncludes(output, "\n4 of 4 right\n");
    const starts = [...output.matchAll(/\n +([238]) +(\d+)(?=\n)/g)].map(([, width, worked]) => [+width, +worked]);
    assertEquals(starts.map(([width]) => width), [2, 3, 8]);
    assert(starts[0][1] < 10 && starts[2][1] === 10, String(starts));
    assertStringIncludes(output, "\nlooking: 0.313\n"); // -log(e / (e + 1))

    const [narrow, wide] = [...output.matchAll(/(\d+) of 200 right/g)].map(([, right]) => Number(right));
    assert(narrow < 170, `${narrow} of 200 right with 8 hidden numbers`);
    assertEquals(wide, 200);

    for (const x of ["0,0", "0,1", "1,0", "1,1"]) {
      const [, hand, library] = new RegExp(`\n${x} +(\\S+) +(\\S+)\n`).exec(output)!;
      assertEquals(hand, library);
    }
  });
}
