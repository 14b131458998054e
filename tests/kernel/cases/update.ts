// The steps of the optimizers.
import fc from "fast-check";
import { referenceKernel } from "../../../lib/kernel/reference.ts";
import { numbers, size } from "../arbitraries.ts";
import { EPSILON, type Expected, TINY, widen } from "../comparison.ts";
import type { Case } from "./case.ts";

/** Constants of a step, none so small that float32 rounds it to zero. */
function constant(min: number, max: number, unit: number): fc.Arbitrary<number> {
  return fc.integer({ min, max }).map((count) => count * unit);
}

const unit = constant(0, 999, 1e-3), small = constant(0, 100, 1e-3), rate = constant(1, 10_000, 1e-4);
const epsilon = constant(1, 100_000, 1e-8);

const arrays = fc.record({ size: fc.oneof(size(200), fc.constant(16387)), numbers }).map(({ size, numbers }) => ({
  value: numbers.array(size),
  grad: numbers.array(size),
  first: numbers.array(size),
  square: numbers.array(size, { positive: true }),
}));

/** `values[i]` may be off by a few roundings of the terms that were added up to it. */
function within(name: string, values: Float64Array, magnitude: (i: number) => number): Expected {
  return { name, values, tolerance: (i) => 12 * EPSILON * (Math.abs(values[i]) + magnitude(i)) + 4 * TINY };
}

/** The gradient and the decay may cancel; then g², and its root, keep a rounding error as large as what was cancelled. */
function cancelled(lost: number, square: number): number {
  return 1 + (square > 0 ? lost * lost / square : 0);
}

/** The error of numbers below 2⁻¹²⁶, divided by epsilon, in units of ε. */
function denormal(rate: number, epsilon: number): number {
  return (1 + rate) * 2 ** -149 / epsilon / EPSILON;
}

const sgdStep: fc.Arbitrary<Case> = fc.record({
  step: fc.record({ learningRate: rate, momentum: unit, nesterov: fc.boolean(), weightDecay: small }),
  moving: fc.boolean(),
  begins: fc.boolean(),
  arrays,
}).map(({ step, moving, begins, arrays: { value, grad, first } }) => ({
  step,
  moving,
  begins,
  arrays: [value, grad, first],
  outputs: moving ? [0, 2] : [0],
  run: (kernel, [value, grad, first]) => kernel.sgdStep(step, value, grad, moving ? first : undefined, begins),
  expect() {
    const [values, velocities] = [widen(value), widen(first)];
    referenceKernel.sgdStep(step, values, widen(grad), moving ? velocities : undefined, begins);
    const size = (i: number) =>
      Math.abs(value[i]) + 2 * (Math.abs(grad[i]) + (moving && !begins ? Math.abs(first[i]) : 0));
    return { outputs: [within("value", values, size), within("velocity", velocities, size)].slice(0, moving ? 2 : 1) };
  },
}));

const rmspropStep: fc.Arbitrary<Case> = fc.record({
  step: fc.record({ learningRate: rate, alpha: unit, epsilon, weightDecay: small }),
  arrays,
}).map(({ step, arrays: { value, grad, square } }) => ({
  step,
  arrays: [value, grad, square],
  outputs: [0, 2],
  run: (kernel, [value, grad, square]) => kernel.rmspropStep(step, value, grad, square),
  expect() {
    const [values, squares] = [widen(value), widen(square)];
    referenceKernel.rmspropStep(step, values, widen(grad), squares);
    const lost = (i: number) => Math.abs(grad[i]) + step.weightDecay * Math.abs(value[i]);
    const move = (i: number) => step.learningRate * lost(i) / (Math.sqrt(squares[i]) + step.epsilon);
    const wrong = (i: number) => move(i) * cancelled(lost(i), squares[i]) + denormal(step.learningRate, step.epsilon);
    return {
      outputs: [
        within("value", values, (i) => Math.abs(value[i]) + wrong(i)),
        within("square", squares, (i) => lost(i) * lost(i)),
      ],
    };
  },
}));

const adamStep: fc.Arbitrary<Case> = fc.record({
  step: fc.record({
    learningRate: rate,
    beta1: unit,
    beta2: unit,
    epsilon,
    weightDecay: small,
    decoupled: fc.boolean(),
    step: fc.integer({ min: 1, max: 2000 }),
  }),
  arrays,
}).map(({ step, arrays: { value, grad, first, square } }) => ({
  step,
  arrays: [value, grad, first, square],
  outputs: [0, 2, 3],
  run: (kernel, [value, grad, first, square]) => kernel.adamStep(step, value, grad, first, square),
  expect() {
    const [values, means, squares] = [widen(value), widen(first), widen(square)];
    referenceKernel.adamStep(step, values, widen(grad), means, squares);
    const lost = (i: number) => Math.abs(grad[i]) + step.weightDecay * Math.abs(value[i]);
    const size = (i: number) => lost(i) + Math.abs(first[i]);
    const factor = step.learningRate / (1 - step.beta1 ** step.step);
    const unbias = Math.sqrt(1 - step.beta2 ** step.step);
    const move = (i: number) => factor * size(i) / (Math.sqrt(squares[i]) / unbias + step.epsilon);
    const wrong = (i: number) => move(i) * cancelled(lost(i), squares[i]) + denormal(factor, step.epsilon);
    return {
      outputs: [
        within("value", values, (i) => Math.abs(value[i]) + wrong(i)),
        within("mean", means, size),
        within("square", squares, (i) => lost(i) * lost(i)),
      ],
    };
  },
}));

const clear: fc.Arbitrary<Case> = arrays.map(({ value }) => ({
  arrays: [value],
  outputs: [0],
  run: (kernel, [value]) => kernel.clear(value),
  expect: () => ({ outputs: [{ name: "out", values: new Float64Array(value.length), tolerance: () => 0 }] }),
}));

/** Cases for the optimizers. */
export const updateCases = { clear, sgdStep, rmspropStep, adamStep };
