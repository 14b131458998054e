/** Optimizers and schedules: how the gradients change the parameters. */
export { Adam, type AdamOptions, AdamW } from "./adam.ts";
export { type Optimizable, Optimizer, type OptimizerOptions } from "./optimizer.ts";
export { RMSProp, type RMSPropOptions } from "./rmsprop.ts";
export { oneCycle, type OneCycleOptions, type Schedule, stepDecay, type StepDecayOptions } from "./schedules.ts";
export { SGD, type SGDOptions } from "./sgd.ts";
