// Lesson 12: starts keep the numbers' size or do not, the rules agree with the library's, and plain steps lose the race.
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { testWith } from "../support.ts";
import { lessonOutput, tableBelow } from "./run_lesson.ts";

testWith({ read: true, run: true }, "lesson 12 starts and steps in quick mode", async () => {
  const output = await lessonOutput("12_starting_and_stepping", { args: ["--seed", "2"] });

  assertStringIncludes(output, "Data: synthetic digits, seed 2");
  const gradient = output.split("∂L/∂W, 4 × 3\n")[1].split("\n").slice(0, 4).map((row) => row.trim().split(/\s+/));
  for (const [a, b, c] of gradient) assert(a !== "0" && a === b && b === c, gradient.join());

  const deviations = (title: string) => tableBelow(output, title).map((row) => row.deviation as number);
  const small = deviations("Weights of deviation 0.01");
  for (let i = 1; i < 10; i++) assert(Math.abs(small[i - 1] / small[i] - 10) < 2, String(small));
  assert(deviations("Weights of deviation 1")[9] > 0.9);
  assert(deviations("Xavier and tanh")[9] > 0.2);
  assertStringIncludes(output, "Xavier: 0.1   He: 0.1414");
  const [, less] = /after ten layers, He \/ Xavier = (\S+)/.exec(output)!;
  assert(Math.abs(Number(less) - 32) < 0.1, less);
  for (const row of tableBelow(output, "The variance of y")) {
    const [expected, measured] = [row["n · 0.01 · 1"] as number, row.measured as number];
    assert(Math.abs(measured / expected - 1) < 0.1, `${measured} and ${expected}`);
  }

  const [normal, xavier, he] = tableBelow(output, "Three starts");
  assert(Math.abs(normal["last ten"] as number - Math.log(10)) < 0.005, String(normal["last ten"]));
  assert((xavier["last ten"] as number) > 2.2 && (he["last ten"] as number) < 2.2);

  assertStringIncludes(output, "by the formula: -9, 75\nmeasured: -9.000000, 75.000000");
  assertStringIncludes(output, "slopes at the start: -9, 75\nfirst move: 0.300, -0.300");
  const ratios = [...output.matchAll(/^ +\d+ +[\d.]+ +[\d.]+ +([\d.]+)$/gm)].map(([, ratio]) => Number(ratio));
  assert(Math.max(...ratios) > 6 && Math.max(...ratios) < 7, String(ratios));
  assertStringIncludes(output, "the first five moves: 1.000000 1.000000 1.000000 1.000000 1.000000");

  const race = tableBelow(output, "The race");
  assertEquals(race.map(({ rule }) => rule), ["SGD", "momentum", "RMSProp", "Adam"]);
  const ends = race.map((row) => row["loss, last 20 batches"] as number);
  assert(ends.slice(1).every((end) => end < ends[0]), String(ends));
  assert(ends[3] <= 1.1 * Math.min(...ends), String(ends));

  const differences = [...output.matchAll(/^(?:SGD|momentum|RMSProp|Adam) +(\d\.\de[+-]\d+)$/gm)];
  assertEquals(differences.length, 4);
  for (const [, apart] of differences) assert(Number(apart) < 1e-12, apart);
  for (const row of tableBelow(output, "Deviation of the weights")) {
    assert(Math.abs(row.ours as number / (row["the library's"] as number) - 1) < 0.02, JSON.stringify(row));
  }
});
