/** changeThatExplains: the one small change of the solution after which it gives what the learner's answer gives. */
import { type Attempt, run, type Trial } from "../attempt.ts";
import { explains, mayExplain } from "../explains.ts";
import { sizeOf } from "../smallest.ts";
import { sameAnswer } from "../compare.ts";
import { type ChangedSolution, changedSolutions } from "./changed_solutions.ts";
import { solutionCode } from "./solution_code.ts";

/** Where the code of an exercise is, and what it imports. */
export interface Sources {
  /** The text of the file of the exercise. */
  readonly source: string;
  /** Where the imports of that file come from. */
  readonly library: Readonly<Record<string, unknown>>;
  /** How long to look, in milliseconds: a learner waits for the verdict. 300 by default. */
  readonly budget?: number;
}

/** The changes of each exercise that was judged: the second try is judged faster. */
const known = new WeakMap<object, Promise<ChangedSolution[]>>();

async function changesIn({ exercise }: Attempt, { source, library }: Sources): Promise<ChangedSolution[]> {
  try {
    const code = await solutionCode(source, (exercise.solution as { name?: string }).name ?? "");
    return code ? await changedSolutions(code, library) : [];
  } catch {
    return []; // a verdict does not depend on whether a solution can be taken apart
  }
}

/**
 * What the solution would have to do to be as wrong as the answer, to follow "as if"; undefined if no change explains the
 * answer, or if more than two do.
 */
export async function changeThatExplains(attempt: Attempt, sources: Sources): Promise<string | undefined> {
  const { exercise, done, tolerance } = attempt;
  if (!known.has(exercise)) known.set(exercise, changesIn(attempt, sources));
  const changes = await known.get(exercise)!, end = performance.now() + (sources.budget ?? 300);
  const wrong = done.filter((trial) => !sameAnswer(trial.got, trial.expected, tolerance));
  const right = done.filter((trial) => !wrong.includes(trial));
  const small = [...wrong.toSorted((a, b) => sizeOf(a) - sizeOf(b)), ...right];
  const found: { as: string; line: number }[] = [];
  for (const { as, line, make } of changes) {
    if (performance.now() > end) return undefined; // what has not been tried might explain it as well
    const values = await valuesIn(attempt, make, small);
    if (values && explains(values, small, tolerance)) found.push({ as, line });
  }
  const byLine = Map.groupBy(found, ({ line }) => line), places = [...byLine.values()].map(([{ as }]) => as);
  return places.length > 0 && places.length <= 2 ? places.join(", or as if ") : undefined;
}

/** What a changed solution gives in each trial, given up at the first that does not fit. */
async function valuesIn(
  { exercise, tolerance }: Attempt,
  make: () => unknown,
  trials: readonly Trial[],
): Promise<unknown[] | undefined> {
  const values: unknown[] = [];
  try {
    const answer = make();
    for (const trial of trials) {
      const value = await run(exercise, answer, trial.inputs, trial.expected);
      if (!mayExplain(value, trial, tolerance)) return undefined;
      values.push(value);
    }
  } catch {
    return undefined;
  }
  return values;
}
