// Cells that are run again: interrupted training stops again at the same point.
import { assert, assertEquals } from "@std/assert";
import { Bench, engineTest } from "./engine_bench.ts";

const TRAINING = `const flag = globalThis[Symbol.for("gradually.interrupt")];
let batches = 0;
while (batches < 400) {
  Atomics.add(flag, 1, 1);
  if (Atomics.load(flag, 0) !== 0) break;
  await new Promise((resolve) => setTimeout(resolve, 20));
  if (++batches === 3) console.log();
}`;

engineTest("interrupted training is stopped again after as many batches when it is run again", async () => {
  using bench = new Bench(TRAINING, "batches;", "console.log();\nwhile (true);");
  const number = async (): Promise<number> => {
    assertEquals((await bench.run(1)).status, "done");
    const [output] = bench.outputs;
    return output.type === "display" ? Number(output.bundle["text/plain"]) : NaN;
  };
  const training = bench.run(0);
  await bench.printed();
  bench.engine.interrupt();
  assertEquals((await training).status, "interrupted");
  const before = await number();
  const endless = bench.run(2);
  await bench.printed();
  bench.engine.interrupt();
  assertEquals((await endless).status, "killed");
  assert(bench.engine.stale);
  const after = await number();
  assert(before >= 3 && after >= before && after < 400, `${before} batches, then ${after}`);
});

engineTest("training that ran to its end does so again", async () => {
  using bench = new Bench(TRAINING.replace("400", "5"), "batches;", "console.log();\nwhile (true);");
  await bench.run(0);
  const endless = bench.run(2);
  await bench.printed();
  bench.engine.interrupt();
  assertEquals((await endless).status, "killed");
  await bench.run(1);
  assertEquals(bench.outputs, [{ type: "display", bundle: { "text/plain": "5" } }]);
});

engineTest("a cell that was run several times is run again only once, at its last position", async () => {
  using bench = new Bench("let n = 0;", "n += 1;", "n += 10;", "console.log();\nwhile (true);", "n;");
  for (const index of [0, 1, 2, 1, 1]) await bench.run(index);
  assertEquals(bench.engine.made.map(({ index }) => index), [0, 2, 1]);
  const endless = bench.run(3);
  await bench.printed();
  bench.engine.interrupt();
  assertEquals((await endless).status, "killed");
  await bench.run(4);
  assertEquals(bench.outputs, [{ type: "display", bundle: { "text/plain": "11" } }]);
});
