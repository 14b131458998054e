/** judge: the learner's answer against the solution and the usual mistakes, on the same fresh inputs. */
import type { Random } from "../tensor/random.ts";
import { formatShape, sameShape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { BlankError } from "./blank.ts";
import {
  constantRatio,
  constantShift,
  describeValue,
  isTransposed,
  type NumberPart,
  partsOf,
  sameAnswer,
  worstElement,
} from "./compare.ts";
import type { Exercise, Mistake } from "./exercise.ts";

/** What the judge says of an answer. */
export interface Verdict {
  /**
   * - `passed`: right in every trial
   * - `open`: still a blank
   * - `error`: it threw
   * - `mistake`: one of the usual mistakes, with its reply
   * - `wrong`: anything else, with a pattern or the worst element
   */
  readonly kind: "passed" | "open" | "error" | "mistake" | "wrong";
  /** What to tell the learner. */
  readonly message: string;
  /** Which of the exercise's mistakes it is. */
  readonly mistake?: number;
}

/** One trial: the inputs, the right answer and the learner's. */
interface Trial {
  readonly inputs: readonly unknown[];
  readonly expected: unknown;
  readonly got: unknown;
}

/** How many times the inputs are drawn: an answer that is right by luck once is not right by luck three times. */
const trials = 3;

/** Judges an answer. The same seed draws the same inputs. */
export async function judge<Inputs extends readonly unknown[]>(
  exercise: Exercise<Inputs>,
  answer: unknown,
  random: Random,
): Promise<Verdict> {
  const tolerance = exercise.tolerance ?? 1e-5;
  const done: Trial[] = [];
  for (let i = 0; i < trials; i++) {
    const inputs = exercise.inputs(random);
    const given = copyOf(inputs);
    const expected = await exercise.solution(...copyOf(inputs));
    try {
      const got = await valueOf(exercise, answer, given);
      done.push({ inputs, expected, got });
    } catch (error) {
      return error instanceof BlankError
        ? { kind: "open", message: error.message }
        : { kind: "error", message: describeError(error) };
    }
    if (!sameAnswer(given, inputs, 0)) {
      return {
        kind: "wrong",
        message: "Your code changed what it was given: work on a copy, and leave the inputs alone",
      };
    }
  }
  if (done.every(({ got, expected }) => sameAnswer(got, expected, tolerance))) {
    return { kind: "passed", message: "Right, in every trial" };
  }
  for (const [i, mistake] of exercise.mistakes.entries()) {
    if (await madeMistake(mistake, done, tolerance)) return { kind: "mistake", message: mistake.reply, mistake: i };
  }
  return { kind: "wrong", message: explain(done, tolerance) };
}

async function valueOf(exercise: Exercise, answer: unknown, inputs: readonly unknown[]): Promise<unknown> {
  if (exercise.use) return await exercise.use(answer as never, ...inputs);
  return typeof answer === "function" ? await answer(...inputs) : answer;
}

async function madeMistake(mistake: Mistake<never>, done: readonly Trial[], tolerance: number): Promise<boolean> {
  for (const { inputs, got } of done) {
    const wrong = await mistake.answer(...copyOf(inputs) as never);
    if (!sameAnswer(got, wrong, tolerance)) return false;
  }
  return true;
}

/** What the trials have in common, or the worst element of the first that is wrong. */
function explain(done: readonly Trial[], tolerance: number): string {
  const { got, expected } = done.find((trial) => !sameAnswer(trial.got, trial.expected, tolerance))!;
  const [mine, right] = [partsOf(got), partsOf(expected)];
  if (got === undefined) return "Your code gives nothing back: is there a return?";
  const paths = (parts: typeof mine): string => [...parts.numbers, ...parts.others].map(({ path }) => path).join();
  if (paths(mine) !== paths(right) || mine.numbers.length !== right.numbers.length) {
    return `Your code gives ${describeValue(got)} and ${describeValue(expected)} was expected`;
  }
  const other = right.others.find(({ value }, i) => !Object.is(value, mine.others[i].value));
  if (other) {
    const found = mine.others.find(({ path }) => path === other.path)?.value;
    return `${nameOf(other.path)} is ${describeValue(found)}, and ${describeValue(other.value)} was expected`;
  }
  const wrong = right.numbers.findIndex((part, i) =>
    !sameShape(part.shape, mine.numbers[i].shape) ||
    worstElement(mine.numbers[i].numbers, part.numbers, tolerance) !== undefined
  );
  const name = nameOf(right.numbers[wrong].path);
  const pairs = done.map((trial) =>
    [partsOf(trial.got).numbers[wrong], partsOf(trial.expected).numbers[wrong]] as const
  );
  return explainNumbers(name, pairs, tolerance);
}

function explainNumbers(
  name: string,
  pairs: readonly (readonly [NumberPart, NumberPart])[],
  tolerance: number,
): string {
  const [got, expected] = pairs.find(([mine, right]) =>
    !sameShape(mine.shape, right.shape) || worstElement(mine.numbers, right.numbers, tolerance) !== undefined
  )!;
  if (pairs.every(([mine, right]) => isTransposed(mine, right, tolerance))) {
    return `${name} is right but lies on its side: it is ${formatShape(got.shape)}, the transpose of what was expected`;
  }
  if (!sameShape(got.shape, expected.shape)) {
    return `${name} has the shape ${formatShape(got.shape)} and should have ${formatShape(expected.shape)}`;
  }
  const notFinite = Array.from(got.numbers).findIndex((value, i) =>
    !Number.isFinite(value) && Number.isFinite(expected.numbers[i])
  );
  if (notFinite >= 0) {
    return `${name}${at(notFinite, got)} is ${
      got.numbers[notFinite]
    }: look for a division by zero, log 0 or e to a large number`;
  }
  const ratios = pairs.map(([mine, right]) => constantRatio(mine.numbers, right.numbers, tolerance));
  const ratio = ratios[0];
  if (
    ratio !== undefined && ratios.every((each) => each !== undefined && Math.abs(each - ratio) < 1e-3 * Math.abs(ratio))
  ) {
    if (Math.abs(ratio + 1) < 1e-3) return `${name} is right but for its sign`;
    return `${name} is the right one times ${Number(ratio.toPrecision(4))}: a factor is missing, or one too many`;
  }
  if (pairs.every(([mine, right]) => constantShift(mine.numbers, right.numbers, tolerance) !== undefined)) {
    const shift = constantShift(got.numbers, expected.numbers, tolerance)!;
    return `${name} is the right one plus ${
      Number(shift.toPrecision(4))
    }, everywhere: something is added that should not be, or missing`;
  }
  const worst = worstElement(got.numbers, expected.numbers, tolerance)!;
  const right = expected.numbers.length > 1
    ? ` (${countRight(got, expected, tolerance)} of ${expected.numbers.length} numbers are right)`
    : "";
  return `${name}${at(worst, got)} is ${format(got.numbers[worst])} and should be ${
    format(expected.numbers[worst])
  }${right}`;
}

function countRight(got: NumberPart, expected: NumberPart, tolerance: number): number {
  const scale = Math.max(...Array.from(expected.numbers, Math.abs));
  return Array.from(expected.numbers).filter((value, i) => Math.abs(got.numbers[i] - value) <= tolerance * scale)
    .length;
}

function nameOf(path: string): string {
  return path ? `Your ${path.replace(/^\./, "")}` : "Your answer";
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

function describeError(error: unknown): string {
  return error instanceof Error ? `Your code stopped with ${error.name}: ${error.message}` : `Your code threw ${error}`;
}

/** Copies of the inputs, so that an answer that writes into them spoils nothing. */
function copyOf<T extends readonly unknown[]>(inputs: T): T {
  const copy = (value: unknown): unknown => {
    if (value instanceof Tensor) return value.clone();
    if (ArrayBuffer.isView(value)) return structuredClone(value);
    return Array.isArray(value) ? value.map(copy) : value;
  };
  return inputs.map(copy) as unknown as T;
}
