/** An answer with what is known about it: the trials in which it ran, and how to run others in the same way. */
import type { Exercise } from "./exercise.ts";
import { normalizeAnswer } from "./compare.ts";
import { Tensor } from "../tensor/tensor.ts";

/** One trial: the inputs, the right answer and the learner's. */
export interface Trial {
  readonly inputs: readonly unknown[];
  readonly expected: unknown;
  readonly got: unknown;
}

/** A wrong answer, and everything that is needed to find out why. */
export interface Attempt {
  readonly exercise: Exercise<readonly unknown[], unknown>;
  readonly answer: unknown;
  readonly done: readonly Trial[];
  /** How far a number may be off, relative to the largest. */
  readonly tolerance: number;
  /** The names of the inputs; none if the answer is not called with them. */
  readonly names: readonly string[];
}

/**
 * What an answer gives for these inputs; what the exercise computes from an answer counts as that.
 *
 * @param own Whether the answer may write to the inputs; otherwise it gets copies.
 */
export async function run(
  exercise: Exercise<readonly unknown[], unknown>,
  answer: unknown,
  inputs: readonly unknown[],
  expected?: unknown,
  own = false,
): Promise<unknown> {
  const given = own ? inputs : copyOf(inputs);
  const value = exercise.use
    ? await exercise.use(answer, ...given)
    : typeof answer === "function"
    ? await answer(...given)
    : answer;
  return normalizeAnswer(value, expected);
}

/** What another answer gives in each trial, as far as needed; undefined if it throws or `goOn` says that it is enough. */
export async function valuesOf(
  { exercise, done }: Attempt,
  answer: unknown,
  inputsOf: (trial: Trial) => readonly unknown[] = ({ inputs }) => inputs,
  goOn: (value: unknown, trial: Trial) => boolean = () => true,
): Promise<unknown[] | undefined> {
  const values: unknown[] = [];
  for (const trial of done) {
    let value: unknown;
    try {
      value = await run(exercise, answer, inputsOf(trial), trial.expected);
    } catch {
      return undefined;
    }
    if (!goOn(value, trial)) return undefined;
    values.push(value);
  }
  return values;
}

/** Copies of the inputs, so that an answer that writes to them spoils nothing. */
export function copyOf<T extends readonly unknown[]>(inputs: T): T {
  const copy = (value: unknown): unknown => {
    if (value instanceof Tensor) return value.clone();
    if (ArrayBuffer.isView(value)) {
      return value instanceof DataView ? structuredClone(value) : (value as Uint8Array).slice();
    }
    return Array.isArray(value) ? value.map(copy) : value;
  };
  return inputs.map(copy) as unknown as T;
}
