/** trainModel: trains the network that the site ships. */

import type { MNIST } from "../../../../../data/mod.ts";
import { Adam, oneCycle } from "../../../../optimizers/mod.ts";
import { Random } from "../../../../tensor/mod.ts";
import { type EpochEvent, evaluate, fit, saveCheckpoint } from "../../../../training/mod.ts";
import { digitNetwork } from "../network.ts";
import { otherHands } from "./other_hands.ts";

const SEED = 1;
const BATCH = 64;

/**
 * Trains the network on digits that are changed in another way in each epoch, and measures it on the test set, unchanged.
 *
 * @param told Called after each epoch.
 * @returns A checkpoint, with its accuracy and how it came about as text.
 */
export async function trainModel(
  { train, test }: MNIST,
  epochs: number,
  told: (epoch: EpochEvent) => void,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; accuracy: number }> {
  const random = new Random(SEED);
  const model = digitNetwork(random);
  const steps = epochs * Math.ceil(train.size / BATCH);
  const training = fit(model, otherHands(train, random.fork()), {
    optimizer: new Adam(model.parameters()),
    schedule: oneCycle({ maxLearningRate: 0.01, steps, warmup: 0.1 }),
    ...{ epochs, random, batchSize: BATCH, test },
  });
  for await (const event of training) if (event.type === "epoch") told(event);
  model.eval();
  const { accuracy } = evaluate(model, test);
  const bytes = saveCheckpoint(model, {
    accuracy: String(accuracy),
    measured: `on the ${test.size} test images of MNIST`,
    trained: `for ${epochs} epochs on the ${train.size} training images of MNIST, each time turned, slanted, scaled, ` +
      `moved, thinner or thicker`,
  });
  return { bytes, accuracy };
}
