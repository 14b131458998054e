// Lesson 20: the receptive field is as counted, the sample stays in its budget, and moved digits help.
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { testWith } from "../support.ts";
import { lessonOutput } from "./run_lesson.ts";

testWith({ read: true, run: true }, "lesson 20 trains the sample solution in quick mode", async () => {
  const output = await lessonOutput("20_your_own", { args: ["--seed", "2"] });

  assertStringIncludes(output, "Data: synthetic digits, seed 2");
  assertStringIncludes(output, "lesson 16, windows of 3 × 3: 10\nwith windows of 5 × 5: 16\n");

  // The picture shows each fourth number of the image: 16 × 16 pixels are eight rows of up to eight.
  const picture = output.slice(output.indexOf("what reaches the image")).split("\n").slice(1, 15);
  const touched = picture.map((row) => /[1-9]/.test(row));
  assertEquals(touched.filter(Boolean).length, 8, picture.join("\n"));
  for (const row of picture) assert((row.match(/\d/g) ?? []).length <= 8, row);

  const [, parameters] = /^(\d+) parameters, /m.exec(output)!;
  assertEquals(Number(parameters), 76466);
  assert(Number(parameters) < 100_000);
  const [, right] = /^([\d.]+) % right on the test set/m.exec(output)!;
  assert(Number(right) > 80, right);
  assertMatch(output, /^ +0 +([\d.]+)$/m);
  assertStringIncludes(output, "no folder yet");
  assertStringIncludes(output, "pixels: true\nlabels: true\n");
});
