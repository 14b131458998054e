// Lesson 1: its numbers are where it says, what must be refused is refused, and the library agrees.
import { assert, assertAlmostEquals, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { testWith } from "../support.ts";
import { lessonOutput, tableBelow } from "./run_lesson.ts";

for (const seed of ["1", "2"]) {
  testWith({ read: true, run: true }, `lesson 1 keeps its promises, seed ${seed}`, async () => {
    const output = await lessonOutput("01_tensors", { args: ["--seed", seed] });

    assertStringIncludes(output, "position 3 holds 20\n");
    assertMatch(output, /numbers: 60\nfrom a pixel to the one below: 5\nfrom a pixel to its next color: 20\n/);
    assertStringIncludes(output, "[2, 0, 1] in [3, 4, 5]: 41\n");
    assertStringIncludes(output, "0.10000000149011612"); // wrong in the ninth digit
    assertMatch(output, /row 1, column 0: 20\n.*\nrow 0, column 3: 20\n/s); // the same number
    assertEquals(/no refusal/.test(output), false);

    assertMatch(output, /reshaped\n.*\n 10 11\n 12 20\n 21 22\ntransposed\n.*\n 10 20\n 11 21\n 12 22\n/);
    assertStringIncludes(output, "row 0, column 1: 5\nnumbers: 4\n");
    assertMatch(output, /a · b\n.*\n {2}4 {2}5\n 10 11\n/);
    assertMatch(output, /\[2, 3\] · \[4, 3\]\n.*\n 1 2 3\n 4 5 6\n/); // the last row of b was never read
    assertEquals(output.match(/mean square: \S+/g), ["mean square: 2.5", "mean square: 0"]);

    const [products, reads] = tableBelow(output, "Largest difference");
    assert(products.difference as number > 0, "the text says that they differ");
    assertAlmostEquals(products.difference as number, 0, 1e-5); // sums of up to about 20, in float32
    assertEquals(reads.difference, 0);
  });
}
