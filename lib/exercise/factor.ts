/** factor: whether an answer is the right one times a number, a size of an input, or an input. */
import { formatShape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { constantRatio, isNumberPart, isNumbers, partsOf, worstElement } from "./compare.ts";
import type { TrialPart } from "./places.ts";
import { formatNumber as format } from "./words.ts";

/** The answer is the right one times a number, which may be a size of an input. */
export function factor(
  name: string,
  pairs: readonly TrialPart[],
  tolerance: number,
  names: readonly string[],
): string | undefined {
  const ratios = pairs.map(({ got, expected }) => constantRatio(got.numbers, expected.numbers, tolerance));
  if (different(pairs) < 3) return undefined;
  if (!ratios.every((ratio) => ratio !== undefined)) return undefined;
  const all = (is: (pair: TrialPart, ratio: number) => boolean): boolean =>
    pairs.every((pair, i) => is(pair, ratios[i]));
  const [ratio] = ratios;
  const sizes = sizesOf(pairs[0].inputs, names);
  // A factor of 2 is more likely than a size.
  const plain = all((_, each) => close(each, ratio) && (close(ratio, 2) || close(ratio, 0.5)));
  if (all((_, ratio) => Math.abs(ratio + 1) < 1e-3)) return `${name} is right except for its sign`;
  for (const [i, { size, what }] of sizes.entries()) {
    for (const [text, of, halves] of sizeFactors) {
      if (size < 2 || (halves && plain)) continue;
      const fits = all(({ inputs }, ratio) => close(ratio, of(sizesOf(inputs, names)[i]?.size ?? NaN)));
      if (fits) return `${name} is the right one ${text(size)}, and ${size} is ${what}`;
    }
  }
  for (const [i, { size, what }] of sizes.entries()) {
    const all = pairs.map(({ inputs }) => sizesOf(inputs, names)[i]?.size ?? NaN);
    const by = fixedInstead(ratios as number[], all);
    if (by) {
      return `${name} is the right one ${by(size)}, and ${size} is ${what}: is there a fixed number instead of it?`;
    }
  }
  // Close to 1 it may be anything: a small term beside a large one.
  if (!all((_, each) => close(each, ratio)) || Math.abs(ratio - 1) < 0.02) return undefined;
  const whole = close(1 / ratio, Math.round(1 / ratio));
  const how = whole ? `divided by ${Math.round(1 / ratio)}` : `times ${Number(ratio.toPrecision(4))}`;
  return `${name} is the right one ${how}: there is a factor missing, or one too many`;
}

function close(a: number, b: number): boolean {
  return Math.abs(a - b) < 1e-4 * Math.abs(b);
}

/** A whole number that takes the place of a size which differs from trial to trial: "times 5/6" where 5 is the size. */
function fixedInstead(ratios: readonly number[], sizes: readonly number[]): ((size: number) => string) | undefined {
  if (new Set(sizes).size < 2) return undefined;
  const [below, above] = [sizes[0] / ratios[0], sizes[0] * ratios[0]].map(Math.round);
  if (below > 1 && ratios.every((ratio, i) => close(ratio, sizes[i] / below))) {
    return (size) => `times ${size}/${below}`;
  }
  return above > 1 && ratios.every((ratio, i) => close(ratio, above / sizes[i]))
    ? (size) => `times ${above}/${size}`
    : undefined;
}

/** The factors by which an answer is off if a mean or a sum takes the wrong size. */
const sizeFactors: readonly [text: (size: number) => string, of: (size: number) => number, halves: boolean][] = [
  [(size) => `times ${size}`, (size) => size, false],
  [(size) => `divided by ${size}`, (size) => 1 / size, false],
  [(size) => `times ${size}/2`, (size) => size / 2, true],
  [(size) => `times 2/${size}`, (size) => 2 / size, true],
  [(size) => `times 100/${size}`, (size) => 100 / size, false],
  [(size) => `times ${size}/${size - 1}`, (size) => size / (size - 1), false],
  [(size) => `times ${size - 1}/${size}`, (size) => (size - 1) / size, false],
];

/** The sizes of the inputs, and what to call them. */
export function sizesOf(inputs: readonly unknown[], names: readonly string[]): { size: number; what: string }[] {
  const sizes: { size: number; what: string }[] = [];
  for (const [i, input] of inputs.entries()) {
    const part = input instanceof Tensor || Array.isArray(input) ? partsOf(input).get("") : undefined;
    if (!isNumberPart(part)) continue;
    const of = `of ${names[i] ?? `input ${i}`} ${formatShape(part.shape)}`;
    for (const [axis, size] of part.shape.entries()) {
      const what = part.shape.length === 1 ? "length" : axis === 0 ? "number of rows" : `size of axis ${axis}`;
      sizes.push({ size, what: `the ${what} ${of}` });
    }
    if (part.shape.length > 1) sizes.push({ size: part.numbers.length, what: `the number of all elements ${of}` });
  }
  return sizes;
}

/** A factor that is the same everywhere in a trial, and another in each, to follow the name of the part. */
export function factorOfTrial(pairs: readonly TrialPart[], tolerance: number): string | undefined {
  if (pairs.some(({ expected }) => expected.numbers.length < 4)) return undefined;
  const ratios = pairs.map(({ got, expected }) => constantRatio(got.numbers, expected.numbers, tolerance));
  if (ratios.includes(undefined) || new Set(ratios.map((ratio) => format(ratio!))).size < 2) return undefined;
  return "is the right one times the same number everywhere, and in each trial another: a factor is missing, or one too many";
}

/** What may be done with an input, number by number. */
const inputFactors: readonly [text: (name: string) => string, of: (value: number) => number][] = [
  [(name) => `times ${name}`, (value) => value],
  [(name) => `divided by ${name}`, (value) => 1 / value],
  [(name) => `times ${name} squared`, (value) => value * value],
  [(name) => `divided by ${name} squared`, (value) => 1 / (value * value)],
];

/** An input that is in the answer as one factor too many, or that is missing there, to follow the name of the part. */
export function factorOfInput(
  pairs: readonly TrialPart[],
  tolerance: number,
  names: readonly string[],
): string | undefined {
  if (different(pairs) < 3) return undefined;
  for (const [i, name] of names.entries()) {
    for (const [text, of] of inputFactors) {
      const fits = pairs.every(({ inputs, got, expected }) => {
        const input = numbersOf(inputs[i]), { numbers } = expected;
        if (!input || (input.length !== 1 && input.length !== numbers.length)) return false;
        const made = Float64Array.from(numbers, (value, at) => value * of(input[input.length === 1 ? 0 : at]));
        return made.every(Number.isFinite) && worstElement(got.numbers, made, tolerance) === undefined;
      });
      if (fits) {
        return `is the right one ${text(`\`${name}\``)}${
          pairs[0].expected.numbers.length > 1 ? ", number by number" : ""
        }`;
      }
    }
  }
  return undefined;
}

/** The numbers of an input. */
function numbersOf(input: unknown): ArrayLike<number> | undefined {
  return typeof input === "number"
    ? [input]
    : input instanceof Tensor
    ? input.data
    : isNumbers(input)
    ? input
    : undefined;
}

/** How many different right numbers there are in all trials. */
export function different(parts: readonly TrialPart[]): number {
  return new Set(parts.flatMap(({ expected }) => Array.from(expected.numbers, format))).size;
}
