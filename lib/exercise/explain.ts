/** explain: what a wrong answer that nobody foresaw has in common with the right one. */
import { formatShape, sameShape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import {
  constantRatio,
  constantShift,
  describeValue,
  isNumberPart,
  isTransposed,
  type NumberPart,
  partsOf,
  sameAnswer,
  samePart,
  worstElement,
} from "./compare.ts";

/** One trial: the inputs, the right answer and the learner's. */
export interface Trial {
  readonly inputs: readonly unknown[];
  readonly expected: unknown;
  readonly got: unknown;
}

/** One part of the answer in one trial. */
interface Pair {
  readonly inputs: readonly unknown[];
  readonly got: NumberPart;
  readonly expected: NumberPart;
}

/** What an answer is called that has no fields. */
const wholeName = "Your answer";

/** How the solution calls its inputs: `["x", "gradOut"]`; nothing where it gives them no simple names. */
export function namesOf(solution: unknown): string[] {
  const list = /^[^(]*\(([\w\s,]*)\)/.exec(String(solution))?.[1] ?? "";
  return list.split(",").map((name) => name.trim()).filter(Boolean);
}

/** The first pattern that fits all trials, or the worst element of the first that is wrong. */
export function explain(done: readonly Trial[], tolerance: number, names: readonly string[] = []): string {
  const { got, expected } = done.find((trial) => !sameAnswer(trial.got, trial.expected, tolerance))!;
  if (got === undefined) {
    return "Your code gives nothing back: is there a return, or does it read beyond the end of something?";
  }
  const [mine, right] = [partsOf(got), partsOf(expected)];
  const missing = [...right.keys()].filter((path) => !mine.has(path));
  if (missing.length > 0 && missing.length < right.size) {
    return `What your code gives has no ${missing.map((path) => path.replace(/^\./, "")).join(", ")}`;
  }
  if (missing.length > 0 || mine.size !== right.size) {
    return `Your code gives ${describeValue(got)} and ${describeValue(expected)} was expected`;
  }
  const [path, part] = [...right].find(([path, part]) => !samePart(mine.get(path), part, tolerance))!;
  const name = path ? `Your ${path.replace(/^\./, "")}` : wholeName;
  const found = mine.get(path);
  if (!isNumberPart(part) || !isNumberPart(found)) {
    return `${name} is ${describePart(found)}, and ${describePart(part)} was expected`;
  }
  const pairs = done.flatMap(({ inputs, got, expected }) => {
    const [mine, right] = [partsOf(got).get(path), partsOf(expected).get(path)];
    return isNumberPart(mine) && isNumberPart(right) ? [{ inputs, got: mine, expected: right }] : [];
  });
  return explainNumbers(name, pairs, tolerance, names);
}

function describePart(part: ReturnType<ReturnType<typeof partsOf>["get"]>): string {
  return isNumberPart(part) ? describeShape(part) : describeValue(part?.value);
}

function describeShape({ shape }: NumberPart): string {
  return shape.length === 0 ? "one number" : `of shape ${formatShape(shape)}`;
}

function explainNumbers(name: string, pairs: readonly Pair[], tolerance: number, names: readonly string[]): string {
  const pair = pairs.find(({ got, expected }) => !samePart(got, expected, tolerance))!;
  const { got, expected } = pair;
  if (pairs.every((pair) => isTransposed(pair.got, pair.expected, tolerance))) {
    return `${name} is right but lies on its side: it is ${formatShape(got.shape)}, the transpose of what was expected`;
  }
  if (!sameShape(got.shape, expected.shape)) {
    const lists = got.shape.length === 1 && expected.shape.length === 1;
    return lists
      ? `${name} has the length ${got.shape[0]} and should have ${expected.shape[0]}`
      : `${name} is ${describeShape(got)} and should be ${describeShape(expected)}`;
  }
  const notFinite = Array.from(got.numbers).findIndex((value, i) =>
    !Number.isFinite(value) && Number.isFinite(expected.numbers[i])
  );
  if (notFinite >= 0) {
    const value = got.numbers[notFinite];
    const cause = Number.isNaN(value)
      ? "0 / 0, ∞ − ∞ or something undefined"
      : "a division by zero, log 0 or e to a large number";
    return `${name}${at(notFinite, got)} is ${value}: look for ${cause}`;
  }
  return unchanged(name, pairs, names) ?? everywhereTheSame(name, pairs) ?? factor(name, pairs, tolerance, names) ??
    shift(name, pairs, tolerance) ?? factorOfEntry(name, pairs, tolerance, names) ??
    elsewhere(name, pairs, tolerance) ?? worst(name, pair, tolerance, names);
}

/** The answer is one of the inputs. */
function unchanged(name: string, pairs: readonly Pair[], names: readonly string[]): string | undefined {
  if (pairs[0].got.numbers.length < 2) return undefined;
  const which = pairs[0].inputs.findIndex((_, i) =>
    pairs.every(({ inputs, got }) => {
      const input = partsOf(inputs[i]).get("");
      return isNumberPart(input) && input.numbers.length > 1 && samePart(got, input, 0);
    })
  );
  return which < 0 ? undefined : `${name} is ${names[which] ?? `input ${which}`}, just as it went in`;
}

/** The answer has the same number in each of its places, as one that was never written to. */
function everywhereTheSame(name: string, pairs: readonly Pair[]): string | undefined {
  const value = pairs[0].got.numbers[0];
  const same = pairs.every(({ got, expected }) =>
    Array.from(got.numbers).every((number) => number === value) && new Set(Array.from(expected.numbers)).size > 1
  );
  return same ? `${name} is ${format(value)} everywhere: is anything written into it?` : undefined;
}

/** The answer is the right one times a number, which may be a size of what went in. */
function factor(
  name: string,
  pairs: readonly Pair[],
  tolerance: number,
  names: readonly string[],
): string | undefined {
  const ratios = pairs.map(({ got, expected }) => constantRatio(got.numbers, expected.numbers, tolerance));
  if (!ratios.every((ratio) => ratio !== undefined)) return undefined;
  const all = (is: (pair: Pair, ratio: number) => boolean): boolean => pairs.every((pair, i) => is(pair, ratios[i]));
  const [ratio] = ratios;
  const sizes = sizesOf(pairs[0].inputs, names);
  const plain = all((_, each) => close(each, ratio) && (close(ratio, 2) || close(ratio, 0.5))); // more likely a 2 than a size
  if (all((_, ratio) => Math.abs(ratio + 1) < 1e-3)) return `${name} is right but for its sign`;
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
  return `${name} is the right one ${how}: a factor is missing, or one too many`;
}

function close(a: number, b: number): boolean {
  return Math.abs(a - b) < 1e-3 * Math.abs(b);
}

/** The ways in which a size of the inputs gets lost in a mean or a sum. */
const sizeFactors: readonly [text: (size: number) => string, of: (size: number) => number, halves: boolean][] = [
  [(size) => `times ${size}`, (size) => size, false],
  [(size) => `divided by ${size}`, (size) => 1 / size, false],
  [(size) => `times ${size}/2`, (size) => size / 2, true],
  [(size) => `times 2/${size}`, (size) => 2 / size, true],
];

/** The sizes of what went in, and how to speak of them. */
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

/** In a short list each entry has a meaning of its own, and maybe a factor of its own. */
function factorOfEntry(
  name: string,
  pairs: readonly Pair[],
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
function shift(name: string, pairs: readonly Pair[], tolerance: number): string | undefined {
  const shifts = pairs.map(({ got, expected }) => constantShift(got.numbers, expected.numbers, tolerance));
  if (!shifts.every((shift) => shift !== undefined)) return undefined;
  const amount = Number(shifts[0].toPrecision(4));
  return `${name} is the right one plus ${amount}, everywhere: something is added that should not be, or missing`;
}

/** The right numbers are all there, at other places. */
function elsewhere(name: string, pairs: readonly Pair[], tolerance: number): string | undefined {
  const sorted = ({ numbers }: NumberPart): Float64Array => Float64Array.from(numbers).sort();
  const shuffled = pairs.every(({ got, expected }) =>
    got.numbers.length > 1 && worstElement(sorted(got), sorted(expected), tolerance) === undefined
  );
  return shuffled ? `${name} has the right numbers, but not in their places` : undefined;
}

/** The element that is off by most, what went in there, and where the others are that are wrong. */
function worst(name: string, { inputs, got, expected }: Pair, tolerance: number, names: readonly string[]): string {
  const index = worstElement(got.numbers, expected.numbers, tolerance)!;
  const values = `is ${format(got.numbers[index])} and should be ${format(expected.numbers[index])}`;
  const whole = name === wholeName; // a field seldom has to do with what went in at its place
  const right = expected.numbers.length > 1 ? ` (${whatIsRight(got, expected, tolerance)})` : "";
  return `${name}${at(index, got)} ${values}${whatWentIn(inputs, index, expected, names, whole)}${right}`;
}

/** The numbers that went in, and those at the same place of tensors of the same shape: `, where x is -2 and h is 0.1`. */
function whatWentIn(
  inputs: readonly unknown[],
  index: number,
  { shape }: NumberPart,
  names: readonly string[],
  whole: boolean,
): string {
  const known = names.flatMap((name, i) => {
    const input = inputs[i];
    if (typeof input === "number") return [`${name} is ${format(input)}`];
    const there = whole && input instanceof Tensor && shape.length > 0 && sameShape(input.shape, shape);
    return there ? [`${name} is ${format(input.data[index])}`] : [];
  });
  const last = known.pop();
  return last === undefined ? "" : `, where ${[...known.length ? [known.join(", ")] : [], last].join(" and ")}`;
}

/** How many numbers are right; of a matrix in which only some rows or some columns are wrong, which. */
function whatIsRight(got: NumberPart, expected: NumberPart, tolerance: number): string {
  const scale = Math.max(...Array.from(expected.numbers, Math.abs).filter(Number.isFinite));
  const isRight = Array.from(
    expected.numbers,
    (value, i) => Object.is(got.numbers[i], value) || Math.abs(got.numbers[i] - value) <= tolerance * scale,
  );
  const count = `${isRight.filter(Boolean).length} of ${isRight.length} numbers are right`;
  if (expected.shape.length !== 2) return count;
  const [rows, columns] = expected.shape;
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
