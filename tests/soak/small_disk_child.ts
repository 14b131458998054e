// Fills a disk of 600 KB and saves everything that the course saves: small_disk_child.ts FOLDER.
import { assert, assertEquals, assertRejects } from "@std/assert";
import { Progress } from "../../lib/course/progress/progress.ts";
import { keepFile, whyNotKept } from "../../data/cache.ts";
import { Adam, FC, fit, loadModel, Module, Random, saveModel, saveWeights, Tensor } from "../../mod.ts";

const [folder] = Deno.args;
const network = () => {
  const random = new Random(1);
  return new Module([
    new FC({ inFeatures: 100, outFeatures: 100, random }),
    new FC({ inFeatures: 100, outFeatures: 2, random }),
  ]);
};
const names = () => [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
const isFull = (error: unknown) => (error as { code?: string }).code === "ENOSPC";

const progress = new Progress(`${folder}/state`);
progress.guess("a", "x", "before");
const model = network();
await saveModel(model, `${folder}/model`);
const before = Deno.readFileSync(`${folder}/model`);
const data = { images: Tensor.uniform([8, 100], { random: new Random(2) }), labels: [0, 1, 0, 1, 0, 1, 0, 1] };
const path = `${folder}/training`;

async function train(checkpoint: boolean, filling = false): Promise<number[]> {
  const own = network(), losses: number[] = [];
  const options = { optimizer: new Adam(own.parameters()), epochs: 12, batchSize: 4, random: new Random(3) };
  const keeping = checkpoint ? { checkpoint: { path, everySeconds: 0 }, resume: true } : {};
  for await (const event of fit(own, data, { ...options, ...keeping })) {
    if (event.type === "step" && losses.push(event.loss) === 5 && filling) fill();
  }
  return losses;
}

/** Leaves a few KB. */
function fill(): void {
  const file = Deno.openSync(`${folder}/filler`, { write: true, createNew: true });
  try {
    while (true) file.writeSync(new Uint8Array(4096));
  } catch (error) {
    assert(isFull(error), String(error));
  } finally {
    file.close();
  }
}

const error = await assertRejects(() => train(true, true));
assert(isFull(error), String(error));
for (const save of [() => saveModel(model, `${folder}/model`), () => saveWeights(model, `${folder}/weights`)]) {
  assert(isFull(await assertRejects(save)));
}
const reason = await keepFile(folder, "cached", new Uint8Array(50_000)).then(() => "", whyNotKept);
assertEquals(reason, "the disk is full");
progress.guess("a", "y", "x".repeat(9000));
assert(progress.notices.length === 1, String(progress.notices));
assertEquals(names(), ["filler", "model", "state", "training", "training.previous"]);
assertEquals(Deno.readFileSync(`${folder}/model`), before);
await loadModel(`${folder}/model`);
assertEquals(new Progress(`${folder}/state`).lesson("a")?.guesses?.x, "before");
Deno.removeSync(`${folder}/filler`);
assertEquals(await train(true), await train(false));
console.log(`full: ${progress.notices[0]}`);
