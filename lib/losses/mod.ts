/** Losses: one number that says how wrong a prediction is, and its gradient. */
export { CrossEntropyLoss } from "./cross_entropy.ts";
export type { Loss, LossOptions, Reduction } from "./loss.ts";
export { MSELoss } from "./mse.ts";
