// Lesson 19: five ways to compute one convolution agree, and the number of threads changes nothing at all.
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { testWith } from "../support.ts";
import { lessonOutput, tableBelow } from "./run_lesson.ts";

for (const seed of ["1", "2"]) {
  testWith({ read: true, run: true }, `lesson 19 computes the same in five ways, seed ${seed}`, async () => {
    const output = await lessonOutput("19_fast", { args: ["--seed", seed] });

    assertStringIncludes(output, "forward: 16257024 FLOP\nforward and backward: 48771072 FLOP\n");
    for (const way of ["one sum", "four sums"]) assertMatch(output, new RegExp(`^${way} +[\\d.]+$`, "m"));
    const [, rounding] = /^apart: (\S+)/m.exec(output)!;
    assert(Number(rounding) < 1e-12, rounding);
    assertStringIncludes(output, "\n12582907 12582907 12582907\n");
    for (const way of ["loops", "im2col", "reference kernel", "SIMD, one thread", "SIMD, threads"]) {
      assertMatch(output, new RegExp(`^${way} +[\\d.]+ +[\\d.,]+ +[\\d.]+$`, "m"));
    }

    const [columns, reference, one, several, threads] = tableBelow(output, "Distance from the loops");
    for (const part of ["y", "dx", "dw"]) {
      assert(columns[part] as number < 1e-12, Deno.inspect(columns));
      for (const row of [reference, one, several]) assert(row[part] as number < 1e-5, Deno.inspect(row));
      assertEquals(threads[part], 0);
    }
  });
}
