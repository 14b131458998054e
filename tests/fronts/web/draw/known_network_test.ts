import { assertEquals, assertThrows } from "@std/assert";
import { learnedNetworks, shippedNetwork } from "../../../../lib/fronts/web/draw/known_network.ts";
import { digitNetwork, firstNetwork } from "../../../../lib/fronts/web/draw/network.ts";
import type { Module } from "../../../../lib/layers/mod.ts";
import { Random, Tensor } from "../../../../lib/tensor/mod.ts";
import { saveCheckpoint } from "../../../../lib/training/mod.ts";
import { testWith, withTempDir } from "../../../support.ts";

const NEEDS = { read: true, write: true } as const;

async function keep(folder: string, lesson: string, name: string, bytes: Uint8Array): Promise<void> {
  await Deno.mkdir(`${folder}/checkpoints/${lesson}`, { recursive: true });
  await Deno.writeFile(`${folder}/checkpoints/${lesson}/${name}.safetensors`, bytes);
}

function scores(model: Module): unknown {
  return model.forward(Tensor.full([1, 1, 28, 28], 0.5)).toArray();
}

testWith(
  NEEDS,
  "the learner's networks are found by lesson, the later one first, and know what they were trained on",
  async () => {
    await withTempDir(async (folder) => {
      assertEquals(learnedNetworks(folder), []);
      const mine = digitNetwork(new Random(4));
      await keep(folder, "16_cnn", "better-0-1", saveCheckpoint(mine, { data: "synthetic" }));
      await keep(folder, "16_cnn", "original-0-1", saveCheckpoint(firstNetwork(), { data: "mnist" }));
      await keep(folder, "18_inside_the_network", "better-0-1", saveCheckpoint(mine, { data: "mnist" }));
      const found = learnedNetworks(folder);
      assertEquals(found.map(({ title, about }) => [title, about]), [
        ["Your network of lesson 18", ""],
        ["Your network of lesson 16", "trained on synthetic digits"],
        ["Your first network of lesson 16", ""],
      ]);
      mine.eval();
      assertEquals(scores(found[1].model), scores(mine));
    });
  },
);

testWith(NEEDS, "of two checkpoints the later one counts, and a damaged one is left out", async () => {
  await withTempDir(async (folder) => {
    const later = digitNetwork(new Random(2));
    await keep(folder, "16_cnn", "better-0-1", saveCheckpoint(digitNetwork(new Random(1))));
    await keep(folder, "16_cnn", "better-0-2", saveCheckpoint(later));
    await Deno.utime(`${folder}/checkpoints/16_cnn/better-0-1.safetensors`, 1, 1);
    await keep(folder, "18_inside_the_network", "better-0-1", new Uint8Array(100));
    const found = learnedNetworks(folder);
    later.eval();
    assertEquals(found.map(({ title }) => title), ["Your network of lesson 16"]);
    assertEquals(scores(found[0].model), scores(later));
  });
});

Deno.test("a checkpoint of another network is refused", () => {
  assertThrows(() => shippedNetwork(saveCheckpoint(firstNetwork())), RangeError, "build the same network");
});
