/** Training: batches, augmentation, fit, evaluate, checkpoints, the gradient check, and trace. */
export { augment, type AugmentOptions } from "./augment.ts";
export { type Batch, batches, type BatchOptions, type Data, type Dataset } from "./batches.ts";
export { checkpointMetadata, loadCheckpoint, saveCheckpoint } from "./checkpoint.ts";
export { evaluate, type EvaluateOptions, type Evaluation } from "./evaluate.ts";
export type { EpochEvent, StepEvent, StopEvent, TrainingEvent } from "./events.ts";
export { fit, type FitOptions } from "./fit.ts";
export { gradCheck, gradCheckLoss, type GradCheckOptions } from "./grad_check.ts";
export { type GradCheckElement, GradCheckReport } from "./grad_check_report.ts";
export { CHECKPOINTS, type Checkpoints, remember, type RememberOptions } from "./remember.ts";
export { type Trace, trace, type TraceOptions, type TraceStep, type ValueRange } from "./trace.ts";
