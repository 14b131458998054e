/** Training: batches, augmentation, fit, evaluate, checkpoints, the gradient check, and trace. */
export { augment, type AugmentOptions } from "./augment.ts";
export { type Batch, batches, type BatchOptions, type Data, type Dataset } from "./batches.ts";
export { checkpointMetadata, loadCheckpoint, saveCheckpoint } from "./checkpoint.ts";
export { evaluate, type EvaluateOptions, type Evaluation } from "./evaluate.ts";
export type { EpochEvent, StepEvent, StopEvent, TrainingEvent } from "./events.ts";
export type { CheckpointPlace } from "./checkpoint_place.ts";
export { fit, type FitOptions } from "./fit.ts";
export type { FitCheckpoint } from "./keeper.ts";
export type { NotFinite } from "./not_finite.ts";
export { gradCheck, gradCheckLoss, type GradCheckOptions } from "./grad_check.ts";
export { type GradCheckElement, GradCheckReport } from "./grad_check_report.ts";
export { CHECKPOINTS, type Checkpoints, type Continuation, remember, type RememberOptions } from "./remember.ts";
export { type Trace, trace, type TraceFault, type TraceOptions, type TraceStep, type ValueRange } from "./trace.ts";
