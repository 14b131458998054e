/** One element's slope by central difference, and what can be trusted of it. */

/** A slope measured by stepping to both sides. */
export interface NumericSlope {
  /** `(f(v + ε) - f(v - ε)) / 2ε` */
  readonly slope: number;
  /** How far rounding alone may have moved `slope`: every term is right to about 16 digits, and ε is small. */
  readonly noise: number;
  /** The slopes to the right and to the left differ by this much, summed over the terms: ε f″, or more at a corner. */
  readonly bend: number;
}

/** What a float64 loses in a few operations, relative to its size. */
const rounding = 8 * Number.EPSILON;

/**
 * Steps one number of `values` up and down by ε, and looks how `terms()` changes. The function is the sum of the terms;
 * taking the difference term by term loses less to rounding than a difference of two sums. The number is put back.
 *
 * @param here The terms where nothing is stepped.
 * @throws {RangeError} If ε is lost beside the number: then there is no step.
 */
export function numericSlope(
  values: { [index: number]: number },
  index: number,
  epsilon: number,
  terms: () => ArrayLike<number>,
  here: ArrayLike<number>,
): NumericSlope {
  const kept = values[index];
  let above: ArrayLike<number>, below: ArrayLike<number>, step: number;
  try {
    values[index] = kept + epsilon;
    step = values[index] - kept; // what the step really was, after rounding
    above = terms();
    values[index] = kept - epsilon;
    step += kept - values[index];
    below = terms();
  } finally {
    values[index] = kept;
  }
  if (step === 0) {
    throw new RangeError(`${kept} + ${epsilon} is ${kept} again in float64: take a larger epsilon, or smaller numbers`);
  }
  let change = 0, bend = 0, size = 1; // 1: what is added up inside may be larger than what comes out
  for (let i = 0; i < here.length; i++) {
    change += above[i] - below[i];
    bend += Math.abs(above[i] - 2 * here[i] + below[i]);
    size += Math.abs(here[i]);
  }
  return { slope: change / step, noise: rounding * size / step, bend: 2 * bend / step };
}
