// Pooling.
import fc from "fast-check";
import { referenceKernel } from "../../../lib/kernel/reference.ts";
import { numbers, poolShapes } from "../arbitraries.ts";
import { absolute, sumTolerance, widen } from "../comparison.ts";
import type { Case } from "./case.ts";

const both = [widen, absolute] as const;

const setting = fc.record({ shape: poolShapes, coarse: fc.boolean(), numbers }).map(({ shape, coarse, numbers }) => {
  const x = numbers.array(shape.planes * shape.height * shape.width);
  if (coarse) { for (let i = 0; i < x.length; i++) x[i] = Math.round(x[i]); // so that windows have equal numbers
   }
  return { shape, x, y: numbers.array(shape.planes * shape.outHeight * shape.outWidth) };
});

const maxPoolForward: fc.Arbitrary<Case> = setting.map(({ shape, x, y }) => ({
  shape,
  arrays: [x, y, new Int32Array(y.length)],
  outputs: [1, 2],
  run: (kernel, [x, y, indices]) => kernel.maxPoolForward(shape, x, y, indices),
  expect() {
    const [out, indices] = [new Float64Array(y.length), new Int32Array(y.length)];
    referenceKernel.maxPoolForward(shape, widen(x), out, indices);
    const tolerance = () => 0;
    return { outputs: [{ name: "out", values: out, tolerance }, { name: "indices", values: indices, tolerance }] };
  },
}));

const maxPoolBackward: fc.Arbitrary<Case> = setting.map(({ shape, x, y }) => {
  const indices = new Int32Array(y.length);
  referenceKernel.maxPoolForward(shape, widen(x), new Float64Array(y.length), indices);
  return {
    shape,
    arrays: [y, indices, x],
    outputs: [2],
    run: (kernel, [y, indices, x]) => kernel.maxPoolBackward(shape, y, indices, x),
    expect() {
      const [values, magnitude] = both.map((convert) => {
        const gradX = new Float64Array(x.length);
        referenceKernel.maxPoolBackward(shape, convert(y), indices, gradX);
        return gradX;
      });
      return { outputs: [{ name: "gradX", values, tolerance: sumTolerance(16, magnitude) }] };
    },
  };
});

const avgPoolForward: fc.Arbitrary<Case> = setting.map(({ shape, x, y }) => ({
  shape,
  arrays: [x, y],
  outputs: [1],
  run: (kernel, [x, y]) => kernel.avgPoolForward(shape, x, y),
  expect() {
    const [values, magnitude] = both.map((convert) => {
      const out = new Float64Array(y.length);
      referenceKernel.avgPoolForward(shape, convert(x), out);
      return out;
    });
    return { outputs: [{ name: "out", values, tolerance: sumTolerance(18, magnitude) }] };
  },
}));

const avgPoolBackward: fc.Arbitrary<Case> = setting.map(({ shape, x, y }) => ({
  shape,
  arrays: [y, x],
  outputs: [1],
  run: (kernel, [y, x]) => kernel.avgPoolBackward(shape, y, x),
  expect() {
    const [values, magnitude] = both.map((convert) => {
      const gradX = new Float64Array(x.length);
      referenceKernel.avgPoolBackward(shape, convert(y), gradX);
      return gradX;
    });
    return { outputs: [{ name: "gradX", values, tolerance: sumTolerance(18, magnitude) }] };
  },
}));

/** Cases for pooling. */
export const poolingCases = { maxPoolForward, maxPoolBackward, avgPoolForward, avgPoolBackward };
