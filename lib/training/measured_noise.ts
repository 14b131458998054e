/** measuredNoise: how far rounding inside a function makes its result jump about. */
import type { Around } from "./numeric_gradient.ts";

/**
 * How much the sum of the terms jumps about from one number to the next, by rounding inside the function: a batch norm
 * of numbers near 10,000 subtracts their mean and loses 4 digits, which its terms, all near 1, do not show.
 *
 * The function is looked at in points so close together that a smooth one is a straight line and its third differences
 * vanish: what is left of them is rounding. The points lie on either side of the number and not at it, where a corner
 * would look like noise.
 */
export function measuredNoise(around: Omit<Around, "here">, epsilon: number): number {
  return Math.max(noiseNear(around, epsilon / 2), noiseNear(around, -epsilon / 2));
}

/** How many points are looked at in a row. */
const points = 7;

/** How far apart they are, in different rows: over steps of one size, rounding may repeat itself and vanish. */
const spreads = [1, 1.618, 2.718];

function noiseNear(around: Omit<Around, "here">, offset: number): number {
  return Math.max(...spreads.map((spread) => noiseAlong(around, offset, spread * Math.abs(offset) / 2 ** 15)));
}

function noiseAlong({ values, index, terms }: Omit<Around, "here">, offset: number, about: number): number {
  const kept = values[index];
  // Steps of exactly one size, without rounding of their own: an odd multiple of the spacing of the numbers here. Odd,
  // as a function that halves a step exactly would not show how it rounds.
  const spacing = 2 ** (Math.floor(Math.log2(Math.abs(kept) + Math.abs(offset))) - 51);
  const step = (2 * Math.floor(about / spacing / 2) + 1) * spacing;
  const start = Math.round((kept + offset) / spacing) * spacing;
  try {
    const seen = Array.from({ length: points }, (_, i) => {
      values[index] = start + i * step;
      return Float64Array.from(terms());
    });
    return seen[0].reduce((sum, _, term) => sum + largestThirdDifference(seen.map((each) => each[term])), 0);
  } finally {
    values[index] = kept;
  }
}

function largestThirdDifference(f: readonly number[]): number {
  return Math.max(...f.slice(3).map((_, i) => Math.abs(f[i + 3] - 3 * f[i + 2] + 3 * f[i + 1] - f[i])));
}
