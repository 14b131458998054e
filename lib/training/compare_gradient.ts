/** compareGradient: how far one element of a gradient is from the slope of what forward computes. */
import { measuredNoise } from "./measured_noise.ts";
import { type Around, type NumericSlope, numericSlope } from "./numeric_gradient.ts";

/** What one comparison found. */
interface Comparison {
  /** `|a - n| / max(|a| + |n|, floor)` */
  readonly error: number;
  /** The slope, by the step that came closest. */
  readonly numeric: number;
  /** Whether a corner of the function may explain the difference, or rounding hides the slope: a nearby point tells. */
  readonly kink: boolean;
}

/** How strict a comparison is. */
interface Strictness {
  readonly epsilon: number;
  readonly tolerance: number;
  /** The largest gradient of all: noise excuses no difference above a thousandth of it. */
  readonly scale: number;
}

/** Steps to try where the function is noisy, in ε: over a longer one noise counts less, and what the slope misses more. */
const otherSteps = [1 / 64, 1 / 8, 1, 8, 64, 512];
/** What is taken for noise, in the jumps seen: a few points seldom show the worst. */
const margin = 8;

/**
 * Compares the gradient `analytic` that backward returned with the slope around one number.
 *
 * @param backward What backward returns for that number as it is now.
 */
export function compareGradient(
  analytic: number,
  backward: () => number,
  around: Around,
  strictness: Strictness,
): Comparison {
  const { epsilon, tolerance, scale } = strictness;
  const at = slopesFrom(around, epsilon);
  const { slope, noise } = at.single;
  let best = { error: relativeError(analytic, slope, noise / tolerance), numeric: slope, kink: false };
  if (best.error <= tolerance) return best;
  const { second, third, corner } = at.combined();
  for (const numeric of [second, third]) {
    const error = relativeError(analytic, numeric, noise / tolerance);
    if (error < best.error) best = { ...best, error, numeric };
  }
  if (best.error <= tolerance) return best;
  const apart = Math.abs(analytic - best.numeric), kink = corner > apart / 100, excusable = apart <= scale / 1000;
  if (!kink && !excusable) return best;
  const jumps = measuredNoise(around, epsilon);
  const noisy = excusable ? amongNoise(analytic, around, strictness, jumps, backward) : undefined;
  if (noisy?.hidden) return { ...best, kink: true };
  if (noisy && noisy.error <= tolerance) return { ...noisy, kink: false };
  // A corner may explain the difference if it is large enough beside it, and is not noise itself.
  return { ...best, kink: kink && corner > 3 * jumps / epsilon };
}

/** The comparison over the step that is the most accurate where the function jumps about by rounding. */
function amongNoise(
  analytic: number,
  around: Around,
  { epsilon, tolerance, scale }: Strictness,
  jumps: number,
  backward: () => number,
): { error: number; numeric: number; hidden: boolean } {
  const own = measuredNoise({ ...around, terms: () => [backward()] }, epsilon);
  const kept = around.values[around.index];
  const steps = otherSteps.filter((factor) => kept + epsilon * factor !== kept).map((factor) => {
    const { single, combined } = slopesFrom(around, epsilon * factor);
    const { second, third } = combined();
    const noise = Math.max(single.noise, margin * jumps / (2 * epsilon * factor)) + margin * own;
    return { numeric: third, noise, doubt: noise + Math.abs(third - second) };
  });
  const { numeric, noise } = steps.reduce((best, step) => step.doubt < best.doubt ? step : best);
  return { error: relativeError(analytic, numeric, noise / tolerance), numeric, hidden: !(noise <= scale / 1000) };
}

/** The slope over one step, and better ones over that step, twice and four times it. */
function slopesFrom(around: Around, epsilon: number) {
  const single = numericSlope(around, epsilon);
  const combined = () => {
    // A central difference is off by ε² f‴ / 6 and terms in ε⁴, ε⁶ …: two differences combined cancel the first of
    // these, three the first two (Richardson 1911). The steps get longer, not shorter, as rounding is divided by the
    // step.
    const double = numericSlope(around, 2 * epsilon), fourfold = numericSlope(around, 4 * epsilon);
    const second = (4 * single.slope - double.slope) / 3, third = (4 * double.slope - fourfold.slope) / 3;
    return { second, third: (16 * second - third) / 15, corner: cornerIn(single, double, fourfold) };
  };
  return { single, combined };
}

/** A smooth function bends by ε f″, twice as much over twice the step; a corner does not. */
function cornerIn(single: NumericSlope, double: NumericSlope, fourfold: NumericSlope): number {
  return Math.max(Math.abs(2 * single.bend - double.bend), Math.abs(2 * double.bend - fourfold.bend));
}

function relativeError(analytic: number, numeric: number, floor: number): number {
  return Math.abs(analytic - numeric) / Math.max(Math.abs(analytic) + Math.abs(numeric), floor, 1e-12);
}
