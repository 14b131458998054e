/** explains: whether what a certain mistake would give is what the learner's answer gave, on enough evidence. */
import type { Trial } from "./attempt.ts";
import { isNumberPart, partsOf, samePart, tellingIndices } from "./compare.ts";

/** How many different numbers must agree that are wrong: fewer can agree by chance. */
const enough = 3;

/**
 * Whether a mistake explains an answer: in each part where the mistake shows at all, the answer has exactly its values.
 * What counts as evidence are wrong numbers that differ from each other, from at least two trials: one number, the same
 * number each time, an infinity, NaN or a boolean has too many causes.
 *
 * @param values What someone with the mistake would have returned in each trial.
 * @param options.always Whether the mistake is to return the same in each trial: then that is the evidence.
 * @param options.only The one part to look at.
 */
export function explains(
  values: readonly unknown[],
  done: readonly Trial[],
  tolerance: number,
  { always = false, only }: { always?: boolean; only?: string } = {},
): boolean {
  const parts = done.map(({ got, expected }, i) => ({
    got: partsOf(got),
    expected: partsOf(expected),
    wrong: partsOf(values[i]),
  }));
  const paths = [...new Set(parts.flatMap(({ expected }) => [...expected.keys()]))];
  const telling = paths.filter((path) =>
    (only === undefined || path === only) &&
    parts.some(({ expected, wrong }) => !samePart(wrong.get(path), expected.get(path), tolerance))
  );
  if (telling.length === 0) return false;
  const agree = telling.every((path) =>
    parts.every(({ got, wrong }) =>
      got.has(path) === wrong.has(path) && samePart(got.get(path), wrong.get(path), tolerance)
    )
  );
  if (!agree) return false;
  const numbers = new Set<string>(), trials = new Set<number>();
  for (const [i, { expected, wrong }] of parts.entries()) {
    for (const path of telling) {
      const [part, right] = [wrong.get(path), expected.get(path)];
      if (!isNumberPart(part)) continue;
      for (const index of tellingIndices(part, right, tolerance)) {
        const value = part.numbers[index];
        if (!Number.isFinite(value)) continue;
        numbers.add(value.toPrecision(6));
        trials.add(i);
      }
    }
  }
  return always ? numbers.size === 1 && trials.size > 2 : numbers.size >= enough && trials.size >= 2;
}

/** A quick look at one trial: whether a mistake may still explain it. */
export function mayExplain(value: unknown, { got, expected }: Trial, tolerance: number, only?: string): boolean {
  const [mine, wrong] = [partsOf(got), partsOf(value)];
  return [...partsOf(expected)].every(([path, right]) =>
    (only !== undefined && path !== only) || samePart(wrong.get(path), right, tolerance) ||
    samePart(mine.get(path), wrong.get(path), tolerance)
  );
}
