/** What is plainly wrong with an answer: its type, its shape, or its numbers. */
import { sameShape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { Trial } from "./attempt.ts";
import {
  describeValue,
  isNumbers,
  isRecord,
  type NumberPart,
  partsOf,
  samePart,
  tellingIndices,
  worstElement,
} from "./compare.ts";
import { formatPlace, type TrialPart } from "./places.ts";
import { type TypeMismatch, typeMismatch } from "./type_mismatch.ts";
import { describePart, describeShape, formatNumber as format, nameOf, wholeName } from "./words.ts";

/** How an answer came about, and how to speak of it. */
interface AnswerContext {
  /** The names of the inputs. */
  readonly names: readonly string[];
  /** Whether the judge computed the value that is compared from the answer. */
  readonly made?: boolean;
  /** Whether that value is a list with the results of many cases. */
  readonly cases?: boolean;
}

/** What is wrong with an answer of the wrong type, or with a part of it that does not consist of numbers. */
export function describeValueWrong({ got, expected }: Trial, context: AnswerContext): string {
  const odd = typeMismatch(got, expected);
  if (odd) return describeMismatch(odd, expected, context);
  const mine = partsOf(got);
  const [path, part] = [...partsOf(expected)].find(([path, part]) => !samePart(mine.get(path), part, 0))!;
  return `${nameOf(path)} is ${describePart(mine.get(path))}, and ${describePart(part)} was expected`;
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

/** What is wrong with the numbers of a part, and whether some of them are right. */
export function numbersOf(
  name: string,
  parts: readonly TrialPart[],
  tolerance: number,
  { names, cases }: AnswerContext,
): { text: string; someRight: boolean; odd: boolean } {
  const part = parts.find(({ got, expected }) => !samePart(got, expected, tolerance))!, { got } = part;
  const odd = notFinite(part);
  if (cases) {
    const text = odd
      ? `${wholeName} is sometimes ${odd.text}`
      : `${wholeName} is right in ${shareOf(whichAreRight(part, tolerance))} cases`;
    return { text, someRight: false, odd: odd !== undefined };
  }
  const right = whichAreRight(part, tolerance), someRight = right.includes(true) && right.includes(false);
  if (odd) return { text: `${name}${at(odd.index, got)} is ${odd.text}`, someRight, odd: true };
  return { text: worst(name, part, tolerance, names), someRight, odd: false };
}

/** A part whose shape is wrong, in words. */
export function wrongShape(name: string, parts: readonly TrialPart[]): string | undefined {
  const part = parts.find(({ got, expected }) => !sameShape(got.shape, expected.shape));
  if (!part) return undefined;
  const { got, expected } = part;
  const lists = got.shape.length === 1 && expected.shape.length === 1;
  if (lists && expected.shape[0] === 0) return `${name} is ${listOf(got.numbers)} and should be empty`;
  return lists
    ? `${name} has length ${got.shape[0]} and should have length ${expected.shape[0]}`
    : `${name} is ${describeShape(got)} and should be ${describeShape(expected)}`;
}

/** A list, cut off where it becomes long. */
function listOf(numbers: ArrayLike<number>): string {
  return `[${Array.from(numbers).slice(0, 8).map(format).join(", ")}${numbers.length > 8 ? ", …" : ""}]`;
}

/** The first NaN or infinity that should be a finite number, and what causes it. */
function notFinite({ got, expected }: TrialPart): { index: number; text: string } | undefined {
  const index = Array.from(got.numbers).findIndex((value, i) =>
    !Number.isFinite(value) && Number.isFinite(expected.numbers[i])
  );
  if (index < 0) return undefined;
  const value = got.numbers[index];
  const cause = Number.isNaN(value)
    ? "0 / 0, ∞ − ∞ or an undefined value, as past the end of a list"
    : "a division by zero, log 0 or e to a large power";
  return { index, text: `${value}: look for ${cause}` };
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
  const wrong = new Set(tellingIndices(got, expected, tolerance));
  return Array.from(expected.numbers, (_, i) => !wrong.has(i));
}

/** How many of them are true: `2 of 20`. */
function shareOf(flags: readonly boolean[]): string {
  return `${flags.filter(Boolean).length} of ${flags.length}`;
}

function at(index: number, { shape }: NumberPart): string {
  return shape.length ? ` at ${formatPlace(index, shape)}` : "";
}
