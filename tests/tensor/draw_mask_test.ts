// The mask of a dropout is what single draws would have given, to the bit, and the source goes on from there.
import { assertEquals } from "@std/assert";
import { drawMask } from "../../lib/tensor/draw_mask.ts";
import { Random } from "../../mod.ts";

Deno.test("drawMask draws what uniform would have drawn, at any rate, and leaves the source where uniform would", () => {
  for (const rate of [0, 0.1, 0.25, 0.5, 0.999]) {
    const [together, one] = [new Random(7), new Random(7)];
    one.normal();
    together.normal(); // half of a pair is kept for the next call
    const mask = new Float64Array(1000);
    drawMask(together, mask, rate);
    assertEquals([...mask], Array.from(mask, () => one.uniform() < rate ? 0 : 1 / (1 - rate)), `rate ${rate}`);
    assertEquals(together.state, one.state);
    assertEquals(together.normal(), one.normal());
  }
});
