/** gradCheck: compares every gradient of a layer with the slope of what forward computes. */
import type { Layer } from "../layers/mod.ts";
import type { Loss } from "../losses/mod.ts";
import { describe } from "../tensor/describe.ts";
import { refusal } from "../tensor/expect_number.ts";
import { Random } from "../tensor/random.ts";
import { formatShape, sameShape, type Shape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { compareGradient } from "./compare_gradient.ts";
import { GradCheckReport } from "./grad_check_report.ts";
import { preserveState } from "./preserve_state.ts";

/** The options of {@linkcode gradCheck} and {@linkcode gradCheckLoss}. */
export interface GradCheckOptions {
  /** How far each number is moved to either side: above 0; 1e-5 by default. */
  epsilon?: number;
  /** The largest relative error that passes: above 0; 1e-7 by default. */
  tolerance?: number;
  /** The source of the random gradient that is sent back. */
  random?: Random;
}

/** Numbers to move one by one. */
interface Numbers {
  readonly name: string;
  readonly shape: Shape;
  readonly values: Tensor["data"];
}

/** What is checked: a function of such numbers, as a sum of terms, and the gradients that backward returns for it. */
interface Subject {
  readonly what: string;
  readonly numbers: readonly Numbers[];
  /** The gradients that backward returns for the numbers as they are now. */
  gradients(): Tensor[];
  terms(): ArrayLike<number>;
}

/**
 * At a kink the check is repeated at a nearby point: how far away that is, relative to the largest number, and how
 * often it is tried, as there may be another kink. The step is then a tenth, so that there seldom is.
 */
const perturbation = 0.01, attempts = 4;

/**
 * Checks every element of the gradient of `x` and of every parameter, in float64, by central differences.
 *
 * A random gradient g is sent back, so that what is checked is the slope of Σ y · g. The relative error of an element
 * is
 * |a - n| / max(|a| + |n|, floor); at the floor rounding alone would reach the tolerance (what rounding does
 * inside the layer is measured: a batch norm of numbers far from 0 loses digits that its output does not show). Random masks stay fixed
 * meanwhile, and everything that changes (values, gradients, running statistics) is restored; only what the layer keeps
 * of its last forward is lost.
 *
 * Where the slopes to the left and to the right differ, as for ReLU at zero or for two equal maxima, there is no
 * gradient to compare with. There the check is repeated at a nearby point: a kink disappears there, a real bug does
 * not. The same is done where rounding hides the slope.
 *
 * `backward` adds to the gradients of the parameters: when it runs twice, they must be twice as large. And a layer must
 * not write into x or into the gradient that it is given: someone else may still need them.
 *
 * @param layer A layer or a module with dtype `"float64"`.
 * @param x A float64 tensor that the layer takes.
 * @throws {TypeError} If something is float32, where rounding hides the difference, or a gradient is not a tensor.
 * @throws {RangeError} If a gradient has another shape than its tensor, or an option is not above 0.
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
  return preserveState(layer, () => {
    const input = x.clone();
    const output = layer.forward(input);
    const gradOut = Tensor.randn(output.shape, { random: options.random ?? new Random(1), dtype: "float64" });
    const parameters = layer.parameters();
    const changed = new Set<string>(sameNumbers(input, x) ? [] : ["x"]);
    const run = () => {
      const [before, given] = [input.clone(), gradOut.clone()];
      layer.forward(input);
      const grad = layer.backward(given);
      if (!sameNumbers(given, gradOut)) changed.add("gradOut");
      if (!sameNumbers(input, before)) changed.add("x");
      return grad;
    };
    const report = checkSubject({
      what: layer.label,
      numbers: [
        { name: "x", shape: input.shape, values: input.data },
        ...parameters.map(({ name, value }) => ({ name, shape: value.shape, values: value.data })),
      ],
      gradients: () => {
        layer.zeroGrad();
        return [run(), ...parameters.map(({ grad }) => grad)];
      },
      terms: () => weighted(layer.forward(input).data, gradOut.data),
    }, options);
    layer.zeroGrad();
    run();
    const once = parameters.map(({ grad }) => grad.data.slice());
    run();
    report.overwritten.push(
      ...parameters.filter(({ grad }, i) => !isTwice(grad.data, once[i])).map(({ name }) => name),
    );
    report.changed.push(...changed);
    return report;
  });
}

/**
 * Checks every element of the gradient of a loss with respect to the prediction, as {@linkcode gradCheck} does.
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
  return checkSubject({
    what: loss.constructor.name,
    numbers: [{ name: "prediction", shape: input.shape, values: input.data }],
    gradients: () => {
      loss.forward(input, target);
      return [loss.backward()];
    },
    terms: () => [loss.forward(input, target)],
  }, options);
}

function checkSubject(
  subject: Subject,
  { epsilon = 1e-5, tolerance = 1e-7 }: GradCheckOptions,
): GradCheckReport {
  for (const [option, value] of Object.entries({ epsilon, tolerance })) {
    if (!Number.isFinite(value) || value <= 0) throw refusal(`gradCheck takes ${option} as a number above 0`, value);
  }
  const report = new GradCheckReport(subject.what, tolerance);
  const everywhere = subject.numbers.map(({ values }) => Array.from(values, (_, i) => i));
  const kinks = checkElements(subject, everywhere, epsilon, tolerance, report);
  const kept = subject.numbers.map(({ values }) => values.slice());
  const random = new Random(1);
  try {
    for (let open = kinks, attempt = 1; open.some((indices) => indices.length); attempt++) {
      for (const [i, { values }] of subject.numbers.entries()) perturb(values, kept[i], random);
      open = checkElements(subject, open, epsilon / 10, tolerance, report, attempt);
    }
  } finally {
    for (const [i, { values }] of subject.numbers.entries()) values.set(kept[i]);
  }
  return report;
}

/**
 * Checks the elements with these indices, one list for each of the numbers. Those that failed where there is a kink are
 * not reported but returned, to be checked at a nearby point; `attempt` says how often they were.
 */
function checkElements(
  subject: Subject,
  indices: readonly (readonly number[])[],
  epsilon: number,
  tolerance: number,
  report: GradCheckReport,
  attempt = 0,
): number[][] {
  const gradients = subject.gradients().map((grad, n) => numbersOf(grad, subject.what, subject.numbers[n]));
  const here = subject.terms();
  const scale = Math.max(...gradients.map(largestOf));
  return subject.numbers.map(({ name, shape, values }, n) => {
    const analytic = gradients[n];
    return indices[n].filter((index) => {
      const around = { values, index, terms: subject.terms, here };
      const backward = () => subject.gradients()[n].data[index];
      const strictness = { epsilon, tolerance, scale };
      const { error, numeric, kink } = compareGradient(analytic[index], backward, around, strictness);
      const passed = error <= tolerance;
      const again = !passed && kink && attempt < attempts;
      const place = placeOf(index, shape);
      if (!again) {
        report.add({ name, index, place, analytic: analytic[index], numeric, error, kink: attempt > 0, passed });
      }
      return again;
    });
  });
}

/** A copy of the numbers of a gradient, after a check that it has the shape and dtype of its tensor. */
function numbersOf(grad: Tensor, what: string, { name, shape }: Numbers): Tensor["data"] {
  if (!(grad instanceof Tensor)) {
    throw new TypeError(
      `gradCheck takes the gradient of ${name} as a tensor and got ${describe(grad)} from ${what}.backward: return it`,
    );
  }
  if (!sameShape(grad.shape, shape)) {
    throw new RangeError(
      `gradCheck takes the gradient of ${name} as ${formatShape(shape)} and got ${formatShape(grad.shape)} from ` +
        `${what}.backward: a gradient has the shape of its tensor`,
    );
  }
  if (grad.dtype !== "float64") {
    throw new TypeError(
      `gradCheck takes the gradient of ${name} as float64 and got ${grad.dtype} from ${what}.backward: ` +
        `a gradient has the dtype of its tensor`,
    );
  }
  return grad.data.slice();
}

/** Whether two runs of backward left twice as much as one, with room for gradients that are nothing but rounding. */
function isTwice(twice: Tensor["data"], once: Tensor["data"]): boolean {
  let [largest, off] = [0, 0];
  for (const [i, value] of once.entries()) {
    largest = Math.max(largest, Math.abs(value));
    off = Math.max(off, Math.abs(twice[i] - 2 * value));
  }
  return !(off > 1e-3 * largest + 1e-9);
}

/** Whether two tensors hold the same numbers, to the last bit. */
function sameNumbers(a: Tensor, b: Tensor): boolean {
  return a.data.every((value, i) => Object.is(value, b.data[i]));
}

/** Sets `values` to a random point near `kept`. */
function perturb(values: Tensor["data"], kept: Tensor["data"], random: Random): void {
  const largest = largestOf(kept);
  for (let i = 0; i < values.length; i++) values[i] = kept[i] + random.normal(0, perturbation * (largest || 1));
}

function largestOf(values: Tensor["data"]): number {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  return largest;
}

function weighted(output: ArrayLike<number>, weights: ArrayLike<number>): Float64Array {
  return Float64Array.from(output, (value, i) => value * weights[i]);
}

/** The index along each axis of element `index`. */
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
    throw new TypeError(`gradCheck takes ${name} as a tensor and got ${describe(tensor)}: use Tensor.from`);
  }
  if (tensor.dtype === "float64") return;
  throw new TypeError(
    `gradCheck takes ${name} in float64 and got ${tensor.dtype}: build layers and tensors with dtype "float64"`,
  );
}
