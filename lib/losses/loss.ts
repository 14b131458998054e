/** Loss: one number that says how wrong a prediction is, and the gradient of exactly that number. */
import { foundName } from "../tensor/describe.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** How the losses of the samples of a batch become one number. */
export type Reduction = "mean" | "sum";

/** The options of every loss. */
export interface LossOptions {
  /** Mean or sum over the batch; `"mean"` by default. */
  reduction?: Reduction;
}

/** What `fit` needs of a loss. `Target` is what the prediction is compared with: labels, or a tensor. */
export interface Loss<Target> {
  /** How wrong the prediction is. */
  forward(prediction: Tensor, target: Target): number;
  /** The gradient of the number that the latest `forward` returned, with respect to the prediction. */
  backward(): Tensor;
}

/** Refuses an unknown reduction. */
export function expectReduction(kind: string, reduction: Reduction): Reduction {
  if (reduction !== "mean" && reduction !== "sum") {
    throw new RangeError(`${kind} takes reduction "mean" or "sum" and got ${foundName(reduction)}`);
  }
  return reduction;
}

/** What forward kept for backward; throws if there was no forward. */
export function savedBy<T>(kind: string, value: T | undefined): T {
  if (value === undefined) {
    throw new Error(`${kind}.backward takes what forward computed and got nothing: call forward first`);
  }
  return value;
}
