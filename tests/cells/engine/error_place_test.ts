// The location of an error: the learner's own line, even if the error was thrown deep in the library.
import { assertEquals, assertMatch } from "@std/assert";
import { DenoEvaluator } from "../../../lib/cells/evaluator/deno_evaluator.ts";
import type { CellError } from "../../../lib/cells/evaluator/types.ts";
import { Bench, engineTest, LESSON } from "./engine_bench.ts";

const LIBRARY = new URL("../../../lib/layers/fc.ts", import.meta.url).href;
const ENGINE = new URL("../../../lib/cells/engine/worker.ts", import.meta.url).href;
const OWN = new URL("helpers/sums.ts", LESSON).href;

/** The report of an error with these lines in its stack. */
function report(...frames: string[]): CellError {
  const error = new RangeError("no");
  error.stack = ["RangeError: no", ...frames.map((frame) => `    at ${frame}`)].join("\n");
  const libraries = ["lib/", "data/", "mod.ts"].map((part) => new URL(`../../../${part}`, import.meta.url).href);
  return new DenoEvaluator(LESSON.href, { libraries, sandboxAdvice: "" }).report(error);
}

engineTest("an error that the library throws is located at the line of the cell that called it", async () => {
  using bench = new Bench(
    'import { Tensor } from "../../../mod.ts";',
    "const x = Tensor.from([1, 2, 3]);\n\n  x.reshape([2]);",
  );
  await bench.run(0);
  const error = await bench.error(1);
  assertEquals(error.name, "RangeError");
  assertEquals(error.place, { file: decodeURIComponent(LESSON.pathname), line: 7, column: 5 });
  assertMatch(error.frames[0].file, /lib\/tensor\/tensor\.ts$/);
});

Deno.test("an error is located at the learner's innermost line", () => {
  const { place, frames } = report(
    `FC.forward (${LIBRARY}:50:7)`,
    `async add (${OWN}:6:11)`,
    `${OWN}:3:5`,
  );
  assertEquals(place, { file: decodeURIComponent(new URL(OWN).pathname), line: 6, column: 11 });
  assertEquals(frames.map(({ name, line, column }) => [name, line, column]), [["FC.forward", 50, 7], ["add", 6, 11], [
    "",
    3,
    5,
  ]]);
});

Deno.test("an error without any line of the learner is located where it was thrown", () => {
  const { place } = report(`FC.forward (${LIBRARY}:50:7)`, `Module.forward (${LIBRARY}:90:2)`);
  assertEquals([place?.line, place?.column], [50, 7]);
  assertEquals(report().place, undefined);
});

Deno.test("lines of the engine are left out", () => {
  const { place, frames } = report(`run (${ENGINE}:1:1)`, `${OWN}:3:5`, `evaluate (${ENGINE}:2:2)`);
  assertEquals([place?.line, frames.length], [3, 1]);
});
