/** Batch normalization: a chunk is a channel. */
import type { ChannelShape } from "../kernel.ts";
import type { FloatArray } from "../storage.ts";
import { BatchNorm, BatchNormFloat } from "./assembly/arguments.ts";
import { NORMALIZE, NORMALIZE_BACKWARD, STATISTICS } from "./assembly/codes.ts";
import type { Machine } from "./machine.ts";

function setShape(machine: Machine, { batch, channels, plane }: ChannelShape): void {
  machine.int(BatchNorm.batch, batch);
  machine.int(BatchNorm.channels, channels);
  machine.int(BatchNorm.plane, plane);
}

/** See `Kernel.channelStatistics`. */
export function channelStatistics(
  machine: Machine,
  shape: ChannelShape,
  x: FloatArray,
  outMean: FloatArray,
  outVariance: FloatArray,
): void {
  setShape(machine, shape);
  machine.read(BatchNorm.x, x);
  machine.write(BatchNorm.mean, outMean);
  machine.write(BatchNorm.variance, outVariance);
  machine.run(STATISTICS, shape.channels);
}

/** See `Kernel.batchNormForward`. */
export function batchNormForward(
  machine: Machine,
  shape: ChannelShape,
  x: FloatArray,
  mean: FloatArray,
  variance: FloatArray,
  epsilon: number,
  gamma: FloatArray,
  beta: FloatArray,
  out: FloatArray,
): void {
  setShape(machine, shape);
  machine.read(BatchNorm.x, x);
  machine.read(BatchNorm.mean, mean);
  machine.read(BatchNorm.variance, variance);
  machine.float(BatchNormFloat.epsilon, epsilon);
  machine.read(BatchNorm.gamma, gamma);
  machine.read(BatchNorm.beta, beta);
  machine.write(BatchNorm.out, out);
  machine.run(NORMALIZE, shape.channels);
}

/** See `Kernel.batchNormBackward`. */
export function batchNormBackward(
  machine: Machine,
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
  setShape(machine, shape);
  machine.read(BatchNorm.x, x);
  machine.read(BatchNorm.mean, mean);
  machine.read(BatchNorm.variance, variance);
  machine.float(BatchNormFloat.epsilon, epsilon);
  machine.read(BatchNorm.gamma, gamma);
  machine.read(BatchNorm.gradOut, gradOut);
  machine.flag(BatchNorm.frozen, frozen);
  machine.write(BatchNorm.gradX, gradX);
  machine.update(BatchNorm.gradGamma, gradGamma);
  machine.update(BatchNorm.gradBeta, gradBeta);
  machine.run(NORMALIZE_BACKWARD, shape.channels);
}
