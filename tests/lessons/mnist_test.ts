// Lesson 10: the files are read byte by byte, with MNIST where it is available and with synthetic digits elsewhere.
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { granted, testWhen, testWith } from "../support.ts";
import { lessonOutput, tableBelow } from "./run_lesson.ts";

const directory = granted("env", "MNIST_DIR") ? Deno.env.get("MNIST_DIR") : undefined;
const mayRun = granted("read") && granted("run", Deno.execPath());
const MNIST_COUNTS = [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949];

testWith(
  { read: true, run: true },
  "lesson 10 takes synthetic digits apart where it may neither read nor download",
  async () => {
    const output = await lessonOutput("10_mnist", { args: ["--seed", "2"] });
    assertEquals(output.match(/^Data: synthetic digits, seed 2$/gm)?.length, 2);
    assertStringIncludes(output, "\n00 00 08 03 00 00 07 d0 00 00 00 1c 00 00 00 1c\n");
    assertStringIncludes(output, "\nlabels: 2000\n");
    assertEquals(tableBelow(output, "Labels in the training set").map(({ count }) => count), Array(10).fill(1200));
    const sums = tableBelow(output, "Checksums (synthetic)").map((row) => row["as published"]);
    assertEquals(sums, ["no", "no"]);
    expectReading(output);
  },
);

for (const how of ["MNIST_DIR", "--data"]) {
  testWhen(
    directory !== undefined && mayRun,
    "MNIST_DIR is not set, or may not be read",
    `lesson 10 takes MNIST itself apart, found by ${how}`,
    async () => {
      const output = await lessonOutput("10_mnist", {
        args: how === "--data" ? ["--data", directory!] : [],
        permissions: [`--allow-read=${directory}`, ...how === "MNIST_DIR" ? ["--allow-env=MNIST_DIR"] : []],
        env: { MNIST_DIR: how === "MNIST_DIR" ? directory! : "" },
      });
      assertMatch(output, /^Data: MNIST from /m);
      assertStringIncludes(output, "\n00 00 08 01 00 00 27 10 07 02 01 00 04 01 04 09");
      assertStringIncludes(output, "\nlabels: 10000\nlittle-endian: 270991360\n");
      assertEquals(tableBelow(output, "Labels in the training set").map(({ count }) => count), MNIST_COUNTS);
      const sums = tableBelow(output, "Checksums (mnist)").map((row) => row["as published"]);
      assertEquals(sums, ["yes", "yes"]);
      assertStringIncludes(output, "always the most common: 11.2 % right");
      expectReading(output);
    },
  );
}

/** What holds for any digits. */
function expectReading(output: string): void {
  assertStringIncludes(output, "image 1 begins at 800\nits row 10, column 5: 1085\n");
  assertMatch(output, /ours says: .*\nSyntaxError: the half file is truncated/);
  assertMatch(output, /all bytes the same: true/);
}
