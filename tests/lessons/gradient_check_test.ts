// Lesson 6: what fools a gradient check is measured, the three bugs show up, and the library measures the same.
import { assert, assertAlmostEquals, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { testWith } from "../support.ts";
import { lessonOutput, tableBelow } from "./run_lesson.ts";

for (const seed of ["1", "2", "3"]) {
  testWith({ read: true, run: true }, `lesson 6 checks its check, seed ${seed}`, async () => {
    const output = await lessonOutput("06_gradient_check", { args: ["--seed", seed] });
    const number = (pattern: RegExp) => Number(pattern.exec(output)?.[1]);

    // What the text says about the formula, the floor and the kink.
    assertMatch(output, /\n0\.002 +0\.001 +0\.001 +0\.33\n1000\.001 +1000 +0\.001 +5\.0e-7\n/);
    assertAlmostEquals(number(/x = 15: slope (\S+)/), 3.7e-13, 1e-14);
    assertEquals([number(/rounding of a slope: (\S+)/), number(/floor: +(\S+)/)], [1.1e-11, 1.1e-4]);
    assertEquals([number(/at 0: +(\S+)/), number(/at 3e-6: +(\S+)/)], [0.5, 0.65]);
    assertMatch(output, /relu at 0 +0\.0000 +1\.000 +1\.0e\+0\n/);
    const same = number(/(\d+) of 1000 are exactly the same/);
    assert(same > 100 && same < 500, `${same} are the same: fewer than half`);

    for (const title of ["FC: 0 of 35", "softmax: 0 of 20", "ReLU: 0 of 20", "ReLU in place: 0 of 20"]) {
      const [worst] = tableBelow(output, `${title} wrong; the worst:`);
      assert(worst.error as number < 1e-7, `${title}: ${Deno.inspect(worst)}`);
    }
    assertMatch(output, /\nin place: [1-9]\d* of 20 wrong/);
    assertStringIncludes(output, "\na new tensor: 0 of 20 wrong");
    assertStringIncludes(output, "ReLU in place changes its gradient");
    assertStringIncludes(output, "ReLU          changes nothing");
    assertStringIncludes(output, "\nwith an 800: 0 of 10 wrong");
    assertStringIncludes(output, "\nwith an 800: 10 of 10 wrong");

    assertStringIncludes(output, "FC: all 35 gradients agree");
    const [library, ours] = tableBelow(output, "The worst element");
    assertEquals([library.gradient, library.measured], [ours.gradient, ours.measured]);
    assertStringIncludes(output, "the layer writes into gradOut");
    assertStringIncludes(output, "TanhOfTheBook: 10 of 10 gradients are wrong");
  });
}

Deno.test("lesson 6: the error of a faint slope passes the limit at about x = 7, and a floor holds it", () => {
  const h = 1e-5, floor = 1.1e-4;
  const slope = (x: number) => 1 - Math.tanh(x) ** 2;
  const apart = (x: number) => Math.abs(slope(x) - (Math.tanh(x + h) - Math.tanh(x - h)) / (2 * h));
  const size = (x: number) => 2 * slope(x);
  const over = (from: number, to: number) => Array.from({ length: 100 }, (_, i) => from + (to - from) * i / 100);
  assert(over(0, 6).every((x) => apart(x) / size(x) < 1e-7));
  assert(over(8, 14).some((x) => apart(x) / size(x) > 1e-5));
  assert(over(0, 17).every((x) => apart(x) / Math.max(size(x), floor) < 1e-7));
});
