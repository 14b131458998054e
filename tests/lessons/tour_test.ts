// Lesson 0: the picture has as many numbers and bright dots as it says, and both exercises wait for an answer.
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { testWith } from "../support.ts";
import { lessonOutput } from "./run_lesson.ts";

testWith({ read: true, run: true }, "lesson 0 shows its picture as numbers, and the negative of it", async () => {
  const output = await lessonOutput("00_tour");
  const rows = output.split("\n").filter((line) => /^[01]( [01])+$/.test(line));
  assertStringIncludes(output, `${rows.length} rows of 5 numbers: ${rows.join(" ").split(" ").length}`);
  assertStringIncludes(output, `Bright dots of the seven: ${rows.join("").split("1").length - 1}`);
  assertEquals(rows.at(-1), "0 0 0 0 0"); // so that the planted bug does not show in it
  assert(output.startsWith("@@@@@@@@@@\n        @@\n"), output);
  assertStringIncludes(output, "\n\n@@@@@@@@\n"); // the negative of the second row
  for (const id of ["negative-row", "count-bright"]) assertStringIncludes(output, `○ ${id} is still open`);
});
