// Lesson 6: what fools a gradient check is measured, the three bugs show up, and the library measures the same.
import { assert, assertAlmostEquals, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { testWith } from "../support.ts";
import { lessonOutput } from "./run_lesson.ts";

for (const seed of ["1", "2", "3"]) {
  testWith({ read: true, run: true }, `lesson 6 checks its check, seed ${seed}`, async () => {
    const output = await lessonOutput("06_gradient_check", { args: ["--seed", seed] });
    const number = (pattern: RegExp) => Number(pattern.exec(output)?.[1]);

    // What the text says about the formula, the floor and the kink.
    assertEquals([number(/small: (\S+)/), number(/large: (\S+)/)], [0.33, 5e-7]);
    assertAlmostEquals(number(/at 15: (\S+)/), 3.7e-13, 1e-14);
    assertEquals(number(/floor: (\S+)/), 1.1e-4);
    assert(number(/error at 15: (\S+)/) < 1e-7);
    assertEquals([number(/at 0: (\S+)/), number(/3e-6: (\S+)/)], [0.5, 0.65]);
    const same = number(/(\d+) of 1000 are exactly the same/);
    assert(same > 100 && same < 500, `${same} are the same: fewer than half`);

    for (const title of ["FC: 0 of 35", "softmax: 0 of 20", "ReLU in place: 0 of 20", "ordinary: 0 of 10"]) {
      const [, error] = new RegExp(`\n${title} wrong; the worst:\n.*\n.*\n.* (\\S+)\n`).exec(output)!;
      assert(Number(error) < 1e-7, `${title}: ${error}`);
    }
    assertMatch(output, /\nwith a shortcut: [1-9]\d* of 20 wrong/);
    assertMatch(output, /\nwith an 800: 0 of 10 wrong; the worst:\n.*\n.*\n.*NaN +NaN\n/);
    assertStringIncludes(output, "\nwith an 800: 10 of 10 wrong\n");

    assertStringIncludes(output, "FC: all 35 gradients agree");
    assert(number(/apart: (\S+)/) < 1e-9);
    assertStringIncludes(output, "ReLUInPlace: all 20 gradients agree");
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
