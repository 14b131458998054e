/** Batch normalization as plain loops (Ioffe and Szegedy 2015), channel by channel. */
import type { ChannelShape } from "../kernel.ts";
import type { FloatArray } from "../storage.ts";

/** Mean and biased variance of each channel, in two passes: a sum of squares alone would cancel. */
export function channelStatistics(
  shape: ChannelShape,
  x: FloatArray,
  outMean: FloatArray,
  outVariance: FloatArray,
): void {
  const { batch, channels, plane } = shape;
  const count = batch * plane;
  for (let c = 0; c < channels; c++) {
    let sum = 0;
    for (let n = 0; n < batch; n++) {
      const start = (n * channels + c) * plane;
      for (let i = start; i < start + plane; i++) sum += x[i];
    }
    const mean = sum / count;
    let squares = 0;
    for (let n = 0; n < batch; n++) {
      const start = (n * channels + c) * plane;
      for (let i = start; i < start + plane; i++) squares += (x[i] - mean) * (x[i] - mean);
    }
    outMean[c] = mean;
    outVariance[c] = squares / count;
  }
}

/** `gamma (x - mean) / √(variance + epsilon) + beta`. */
export function batchNormForward(
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
  for (let c = 0; c < channels; c++) {
    const scale = gamma[c] / Math.sqrt(variance[c] + epsilon);
    for (let n = 0; n < batch; n++) {
      const start = (n * channels + c) * plane;
      for (let i = start; i < start + plane; i++) out[i] = (x[i] - mean[c]) * scale + beta[c];
    }
  }
}

/**
 * With x̂ = (x - mean) / σ and M numbers in a channel:
 *
 *     dbeta = Σ dy      dgamma = Σ dy x̂
 *     dx    = gamma / σ (dy - dbeta / M - x̂ dgamma / M)      mean and σ depend on every x of the channel
 *     dx    = gamma / σ dy                                   frozen: they do not
 */
export function batchNormBackward(
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
  const count = batch * plane;
  for (let c = 0; c < channels; c++) {
    const inverse = 1 / Math.sqrt(variance[c] + epsilon);
    let sum = 0, product = 0;
    for (let n = 0; n < batch; n++) {
      const start = (n * channels + c) * plane;
      for (let i = start; i < start + plane; i++) {
        sum += gradOut[i];
        product += gradOut[i] * (x[i] - mean[c]) * inverse;
      }
    }
    gradBeta[c] += sum;
    gradGamma[c] += product;
    const [shift, slope] = frozen ? [0, 0] : [sum / count, product / count];
    for (let n = 0; n < batch; n++) {
      const start = (n * channels + c) * plane;
      for (let i = start; i < start + plane; i++) {
        const normalized = (x[i] - mean[c]) * inverse;
        gradX[i] = gamma[c] * inverse * (gradOut[i] - shift - normalized * slope);
      }
    }
  }
}
