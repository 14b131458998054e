/** direction: whether wrong numbers are all too small or too large, or only have the wrong sign. */
import { sameShape } from "../tensor/shape.ts";
import { tellingIndices } from "./compare.ts";
import type { TrialPart } from "./places.ts";

/** How many wrong numbers must go the same way, in how many trials: fewer may do so by chance. */
const [enough, enoughTrials] = [8, 3];

/** What the wrong numbers have in common, to follow the name of the part; undefined if they have nothing in common. */
export function direction(parts: readonly TrialPart[], tolerance: number): string | undefined {
  const wrong: { got: number; expected: number }[] = [];
  let [trials, all] = [0, 0];
  for (const { got, expected } of parts) {
    if (!sameShape(got.shape, expected.shape)) return undefined;
    const indices = tellingIndices(got, expected, tolerance);
    if (indices.length > 0) trials++;
    all += expected.numbers.length;
    for (const i of indices) wrong.push({ got: got.numbers[i], expected: expected.numbers[i] });
  }
  if (wrong.length < enough || trials < enoughTrials || wrong.some(({ got }) => !Number.isFinite(got))) {
    return undefined;
  }
  const always = wrong.length === all, where = always ? "always " : "", rest = always ? "" : " wherever it is wrong";
  const every = (is: (got: number, expected: number) => boolean): boolean =>
    wrong.every(({ got, expected }) => is(got, expected));
  if (every((got, expected) => Math.abs(got + expected) <= tolerance * Math.abs(expected))) {
    return `has the right size everywhere, but ${always ? "the" : "sometimes the"} wrong sign`;
  }
  if (every((got, expected) => got < expected)) return `is ${where}too small${rest}`;
  if (every((got, expected) => got > expected)) return `is ${where}too large${rest}`;
  if (every((got, expected) => got * expected >= 0 && Math.abs(got) < Math.abs(expected))) {
    return `has the right sign, but is ${where}too close to 0${rest}`;
  }
  if (every((got, expected) => got * expected > 0 && Math.abs(got) > Math.abs(expected))) {
    return `has the right sign, but is ${where}too far from 0${rest}`;
  }
  return undefined;
}
