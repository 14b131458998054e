// How much of what a cell puts out is passed on: updates of a display some times a second, text up to a limit for each cell.
import { assertEquals, assertStringIncludes } from "@std/assert";
import type { Output } from "../../../lib/cells/engine/protocol.ts";
import { Bench, engineTest } from "./engine_bench.ts";

engineTest("an update comes at once, and another no sooner than 40 ms later; the last one always comes", async () => {
  using bench = new Bench(`let clock = 1000;
performance.now = () => clock;
const hook = globalThis[Symbol.for("gradually.display")];
for (let i = 0; i <= 99; i++, clock += 10) await hook({ "text/plain": String(i) }, { displayId: "d", update: i > 0 });`);
  await bench.run(0);
  const shown = bench.outputs.map((output) => output.type === "display" ? Number(output.bundle["text/plain"]) : NaN);
  assertEquals(shown.slice(0, 5), [0, 1, 5, 9, 13]);
  assertEquals(shown.slice(-2), [97, 99]);
});

engineTest("a cell may write as much as any other, also after one that wrote too much", async () => {
  using bench = new Bench("for (let i = 0; i < 20_000; i++) console.log(i);", 'console.log("here");');
  await bench.run(0);
  assertStringIncludes((bench.outputs.at(-1) as Output & { type: "text" }).text, "this cell writes too much");
  await bench.run(1);
  assertEquals(bench.outputs, [{ type: "text", stream: "stdout", text: "here\n" }]);
});
