/** Which inputs, or which rows of them, an answer does not use although the solution does. */
import { Tensor } from "../tensor/tensor.ts";
import { type Attempt, copyOf, run, type Trial } from "./attempt.ts";
import { isNumberPart, isNumbers, partsOf, samePart } from "./compare.ts";
import { nameOf } from "./words.ts";

/** At most so many trials are looked at: every one of them takes a few dozen runs. */
const looked = 3;

/** Inputs that make no difference to a part of the answer, in words; undefined if all do, or if it cannot be said. */
export async function unusedInputs(attempt: Attempt, path: string): Promise<string | undefined> {
  const { done, names } = attempt, trials = done.slice(0, looked), part = nameOf(path);
  const finite = trials.every(({ got }) => {
    const mine = partsOf(got).get(path);
    return isNumberPart(mine) && Array.from(mine.numbers).every(Number.isFinite);
  });
  if (!finite) return undefined; // NaN stays NaN, whatever goes in
  const uses = usedIn(path);
  for (const [i, name] of names.entries()) {
    const whole = await Promise.all(trials.map((trial) => uses(attempt, trial, i, other(done, trial, i))));
    if (whole.every((used) => used === false)) return `${part} is the same whatever \`${name}\` is`;
    if (whole.includes(false)) continue;
    for (const axis of [0, 1]) {
      const lines = await Promise.all(trials.map((trial) => unusedLines(uses, attempt, trial, i, axis)));
      const which = describeLines(lines.filter((each) => each !== undefined), axis, trials[0].inputs[i]);
      if (which) return `${part} is the same whatever is in ${which} of \`${name}\``;
    }
  }
  return undefined;
}

/** The rows or columns of an input that are not used, and how many there are. */
async function unusedLines(
  uses: ReturnType<typeof usedIn>,
  attempt: Attempt,
  trial: Trial,
  i: number,
  axis: number,
): Promise<{ unused: number[]; length: number } | undefined> {
  const input = trial.inputs[i];
  const shape = input instanceof Tensor ? input.shape : isNumbers(input) ? [input.length] : [];
  const length = shape[axis];
  if (length === undefined || length < 2 || length > 60 || shape.length > 3) return undefined;
  const inner = shape.slice(axis + 1).reduce((a, b) => a * b, 1), unused: number[] = [];
  for (let line = 0; line < length; line++) {
    const used = await uses(attempt, trial, i, altered(input, (at) => Math.floor(at / inner) % length === line));
    if (used === false) unused.push(line);
  }
  return { unused, length };
}

/**
 * Whether this part of the answer changes with an input: undefined where that cannot be said, because the solution does not
 * change either, or something throws.
 */
function usedIn(path: string) {
  return async (attempt: Attempt, trial: Trial, i: number, value: unknown): Promise<boolean | undefined> => {
    if (value === undefined) return undefined;
    const { exercise, answer, tolerance } = attempt, { inputs, expected, got } = trial;
    const changed = copyOf(inputs).map((input, k) => k === i ? value : input);
    const same = (a: unknown, b: unknown, within: number) =>
      samePart(partsOf(a).get(path), partsOf(b).get(path), within);
    try {
      if (same(await run(exercise, exercise.solution, changed, expected), expected, tolerance)) return undefined;
      return !same(await run(exercise, answer, changed, expected), got, 0);
    } catch {
      return undefined;
    }
  };
}

/** Something else instead of an input: a number of another trial, or other numbers. */
function other(done: readonly Trial[], { inputs }: Trial, i: number): unknown {
  const input = inputs[i];
  if (typeof input === "number") return done.map((trial) => trial.inputs[i]).find((value) => value !== input);
  return altered(input, () => true);
}

/** An input with other numbers at some places: in a list of whole numbers, numbers that the list has elsewhere. */
function altered(input: unknown, at: (index: number) => boolean): unknown {
  if (input instanceof Tensor) {
    const whole = input.data.every(Number.isInteger), top = Math.max(...input.data);
    return input.map((value, index) =>
      !at(index) ? value : whole ? top + 1 + index : -1.7 * value + 0.9 + 0.01 * index
    );
  }
  if (!isNumbers(input) || input.length > 100) return undefined;
  const numbers = Array.from(input);
  const change = (value: number, index: number): number => {
    if (!at(index)) return value;
    if (!numbers.every(Number.isInteger)) return -1.7 * value + 0.9;
    return numbers.find((each) => each !== value) ?? value;
  };
  return Array.isArray(input) ? numbers.map(change) : (input as Uint8Array).map(change);
}

/** The lines that are not used, if that is the same in every trial: the first, the last, or all from some line on. */
function describeLines(
  trials: readonly { unused: number[]; length: number }[],
  axis: number,
  input: unknown,
): string | undefined {
  if (trials.length < 2 || trials.every(({ unused }) => unused.length === 0)) return undefined;
  const kind = isNumbers(input) || (input as Tensor).shape.length === 1 ? "number" : axis === 0 ? "row" : "column";
  const patterns: [text: string, lines: (length: number) => number[]][] = [
    [`the first ${kind}`, () => [0]],
    [`the last ${kind}`, (length) => [length - 1]],
    [`the first and the last ${kind}`, (length) => [0, length - 1]],
    [`all ${kind}s but the first`, (length) => upTo(length).slice(1)],
    [`all ${kind}s but the last`, (length) => upTo(length).slice(0, -1)],
    ...[1, 2, 3, 4, 5, 6, 7, 10].map((from): [string, (length: number) => number[]] => [
      `the ${kind}s from ${from} on`,
      (length) => upTo(length).slice(from),
    ]),
  ];
  return patterns.find(([, lines]) => trials.every(({ unused, length }) => String(unused) === String(lines(length))))
    ?.[0];
}

function upTo(length: number): number[] {
  return Array.from({ length }, (_, i) => i);
}
