/** GradCheckReport: what a gradient check found, in a form that helps to find the bug. */

/** One element of one gradient. */
export interface GradCheckElement {
  /** The tensor that the gradient belongs to: `x`, or the name of a parameter. */
  readonly name: string;
  /** The element's index in the flat array. */
  readonly index: number;
  /** The index along each axis. */
  readonly place: readonly number[];
  /** The gradient that backward returned. */
  readonly analytic: number;
  /** The slope by central difference. */
  readonly numeric: number;
  /** `|a - n| / max(|a| + |n|, floor)` */
  readonly error: number;
  /**
   * Whether the element was checked at a nearby point, as there is a kink or rounding hides the slope; the two values
   * are from there.
   */
  readonly kink: boolean;
  /** Whether the error is within the tolerance. */
  readonly passed: boolean;
}

/**
 * The result of a gradient check.
 *
 * @example A backward without its factor of 2 is found, and the report names the factor
 * ```ts
 * import { assertEquals, assertStringIncludes } from "@std/assert";
 * import { gradCheck, Layer, Random, Tensor } from "@gradually/gradually";
 *
 * class Square extends Layer {
 *   #x?: Tensor;
 *   forward(x: Tensor): Tensor {
 *     this.#x = x;
 *     return x.times(x);
 *   }
 *   backward(gradOut: Tensor): Tensor {
 *     return gradOut.times(this.saved(this.#x)); // the factor 2 is missing
 *   }
 * }
 * const report = gradCheck(new Square(), Tensor.randn([3], { random: new Random(1), dtype: "float64" }));
 * assertEquals(report.passed, false);
 * assertStringIncludes(String(report), "0.5 times");
 * ```
 */
export class GradCheckReport {
  /** What was checked. */
  readonly what: string;
  /** The largest relative error that passes. */
  readonly tolerance: number;
  /** How many elements were checked. */
  checked = 0;
  /** How many of them were checked at a nearby point. */
  kinks = 0;
  /** The elements that failed. */
  readonly failures: GradCheckElement[] = [];
  /** The element with the largest error. */
  worst: GradCheckElement | undefined;
  /** The parameters whose gradient backward replaces instead of adding to it. */
  readonly overwritten: string[] = [];
  /** What the layer was given and wrote into: `x`, `gradOut`. */
  readonly changed: string[] = [];
  readonly #tensors = new Set<string>(); // whose gradients were checked

  /** An empty report. */
  constructor(what: string, tolerance: number) {
    this.what = what;
    this.tolerance = tolerance;
  }

  /** Whether every element passed, there was at least one, and no gradient was replaced and nothing given was changed. */
  get passed(): boolean {
    return this.checked > 0 && this.failures.length === 0 && this.overwritten.length === 0 && this.changed.length === 0;
  }

  /** The largest relative error. */
  get maxError(): number {
    return this.worst?.error ?? 0;
  }

  /** Adds the result of one element. */
  add(element: GradCheckElement): void {
    this.checked++;
    this.#tensors.add(element.name);
    if (element.kink) this.kinks++;
    if (!element.passed) this.failures.push(element);
    const worse = !this.worst || !(element.error <= this.worst.error); // a NaN counts as worse
    const failing = this.worst && !this.worst.passed;
    if (element.passed ? worse && !failing : worse || !failing) this.worst = element;
  }

  /** The verdict, the worst element with both values, and the likely cause. */
  toString(): string {
    const { worst, overwritten } = this;
    if (!worst) return `${this.what}: no element to check`;
    const kinks = this.kinks ? `, ${this.kinks} of them at a nearby point` : "";
    const verdict = this.failures.length === 0
      ? `${this.what}: all ${this.checked} gradients agree${kinks}${
        overwritten.length > 0 ? ", if backward runs once" : ""
      }`
      : `${this.what}: ${this.failures.length} of ${this.checked} gradients are wrong${kinks}`;
    const lines = [
      verdict,
      `  ${worst.passed ? "the largest difference" : "worst"}: ${worst.name}[${worst.place.join(", ")}]` +
      `  backward says ${worst.analytic.toPrecision(8)}, measured ${worst.numeric.toPrecision(8)}`,
      `         ${errorOf(worst)} (up to ${this.tolerance.toExponential(0)} passes)`,
    ];
    const cause = this.failures.length === 0 ? undefined : likelyCause(this.failures, this.#tensors.size);
    if (cause) lines.push(`  ${cause}`);
    if (overwritten.length > 0) {
      const which = overwritten.length === 1 ? "the gradient" : "the gradients";
      lines.push(
        `  a second backward does not double ${which} of ${overwritten.join(", ")}: backward must add to grad`,
      );
    }
    for (const given of this.changed) {
      lines.push(
        `  the layer writes into ${given}, which it was given: make a new tensor, as others may need the old one`,
      );
    }
    return lines.join("\n");
  }
}

/** The error, and what it is relative to if that is not the size of the two values. */
function errorOf({ analytic, numeric, error }: GradCheckElement): string {
  const apart = Math.abs(analytic - numeric), floor = apart / error;
  if (!(floor > 1.01 * (Math.abs(analytic) + Math.abs(numeric)))) return `relative error ${error.toExponential(1)}`;
  return `error ${error.toExponential(1)} relative to ${floor.toPrecision(1)}, as rounding hides smaller slopes`;
}

/** What all failures have in common, if anything. */
function likelyCause(failures: readonly GradCheckElement[], tensors: number): string | undefined {
  const names = [...new Set(failures.map(({ name }) => name))];
  const where = names.length === 1 ? `the gradient of ${names[0]}` : "the gradient";
  if (failures.some(({ numeric }) => !Number.isFinite(numeric))) {
    return "forward returns NaN or ∞ here, which has no slope: look for x / 0, or the log or root of a number below 0";
  }
  if (failures.some(({ analytic }) => !Number.isFinite(analytic))) {
    return `${where} is not finite: look for x / 0 or log 0`;
  }
  if (failures.every(({ analytic }) => analytic === 0)) {
    return `${where} is 0 where it should not be: perhaps it is never added, or a mask covers too much`;
  }
  if (failures.every(({ numeric }) => Math.abs(numeric) < 1e-12)) {
    return `${where} should be 0 here: perhaps a mask is missing`;
  }
  const ratios = failures.filter(({ numeric }) => Math.abs(numeric) > 1e-12).map((e) => e.analytic / e.numeric);
  const ratio = ratios[0];
  if (failures.length > 1 && ratios.every((each) => Math.abs(each - ratio) < 1e-4 * Math.abs(ratio))) {
    if (Math.abs(ratio + 1) < 1e-4) return `${where} is right except for its sign`;
    return `${where} is ${Number(ratio.toPrecision(4))} times what it should be: a factor is missing, or one too many`;
  }
  return names.length < tensors && names.length === 1 ? `only ${where} is wrong; the others are right` : undefined;
}
