// Activations, softmax and cross entropy.
import fc from "fast-check";
import type { Kernel } from "../../../lib/kernel/kernel.ts";
import { referenceKernel } from "../../../lib/kernel/reference.ts";
import { type Numbers, numbers, size } from "../arbitraries.ts";
import { EPSILON, relativeTolerance, sumTolerance, TINY, widen } from "../comparison.ts";
import type { Case } from "./case.ts";

type Unary = "reluForward" | "sigmoidForward" | "tanhForward";
type Binary = "reluBackward" | "sigmoidBackward" | "tanhBackward" | "multiply";

/** Some numbers from -20 to 20, where the curves bend, among those that `Numbers` makes. */
function wide(numbers: Numbers, size: number): Float32Array {
  return numbers.array(size).map((value) => numbers.next() < 0.5 ? value : value * 10);
}

function unary(name: Unary, relative: number): fc.Arbitrary<Case> {
  return fc.record({ size: fc.oneof(size(200), fc.constant(16387)), numbers }).map(({ size, numbers }) => {
    const [x, out] = [wide(numbers, size), numbers.array(size)];
    return {
      size,
      arrays: [x, out],
      outputs: [1],
      run: (kernel, [x, out]) => kernel[name](x, out),
      expect() {
        const values = new Float64Array(size);
        referenceKernel[name](widen(x), values);
        return { outputs: [{ name: "out", values, tolerance: relativeTolerance(relative, values) }] };
      },
    };
  });
}

/** The gradients are computed from y, and 1 - y cancels where y is near 1: the tolerance is that of the factors. */
function binary(name: Binary, makeY: (numbers: Numbers, size: number) => Float32Array): fc.Arbitrary<Case> {
  return fc.record({ size: fc.oneof(size(200), fc.constant(16387)), numbers }).map(({ size, numbers }) => {
    const [y, gradOut, gradX] = [makeY(numbers, size), numbers.array(size), numbers.array(size)];
    return {
      size,
      arrays: [y, gradOut, gradX],
      outputs: [2],
      run: (kernel: Kernel, [y, gradOut, gradX]: Float32Array[]) => kernel[name](y, gradOut, gradX),
      expect() {
        const values = new Float64Array(size);
        referenceKernel[name](widen(y), widen(gradOut), values);
        const tolerance = (i: number) => 4 * EPSILON * (Math.abs(gradOut[i]) * (1 + y[i] * y[i])) + TINY;
        return { outputs: [{ name: "gradX", values, tolerance }] };
      },
    };
  });
}

const matrix = fc.record({ rows: size(12), columns: size(40), numbers }).map(({ rows, columns, numbers }) => ({
  rows,
  columns,
  x: wide(numbers, rows * columns),
  y: numbers.array(rows * columns),
  out: numbers.array(rows * columns),
  labels: Uint8Array.from({ length: rows }, () => numbers.integer(columns)),
}));

/** The exponent x - max is rounded, and a rounding of the exponent is a relative error of its power. */
function exponentError(x: Float32Array, columns: number, i: number): number {
  const start = i - i % columns, row = x.slice(start, start + columns);
  const spread = Math.max(...row) - Math.min(...row);
  return (columns + 8 + (Number.isFinite(spread) ? spread : 100)) * EPSILON;
}

const softmaxForward: fc.Arbitrary<Case> = matrix.map(({ rows, columns, x, out }) => ({
  rows,
  columns,
  arrays: [x, out],
  outputs: [1],
  run: (kernel, [x, out]) => kernel.softmaxForward(rows, columns, x, out),
  expect() {
    const values = new Float64Array(x.length);
    referenceKernel.softmaxForward(rows, columns, widen(x), values);
    const tolerance = (i: number) => 2 * exponentError(x, columns, i) * values[i] + TINY;
    return { outputs: [{ name: "out", values, tolerance }] };
  },
}));

const softmaxBackward: fc.Arbitrary<Case> = matrix.map(({ rows, columns, x, y, out }) => ({
  rows,
  columns,
  arrays: [x, y, out],
  outputs: [2],
  run: (kernel, [x, y, out]) => kernel.softmaxBackward(rows, columns, x, y, out),
  expect() {
    const [values, magnitude] = [new Float64Array(x.length), new Float64Array(x.length)];
    referenceKernel.softmaxBackward(rows, columns, widen(x), widen(y), values);
    for (let i = 0; i < x.length; i++) {
      let sum = Math.abs(y[i]);
      for (let j = i - i % columns, end = j + columns; j < end; j++) sum += Math.abs(x[j] * y[j]);
      magnitude[i] = Math.abs(x[i]) * sum;
    }
    return { outputs: [{ name: "gradX", values, tolerance: sumTolerance(columns + 3, magnitude) }] };
  },
}));

const crossEntropyForward: fc.Arbitrary<Case> = matrix.map(({ rows, columns, x, out, labels }) => ({
  rows,
  columns,
  labels,
  arrays: [x, out],
  outputs: [1],
  run: (kernel, [x, out]) => kernel.crossEntropyForward(rows, columns, x, labels, out),
  expect() {
    const values = new Float64Array(x.length);
    const loss = referenceKernel.crossEntropyForward(rows, columns, widen(x), labels, values);
    const tolerance = (i: number) => 2 * exponentError(x, columns, i) * values[i] + TINY;
    const error = rows * (columns + 200) * EPSILON + 4 * EPSILON * Math.abs(loss);
    return {
      outputs: [{ name: "probabilities", values, tolerance }],
      returned: { name: "loss", values: [loss], tolerance: () => error },
    };
  },
}));

const crossEntropyBackward: fc.Arbitrary<Case> = matrix.map(({ rows, columns, x, out, labels }) => ({
  rows,
  columns,
  labels,
  arrays: [x, out],
  outputs: [1],
  run: (kernel, [x, out]) => kernel.crossEntropyBackward(rows, columns, x, labels, 1 / 64, out),
  expect() {
    const values = new Float64Array(x.length);
    referenceKernel.crossEntropyBackward(rows, columns, widen(x), labels, 1 / 64, values);
    return { outputs: [{ name: "gradLogits", values, tolerance: relativeTolerance(4 * EPSILON, values) }] };
  },
}));

/** Cases for activations, softmax and cross entropy; the bounds of tanh and sigmoid are those that the kernel states. */
export const activationCases = {
  reluForward: unary("reluForward", 0),
  reluBackward: binary("reluBackward", wide),
  sigmoidForward: unary("sigmoidForward", 5e-7),
  sigmoidBackward: binary("sigmoidBackward", (numbers, size) => numbers.array(size, { positive: true })),
  tanhForward: unary("tanhForward", 5e-7),
  tanhBackward: binary("tanhBackward", (numbers, size) => numbers.array(size)),
  multiply: binary("multiply", (numbers, size) => numbers.array(size)),
  softmaxForward,
  softmaxBackward,
  crossEntropyForward,
  crossEntropyBackward,
};
