// Lesson 16: the whole chain is proved, both networks learn to read, and three linear layers are one.
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { testWith } from "../support.ts";
import { lessonOutput } from "./run_lesson.ts";

testWith({ read: true, run: true }, "lesson 16 trains two CNNs in quick mode", async () => {
  const output = await lessonOutput("16_cnn", { args: ["--seed", "2"] });

  assertEquals(output.match(/^Data: synthetic digits, seed 2$/gm)?.length, 2);
  assertMatch(output, /^float32 by the \w+ kernel, \d+ threads?/m);
  assertEquals(output.match(/^Module: all \d+ gradients agree/gm)?.length, 2);
  assertStringIncludes(output, "369,242");

  const [, rounding] = /^the scores differ by (\S+) of the largest/m.exec(output)!;
  assert(Number(rounding) < 1e-5, rounding);
  assertStringIncludes(output, "5890 numbers say what 368522 said");

  assertMatch(output, /^conv1 .* 60$/m);
  assertMatch(output, /^conv2 .* 660$/m); // 720 numbers look, and 368,522 weigh
  const [, moved] = /^they moved by (\d+) % of their size/m.exec(output)!;
  assert(Number(moved) > 5 && Number(moved) < 40, moved); // "most kernels still look for what they looked for"
  const [, loss] = /^untrained: loss (\S+)/m.exec(output)!;
  assert(Number(loss) > 2.25 && Number(loss) < 3, loss);

  const [, first] = /^the original's +369,242 +([\d.]+) %/m.exec(output)!;
  const [, second] = /^the better one +52,162 +([\d.]+) %/m.exec(output)!;
  assert(Number(first) > 80 && Number(second) > 80, `${first} and ${second}`);
});
