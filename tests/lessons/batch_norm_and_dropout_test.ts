// Lesson 17: batch norm's gradient is proved in both modes, the wrong mode ruins a network, and the library agrees.
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { testWith } from "../support.ts";
import { lessonOutput, tableBelow } from "./run_lesson.ts";

testWith({ read: true, run: true }, "lesson 17 builds batch norm and dropout in quick mode", async () => {
  const output = await lessonOutput("17_batch_norm_and_dropout", { args: ["--seed", "2"] });

  assertStringIncludes(output, "Data: synthetic digits, seed 2");
  assertStringIncludes(output, "mean 5   variance 4\n-1, 1, -1, 1");
  assertStringIncludes(output, "8 means\neach over 64 · 14 · 14 = 12544 numbers");
  assertStringIncludes(output, "number 17: 1");
  const [, shifted] = /all \+ 1: x̂ changes by (\S+)/.exec(output)!;
  const [, doubled] = /all · 2: x̂ changes by (\S+)/.exec(output)!;
  assert(Number(shifted) < 1e-12 && Number(doubled) < 1e-4, `${shifted} and ${doubled}`);
  const [, off] = /the measured slopes differ by (\S+)/.exec(output)!;
  assert(Number(off) < 1e-9, off);

  for (const what of ["samples: Norm", "images: Norm", "training: OurBatchNorm", "evaluation: OurBatchNorm"]) {
    assertMatch(output, new RegExp(`^${what}: all \\d+ gradients agree`, "m"));
  }
  assertMatch(output, /^Norm: 18 of 24 gradients are wrong$/m);
  assertStringIncludes(output, "only the gradient of x is wrong; the others are right");
  assertStringIncludes(output, "sample 0: 0, 0, 0\nsample 1: 0, 0, 0");
  for (const row of tableBelow(output, "Variance of a batch")) {
    const [measured, expected] = [row.measured as number, row["(m − 1) / m"] as number];
    assert(Math.abs(measured - expected) < 0.02, `${measured} and ${expected}`);
  }

  const ends = tableBelow(output, "Ten layers at rate 0.3").map((row) => row["loss, last ten"] as number);
  assertEquals(ends.length, 3);
  assert(ends[0] > 2.1 && ends[1] < 1.6 && ends[2] < 1.9, String(ends));
  const [used, mixed, equal] = tableBelow(output, "One network, 1000 digits").map((row) => row.accuracy as number);
  assert(used > 0.8 && mixed > 0.8 && mixed < used && equal < 0.4, `${used}, ${mixed} and ${equal}`);

  assertMatch(output, /^a new mask each time: OurDropout: \d+ of 18 gradients are wrong/m);
  assertMatch(output, /^the same mask: OurDropout: all 18 gradients agree/m);
  const [without, withDropout] = tableBelow(output, "Accuracy") as Record<string, number>[];
  assert(without.memorized > 0.95 && without.memorized > withDropout.memorized, JSON.stringify(without));
  assert(without["new digits"] < withDropout["new digits"], JSON.stringify(withDropout));

  const [, batchNorm] = /^batch norm differs by (\S+)/m.exec(output)!;
  assert(Number(batchNorm) < 1e-11, batchNorm);
  assertMatch(output, /^dropout differs by 0$/m);
});
