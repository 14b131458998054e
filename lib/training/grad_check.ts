/** gradCheck: holds every gradient of a layer against the slope of what forward computes. */
import { BatchNorm, Dropout, type Layer } from "../layers/mod.ts";
import { withInner } from "../layers/module.ts";
import type { Loss } from "../losses/mod.ts";
import { Random } from "../tensor/random.ts";
import { formatShape, type Shape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { type GradCheckElement, GradCheckReport } from "./grad_check_report.ts";
import { numericSlope } from "./numeric_gradient.ts";

/** The options of {@linkcode gradCheck} and {@linkcode gradCheckLoss}. */
export interface GradCheckOptions {
  /** How far each number is moved to either side; 1e-5 unless told otherwise. */
  epsilon?: number;
  /** The largest relative error that passes; 1e-7 unless told otherwise, and 1e-4 across a kink. */
  tolerance?: number;
  /** Where the gradient that is sent back is drawn from. */
  random?: Random;
}

/** Numbers to be moved one by one, and the gradient that backward claims for them. */
interface Claim {
  readonly name: string;
  readonly shape: Shape;
  readonly values: Tensor["data"];
  readonly analytic: ArrayLike<number>;
}

/** Across a kink central differences are no longer exact to second order. */
const kinkTolerance = 1e-4;

/**
 * Checks every element of the gradient of `x` and of every parameter, in float64, by central differences.
 *
 * A random gradient g is sent back, so that what is checked is the slope of Σ y · g. The relative error of an element is
 * |a - n| / max(|a| + |n|, floor), with a floor of a hundredth of the terms that the slope is the sum of: what is left
 * when large terms cancel is judged by their size. Random masks are kept fixed meanwhile, and everything that is touched
 * (values, gradients, running statistics) is put back. Where a step crosses a kink, as of ReLU at zero, the slope is
 * measured again with smaller steps; exactly on a kink, any slope between the left and the right one is right.
 *
 * @param layer A layer or a module with dtype `"float64"`.
 * @param x A float64 tensor that fits it.
 * @throws {TypeError} If something is float32: there the difference drowns in rounding.
 *
 * @example A layer proves itself
 * ```ts
 * import { assert } from "@std/assert";
 * import { FC, gradCheck, Random, Tensor } from "@gradually/gradually";
 *
 * const random = new Random(1);
 * const fc = new FC({ inFeatures: 3, outFeatures: 2, dtype: "float64", random });
 * const report = gradCheck(fc, Tensor.randn([4, 3], { random, dtype: "float64" }), { random });
 * assert(report.passed, String(report));
 * ```
 */
export function gradCheck(layer: Layer, x: Tensor, options: GradCheckOptions = {}): GradCheckReport {
  expectFloat64(x, "x");
  for (const parameter of layer.parameters()) expectFloat64(parameter.value, parameter.name);
  return undisturbed(layer, () => {
    const input = x.clone();
    const output = layer.forward(input);
    const gradOut = Tensor.randn(output.shape, { random: options.random ?? new Random(1), dtype: "float64" });
    layer.zeroGrad();
    const gradX = layer.backward(gradOut);
    const claims: Claim[] = [
      { name: "x", shape: input.shape, values: input.data, analytic: gradX.data.slice() },
      ...layer.parameters().map(({ name, value, grad }) => ({
        name,
        shape: value.shape,
        values: value.data,
        analytic: grad.data.slice(),
      })),
    ];
    return checkClaims(layer.label, claims, () => weighted(layer.forward(input).data, gradOut.data), options);
  });
}

/**
 * Checks every element of the gradient of a loss with respect to the prediction, in the way of {@linkcode gradCheck}.
 *
 * @throws {TypeError} If the prediction is float32.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { CrossEntropyLoss, gradCheckLoss, Random, Tensor } from "@gradually/gradually";
 *
 * const logits = Tensor.randn([4, 10], { random: new Random(1), dtype: "float64" });
 * assert(gradCheckLoss(new CrossEntropyLoss(), logits, [1, 2, 3, 4]).passed);
 * ```
 */
export function gradCheckLoss<Target>(
  loss: Loss<Target>,
  prediction: Tensor,
  target: Target,
  options: GradCheckOptions = {},
): GradCheckReport {
  expectFloat64(prediction, "prediction");
  const input = prediction.clone();
  loss.forward(input, target);
  const claim = { name: "prediction", shape: input.shape, values: input.data, analytic: loss.backward().data.slice() };
  return checkClaims(loss.constructor.name, [claim], () => [loss.forward(input, target)], options);
}

function checkClaims(
  what: string,
  claims: readonly Claim[],
  terms: () => ArrayLike<number>,
  { epsilon = 1e-5, tolerance = 1e-7 }: GradCheckOptions,
): GradCheckReport {
  const here = Float64Array.from(terms());
  const report = new GradCheckReport(what, tolerance);
  for (const { name, shape, values, analytic } of claims) {
    if (analytic.length !== values.length) {
      throw new RangeError(
        `${what}: the gradient of ${name} ${formatShape(shape)} has ${analytic.length} elements: ` +
          `a gradient has the shape of what it belongs to`,
      );
    }
    for (let i = 0; i < values.length; i++) {
      report.add(checkElement(name, shape, i, analytic[i], values, terms, here, epsilon, tolerance));
    }
  }
  return report;
}

function checkElement(
  name: string,
  shape: Shape,
  index: number,
  analytic: number,
  values: Tensor["data"],
  terms: () => ArrayLike<number>,
  here: ArrayLike<number>,
  epsilon: number,
  tolerance: number,
): GradCheckElement {
  const first = numericSlope(values, index, epsilon, terms, here);
  const judge = (numeric: number, traffic: number, kink: boolean): GradCheckElement => {
    const error = Math.abs(analytic - numeric) / Math.max(Math.abs(analytic) + Math.abs(numeric), traffic / 100, 1e-12);
    const passed = error <= (kink ? Math.max(tolerance, kinkTolerance) : tolerance);
    return { name, index, place: placeOf(index, shape), analytic, numeric, error, kink, passed };
  };
  let best = judge(first.slope, first.traffic, first.kink);
  if (best.passed || !first.kink) return best;
  // A kink near by: with smaller steps it lies outside. A kink right here: every slope between the two sides is right.
  for (let closer = epsilon / 10; closer >= 1e-8; closer /= 10) {
    const { slope, traffic, sides } = numericSlope(values, index, closer, terms, here);
    const between = Math.min(Math.max(analytic, Math.min(...sides)), Math.max(...sides));
    for (const numeric of [slope, between]) {
      const element = judge(numeric, traffic, true);
      if (element.passed) return element;
      if (element.error < best.error) best = element;
    }
  }
  return best;
}

function weighted(output: ArrayLike<number>, weights: ArrayLike<number>): Float64Array {
  return Float64Array.from(output, (value, i) => value * weights[i]);
}

/** The place of element `index`, one number an axis. */
function placeOf(index: number, shape: Shape): number[] {
  const place: number[] = [];
  for (const axis of shape.toReversed()) {
    place.unshift(index % axis);
    index = Math.floor(index / axis);
  }
  return place;
}

function expectFloat64(tensor: Tensor, name: string): void {
  if (!(tensor instanceof Tensor)) {
    throw new TypeError(`gradCheck takes ${name} as a tensor: make one with Tensor.from`);
  }
  if (tensor.dtype === "float64") return;
  throw new TypeError(
    `gradCheck compares in float64 and ${name} is ${tensor.dtype}: build layers and tensors with dtype "float64"`,
  );
}

/** Runs `check` with random masks held fixed, and puts back all that it changes in the layer. */
function undisturbed<T>(layer: Layer, check: () => T): T {
  const inner = withInner(layer);
  const dropouts = inner.filter((each) => each instanceof Dropout);
  const kept = [
    ...layer.parameters().map((parameter) => parameter.grad),
    ...inner.flatMap((each) => each instanceof BatchNorm ? [each.runningMean, each.runningVar] : []),
  ].map((tensor) => ({ tensor, data: tensor.data.slice() }));
  for (const dropout of dropouts) dropout.frozen = true;
  try {
    return check();
  } finally {
    for (const dropout of dropouts) dropout.frozen = false;
    for (const { tensor, data } of kept) tensor.data.set(data);
  }
}
