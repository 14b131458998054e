// Lesson 11: 20 images are memorized, a network learns to read, and the order of pixels does not matter to it.
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { testWith } from "../support.ts";
import { lessonOutput, tableBelow } from "./run_lesson.ts";

testWith({ read: true, run: true }, "lesson 11 learns to read in quick mode", async () => {
  const output = await lessonOutput("11_fc_on_mnist", { args: ["--seed", "2"] });

  assertEquals(output.match(/^Data: synthetic digits, seed 2$/gm)?.length, 2);
  assertStringIncludes(output, "20 images memorized: 20 of 20 right");
  const seeds = [...output.matchAll(/^seed 1: (.*)$/gm)].map(([, order]) => order);
  assertEquals(seeds.length, 2);
  assertEquals(seeds[0], seeds[1]);

  const [nothing, tanh, relu] = tableBelow(output, "So far").map((row) => row["right on the test set"] as number);
  assert(nothing < 0.3 && tanh > 0.75 && relu > tanh, `${nothing} ${tanh} ${relu}`);
  const [, scrambled] = /^epoch 1\/1 +loss .* test ([\d.]+) %/m.exec(output)!;
  const [, inOrder] = /^([\d.]+) % right$/m.exec(output)!;
  assert(Math.abs(Number(scrambled) - Number(inOrder)) < 6, `${scrambled} and ${inOrder}`);

  const [, difference] = /^largest difference of 10 losses: (\S+)/m.exec(output)!;
  assert(Number(difference) < 1e-5, difference);
});
