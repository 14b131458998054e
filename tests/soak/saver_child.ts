// Saves to places that another process saves to: saver_child.ts FOLDER NAME SECONDS.
import { Progress } from "../../lib/course/progress/progress.ts";
import { Adam, FC, fit, Module, Random, saveModel, Tensor } from "../../mod.ts";

const [folder, name, seconds] = Deno.args;
const random = new Random(name === "a" ? 1 : 2);
const model = new Module([new FC({ inFeatures: 50, outFeatures: name === "a" ? 2 : 3, random })]);
const data = { images: Tensor.uniform([40, 50], { random }), labels: Array.from({ length: 40 }, (_, i) => i % 2) };
for (const end = performance.now() + Number(seconds) * 1000; performance.now() < end;) {
  await saveModel(model, `${folder}/model`);
  const options = { optimizer: new Adam(model.parameters()), batchSize: 10, random };
  for await (const _ of fit(model, data, { ...options, checkpoint: { path: `${folder}/training`, everySeconds: 0 } }));
  const progress = new Progress(`${folder}/state`);
  progress.guess(name, "x", String(random.uniform()));
}
Deno.exit(0);
