// Convolution: forward, and the gradients of its input and of its weights.
import fc from "fast-check";
import type { ConvShape } from "../../../lib/kernel/kernel.ts";
import { referenceKernel } from "../../../lib/kernel/reference.ts";
import { convShapes, manyChannels, numbers } from "../arbitraries.ts";
import { absolute, largestNearby, sumTolerance, widen } from "../comparison.ts";
import type { FloatArray } from "../../../lib/kernel/storage.ts";
import type { Case } from "./case.ts";

type Convert = (array: FloatArray) => Float64Array;

/** How the arrays of a case count: as they are, or as large as their errors may be. */
interface Conversions {
  readonly ofX: Convert;
  readonly ofY: Convert;
  readonly ofWeight: Convert;
  /** How many more roundings one number may have than the sum of its products. */
  readonly roundings: number;
}

const plain: Conversions = { ofX: widen, ofY: widen, ofWeight: widen, roundings: 0 };

/** A direct sum rounds its own terms. */
const direct = (): Conversions => ({ ofX: absolute, ofY: absolute, ofWeight: absolute, roundings: 0 });

/**
 * The transforms of Winograd's products add what lies in one tile: each number may be rounded as its largest neighbor.
 * They multiply by up to 8, and divide it out again, in both directions and in all three transforms. So a number of a
 * tile is wrong by as much as its largest neighbor may be, also where padding is all that it was computed from.
 */
function transformed(shape: ConvShape): Conversions {
  const { height, width, outHeight, outWidth, kernelHeight, kernelWidth } = shape;
  return {
    ofX: (x) => largestNearby(x, height, width),
    ofY: (y) => largestNearby(y, outHeight, outWidth),
    ofWeight: (weight) => largestNearby(weight, kernelHeight, kernelWidth),
    roundings: 100,
  };
}

/** The three operations, for such shapes. */
function casesFor(
  shapes: fc.Arbitrary<ConvShape>,
  sizes: (shape: ConvShape) => Conversions,
): Record<"convForward" | "convBackwardInput" | "convBackwardWeight", fc.Arbitrary<Case>> {
  const setting = fc.record({ shape: shapes, biased: fc.boolean(), numbers }).map(({ shape, biased, numbers }) => {
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
      const [values, magnitude] = [plain, sizes(shape)].map(({ ofX, ofWeight }) => {
        const out = new Float64Array(y.length);
        referenceKernel.convForward(shape, ofX(x), ofWeight(weight), biased ? ofWeight(bias) : undefined, out);
        return out;
      });
      const length = shape.inChannels * taps + 1 + sizes(shape).roundings;
      return { outputs: [{ name: "out", values, tolerance: sumTolerance(length, sizes(shape).ofY(magnitude)) }] };
    },
  }));

  const convBackwardInput: fc.Arbitrary<Case> = setting.map(({ shape, taps, x, weight, y }) => ({
    shape,
    arrays: [y, weight, x],
    outputs: [2],
    run: (kernel, [y, weight, x]) => kernel.convBackwardInput(shape, y, weight, x),
    expect() {
      const [values, magnitude] = [plain, sizes(shape)].map(({ ofY, ofWeight }) => {
        const out = new Float64Array(x.length);
        referenceKernel.convBackwardInput(shape, ofY(y), ofWeight(weight), out);
        return out;
      });
      const length = shape.outChannels * taps + sizes(shape).roundings;
      return { outputs: [{ name: "gradX", values, tolerance: sumTolerance(length, sizes(shape).ofX(magnitude)) }] };
    },
  }));

  const convBackwardWeight: fc.Arbitrary<Case> = setting.map(({ shape, biased, places, x, weight, bias, y }) => ({
    shape,
    biased,
    arrays: [x, y, weight, bias],
    outputs: biased ? [2, 3] : [2],
    run: (kernel, [x, y, weight, bias]) => kernel.convBackwardWeight(shape, x, y, weight, biased ? bias : undefined),
    expect() {
      const [[weights, biases], [weightSizes, biasSizes]] = [plain, sizes(shape)].map(({ ofX, ofY, ofWeight }) => {
        const results = [ofWeight(weight), ofWeight(bias)];
        referenceKernel.convBackwardWeight(shape, ofX(x), ofY(y), results[0], biased ? results[1] : undefined);
        return results;
      });
      const length = shape.batch * places + 1 + sizes(shape).roundings;
      const gradBias = { name: "gradBias", values: biases, tolerance: sumTolerance(length, biasSizes) };
      const gradWeight = {
        name: "gradWeight",
        values: weights,
        tolerance: sumTolerance(length, sizes(shape).ofWeight(weightSizes)),
      };
      return { outputs: biased ? [gradWeight, gradBias] : [gradWeight] };
    },
  }));

  return { convForward, convBackwardInput, convBackwardWeight };
}

const few = casesFor(convShapes, direct), many = casesFor(manyChannels, transformed);

/** Cases for the operations of convolution. */
export const convolutionCases = {
  convForward: fc.oneof({ weight: 3, arbitrary: few.convForward }, { weight: 1, arbitrary: many.convForward }),
  convBackwardInput: fc.oneof(
    { weight: 3, arbitrary: few.convBackwardInput },
    { weight: 1, arbitrary: many.convBackwardInput },
  ),
  convBackwardWeight: fc.oneof(
    { weight: 3, arbitrary: few.convBackwardWeight },
    { weight: 1, arbitrary: many.convBackwardWeight },
  ),
};
