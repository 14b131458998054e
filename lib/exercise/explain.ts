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

/** The first pattern that fits all trials, or the worst element of the first that is wrong. */
export function explain(done: readonly Trial[], tolerance: number): string {
  const { got, expected } = done.find((trial) => !sameAnswer(trial.got, trial.expected, tolerance))!;
  if (got === undefined) return "Your code gives nothing back: is there a return?";
  const [mine, right] = [partsOf(got), partsOf(expected)];
  if (mine.size !== right.size || [...right.keys()].some((path) => !mine.has(path))) {
    return `Your code gives ${describeValue(got)} and ${describeValue(expected)} was expected`;
  }
  const [path, part] = [...right].find(([path, part]) => !samePart(mine.get(path), part, tolerance))!;
  const name = path ? `Your ${path.replace(/^\./, "")}` : "Your answer";
  const found = mine.get(path);
  if (!isNumberPart(part) || !isNumberPart(found)) {
    return `${name} is ${describePart(found)}, and ${describePart(part)} was expected`;
  }
  const pairs = done.flatMap(({ inputs, got, expected }) => {
    const [mine, right] = [partsOf(got).get(path), partsOf(expected).get(path)];
    return isNumberPart(mine) && isNumberPart(right) ? [{ inputs, got: mine, expected: right }] : [];
  });
  return explainNumbers(name, pairs, tolerance);
}

function describePart(part: ReturnType<ReturnType<typeof partsOf>["get"]>): string {
  return isNumberPart(part) ? describeShape(part) : describeValue(part?.value);
}

function describeShape({ shape }: NumberPart): string {
  return shape.length === 0 ? "one number" : `of shape ${formatShape(shape)}`;
}

function explainNumbers(name: string, pairs: readonly Pair[], tolerance: number): string {
  const { got, expected } = pairs.find(({ got, expected }) => !samePart(got, expected, tolerance))!;
  if (pairs.every((pair) => isTransposed(pair.got, pair.expected, tolerance))) {
    return `${name} is right but lies on its side: it is ${formatShape(got.shape)}, the transpose of what was expected`;
  }
  if (!sameShape(got.shape, expected.shape)) {
    return `${name} is ${describeShape(got)} and should be ${describeShape(expected)}`;
  }
  const notFinite = Array.from(got.numbers).findIndex((value, i) =>
    !Number.isFinite(value) && Number.isFinite(expected.numbers[i])
  );
  if (notFinite >= 0) {
    return `${name}${at(notFinite, got)} is ${
      got.numbers[notFinite]
    }: look for a division by zero, log 0, e to a large number, or something that is undefined`;
  }
  return unchanged(name, pairs) ?? everywhereTheSame(name, pairs) ?? factor(name, pairs, tolerance) ??
    shift(name, pairs, tolerance) ?? worst(name, got, expected, tolerance);
}

const ordinals = ["first", "second", "third", "fourth", "fifth", "sixth"];

/** The answer is one of the inputs. */
function unchanged(name: string, pairs: readonly Pair[]): string | undefined {
  if (pairs[0].got.numbers.length < 2) return undefined;
  const which = pairs[0].inputs.findIndex((_, i) =>
    pairs.every(({ inputs, got }) => {
      const input = partsOf(inputs[i]).get("");
      return isNumberPart(input) && input.numbers.length > 1 && samePart(got, input, 0);
    })
  );
  return which < 0 ? undefined : `${name} is the ${ordinals[which]} of the things that went in, just as it went in`;
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
function factor(name: string, pairs: readonly Pair[], tolerance: number): string | undefined {
  const ratios = pairs.map(({ got, expected }) => constantRatio(got.numbers, expected.numbers, tolerance));
  if (!ratios.every((ratio) => ratio !== undefined)) return undefined;
  const all = (is: (pair: Pair, ratio: number) => boolean): boolean => pairs.every((pair, i) => is(pair, ratios[i]));
  const [ratio] = ratios;
  if (all((_, ratio) => Math.abs(ratio + 1) < 1e-3)) return `${name} is right but for its sign`;
  for (const axis of sizesOf(pairs[0].inputs).keys()) {
    for (const [text, of] of sizeFactors) {
      const { size, what } = sizesOf(pairs[0].inputs)[axis];
      if (size < 2) continue;
      const fits = all(({ inputs }, ratio) => close(ratio, of(sizesOf(inputs)[axis]?.size ?? NaN)));
      if (fits) return `${name} is the right one ${text(size)}, and ${size} is ${what}`;
    }
  }
  return all((_, each) => close(each, ratio))
    ? `${name} is the right one times ${Number(ratio.toPrecision(4))}: a factor is missing, or one too many`
    : undefined;
}

function close(a: number, b: number): boolean {
  return Math.abs(a - b) < 1e-3 * Math.abs(b);
}

/** The ways in which a size of the inputs gets lost in a mean or a sum. */
const sizeFactors: readonly [(size: number) => string, (size: number) => number][] = [
  [(size) => `times ${size}`, (size) => size],
  [(size) => `divided by ${size}`, (size) => 1 / size],
  [(size) => `times ${size}/2`, (size) => size / 2],
  [(size) => `times 2/${size}`, (size) => 2 / size],
];

/** The sizes of what went in, and how to speak of them. */
function sizesOf(inputs: readonly unknown[]): { size: number; what: string }[] {
  const sizes: { size: number; what: string }[] = [];
  for (const input of inputs) {
    const part = input instanceof Tensor || Array.isArray(input) ? partsOf(input).get("") : undefined;
    if (!isNumberPart(part)) continue;
    if (part.shape.length === 1) sizes.push({ size: part.shape[0], what: "the length of a list that went in" });
    else {
      const of = `of the tensor ${formatShape(part.shape)} that went in`;
      part.shape.forEach((size, axis) =>
        sizes.push({ size, what: `the ${axis === 0 ? "number of rows" : `size of axis ${axis}`} ${of}` })
      );
      sizes.push({ size: part.numbers.length, what: `the number of all elements ${of}` });
    }
  }
  return sizes;
}

/** The answer is the right one plus a number. */
function shift(name: string, pairs: readonly Pair[], tolerance: number): string | undefined {
  const shifts = pairs.map(({ got, expected }) => constantShift(got.numbers, expected.numbers, tolerance));
  if (!shifts.every((shift) => shift !== undefined)) return undefined;
  const amount = Number(shifts[0].toPrecision(4));
  return `${name} is the right one plus ${amount}, everywhere: something is added that should not be, or missing`;
}

/** The element that is off by most, and where the others are that are wrong. */
function worst(name: string, got: NumberPart, expected: NumberPart, tolerance: number): string {
  const index = worstElement(got.numbers, expected.numbers, tolerance)!;
  const right = expected.numbers.length > 1 ? ` (${whatIsRight(got, expected, tolerance)})` : "";
  return `${name}${at(index, got)} is ${format(got.numbers[index])} and should be ${
    format(expected.numbers[index])
  }${right}`;
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
