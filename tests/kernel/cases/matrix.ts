// Matrix products and sums over rows.
import fc from "fast-check";
import { referenceKernel } from "../../../lib/kernel/reference.ts";
import { numbers, size } from "../arbitraries.ts";
import { absolute, sumTolerance, widen } from "../comparison.ts";
import type { Case } from "./case.ts";

const matmul: fc.Arbitrary<Case> = fc.record({
  m: size(50),
  n: size(50),
  k: fc.oneof(size(40), fc.constantFrom(639, 640, 641, 1300)),
  transposeA: fc.boolean(),
  transposeB: fc.boolean(),
  accumulate: fc.boolean(),
  biased: fc.boolean(),
  numbers,
}).map(({ biased, numbers, ...shape }) => {
  const { m, n, k } = shape;
  const [a, b, out, bias] = [numbers.array(m * k), numbers.array(k * n), numbers.array(m * n), numbers.array(n)];
  return {
    shape,
    biased,
    arrays: [a, b, out, bias],
    outputs: [2],
    run: (kernel, [a, b, out, bias]) => kernel.matmul(shape, a, b, out, biased ? bias : undefined),
    expect() {
      const [values, magnitude] = [widen, absolute].map((convert) => {
        const result = convert(out);
        referenceKernel.matmul(shape, convert(a), convert(b), result, biased ? convert(bias) : undefined);
        return result;
      });
      return { outputs: [{ name: "out", values, tolerance: sumTolerance(k + 2, magnitude) }] };
    },
  };
});

const sumRows: fc.Arbitrary<Case> = fc.record({ rows: size(80), columns: size(80), numbers }).map(
  ({ rows, columns, numbers }) => {
    const [a, gradBias] = [numbers.array(rows * columns), numbers.array(columns)];
    return {
      rows,
      columns,
      arrays: [a, gradBias],
      outputs: [1],
      run: (kernel, [a, gradBias]) => kernel.sumRows(rows, columns, a, gradBias),
      expect() {
        const [values, magnitude] = [widen, absolute].map((convert) => {
          const result = convert(gradBias);
          referenceKernel.sumRows(rows, columns, convert(a), result);
          return result;
        });
        return { outputs: [{ name: "gradBias", values, tolerance: sumTolerance(rows + 1, magnitude) }] };
      },
    };
  },
);

/** Cases for the operations of linear algebra. */
export const matrixCases = { matmul, sumRows };
