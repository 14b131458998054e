/** changeThatExplains: the one small change of the solution after which it gives what the learner's answer gives. */
import { type Attempt, run, type Trial } from "../attempt.ts";
import { explains, mayExplain } from "../explains.ts";
import { sizeOf } from "../smallest.ts";
import { isNumbers, sameAnswer } from "../compare.ts";
import { type ChangedSolution, changedSolutions, guardedSolution } from "./changed_solutions.ts";
import { solutionCode } from "./solution_code.ts";

/** Where the code of an exercise is, and what it imports. */
export interface Sources {
  /** The text of the file of the exercise. */
  readonly source: string;
  /** Where the imports of that file come from. */
  readonly library: Readonly<Record<string, unknown>>;
  /** How long to look, in milliseconds: a learner waits for the verdict. 800 by default. */
  readonly budget?: number;
}

/** A solution that can be taken apart. */
interface Known {
  /** The solution itself, which ends with an error when its loops turn too often. */
  readonly guarded?: (...inputs: readonly unknown[]) => unknown;
  readonly changes: readonly ChangedSolution[];
}

/** What was found of each exercise that was judged: the second try is judged faster. */
const known = new WeakMap<object, Promise<Known>>();

function knownOf({ exercise }: Attempt, { source, library }: Sources): Promise<Known> {
  const find = async (): Promise<Known> => {
    try {
      const code = await solutionCode(source, (exercise.solution as { name?: string }).name ?? "");
      if (!code) return { changes: [] };
      return { guarded: guardedSolution(code, library), changes: await changedSolutions(code, library) };
    } catch {
      return { changes: [] }; // a verdict does not depend on whether a solution can be taken apart
    }
  };
  if (!known.has(exercise)) known.set(exercise, find());
  return known.get(exercise)!;
}

/** The solution, which ends with an error instead of turning in a loop forever; undefined if it cannot be taken apart. */
export async function solutionWithLimit(attempt: Attempt, sources: Sources): Promise<Known["guarded"]> {
  return (await knownOf(attempt, sources)).guarded;
}

/** What explains an answer. */
interface Explanation {
  /** What the solution would have to do, to follow "as if". */
  readonly as: string;
  /** The part of the answer that it explains. */
  readonly path: string;
}

/**
 * What the solution would have to do to be as wrong as the answer, or at least as this part of it, or as the first wrong
 * entry, if the answer is a short list; undefined if no change explains that, or if more than two do.
 */
export async function changeThatExplains(
  attempt: Attempt,
  path: string,
  sources: Sources,
): Promise<Explanation | undefined> {
  const { changes } = await knownOf(attempt, sources), { done, tolerance } = attempt;
  const end = performance.now() + (sources.budget ?? 800);
  const wrong = done.filter((trial) => !sameAnswer(trial.got, trial.expected, tolerance));
  const right = done.filter((trial) => !wrong.includes(trial));
  const small = [...wrong.toSorted((a, b) => sizeOf(a) - sizeOf(b)), ...right];
  const entry = path === "" ? firstWrongEntry(small, tolerance) : path.startsWith(".") ? path : undefined;
  const apart = path !== "" || entry === undefined ? small : small.map(entriesApart);
  const whole: Found[] = [], single: Found[] = [];
  for (const { as, line, make, rare } of changes) {
    if (performance.now() > end) {
      if (rare) break;
      return undefined; // what has not been tried might explain it as well
    }
    if (rare && whole.length > 0) break; // what is likely explains it already
    const values = await valuesIn(attempt, make, small, apart, entry);
    if (!values) continue;
    if (explains(values, small, tolerance) && explains(values, small, tolerance, { only: path })) {
      whole.push({ as, line });
    } else if (
      entry !== undefined &&
      explains(path === "" ? values.map(apartOf) : values, apart, tolerance, { only: entry })
    ) {
      single.push({ as, line });
    }
  }
  const [all, part] = [inWords(whole), inWords(single)];
  if (all) return { as: all, path };
  return part && whole.length === 0 && entry !== undefined ? { as: part, path: entry } : undefined;
}

/** A change that explains an answer. */
interface Found {
  readonly as: string;
  readonly line: number;
}

/** At most two places in the code; more say nothing. */
function inWords(found: readonly Found[]): string | undefined {
  const places = [...Map.groupBy(found, ({ line }) => line).values()].map(([{ as }]) => as);
  return places.length > 0 && places.length <= 2 ? places.join(", or as if ") : undefined;
}

/** How long a list may be whose entries each have a meaning of their own. */
const shortList = 4;

/** The path of the first wrong entry, if the answer is a list of the same few numbers in each trial. */
function firstWrongEntry(trials: readonly Trial[], tolerance: number): string | undefined {
  const length = (trials[0].expected as ArrayLike<number>).length;
  const short = trials.every(({ got, expected }) =>
    [got, expected].every((value) => isNumbers(value) && value.length === length && length <= shortList && length > 1)
  );
  if (!short) return undefined;
  for (let i = 0; i < length; i++) {
    const at = (value: unknown) => [(value as ArrayLike<number>)[i]];
    if (trials.some(({ got, expected }) => !sameAnswer(at(got), at(expected), tolerance))) return `[${i}]`;
  }
  return undefined;
}

/** A list of numbers as a list of lists, so that each of them is a part. */
function apartOf(value: unknown): unknown {
  return isNumbers(value) ? Array.from(value, (each) => [each]) : value;
}

function entriesApart(trial: Trial): Trial {
  return { ...trial, got: apartOf(trial.got), expected: apartOf(trial.expected) };
}

/** What a changed solution gives in each trial, given up at the first that does not fit. */
async function valuesIn(
  { exercise, tolerance }: Attempt,
  make: () => unknown,
  trials: readonly Trial[],
  apart: readonly Trial[],
  entry: string | undefined,
): Promise<unknown[] | undefined> {
  const values: unknown[] = [];
  try {
    const answer = make();
    for (const [i, { inputs, expected }] of trials.entries()) {
      const value = await run(exercise, answer, inputs, expected);
      const fits = entry === undefined
        ? mayExplain(value, trials[i], tolerance)
        : mayExplain(apart === trials ? value : apartOf(value), apart[i], tolerance, entry);
      if (!fits) return undefined;
      values.push(value);
    }
  } catch {
    return undefined;
  }
  return values;
}
