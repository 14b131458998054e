/** preflight: finds before training begins what would otherwise stop it only after a whole epoch. */
import type { Module } from "../layers/mod.ts";
import { sameShape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { type Data, type Dataset, toDataset } from "./batches.ts";
import { preserveState } from "./preserve_state.ts";

/**
 * The data to test on, once it is known to be whole, and to fit a network that takes the data to learn from.
 *
 * @throws {RangeError} If there are no samples, labels do not match, or the network refuses their shape.
 * @throws {TypeError} If it is no data, or of another type than the network takes.
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
 * Refuses a size of batches that leaves one sample for the last, where the network learns only from more: a batch norm
 * over [N, C] finds no variance in one sample.
 *
 * @throws {RangeError} With a size that does not.
 */
export function checkLastBatch(model: Module, dataset: Dataset, batchSize: number): void {
  const { size } = dataset;
  if (size <= batchSize || size % batchSize !== 1) return;
  const refusal = refusalOf(model, dataset, 1);
  if (refusal === undefined || refusalOf(model, dataset, 2) !== undefined) return; // the first batch will say what it is
  let better = batchSize + 1;
  while (size % better === 1) better++;
  throw new RangeError(
    `${size} samples in batches of ${batchSize} leave a last batch of one, and ${refusal.split(": ")[0]}: ` +
      `take another batchSize, for example ${better}`,
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

/** Sends so many samples of zeros through the network, of which nothing stays. */
function tryForward(model: Module, { sampleShape, dtype }: Dataset, samples: number): void {
  const x = Tensor.zeros([samples, ...sampleShape], { dtype });
  preserveState(model, () => model.forward(x));
}

function dtypeOf({ dtype = "float32" }: Dataset): string {
  return dtype;
}
