/** One element's slope by central difference, and what can be trusted of it. */

/** A slope measured by stepping to both sides. */
export interface NumericSlope {
  /** `(f(v + ε) - f(v - ε)) / 2ε` */
  readonly slope: number;
  /** The sum of the sizes of all terms that add up to `slope`: where they cancel, rounding shows at this size. */
  readonly traffic: number;
  /** Whether the function has a corner between `v - ε` and `v + ε`: the slopes to the left and right differ. */
  readonly kink: boolean;
  /** The slope to the left and the one to the right. */
  readonly sides: readonly [number, number];
}

/**
 * Steps one number of `values` up and down by ε, and looks how `terms()` changes. The function is the sum of the terms;
 * taking the difference term by term loses less to rounding than a difference of two sums. The number is put back.
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
    above = Float64Array.from(terms());
    values[index] = kept - epsilon;
    step += kept - values[index];
    below = terms();
  } finally {
    values[index] = kept;
  }
  let slope = 0, traffic = 0, left = 0, right = 0, bend = 0;
  for (let i = 0; i < here.length; i++) {
    const up = above[i] - here[i], down = here[i] - below[i];
    slope += up + down;
    traffic += Math.abs(up) + Math.abs(down);
    right += up;
    left += down;
    bend += Math.abs(up - down);
  }
  // A smooth function bends by ε² f″, far below its slope ε f′; across a corner the two are of one size.
  const kink = bend > 1e-3 * traffic && bend > 1e-9 * epsilon;
  return { slope: slope / step, traffic: traffic / step, kink, sides: [2 * left / step, 2 * right / step] };
}
