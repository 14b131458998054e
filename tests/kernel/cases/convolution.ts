// Convolution: forward, and the gradients of its input and of its weights.
import fc from "fast-check";
import { referenceKernel } from "../../../lib/kernel/reference.ts";
import { convShapes, numbers } from "../arbitraries.ts";
import { absolute, sumTolerance, widen } from "../comparison.ts";
import type { Case } from "./case.ts";

const both = [widen, absolute] as const;

const setting = fc.record({ shape: convShapes, biased: fc.boolean(), numbers }).map(({ shape, biased, numbers }) => {
  const taps = shape.kernelHeight * shape.kernelWidth;
  return {
    shape,
    biased,
    taps,
    places: shape.outHeight * shape.outWidth,
    x: numbers.array(shape.batch * shape.inChannels * shape.height * shape.width),
    weight: numbers.array(shape.outChannels * shape.inChannels * taps),
    bias: numbers.array(shape.outChannels),
    y: numbers.array(shape.batch * shape.outChannels * shape.outHeight * shape.outWidth),
  };
});

const convForward: fc.Arbitrary<Case> = setting.map(({ shape, biased, taps, x, weight, bias, y }) => ({
  shape,
  biased,
  arrays: [x, weight, bias, y],
  outputs: [3],
  run: (kernel, [x, weight, bias, y]) => kernel.convForward(shape, x, weight, biased ? bias : undefined, y),
  expect() {
    const [values, magnitude] = both.map((convert) => {
      const out = new Float64Array(y.length);
      referenceKernel.convForward(shape, convert(x), convert(weight), biased ? convert(bias) : undefined, out);
      return out;
    });
    return { outputs: [{ name: "out", values, tolerance: sumTolerance(shape.inChannels * taps + 1, magnitude) }] };
  },
}));

const convBackwardInput: fc.Arbitrary<Case> = setting.map(({ shape, taps, x, weight, y }) => ({
  shape,
  arrays: [y, weight, x],
  outputs: [2],
  run: (kernel, [y, weight, x]) => kernel.convBackwardInput(shape, y, weight, x),
  expect() {
    const [values, magnitude] = both.map((convert) => {
      const out = new Float64Array(x.length);
      referenceKernel.convBackwardInput(shape, convert(y), convert(weight), out);
      return out;
    });
    return { outputs: [{ name: "gradX", values, tolerance: sumTolerance(shape.outChannels * taps, magnitude) }] };
  },
}));

const convBackwardWeight: fc.Arbitrary<Case> = setting.map(({ shape, biased, places, x, weight, bias, y }) => ({
  shape,
  biased,
  arrays: [x, y, weight, bias],
  outputs: biased ? [2, 3] : [2],
  run: (kernel, [x, y, weight, bias]) => kernel.convBackwardWeight(shape, x, y, weight, biased ? bias : undefined),
  expect() {
    const [[weights, biases], [weightSizes, biasSizes]] = both.map((convert) => {
      const results = [convert(weight), convert(bias)];
      referenceKernel.convBackwardWeight(shape, convert(x), convert(y), results[0], biased ? results[1] : undefined);
      return results;
    });
    const length = shape.batch * places + 1;
    const gradBias = { name: "gradBias", values: biases, tolerance: sumTolerance(length, biasSizes) };
    const gradWeight = { name: "gradWeight", values: weights, tolerance: sumTolerance(length, weightSizes) };
    return { outputs: biased ? [gradWeight, gradBias] : [gradWeight] };
  },
}));

/** Cases for the operations of convolution. */
export const convolutionCases = { convForward, convBackwardInput, convBackwardWeight };
