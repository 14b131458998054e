/** explains: whether what a certain mistake would give is what the learner's answer gave, on enough evidence. */
import type { Trial } from "./attempt.ts";
import { isNumberPart, partsOf, samePart, tellingIndices } from "./compare.ts";

/** How many different numbers must agree that are wrong: fewer can agree by chance. */
const enough = 3;

/** Or in how many places must be right and wrong what the mistake gets right and wrong. */
const enoughPlaces = 12;

/**
 * Whether a mistake explains an answer: in each part where the mistake shows at all, the answer has exactly its values.
 * What counts as evidence are wrong numbers that differ from each other, from at least two trials, or that some numbers
 * are wrong and others right: one number, the same number each time, an infinity, NaN or a boolean has too many causes.
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
  const complete = parts.every(({ got, expected }) =>
    [...expected.keys()].every((path) => got.has(path) || path === "")
  );
  if (telling.length === 0 || !complete) return false;
  const agree = telling.every((path) =>
    parts.every(({ got, wrong }) =>
      got.has(path) === wrong.has(path) && samePart(got.get(path), wrong.get(path), tolerance)
    )
  );
  if (!agree) return false;
  const numbers = new Set<string>(), trials = new Set<number>();
  let [patterned, judged] = [0, 0];
  for (const [i, { expected, wrong }] of parts.entries()) {
    for (const path of telling) {
      const [part, right] = [wrong.get(path), expected.get(path)];
      if (!isNumberPart(part)) continue;
      const indices = tellingIndices(part, right, tolerance).filter((index) => Number.isFinite(part.numbers[index]));
      for (const index of indices) numbers.add(part.numbers[index].toPrecision(6));
      if (indices.length === 0) continue;
      trials.add(i);
      if (indices.length < part.numbers.length) [patterned, judged] = [patterned + 1, judged + part.numbers.length];
    }
  }
  if (always) return numbers.size === 1 && trials.size > 2;
  return trials.size >= 2 && numbers.size >= enough || patterned >= 2 && judged >= enoughPlaces;
}

/** A quick look at one trial: whether a mistake may still explain it. */
export function mayExplain(value: unknown, { got, expected }: Trial, tolerance: number, only?: string): boolean {
  const [mine, wrong] = [partsOf(got), partsOf(value)];
  return [...partsOf(expected)].every(([path, right]) =>
    (only !== undefined && path !== only) || samePart(wrong.get(path), right, tolerance) ||
    samePart(mine.get(path), wrong.get(path), tolerance)
  );
}
