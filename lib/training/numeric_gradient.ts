/** numericSlope: the slope along one number by central difference, and how accurate it is. */

/** One of the numbers that a function depends on, and that function as a sum of terms. */
export interface Around {
  readonly values: { [index: number]: number };
  readonly index: number;
  readonly terms: () => ArrayLike<number>;
  /** The terms with the number as it is. */
  readonly here: ArrayLike<number>;
}

/** A slope, measured by a step to either side. */
export interface NumericSlope {
  /** `(f(v + ε) - f(v - ε)) / 2ε` */
  readonly slope: number;
  /** How far `slope` may be off by rounding alone: every term is right to about 16 digits, and ε is small. */
  readonly noise: number;
  /** How much the slopes to the right and to the left differ, summed over the terms: ε f″, or more at a corner. */
  readonly bend: number;
}

/** The rounding error of a few operations in float64, relative to the result. */
const rounding = 8 * Number.EPSILON;

/**
 * Moves one number of `values` up and down by ε, and measures how `terms()` changes. The function is the sum of the
 * terms; a difference taken term by term loses less to rounding than the difference of two sums. The number is
 * restored.
 *
 * @throws {RangeError} If ε is so small beside the number that adding it changes nothing.
 */
export function numericSlope({ values, index, terms, here }: Around, epsilon: number): NumericSlope {
  const kept = values[index];
  let above: ArrayLike<number>, below: ArrayLike<number>, step: number;
  try {
    values[index] = kept + epsilon;
    step = values[index] - kept; // the actual step, after rounding
    above = terms();
    values[index] = kept - epsilon;
    step += kept - values[index];
    below = terms();
  } finally {
    values[index] = kept;
  }
  if (step === 0) {
    throw new RangeError(
      `gradCheck takes an epsilon that changes every number and got ${epsilon}: ${kept} + ${epsilon} is ${kept} in ` +
        `float64, so take a larger epsilon`,
    );
  }
  let change = 0, bend = 0, size = 1; // from 1, as numbers inside the function may be larger than its terms
  for (let i = 0; i < here.length; i++) {
    change += above[i] - below[i];
    bend += Math.abs(above[i] - 2 * here[i] + below[i]);
    size += Math.abs(here[i]);
  }
  return { slope: change / step, noise: rounding * size / step, bend: 2 * bend / step };
}
