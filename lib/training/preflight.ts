/** preflight: finds before training begins what would otherwise stop it only after a whole epoch. */
import type { Module } from "../layers/mod.ts";
import { sameShape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { type Data, type Dataset, toDataset } from "./batches.ts";
import { preserveState } from "./preserve_state.ts";

/**
 * The test data, after a check that it is complete, and that the network takes it.
 *
 * @throws {RangeError} If there are no samples, labels do not match, or the network refuses the shape of a sample.
 * @throws {TypeError} If it is not a data set, or has another dtype than the network takes.
 */
export function checkTestData(model: Module, train: Dataset, test: Data): Dataset {
  try {
    const dataset = toDataset(test);
    const alike = sameShape(dataset.sampleShape, train.sampleShape) && dtypeOf(dataset) === dtypeOf(train);
    if (!alike) tryForward(model, dataset, 2);
    return dataset;
  } catch (error) {
    if (error instanceof Error) error.message = `In the test: ${error.message}`;
    throw error;
  }
}

/**
 * Refuses a batch size that leaves one sample for the last batch if the network cannot train on one: a batch norm over
 * [N, C] finds no variance in a single sample.
 *
 * @throws {RangeError} The message names a batch size that works.
 */
export function checkLastBatch(model: Module, dataset: Dataset, batchSize: number): void {
  const { size } = dataset;
  if (size <= batchSize || size % batchSize !== 1) return;
  const refusal = refusalOf(model, dataset, 1);
  if (refusal === undefined || refusalOf(model, dataset, 2) !== undefined) return; // the first batch will tell what is wrong
  let better = batchSize + 1;
  while (size % better === 1) better++;
  throw new RangeError(
    `fit takes a batchSize that leaves no last batch of one sample and got ${batchSize} for ${size} samples; ` +
      `${refusal.split(": ")[0]}: take another batchSize, for example ${better}`,
  );
}

function refusalOf(model: Module, dataset: Dataset, samples: number): string | undefined {
  try {
    tryForward(model, dataset, samples);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Sends this many samples of zeros through the network, without a trace. */
function tryForward(model: Module, { sampleShape, dtype }: Dataset, samples: number): void {
  const x = Tensor.zeros([samples, ...sampleShape], { dtype });
  preserveState(model, () => model.forward(x));
}

function dtypeOf({ dtype = "float32" }: Dataset): string {
  return dtype;
}
