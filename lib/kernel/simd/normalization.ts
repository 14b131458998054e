/** Batch normalization: a chunk is a channel. */
import type { ChannelShape } from "../kernel.ts";
import type { FloatArray } from "../storage.ts";
import { BatchNorm, BatchNormFloat } from "./assembly/arguments.ts";
import { NORMALIZE, NORMALIZE_BACKWARD, STATISTICS } from "./assembly/codes.ts";
import type { Call } from "./call.ts";

function setShape(call: Call, { batch, channels, plane }: ChannelShape): void {
  call.int(BatchNorm.batch, batch);
  call.int(BatchNorm.channels, channels);
  call.int(BatchNorm.plane, plane);
}

/** See `Kernel.channelStatistics`. */
export function channelStatistics(
  call: Call,
  shape: ChannelShape,
  x: FloatArray,
  outMean: FloatArray,
  outVariance: FloatArray,
): void {
  setShape(call, shape);
  call.read(BatchNorm.x, x);
  call.write(BatchNorm.mean, outMean);
  call.write(BatchNorm.variance, outVariance);
  call.run(STATISTICS, shape.channels);
}

/** See `Kernel.batchNormForward`. */
export function batchNormForward(
  call: Call,
  shape: ChannelShape,
  x: FloatArray,
  mean: FloatArray,
  variance: FloatArray,
  epsilon: number,
  gamma: FloatArray,
  beta: FloatArray,
  out: FloatArray,
): void {
  setShape(call, shape);
  call.read(BatchNorm.x, x);
  call.read(BatchNorm.mean, mean);
  call.read(BatchNorm.variance, variance);
  call.float(BatchNormFloat.epsilon, epsilon);
  call.read(BatchNorm.gamma, gamma);
  call.read(BatchNorm.beta, beta);
  call.write(BatchNorm.out, out);
  call.run(NORMALIZE, shape.channels);
}

/** See `Kernel.batchNormBackward`. */
export function batchNormBackward(
  call: Call,
  shape: ChannelShape,
  x: FloatArray,
  mean: FloatArray,
  variance: FloatArray,
  epsilon: number,
  gamma: FloatArray,
  gradOut: FloatArray,
  frozen: boolean,
  gradX: FloatArray,
  gradGamma: FloatArray,
  gradBeta: FloatArray,
): void {
  setShape(call, shape);
  call.read(BatchNorm.x, x);
  call.read(BatchNorm.mean, mean);
  call.read(BatchNorm.variance, variance);
  call.float(BatchNormFloat.epsilon, epsilon);
  call.read(BatchNorm.gamma, gamma);
  call.read(BatchNorm.gradOut, gradOut);
  call.flag(BatchNorm.frozen, frozen);
  call.write(BatchNorm.gradX, gradX);
  call.update(BatchNorm.gradGamma, gradGamma);
  call.update(BatchNorm.gradBeta, gradBeta);
  call.run(NORMALIZE_BACKWARD, shape.channels);
}
