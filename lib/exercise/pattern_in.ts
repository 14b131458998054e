/** patternIn: what the wrong numbers of an answer have to do with the right ones, if it is the same in every trial. */
import { formatShape, sameShape } from "../tensor/shape.ts";
import {
  constantShift,
  isNumberPart,
  isTransposed,
  type NumberPart,
  partsOf,
  samePart,
  worstElement,
} from "./compare.ts";
import type { TrialPart } from "./places.ts";
import { different, factor, sizesOf } from "./factor.ts";
import { relations } from "./relations.ts";
import { formatNumber as format } from "./words.ts";

/** How few numbers are not enough for a pattern: two may have anything in common. */
const enough = 4;

/** The pattern that fits all trials, as a sentence about the part with this name. */
export function patternIn(
  name: string,
  parts: readonly TrialPart[],
  tolerance: number,
  { names, cases }: { names: readonly string[]; cases?: boolean },
): string | undefined {
  const [{ got, expected }] = parts;
  if (parts.every((part) => isTransposed(part.got, part.expected, tolerance))) {
    return `${name} is right, but transposed: it is ${formatShape(got.shape)} and should be ${
      formatShape(expected.shape)
    }`;
  }
  if (parts.some((part) => !sameShape(part.got.shape, part.expected.shape))) return undefined;
  return unchanged(name, parts, names) ?? everywhereTheSame(name, parts, cases) ?? turned(name, parts, tolerance) ??
    factor(name, parts, tolerance, names) ?? shift(name, parts, tolerance, names) ??
    related(name, parts, tolerance) ??
    aggregated(name, parts, tolerance) ?? moved(name, parts, tolerance) ?? elsewhere(name, parts, tolerance) ??
    ofEntry(name, parts, tolerance, names);
}

/** The right numbers, one place further or in reverse order. */
function moved(name: string, parts: readonly TrialPart[], tolerance: number): string | undefined {
  if (different(parts) < enough) return undefined;
  const fits = (from: (i: number, length: number, columns: number) => number): boolean =>
    parts.every(({ got, expected }) => {
      const { numbers, shape } = expected, length = numbers.length;
      const pairs = Array.from({ length }, (_, i) => [i, from(i, length, shape.at(-1) ?? 1)]).filter(([, to]) =>
        to >= 0 && to < length
      );
      const mine = Float64Array.from(pairs, ([i]) => got.numbers[i]),
        right = Float64Array.from(pairs, ([, to]) => numbers[to]);
      return pairs.length > 0 && worstElement(mine, right, tolerance) === undefined;
    }) && parts.filter(({ expected }) => expected.numbers.length > 2).length >= 2;
  if (fits((i, length) => length - 1 - i)) return `${name} has the right numbers in reverse order`;
  if (fits((i) => i + 1)) return `${name} has each number one place too early`;
  if (fits((i) => i - 1)) return `${name} has each number one place too late`;
  if (parts[0].expected.shape.length < 2) return undefined;
  if (fits((i, _, columns) => i + columns)) return `${name} has each row one place too early`;
  return fits((i, _, columns) => i - columns) ? `${name} has each row one place too late` : undefined;
}

/** A square matrix that is the transpose of the right one. */
function turned(name: string, parts: readonly TrialPart[], tolerance: number): string | undefined {
  const transposed = parts.every(({ got, expected }) =>
    isTransposed(got, { ...expected, shape: expected.shape.toReversed() }, tolerance)
  );
  return transposed ? `${name} is right, but transposed` : undefined;
}

/** What was done to each of the right numbers. */
function related(name: string, parts: readonly TrialPart[], tolerance: number): string | undefined {
  if (different(parts) < enough) return undefined;
  const found = relations.find(([, of]) =>
    parts.every(({ got, expected }) => {
      const numbers = Float64Array.from(expected.numbers, of);
      return numbers.every(Number.isFinite) && worstElement(got.numbers, numbers, tolerance) === undefined;
    })
  );
  return found && `${name} is ${found[0]}`;
}

/** The answer is one of the inputs. */
function unchanged(name: string, pairs: readonly TrialPart[], names: readonly string[]): string | undefined {
  if (new Set(pairs.flatMap(({ got }) => Array.from(got.numbers))).size < enough) return undefined;
  const which = pairs[0].inputs.findIndex((_, i) =>
    pairs.every(({ inputs, got }) => {
      const input = partsOf(inputs[i]).get("");
      return isNumberPart(input) && samePart(got, input, 0);
    })
  );
  return which < 0 ? undefined : `${name} is ${names[which] ?? `input ${which}`}, unchanged`;
}

/** The answer has the same number everywhere, as if nothing was ever written to it. */
function everywhereTheSame(name: string, pairs: readonly TrialPart[], cases = false): string | undefined {
  const value = sameEverywhere(pairs);
  if (value === undefined) return undefined;
  if (cases) return `${name} is ${format(value)} in every case: what should it depend on?`;
  const one = pairs[0].expected.numbers.length === 1;
  return one
    ? `${name} is ${format(value)} in every trial: what should it depend on?`
    : `${name} is ${format(value)} everywhere: does your code write to it?`;
}

/** The number that is everywhere in the answer, if it should not be the same everywhere. */
function sameEverywhere(pairs: readonly TrialPart[]): number | undefined {
  const value = pairs[0].got.numbers[0];
  const same = pairs.every(({ got }) => Array.from(got.numbers).every((number) => number === value));
  const varied = new Set(pairs.flatMap(({ expected }) => Array.from(expected.numbers))).size > 1;
  return same && varied && Number.isFinite(value) ? value : undefined;
}

