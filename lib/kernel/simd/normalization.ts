/** Batch normalisation: a chunk is a channel. */
import type { ChannelShape } from "../kernel.ts";
import type { FloatArray } from "../storage.ts";
import { NORMALIZE, NORMALIZE_BACKWARD, STATISTICS } from "./assembly/codes.ts";
import type { Call } from "./call.ts";

/** See `Kernel.channelStatistics`. */
export function channelStatistics(
  call: Call,
  shape: ChannelShape,
  x: FloatArray,
  outMean: FloatArray,
  outVariance: FloatArray,
): void {
  const { batch, channels, plane } = shape;
  call.machine.ints(1, call.read(x), 0, 0, batch, channels, plane, call.write(outMean), call.write(outVariance));
  call.machine.run(STATISTICS, channels);
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
  const { batch, channels, plane } = shape;
  const statistics = [call.read(mean), call.read(variance)];
  call.machine.ints(1, call.read(x), 0, call.write(out), batch, channels, plane, ...statistics);
  call.machine.floats(9, epsilon);
  call.machine.ints(10, call.read(gamma), call.read(beta));
  call.machine.run(NORMALIZE, channels);
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
  const { batch, channels, plane } = shape;
  const images = [call.read(x), call.read(gradOut), call.write(gradX)];
  call.machine.ints(1, ...images, batch, channels, plane, call.read(mean), call.read(variance));
  call.machine.floats(9, epsilon);
  call.machine.ints(10, call.read(gamma), 0, call.update(gradGamma), call.update(gradBeta), frozen ? 1 : 0);
  call.machine.run(NORMALIZE_BACKWARD, channels);
}
