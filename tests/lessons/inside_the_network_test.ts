// Lesson 18: the gradient of a pixel is proved, mistakes are predicted, dust fools the network, and it reads a drawing.
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { testWith } from "../support.ts";
import { lessonOutput, tableBelow } from "./run_lesson.ts";

testWith({ read: true, run: true }, "lesson 18 opens a network in quick mode", async () => {
  const output = await lessonOutput("18_inside_the_network", { args: ["--seed", "2"] });

  assertStringIncludes(output, "Data: synthetic digits, seed 2");
  const [, right] = /^([\d.]+) % right$/m.exec(output)!;
  assert(Number(right) > 90, right);
  assertEquals(output.match(/^Map \d waits for …$/gm)?.length, 2);

  const surest = tableBelow(output, "The surest mistakes") as Record<string, number>[];
  assertEquals(surest.length, 5);
  for (const { truth, guess, ...p } of surest) {
    assert(truth !== guess && p["p of the guess"] > p["p of the truth"], JSON.stringify(p));
  }
  const [, count] = /^it happens (\d+) times$/m.exec(output)!;
  const [, above] = /^(\d+) of the 90 possible mistakes happen more often$/m.exec(output)!;
  assert(Number(count) > 0 && Number(above) < 10, `${count} times, ${above} more often`);

  const six = tableBelow(output, "Six pixels") as Record<string, number>[];
  assertEquals(six.length, 6);
  for (const { ratio } of six) assert(Math.abs(ratio - 1) < 1e-4, String(ratio));
  assertMatch(output, /the last image that scoreOf got had \d\d+ black pixels/);

  const dust = tableBelow(output, "The same 7, with dust") as Record<string, number>[];
  assertEquals([dust[0].step, dust[0].guess], [0, 7]);
  assert(dust.at(-1)!.guess !== 7 && dust.at(-1)!["p of 7"] < 0.2, JSON.stringify(dust.at(-1)));

  const [, row, column] = /^mean of 100 centers: ([\d.]+), ([\d.]+)$/m.exec(output)!;
  assert(Math.abs(Number(row) - 14) < 1 && Math.abs(Number(column) - 14) < 1, `${row}, ${column}`);
  assertEquals(tableBelow(output, "It reads")[0].digit, 7);

  const [, off] = /^the two gradients differ by (\S+)$/m.exec(output)!;
  assert(Number(off) < 1e-5, off);
  assertStringIncludes(output, "the confusion matrices differ in 0 of 2000");
});