/** In a short list each entry may have its own meaning, and its own pattern. */
function ofEntry(
  name: string,
  pairs: readonly TrialPart[],
  tolerance: number,
  names: readonly string[],
): string | undefined {
  const [length] = pairs[0].expected.shape;
  if (pairs.some(({ expected: { shape } }) => shape.length !== 1 || shape[0] !== length) || length > 4) {
    return undefined;
  }
  for (let i = 0; i < length; i++) {
    const entry = ({ numbers }: NumberPart): NumberPart => ({ shape: [], numbers: [numbers[i]] });
    const entries = pairs.map(({ inputs, got, expected }) => ({ inputs, got: entry(got), expected: entry(expected) }));
    if (entries.every(({ got, expected }) => samePart(got, expected, tolerance))) continue;
    const one = `${name} at [${i}]`;
    return unchanged(one, entries, names) ?? factor(one, entries, tolerance, names) ??
      shift(one, entries, tolerance, names) ??
      related(one, entries, tolerance);
  }
  return undefined;
}

/** The answer is the right one plus a number. */
function shift(
  name: string,
  parts: readonly TrialPart[],
  tolerance: number,
  names: readonly string[],
): string | undefined {
  if (different(parts) < enough) return undefined;
  const shifts = parts.map(({ got, expected }) =>
    expected.numbers.length === 1
      ? got.numbers[0] - expected.numbers[0]
      : constantShift(got.numbers, expected.numbers, tolerance)
  );
  if (!shifts.every((each) => each !== undefined && Number.isFinite(each))) return undefined;
  const same = shifts.every((each) => Math.abs(each! - shifts[0]!) <= 1e-6 * Math.abs(shifts[0]!));
  const bySize = same ? undefined : shiftBySize(parts, shifts as number[], names);
  if (bySize) return `${name} is the right one ${bySize}`;
  if (!same && parts.some(({ expected }) => expected.numbers.length < enough)) return undefined;
  const amount = Number(shifts[0]!.toPrecision(4)), plus = amount < 0 ? `minus ${-amount}` : `plus ${amount}`;
  const where = parts[0].expected.numbers.length > 1 ? "everywhere" : "in every trial";
  return same
    ? `${name} is the right one ${plus}, ${where}: a term is missing, or one too many`
    : `${name} is the right one plus the same number everywhere, and in each trial another: a term is missing, or one too many`;
}

/** How far a position or a count may be off by a size. */
const sizeShifts: readonly [text: (size: number) => string, of: (size: number) => number][] = [
  [String, (size) => size],
  [(size) => `${size} − 1`, (size) => size - 1],
  [(size) => `${size}/2`, (size) => size / 2],
  [(size) => `(${size} − 1)/2`, (size) => (size - 1) / 2],
];

/** A shift that follows a size of an input. */
function shiftBySize(
  parts: readonly TrialPart[],
  shifts: readonly number[],
  names: readonly string[],
): string | undefined {
  for (const [i, { size, what }] of sizesOf(parts[0].inputs, names).entries()) {
    for (const [text, of] of sizeShifts) {
      for (const [sign, word] of [[1, "plus"], [-1, "minus"]] as const) {
        const fits = parts.every(({ inputs }, n) =>
          Math.abs(shifts[n] - sign * of(sizesOf(inputs, names)[i]?.size ?? NaN)) < 1e-6
        );
        if (fits) return `${word} ${text(size)}, and ${size} is ${what}`;
      }
    }
  }
  return undefined;
}

/** What all the right numbers of a trial together are, to follow "Your answer is everywhere". */
const summaries: readonly [text: string, of: (numbers: readonly number[]) => number][] = [
  ["the sum of the right numbers", (numbers) => numbers.reduce((a, b) => a + b)],
  ["the mean of the right numbers", (numbers) => numbers.reduce((a, b) => a + b) / numbers.length],
  ["the largest of the right numbers", (numbers) => Math.max(...numbers)],
  ["the smallest of the right numbers", (numbers) => Math.min(...numbers)],
  ["the first of the right numbers", (numbers) => numbers[0]],
  ["the last of the right numbers", (numbers) => numbers.at(-1)!],
];

/** The same number everywhere, which belongs to all the right ones together. */
function aggregated(name: string, parts: readonly TrialPart[], tolerance: number): string | undefined {
  if (different(parts) < enough || parts.some(({ expected }) => expected.numbers.length < 3)) return undefined;
  const found = summaries.find(([, of]) =>
    parts.every(({ got, expected }) => {
      const one = of(Array.from(expected.numbers));
      return worstElement(got.numbers, Array.from(expected.numbers, () => one), tolerance) === undefined;
    })
  );
  return found && `${name} is everywhere ${found[0]}`;
}

/** The right numbers are all there, in another order. */
function elsewhere(name: string, parts: readonly TrialPart[], tolerance: number): string | undefined {
  const sorted = ({ numbers }: NumberPart): Float64Array => Float64Array.from(numbers).sort();
  const shuffled = parts.every(({ got, expected }) =>
    got.numbers.length > 1 && worstElement(sorted(got), sorted(expected), tolerance) === undefined
  );
  return shuffled && different(parts) >= enough ? `${name} has the right numbers in the wrong order` : undefined;
}
