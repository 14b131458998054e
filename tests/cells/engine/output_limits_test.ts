// How many of a cell's outputs are sent: updates of a display several times a second, text up to a limit for each cell.
import { assertEquals, assertStringIncludes } from "@std/assert";
import type { Output } from "../../../lib/cells/engine/protocol.ts";
import { Bench, engineTest } from "./engine_bench.ts";

engineTest(
  "an update is sent at once, and the next one at least 40 ms later; the last one is always sent",
  async () => {
    using bench = new Bench(`let clock = 1000;
performance.now = () => clock;
const hook = globalThis[Symbol.for("gradually.display")];
for (let i = 0; i <= 99; i++, clock += 10) await hook({ "text/plain": String(i) }, { displayId: "d", update: i > 0 });`);
    await bench.run(0);
    const shown = bench.outputs.map((output) => output.type === "display" ? Number(output.bundle["text/plain"]) : NaN);
    assertEquals(shown.slice(0, 5), [0, 1, 5, 9, 13]);
    assertEquals(shown.slice(-2), [97, 99]);
  },
);

engineTest("after a cell that wrote too much, the next one may write as much as any other", async () => {
  using bench = new Bench("for (let i = 0; i < 20_000; i++) console.log(i);", 'console.log("here");');
  await bench.run(0);
  assertStringIncludes((bench.outputs.at(-1) as Output & { type: "text" }).text, "this cell writes too much");
  await bench.run(1);
  assertEquals(bench.outputs, [{ type: "text", stream: "stdout", text: "here\n" }]);
});
