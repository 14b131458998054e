import { assertEquals, assertMatch } from "@std/assert";
import { walkPlace } from "../../../../lib/fronts/web/inside/walk_place.ts";
import { FC, Module, ReLU } from "../../../../lib/layers/mod.ts";
import { Random, Tensor } from "../../../../lib/tensor/mod.ts";
import { trace } from "../../../../lib/training/mod.ts";

Deno.test("a batch goes forward through each layer, then the loss, then back through each", () => {
  const random = new Random(1);
  const model = new Module([
    new FC({ inFeatures: 3, outFeatures: 4, random }),
    new ReLU(),
    new FC({ inFeatures: 4, outFeatures: 2, random }),
  ]);
  const walked = trace(model, Tensor.randn([5, 3], { random }), { labels: [0, 1, 0, 1, 0] });
  const places = Array.from({ length: 9 }, (_, taken) => walkPlace(walked, taken));
  assertEquals(places.map(({ forward, backward }) => [forward, backward]), [
    [0, 3],
    [1, 3],
    [2, 3],
    [3, 3],
    [3, 3],
    [3, 2],
    [3, 1],
    [3, 0],
    [3, 0],
  ]);
  assertEquals(places[2].says, "forward, 2 of 3: relu1");
  assertMatch(places[4].says, /^the loss: \d\.\d{4}$/);
  assertEquals(places[5].says, "backward, 1 of 3: fc2");
  assertEquals(places[8].taken, 7);
  assertEquals(walkPlace(walked, -1).taken, 0);
});
