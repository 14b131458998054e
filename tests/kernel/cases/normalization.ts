// Batch normalization.
import fc from "fast-check";
import { referenceKernel } from "../../../lib/kernel/reference.ts";
import { numbers, size } from "../arbitraries.ts";
import { EPSILON, sumTolerance, TINY, widen } from "../comparison.ts";
import type { Case } from "./case.ts";

const setting = fc.record({ batch: size(12), channels: size(9), plane: size(60), frozen: fc.boolean(), numbers })
  .map(({ frozen, numbers, ...shape }) => {
    const { batch, channels, plane } = shape, count = batch * channels * plane;
    const array = (size: number) => numbers.array(size);
    const variance = numbers.array(channels, { positive: true }).map((value) => value + 0.01);
    return {
      shape,
      frozen,
      x: array(count),
      y: array(count),
      out: array(count),
      mean: array(channels),
      variance,
      gamma: array(channels).map((value) => Math.abs(value) < 1e-30 ? 0 : value), // avoid a denormal scale
      beta: array(channels),
      other: array(channels),
    };
  });

const EPS = Math.fround(1e-5);

/** The sum over each channel of `term`, evaluated at each of its elements. */
function channelSums(
  { batch, channels, plane }: { batch: number; channels: number; plane: number },
  term: (i: number, c: number) => number,
): Float64Array {
  const sums = new Float64Array(channels);
  for (let i = 0; i < batch * channels * plane; i++) {
    const c = Math.floor(i / plane) % channels;
    sums[c] += term(i, c);
  }
  return sums;
}

const channelStatistics: fc.Arbitrary<Case> = setting.map(({ shape, x, mean, variance }) => ({
  shape,
  arrays: [x, mean, variance],
  outputs: [1, 2],
  run: (kernel, [x, mean, variance]) => kernel.channelStatistics(shape, x, mean, variance),
  expect() {
    const [means, variances] = [new Float64Array(mean.length), new Float64Array(mean.length)];
    referenceKernel.channelStatistics(shape, widen(x), means, variances);
    const count = shape.batch * shape.plane;
    const sizes = channelSums(shape, (i) => Math.abs(x[i]) / count);
    const squares = sizes.map((value, c) => variances[c] + EPSILON * value * value);
    return {
      outputs: [
        { name: "mean", values: means, tolerance: sumTolerance(shape.plane + 3, sizes) },
        { name: "variance", values: variances, tolerance: sumTolerance(shape.plane + 6, squares) },
      ],
    };
  },
}));

const batchNormForward: fc.Arbitrary<Case> = setting.map(({ shape, x, mean, variance, gamma, beta, out }) => ({
  shape,
  arrays: [x, mean, variance, gamma, beta, out],
  outputs: [5],
  run: (kernel, [x, mean, variance, gamma, beta, out]) =>
    kernel.batchNormForward(shape, x, mean, variance, EPS, gamma, beta, out),
  expect() {
    const values = new Float64Array(x.length);
    referenceKernel.batchNormForward(
      shape,
      widen(x),
      widen(mean),
      widen(variance),
      EPS,
      widen(gamma),
      widen(beta),
      values,
    );
    const tolerance = (i: number) => {
      const c = Math.floor(i / shape.plane) % shape.channels;
      const scale = Math.abs(gamma[c]) / Math.sqrt(variance[c] + EPS);
      return 8 * EPSILON * ((Math.abs(x[i]) + Math.abs(mean[c])) * scale + Math.abs(beta[c])) + TINY;
    };
    return { outputs: [{ name: "out", values, tolerance }] };
  },
}));

const batchNormBackward: fc.Arbitrary<Case> = setting.map((
  { shape, frozen, x, y, mean, variance, gamma, beta, other, out },
) => ({
  shape,
  frozen,
  arrays: [x, mean, variance, gamma, y, out, beta, other],
  outputs: [5, 6, 7],
  run: (kernel, [x, mean, variance, gamma, y, out, beta, other]) =>
    kernel.batchNormBackward(shape, x, mean, variance, EPS, gamma, y, frozen, out, beta, other),
  expect() {
    const [gradX, gradGamma, gradBeta] = [new Float64Array(x.length), widen(beta), widen(other)];
    const inputs = [x, mean, variance].map(widen) as [Float64Array, Float64Array, Float64Array];
    const [wideGamma, wideY] = [widen(gamma), widen(y)];
    referenceKernel.batchNormBackward(shape, ...inputs, EPS, wideGamma, wideY, frozen, gradX, gradGamma, gradBeta);
    const inverse = Array.from(variance, (value) => 1 / Math.sqrt(value + EPS));
    const normal = (i: number, c: number) => (Math.abs(x[i]) + Math.abs(mean[c])) * inverse[c];
    const sums = channelSums(shape, (i) => Math.abs(y[i]));
    const products = channelSums(shape, (i, c) => Math.abs(y[i]) * normal(i, c));
    const count = shape.batch * shape.plane;
    const length = shape.plane + 8;
    const sizes = Float64Array.from(x, (_, i) => {
      const c = Math.floor(i / shape.plane) % shape.channels;
      const inner = frozen ? 0 : sums[c] / count + normal(i, c) * products[c] / count;
      return Math.abs(gamma[c]) * inverse[c] * (Math.abs(y[i]) + inner);
    });
    return {
      outputs: [
        { name: "gradX", values: gradX, tolerance: sumTolerance(length, sizes) },
        {
          name: "gradGamma",
          values: gradGamma,
          tolerance: sumTolerance(length, products.map((value, c) => value + Math.abs(beta[c]))),
        },
        {
          name: "gradBeta",
          values: gradBeta,
          tolerance: sumTolerance(length, sums.map((value, c) => value + Math.abs(other[c]))),
        },
      ],
    };
  },
}));

/** Cases for batch normalization. */
export const normalizationCases = { channelStatistics, batchNormForward, batchNormBackward };
