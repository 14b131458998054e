/** Batch normalization: a chunk is a few images. */
import type { ChannelShape } from "../kernel.ts";
import type { FloatArray } from "../storage.ts";
import { BatchNorm, BatchNormFloat } from "./assembly/arguments.ts";
import {
  NORMALIZE,
  NORMALIZE_BACKWARD,
  NORMALIZE_SUMS,
  NORMALIZE_SUMS_FINISH,
  STATISTICS,
  STATISTICS_FINISH,
} from "./assembly/codes.ts";
import type { Machine } from "./machine.ts";

/** Sets the shape, and returns the number of chunks. */
function setShape(machine: Machine, { batch, channels, plane }: ChannelShape): number {
  const imagesPerChunk = Math.ceil(batch / 16);
  machine.int(BatchNorm.batch, batch);
  machine.int(BatchNorm.channels, channels);
  machine.int(BatchNorm.plane, plane);
  machine.int(BatchNorm.imagesPerChunk, imagesPerChunk);
  return Math.ceil(batch / imagesPerChunk);
}

/** See `Kernel.channelStatistics`. */
export function channelStatistics(
  machine: Machine,
  shape: ChannelShape,
  x: FloatArray,
  outMean: FloatArray,
  outVariance: FloatArray,
): void {
  const chunks = setShape(machine, shape);
  machine.read(BatchNorm.x, x);
  machine.write(BatchNorm.mean, outMean);
  machine.write(BatchNorm.variance, outVariance);
  machine.scratch(BatchNorm.partials, chunks * shape.channels * 16);
  machine.run(STATISTICS, chunks);
  machine.run(STATISTICS_FINISH, 1);
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
  const chunks = setShape(machine, shape);
  machine.read(BatchNorm.x, x);
  machine.read(BatchNorm.mean, mean);
  machine.read(BatchNorm.variance, variance);
  machine.float(BatchNormFloat.epsilon, epsilon);
  machine.read(BatchNorm.gamma, gamma);
  machine.read(BatchNorm.beta, beta);
  machine.write(BatchNorm.out, out);
  machine.run(NORMALIZE, chunks);
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
  const chunks = setShape(machine, shape);
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
  machine.scratch(BatchNorm.partials, chunks * shape.channels * 16);
  machine.run(NORMALIZE_SUMS, chunks);
  machine.run(NORMALIZE_SUMS_FINISH, 1);
  machine.run(NORMALIZE_BACKWARD, chunks);
}
