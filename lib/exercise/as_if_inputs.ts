/** What the solution would give for other inputs: exchanged, left out, or always the same. */
import { sameShape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { isNumbers } from "./compare.ts";

/** Other inputs instead of those of a trial, and what to say if they explain an answer. */
interface AsIf {
  /** To follow "as if": "`row` and `column` were exchanged". */
  readonly as: string;
  /** The other inputs, where the right answer is this; undefined if they make no sense in this trial. */
  readonly inputs: (inputs: readonly unknown[], expected?: unknown) => readonly unknown[] | undefined;
  /** What is done to the result for these inputs; nothing by default. */
  readonly result?: (value: unknown) => unknown;
}

/** Numbers that an input may have been in the head of somebody: none, one, a small window, an image, a batch. */
const usual = [0, 1, 2, 3, 4, 5, 9, 10, 28, 40, 64, 0.1, 0.01, 0.5, 0.9];

/** What somebody may have done to a number. */
const scaled: readonly [how: string, f: (value: number) => number][] = [
  ["twice as large", (value) => 2 * value],
  ["half as large", (value) => value / 2],
  ["squared", (value) => value * value],
  ["negative", (value) => -value],
  ["1 divided by itself", (value) => 1 / value],
  ["1 minus itself", (value) => 1 - value],
];

/** What may be done to all samples at once. */
const samples: readonly [as: string, which: (length: number) => [from: number, to: number]][] = [
  ["there were only the first sample", () => [0, 1]],
  ["there were only the last sample", (length) => [length - 1, length]],
  ["the first sample were not there", (length) => [1, length]],
  ["the last sample were not there", (length) => [0, length - 1]],
];

/**
 * Everything that can be said of inputs with these names. A whole number stays whole.
 *
 * @param trials The inputs of all trials.
 * @param guarded Whether the loops of the solution end by themselves. Otherwise a whole number is no smaller than in any
 * trial or than 1: the size of a step may be among them, and with a step of 0 the loops would never end.
 */
export function asIfInputs(names: readonly string[], trials: readonly (readonly unknown[])[], guarded = false): AsIf[] {
  const example = trials[0];
  const found: AsIf[] = [];
  const name = (i: number) => `\`${names[i]}\``;
  const known = example.map((_, i) => i).filter((i) => names[i] !== undefined);
  const numeric = known.filter((i) => typeof example[i] === "number");
  const lists = known.filter((i) => example[i] instanceof Tensor || isNumbers(example[i]));
  for (const group of [numeric, lists]) {
    for (const [at, i] of group.entries()) {
      for (const j of group.slice(at + 1)) {
        const fits = [i, j].map((k) => possible(trials.map((inputs) => inputs[k]), guarded));
        found.push({
          as: `${name(i)} and ${name(j)} were exchanged`,
          inputs: (inputs) =>
            fits[0](inputs[j]) && fits[1](inputs[i])
              ? inputs.map((input, k) => k === i ? inputs[j] : k === j ? inputs[i] : input)
              : undefined,
        });
      }
    }
  }
  const set = (i: number, as: string, to: (inputs: readonly unknown[]) => unknown) => {
    const isPossible = possible(trials.map((inputs) => inputs[i]), guarded);
    found.push({
      as,
      inputs: (inputs) => {
        const value = to(inputs);
        return isPossible(value) ? inputs.map((input, k) => k === i ? value : input) : undefined;
      },
    });
  };
  for (const i of numeric) {
    for (const value of usual) set(i, `${name(i)} were always ${value}`, () => value);
    for (const j of numeric) if (i !== j) set(i, `${name(i)} were ${name(j)}`, (inputs) => inputs[j]);
    for (const [how, f] of scaled) set(i, `${name(i)} were ${how}`, (inputs) => f(inputs[i] as number));
    for (const by of [1, -1]) {
      set(i, `${name(i)} were one ${by > 0 ? "larger" : "smaller"}`, (inputs) => (inputs[i] as number) + by);
    }
  }
  for (const i of lists) {
    const changed = (as: string, f: (value: number) => number) =>
      set(i, `${name(i)} ${as}`, (inputs) => mapped(inputs[i] as Tensor | ArrayLike<number>, f));
    changed("were 0 everywhere", () => 0);
    changed("were 1 everywhere", () => 1);
    changed("had no sign", Math.abs);
    changed("were squared", (value) => value * value);
    changed("were 0 wherever it is at most 0.5", (value) => value > 0.5 ? value : 0);
    changed("were one larger", (value) => value + 1);
    changed("were one smaller", (value) => value - 1);
    set(i, `${name(i)} were transposed`, (inputs) => transposed(inputs[i]) ?? inputs[i]);
    found.push({
      as: `your code went down the columns of ${name(i)}, not along its rows`,
      inputs: (inputs) => {
        const turned = transposed(inputs[i]);
        return turned && inputs.map((input, k) => k === i ? turned : input);
      },
      result: (value) => transposed(value) ?? value,
    });
  }
  found.push({ as: "it were computed twice, the second time from the first result", inputs: fromResult });
  for (const [as, which] of samples) {
    found.push({
      as,
      inputs: (inputs) => {
        const length = samplesIn(inputs);
        return length === undefined || length < 2 ? undefined : onlySamples(inputs, ...which(length));
      },
    });
  }
  return found;
}

/** Whether a value may stand for an input that has these values in the trials. */
function possible(given: readonly unknown[], guarded: boolean): (value: unknown) => boolean {
  const lowest = guarded ? -Infinity : Math.min(1, ...given.map(Number));
  return given.every(Number.isInteger) ? (value) => Number.isInteger(value) && Number(value) >= lowest : () => true;
}

/** How many samples the inputs have, if they are lists of samples: two of them with the same length. */
export function samplesIn(inputs: readonly unknown[]): number | undefined {
  const lengths = inputs.filter((input) => input instanceof Tensor || isNumbers(input)).map(lengthOf);
  return lengths.length >= 2 && lengths.filter((length) => length === lengths[0]).length >= 2 ? lengths[0] : undefined;
}

/** The inputs with only these samples. */
export function onlySamples(inputs: readonly unknown[], from: number, to: number): unknown[] {
  const length = samplesIn(inputs);
  return inputs.map((input) =>
    (input instanceof Tensor || isNumbers(input)) && lengthOf(input) === length ? part(input, from, to) : input
  );
}

/** The inputs with the right answer instead of the first of them, if it is of the same kind. */
function fromResult(inputs: readonly unknown[], expected: unknown): readonly unknown[] | undefined {
  const [first] = inputs;
  if (first instanceof Tensor && expected instanceof Tensor) {
    return sameShape(first.shape, expected.shape) ? [expected, ...inputs.slice(1)] : undefined;
  }
  if (!isNumbers(expected) || expected.length === 0) return undefined;
  if (isNumbers(first)) return first.length === expected.length ? [expected, ...inputs.slice(1)] : undefined;
  const replaced = inputs.slice(0, expected.length);
  return replaced.length === expected.length && replaced.every((input) => typeof input === "number")
    ? [...Array.from(expected), ...inputs.slice(expected.length)]
    : undefined;
}

/** A matrix with its axes exchanged. */
function transposed(value: unknown): Tensor | undefined {
  return value instanceof Tensor && value.shape.length === 2 ? value.transpose() : undefined;
}

function mapped(input: Tensor | ArrayLike<number>, f: (value: number) => number): unknown {
  if (input instanceof Tensor) return input.map(f);
  return Array.isArray(input) ? input.map(f) : (input as Uint8Array).map(f);
}

function lengthOf(input: unknown): number {
  return input instanceof Tensor ? input.shape[0] ?? 0 : (input as ArrayLike<unknown>).length ?? 0;
}

function part(input: unknown, from: number, to: number): unknown {
  return (input as Tensor | unknown[]).slice(from, to);
}
