/**
 * How accurate a network becomes on the real test images within five minutes on two cores, from one seed or from several:
 *
 *     MNIST_DIR=… deno run --allow-read --allow-env --allow-sys tests/bench/accuracy.ts [SEEDS [EPOCHS [IMAGES]]]
 *
 * `SEEDS` is a list such as 1,2,3. Prints the accuracy after each epoch, and the mean at the end.
 */
// deno-lint-ignore-file no-console
import { AdamW, augment, evaluate, fit, oneCycle, Random } from "../../mod.ts";
import { loadMNIST } from "../../data/mod.ts";
import { makeNetwork } from "./networks.ts";

const [seeds = "1", epochsText = "10", images = "60000"] = Deno.args;
const epochs = Number(epochsText), batchSize = 100;
const mnist = await loadMNIST(), train = mnist.train.take(Number(images));
const reached: number[] = [];
for (const seed of seeds.split(",").map(Number)) {
  const random = new Random(seed), model = makeNetwork("accurate", random), start = performance.now();
  const optimizer = new AdamW(model.parameters(), { weightDecay: 0.02 });
  const steps = epochs * Math.ceil(train.size / batchSize);
  const schedule = oneCycle({ maxLearningRate: 0.01, steps, warmup: 0.2 });
  const data = augment(train, { shift: 2, rotate: 10, scale: 0.1, random });
  let accuracy = 0;
  for await (const event of fit(model, data, { optimizer, schedule, epochs, batchSize, random })) {
    if (event.type !== "epoch") continue;
    accuracy = evaluate(model, mnist.test).accuracy;
    const seconds = (performance.now() - start) / 1000;
    console.log(`seed ${seed}, epoch ${event.epoch}: ${(100 * accuracy).toFixed(2)} % after ${seconds.toFixed(0)} s`);
  }
  reached.push(accuracy);
}
console.log(`mean of ${reached.length}: ${(100 * reached.reduce((a, b) => a + b) / reached.length).toFixed(3)} %`);
Deno.exit(0);
