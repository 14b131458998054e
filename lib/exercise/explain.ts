/** explain: how a wrong answer that no listed mistake matches is related to the right one. */
import { formatShape, sameShape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import {
  constantRatio,
  constantShift,
  describeValue,
  isNumberPart,
  isNumbers,
  isRecord,
  isTransposed,
  type NumberPart,
  partsOf,
  sameAnswer,
  samePart,
  worstElement,
} from "./compare.ts";
import { type TypeMismatch, typeMismatch } from "./type_mismatch.ts";

/** One trial: the inputs, the right answer and the learner's. */
export interface Trial {
  readonly inputs: readonly unknown[];
  readonly expected: unknown;
  readonly got: unknown;
}

/** One part of the answer in one trial. */
interface TrialPart {
  readonly inputs: readonly unknown[];
  readonly got: NumberPart;
  readonly expected: NumberPart;
}

/** What to call an answer without fields. */
const wholeName = "Your answer";

/** How an answer came about, and how to speak of it. */
interface AnswerContext {
  /** The names of the inputs. */
  readonly names?: readonly string[];
  /** Whether the judge computed the value that is compared from the answer. */
  readonly made?: boolean;
  /** Whether that value is a list with the results of many cases. */
  readonly cases?: boolean;
}

/** The names of the inputs in the solution: `["x", "gradOut"]`; none if they are not simple names. */
export function namesOf(solution: unknown): string[] {
  const list = /^[^(]*\(([\w\s,]*)\)/.exec(String(solution))?.[1] ?? "";
  return list.split(",").map((name) => name.trim()).filter(Boolean);
}

/** The first pattern that fits all trials, or the worst element of the first wrong trial. */
export function explain(done: readonly Trial[], tolerance: number, context: AnswerContext = {}): string {
  const { got, expected } = done.find((trial) => !sameAnswer(trial.got, trial.expected, tolerance))!;
  const odd = typeMismatch(got, expected);
  if (odd) return describeMismatch(odd, expected, context);
  const mine = partsOf(got);
  const [path, part] = [...partsOf(expected)].find(([path, part]) => !samePart(mine.get(path), part, tolerance))!;
  const name = nameOf(path);
  const found = mine.get(path);
  if (!isNumberPart(part) || !isNumberPart(found)) {
    return `${name} is ${describePart(found)}, and ${describePart(part)} was expected`;
  }
  const pairs = done.flatMap(({ inputs, got, expected }) => {
    const [mine, right] = [partsOf(got).get(path), partsOf(expected).get(path)];
    return isNumberPart(mine) && isNumberPart(right) ? [{ inputs, got: mine, expected: right }] : [];
  });
  return context.cases ? explainCases(pairs, tolerance) : explainNumbers(name, pairs, tolerance, context.names ?? []);
}

/** Describes a value of the wrong type; of a value that the judge computed, only the part that the learner returned. */
function describeMismatch(odd: TypeMismatch, expected: unknown, { made, cases }: AnswerContext): string {
  const { got, text } = odd;
  const path = cases ? odd.path.replace(/^\[\d+\]/, "") : odd.path;
  if (got === undefined && (path === "" || (made && /^\.[^.[]*$/.test(path)))) {
    return "Your code returns nothing: is there a return, or does it read past the end of a list?";
  }
  if (made && path === "" && isRecord(expected)) {
    return `${wholeName} is ${describeValue(got)}, which is not the type in the first line of the exercise`;
  }
  return `${nameOf(path)} ${text}`;
}

/** What to call a part: `Your dx`, `Your answer at [0]`. */
function nameOf(path: string): string {
  const [, field, place] = /^\.?([^[]*)(.*)$/.exec(path)!;
  return `${field ? `Your ${field}` : wholeName}${place && ` at ${place.replaceAll("][", ", ")}`}`;
}

function describePart(part: ReturnType<ReturnType<typeof partsOf>["get"]>): string {
  return isNumberPart(part) ? describeShape(part) : describeValue(part?.value);
}

function describeShape({ shape }: NumberPart): string {
  return shape.length === 0 ? "one number" : `of shape ${formatShape(shape)}`;
}

function explainNumbers(
  name: string,
  pairs: readonly TrialPart[],
  tolerance: number,
  names: readonly string[],
): string {
  const pair = pairs.find(({ got, expected }) => !samePart(got, expected, tolerance))!;
  const { got, expected } = pair;
  if (pairs.every((pair) => isTransposed(pair.got, pair.expected, tolerance))) {
    return `${name} is right, but transposed: it is ${formatShape(got.shape)} and should be ${
      formatShape(expected.shape)
    }`;
  }
  if (!sameShape(got.shape, expected.shape)) {
    const lists = got.shape.length === 1 && expected.shape.length === 1;
    return lists
      ? `${name} has length ${got.shape[0]} and should have length ${expected.shape[0]}`
      : `${name} is ${describeShape(got)} and should be ${describeShape(expected)}`;
  }
  const odd = notFinite(pair);
  if (odd) return `${name}${at(odd.index, got)} is ${odd.text}`;
  return unchanged(name, pairs, names) ?? everywhereTheSame(name, pairs) ?? factor(name, pairs, tolerance, names) ??
    shift(name, pairs, tolerance) ?? factorOfEntry(name, pairs, tolerance, names) ??
    elsewhere(name, pairs, tolerance) ?? worst(name, pair, tolerance, names);
}

/** Explains a number for each of many cases: its position in the list would tell the learner nothing. */
function explainCases(pairs: readonly TrialPart[], tolerance: number): string {
  const pair = pairs.find(({ got, expected }) => !samePart(got, expected, tolerance))!;
  const odd = notFinite(pair);
  if (odd) return `${wholeName} is sometimes ${odd.text}`;
  const same = sameEverywhere(pairs);
  if (same !== undefined) return `${wholeName} is ${format(same)} in every case: what should it depend on?`;
  return factor(wholeName, pairs, tolerance, []) ?? shift(wholeName, pairs, tolerance) ??
    `${wholeName} is right in ${shareOf(whichAreRight(pair, tolerance))} cases`;
}

/** The first NaN or infinity that should be a finite number, and what causes it. */
function notFinite({ got, expected }: TrialPart): { index: number; text: string } | undefined {
  const index = Array.from(got.numbers).findIndex((value, i) =>
    !Number.isFinite(value) && Number.isFinite(expected.numbers[i])
  );
  if (index < 0) return undefined;
  const value = got.numbers[index];
  const cause = Number.isNaN(value)
    ? "0 / 0, ∞ − ∞ or an undefined value"
    : "a division by zero, log 0 or e to a large power";
  return { index, text: `${value}: look for ${cause}` };
}

/** The answer is one of the inputs. */
function unchanged(name: string, pairs: readonly TrialPart[], names: readonly string[]): string | undefined {
  if (pairs[0].got.numbers.length < 2) return undefined;
  const which = pairs[0].inputs.findIndex((_, i) =>
    pairs.every(({ inputs, got }) => {
      const input = partsOf(inputs[i]).get("");
      return isNumberPart(input) && input.numbers.length > 1 && samePart(got, input, 0);
    })
  );
  return which < 0 ? undefined : `${name} is ${names[which] ?? `input ${which}`}, unchanged`;
}

/** The answer has the same number everywhere, as if nothing was ever written to it. */
function everywhereTheSame(name: string, pairs: readonly TrialPart[]): string | undefined {
  const value = sameEverywhere(pairs);
  return value === undefined ? undefined : `${name} is ${format(value)} everywhere: does your code write to it?`;
}

/** The number that is everywhere in the answer, if it should not be the same everywhere. */
function sameEverywhere(pairs: readonly TrialPart[]): number | undefined {
  const value = pairs[0].got.numbers[0];
  const same = pairs.every(({ got, expected }) =>
    Array.from(got.numbers).every((number) => number === value) && new Set(Array.from(expected.numbers)).size > 1
  );
  return same ? value : undefined;
}

/** The answer is the right one times a number, which may be a size of an input. */
function factor(
  name: string,
  pairs: readonly TrialPart[],
  tolerance: number,
  names: readonly string[],
): string | undefined {
  const ratios = pairs.map(({ got, expected }) => constantRatio(got.numbers, expected.numbers, tolerance));
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
  if (!all((_, each) => close(each, ratio))) return undefined;
  const whole = close(1 / ratio, Math.round(1 / ratio));
  const how = whole ? `divided by ${Math.round(1 / ratio)}` : `times ${Number(ratio.toPrecision(4))}`;
  return `${name} is the right one ${how}: there is a factor missing, or one too many`;
}

function close(a: number, b: number): boolean {
  return Math.abs(a - b) < 1e-3 * Math.abs(b);
}

/** The factors by which an answer is off if a mean or a sum takes the wrong size. */
const sizeFactors: readonly [text: (size: number) => string, of: (size: number) => number, halves: boolean][] = [
  [(size) => `times ${size}`, (size) => size, false],
  [(size) => `divided by ${size}`, (size) => 1 / size, false],
  [(size) => `times ${size}/2`, (size) => size / 2, true],
  [(size) => `times 2/${size}`, (size) => 2 / size, true],
];

/** The sizes of the inputs, and what to call them. */
function sizesOf(inputs: readonly unknown[], names: readonly string[]): { size: number; what: string }[] {
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

/** In a short list each entry may have its own meaning, and its own factor. */
function factorOfEntry(
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
    return factor(`${name} at [${i}]`, entries, tolerance, names);
  }
  return undefined;
}

/** The answer is the right one plus a number. */
function shift(name: string, pairs: readonly TrialPart[], tolerance: number): string | undefined {
  const shifts = pairs.map(({ got, expected }) => constantShift(got.numbers, expected.numbers, tolerance));
  if (!shifts.every((shift) => shift !== undefined)) return undefined;
  const amount = Number(shifts[0].toPrecision(4));
  return `${name} is the right one plus ${amount}, everywhere: a term is missing, or one too many`;
}

/** The right numbers are all there, in another order. */
function elsewhere(name: string, pairs: readonly TrialPart[], tolerance: number): string | undefined {
  const sorted = ({ numbers }: NumberPart): Float64Array => Float64Array.from(numbers).sort();
  const shuffled = pairs.every(({ got, expected }) =>
    got.numbers.length > 1 && worstElement(sorted(got), sorted(expected), tolerance) === undefined
  );
  return shuffled ? `${name} has the right numbers in the wrong order` : undefined;
}

/** The element with the largest error, its inputs, and how many numbers are right. */
function worst(name: string, pair: TrialPart, tolerance: number, names: readonly string[]): string {
  const { inputs, got, expected } = pair;
  const index = worstElement(got.numbers, expected.numbers, tolerance)!;
  const values = `is ${format(got.numbers[index])} and should be ${format(expected.numbers[index])}`;
  const whole = name === wholeName; // a field seldom depends on the inputs at the same index
  const right = expected.numbers.length > 1 ? ` (${whatIsRight(pair, tolerance)})` : "";
  return `${name}${at(index, got)} ${values}${inputsAt(inputs, index, expected, names, whole)}${right}`;
}

/** Inputs that are numbers or short lists, and the elements at this index of tensors of the same shape. */
function inputsAt(
  inputs: readonly unknown[],
  index: number,
  { shape }: NumberPart,
  names: readonly string[],
  whole: boolean,
): string {
  const known = names.flatMap((name, i) => {
    const input = inputs[i];
    if (typeof input === "number") return [`${name} is ${format(input)}`];
    if (isNumbers(input) && input.length <= 6) return [`${name} is [${Array.from(input, format).join(", ")}]`];
    const there = whole && input instanceof Tensor && shape.length > 0 && sameShape(input.shape, shape);
    return there ? [`${name} is ${format(input.data[index])}`] : [];
  });
  const last = known.pop();
  return last === undefined ? "" : `, where ${[...known.length ? [known.join(", ")] : [], last].join(" and ")}`;
}

/** How many numbers are right and, if only some rows or columns of a matrix are wrong, which. */
function whatIsRight(pair: TrialPart, tolerance: number): string {
  const { expected: { shape } } = pair, isRight = whichAreRight(pair, tolerance);
  const count = `${shareOf(isRight)} numbers are right`;
  if (shape.length !== 2) return count;
  const [rows, columns] = shape;
  const lines: [string, number, (i: number) => number][] = [
    ["row", rows, (i) => Math.floor(i / columns)],
    ["column", columns, (i) => i % columns],
  ];
  for (const [kind, number, lineOf] of lines) {
    const wrong = [...new Set(isRight.flatMap((right, i) => right ? [] : [lineOf(i)]))].sort((a, b) => a - b);
    if (wrong.length > number / 2) continue;
    return `${count}: all but ${kind}${wrong.length === 1 ? "" : "s"} ${wrong.join(", ")}`;
  }
  return count;
}

function whichAreRight({ got, expected }: TrialPart, tolerance: number): boolean[] {
  const scale = Math.max(...Array.from(expected.numbers, Math.abs).filter(Number.isFinite));
  return Array.from(
    expected.numbers,
    (value, i) => Object.is(got.numbers[i], value) || Math.abs(got.numbers[i] - value) <= tolerance * scale,
  );
}

/** How many of them are true: `2 of 20`. */
function shareOf(flags: readonly boolean[]): string {
  return `${flags.filter(Boolean).length} of ${flags.length}`;
}

function at(index: number, { shape }: NumberPart): string {
  const place: number[] = [];
  for (const axis of shape.toReversed()) {
    place.unshift(index % axis);
    index = Math.floor(index / axis);
  }
  return place.length ? ` at ${formatShape(place)}` : "";
}

function format(value: number): string {
  return String(Number(value.toPrecision(6)));
}
