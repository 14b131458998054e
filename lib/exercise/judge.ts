/** judge: compares a learner's answer with the solution and with common mistakes, on the same new inputs. */
import type { VerdictKind } from "../contract/contract.ts";
import { Random } from "../tensor/random.ts";
import { type Attempt, copyOf, run, type Trial, valuesOf } from "./attempt.ts";
import { BlankError } from "./blank.ts";
import type { Sources } from "./changes/change_that_explains.ts";
import { partsOf, sameAnswer, samePart } from "./compare.ts";
import { diagnose, type Grounds } from "./diagnose.ts";
import type { Exercise } from "./exercise.ts";
import { explains } from "./explains.ts";
import type { RightParts } from "./since.ts";
import { namesOf, sizesIn } from "./words.ts";

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
  /** The answer and the right one side by side on small inputs, wrong numbers marked: text of equally wide characters. */
  readonly picture?: string;
  /** On what the reply to a wrong answer is based. */
  readonly grounds?: Grounds;
  /** The parts of a wrong answer that are right in every trial, and those that are not: `.dx`, `[0]`. */
  readonly parts?: RightParts;
}

/** How many times inputs are drawn: an answer may be right by luck once, but hardly six times. */
const trials = 6;

/** With fewer numbers than this in all answers together there are twice as many trials: two mistakes may often agree. */
const fewNumbers = 30;

/**
 * Judges an answer. The same seed draws the same inputs.
 *
 * @param sources The code of the exercise: with it, the reply to a wrong answer may say which small change of the solution
 * would give the same.
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
  sources?: Sources,
): Promise<Verdict> {
  const asked = exercise as unknown as Exercise<readonly unknown[], unknown>;
  const tolerance = exercise.tolerance ?? 1e-5;
  const done: Trial[] = [];
  let numbers = 0;
  for (let i = 0; i < (numbers < fewNumbers ? 2 * trials : trials); i++) {
    const inputs = asked.inputs(random, i);
    const expected = await run(asked, exercise.solution, inputs);
    const given = copyOf(inputs);
    try {
      done.push({ inputs, expected, got: await run(asked, answer, given, expected, true) });
    } catch (error) {
      return stopped(error, inputs, namesIn(asked));
    }
    if (!sameAnswer(given, inputs, 0)) {
      return { kind: "wrong", message: "Your code changed its inputs: work on a copy instead", grounds: "kind" };
    }
    numbers += numbersIn(expected);
  }
  if (done.every(({ got, expected }) => sameAnswer(got, expected, tolerance))) {
    return { kind: "passed", message: "Right, in every trial" };
  }
  const attempt: Attempt = { exercise: asked, answer, done, tolerance, names: namesIn(asked) };
  return await wrongVerdict(attempt, random, sources);
}

/** The names of the inputs, if the answer is called with them. */
function namesIn({ use, solution }: Exercise<readonly unknown[], unknown>): string[] {
  return use ? [] : namesOf(solution);
}

/** How many numbers there are in an answer. */
function numbersIn(value: unknown): number {
  return [...partsOf(value).values()].reduce((sum, part) => sum + ("numbers" in part ? part.numbers.length : 0), 0);
}

/** The verdict on an answer that threw. */
function stopped(error: unknown, inputs: readonly unknown[], names: readonly string[]): Verdict {
  if (error instanceof BlankError) return { kind: "open", message: error.message };
  const sizes = sizesIn(inputs, names);
  return { kind: "error", message: `${describeError(error)}${sizes && `\nThat was with ${sizes}`}`, error };
}

/** The verdict on a wrong answer, with the evidence of the exercise. */
async function wrongVerdict(attempt: Attempt, random: Random, sources?: Sources): Promise<Verdict> {
  const { exercise, answer, done, tolerance } = attempt;
  const verdict = await unlessPlanted(attempt, random, sources);
  const wrong = done.find(({ got, expected }) => !sameAnswer(got, expected, tolerance))!;
  let evidence = "";
  try {
    evidence = await exercise.evidence?.(answer, ...copyOf(wrong.inputs)) ?? "";
  } catch { /* the answer cannot be examined: the verdict has to do */ }
  return {
    ...verdict,
    message: evidence ? `${verdict.message}\n\n${evidence}` : verdict.message, // a paragraph of its own, as Markdown has it
    parts: partsRight(attempt),
  };
}

/** What is wrong; for code with a planted bug, first whether that is still there. */
async function unlessPlanted(attempt: Attempt, random: Random, sources?: Sources): Promise<Verdict> {
  const { exercise, done, tolerance } = attempt;
  const bug = exercise.planted ? await valuesOf(attempt, exercise.planted) : undefined;
  const still = bug && done.every(({ got }, i) => sameAnswer(got, bug[i], tolerance));
  if (still && exercise.evidence) return { kind: "open", message: "The bug is still there." }; // the evidence tells more
  // The inputs of small pictures are drawn apart, so that they change nothing else.
  const { mistake, message, ...more } = await diagnose(attempt, new Random(random.integer(2 ** 31)), sources);
  if (still) return { kind: "open", message: `The bug is still there. ${message}` };
  if (mistake !== undefined) return { kind: "mistake", message, mistake, ...more };
  const started = bug && explains(bug, done, tolerance)
    ? "The bug is still there, and what you changed was right before. "
    : "";
  return { kind: "wrong", message: started + message, ...more };
}

/** Which parts of the answer are right in every trial. */
function partsRight({ done, tolerance }: Attempt): RightParts {
  const paths = [...new Set(done.flatMap(({ expected }) => [...partsOf(expected).keys()]))];
  const isRight = (path: string) =>
    done.every(({ got, expected }) => samePart(partsOf(got).get(path), partsOf(expected).get(path), tolerance));
  return { right: paths.filter(isRight), wrong: paths.filter((path) => !isRight(path)) };
}

function describeError(error: unknown): string {
  return error instanceof Error ? `Your code stopped with ${error.name}: ${error.message}` : `Your code threw ${error}`;
}
