// Training takes no more memory with every step: what a step used is used again.
import { assertEquals } from "@std/assert";
import { ArenaStore } from "../../lib/kernel/simd/arena_storage.ts";
import {
  Adam,
  AvgPool2D,
  BatchNorm,
  Conv2D,
  Dropout,
  FC,
  fit,
  Flatten,
  MaxPool2D,
  Module,
  Random,
  ReLU,
  Sigmoid,
  Tanh,
  Tensor,
} from "../../mod.ts";

/** How many temporaries there are, while `run` runs. */
async function countTemporaries(run: (count: () => number) => Promise<void>): Promise<void> {
  const { temporary, freeTemporary } = ArenaStore.prototype;
  let count = 0;
  ArenaStore.prototype.temporary = function (this: ArenaStore, view: never, size: number) {
    count++;
    return temporary.call(this, view, size);
  } as typeof temporary;
  ArenaStore.prototype.freeTemporary = function (this: ArenaStore, ...given) {
    count--;
    freeTemporary.apply(this, given);
  };
  try {
    await run(() => count);
  } finally {
    Object.assign(ArenaStore.prototype, { temporary, freeTemporary });
  }
}

Deno.test("a hundred steps of a network with every layer leave as many tensors as ten", async () => {
  const random = new Random(1);
  const model = new Module([
    new Conv2D({ inChannels: 1, outChannels: 4, kernelSize: 3, random }),
    new BatchNorm({ features: 4 }),
    new ReLU(),
    new MaxPool2D({ kernelSize: 2 }),
    new Dropout({ rate: 0.2, random }),
    new AvgPool2D({ kernelSize: 2 }),
    new Tanh(),
    new Flatten(),
    new FC({ inFeatures: 4, outFeatures: 6, random }),
    new Sigmoid(),
    new Dropout({ rate: 0.5, random }),
    new FC({ inFeatures: 6, outFeatures: 10, random }),
  ]);
  const data = {
    images: Tensor.uniform([40, 1, 8, 8], { random }),
    labels: Array.from({ length: 40 }, (_, i) => i % 10),
  };
  const optimizer = new Adam(model.parameters());
  await countTemporaries(async (count) => {
    const counts: number[] = [];
    for await (const event of fit(model, data, { optimizer, epochs: 25, batchSize: 10, random })) {
      if (event.type === "step") counts.push(count());
    }
    assertEquals(counts[99], counts[9]);
  });
});
