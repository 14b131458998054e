/** judge: compares a learner's answer with the solution and with common mistakes, on the same new inputs. */
import type { VerdictKind } from "../contract/contract.ts";
import type { Random } from "../tensor/random.ts";
import { Tensor } from "../tensor/tensor.ts";
import { BlankError } from "./blank.ts";
import { normalizeAnswer, partsOf, sameAnswer, samePart } from "./compare.ts";
import type { Exercise } from "./exercise.ts";
import { explain, namesOf, type Trial } from "./explain.ts";

/** The verdict on an answer. */
export interface Verdict {
  /**
   * - `passed`: right in every trial
   * - `open`: still a blank, or still the code with the planted bug
   * - `error`: it threw
   * - `mistake`: one of the listed mistakes, with its reply
   * - `wrong`: anything else, explained by a pattern or the worst element
   */
  readonly kind: VerdictKind;
  /** What to tell the learner; several lines if there is evidence. */
  readonly message: string;
  /** The index of the mistake in the exercise. */
  readonly mistake?: number;
  /** What the answer threw: a front end finds the line in it. */
  readonly error?: unknown;
}

/** How many times inputs are drawn: an answer may be right by luck once, but hardly three times. */
const trials = 3;

/**
 * Judges an answer. The same seed draws the same inputs.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Random } from "@gradually/gradually";
 * import { exercise, judge } from "@gradually/gradually/exercise";
 *
 * const half = exercise({
 *   inputs: (random): [number] => [random.uniform(1, 2)],
 *   solution: (x: number) => x / 2,
 *   explanation: "Half of a number is the number divided by two",
 *   mistakes: [
 *     { answer: (x: number) => 2 * x, reply: "That is twice x" },
 *     { answer: (x: number) => x, reply: "That is x itself" },
 *     { answer: () => 0.5, reply: "That is one half, whatever x is" },
 *   ],
 *   hints: ["Share it between two people", "x divided by what?"],
 * });
 * const { kind, message } = await judge(half, (x: number) => x * 2, new Random(1));
 * assertEquals([kind, message], ["mistake", "That is twice x"]);
 * ```
 */
export async function judge<Inputs extends readonly unknown[], Answer>(
  exercise: Exercise<Inputs, Answer>,
  answer: unknown,
  random: Random,
): Promise<Verdict> {
  const tolerance = exercise.tolerance ?? 1e-5;
  const done: Trial[] = [];
  for (let i = 0; i < trials; i++) {
    const inputs = exercise.inputs(random);
    const given = copyOf(inputs);
    const expected = await valueOf(exercise, exercise.solution, copyOf(inputs));
    try {
      const got = normalizeAnswer(await valueOf(exercise, answer, given), expected);
      done.push({ inputs, expected, got });
    } catch (error) {
      return error instanceof BlankError
        ? { kind: "open", message: error.message }
        : { kind: "error", message: describeError(error), error };
    }
    if (!sameAnswer(given, inputs, 0)) {
      return {
        kind: "wrong",
        message: "Your code changed its inputs: work on a copy instead",
      };
    }
  }
  if (done.every(({ got, expected }) => sameAnswer(got, expected, tolerance))) {
    return { kind: "passed", message: "Right, in every trial" };
  }
  const verdict = await wrongVerdict(exercise, done, tolerance);
  const wrong = done.find(({ got, expected }) => !sameAnswer(got, expected, tolerance))!;
  const evidence = await evidenceOf(exercise, answer, wrong.inputs as Inputs);
  return evidence ? { ...verdict, message: `${verdict.message}\n${evidence}` } : verdict;
}

/** The value of an answer; without a `use`, one that is not a function is the value itself. */
async function valueOf<Inputs extends readonly unknown[], Answer>(
  exercise: Exercise<Inputs, Answer>,
  answer: unknown,
  inputs: Inputs,
): Promise<unknown> {
  if (exercise.use) return await exercise.use(answer as Answer, ...inputs);
  return typeof answer === "function" ? await answer(...inputs) : answer;
}

/**
 * Finds the mistake that matches: in all parts, or in the parts where that mistake differs; else explains what differs.
 */
async function wrongVerdict<Inputs extends readonly unknown[], Answer>(
  exercise: Exercise<Inputs, Answer>,
  done: readonly Trial[],
  tolerance: number,
): Promise<Verdict> {
  const { mistakes, planted } = exercise;
  const { cases } = exercise, made = exercise.use !== undefined;
  const names = made ? [] : namesOf(exercise.solution);
  const seen = (): string => explain(done, tolerance, { names, made, cases });
  const valuesOf = (answer: Answer): Promise<unknown[]> =>
    Promise.all(
      done.map(async ({ inputs, expected }) =>
        normalizeAnswer(await valueOf(exercise, answer, copyOf(inputs) as Inputs), expected)
      ),
    );
  const isLike = (values: readonly unknown[]): boolean =>
    done.every(({ got }, i) => sameAnswer(got, values[i], tolerance));

  const bug = planted && await valuesOf(planted);
  if (bug && isLike(bug)) {
    // The evidence tells more.
    return { kind: "open", message: `The bug is still there.${exercise.evidence ? "" : ` ${seen()}`}` };
  }
  // An answer that returns nothing is not a listed mistake, even if one of these reads past the end and returns
  // nothing, too.
  const given = done.some(({ got }) => got !== undefined);
  const wrong = given ? await Promise.all(mistakes.map(({ answer }) => valuesOf(answer))) : [];
  let found = wrong.findIndex(isLike);
  if (found < 0) found = wrong.findIndex((values) => goesWrongLike(values, done, tolerance));
  if (found >= 0) return { kind: "mistake", message: mistakes[found].reply, mistake: found };
  const started = bug && goesWrongLike(bug, done, tolerance)
    ? "The bug is still there, and what you changed was right before. "
    : "";
  return { kind: "wrong", message: started + seen() };
}

/** Whether the answer has exactly these values in each part where they differ from the right ones. */
function goesWrongLike(values: readonly unknown[], done: readonly Trial[], tolerance: number): boolean {
  const parts = done.map(({ got, expected }, i) => ({
    got: partsOf(got),
    expected: partsOf(expected),
    wrong: partsOf(values[i]),
  }));
  const paths = [...parts[0].expected.keys()];
  const complete = parts.every((each) => paths.every((path) => each.got.has(path) && each.wrong.has(path)));
  const telling = paths.filter((path) =>
    parts.some(({ expected, wrong }) => !samePart(wrong.get(path), expected.get(path), tolerance))
  );
  return complete && telling.length > 0 &&
    telling.every((path) => parts.every(({ got, wrong }) => samePart(got.get(path), wrong.get(path), tolerance)));
}

async function evidenceOf<Inputs extends readonly unknown[], Answer>(
  exercise: Exercise<Inputs, Answer>,
  answer: unknown,
  inputs: Inputs,
): Promise<string> {
  try {
    return await exercise.evidence?.(answer as Answer, ...copyOf(inputs)) ?? "";
  } catch {
    return ""; // the answer cannot be examined: the verdict has to do
  }
}

function describeError(error: unknown): string {
  return error instanceof Error ? `Your code stopped with ${error.name}: ${error.message}` : `Your code threw ${error}`;
}

/** Copies of the inputs, so that an answer that writes to them spoils nothing. */
function copyOf<T extends readonly unknown[]>(inputs: T): T {
  const copy = (value: unknown): unknown => {
    if (value instanceof Tensor) return value.clone();
    if (ArrayBuffer.isView(value)) return structuredClone(value);
    return Array.isArray(value) ? value.map(copy) : value;
  };
  return inputs.map(copy) as unknown as T;
}
