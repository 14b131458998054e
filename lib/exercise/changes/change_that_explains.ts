/** changeThatExplains: the one small change of the solution after which it gives what the learner's answer gives. */
import { type Attempt, run, type Trial } from "../attempt.ts";
import { explains, mayExplain } from "../explains.ts";
import { sameAnswer } from "../compare.ts";
import { changedSolutions } from "./changed_solutions.ts";
import { solutionCode } from "./solution_code.ts";

/** Where the code of an exercise is, and what it imports. */
export interface Sources {
  /** The text of the file of the exercise. */
  readonly source: string;
  /** Where the imports of that file come from. */
  readonly library: Readonly<Record<string, unknown>>;
}

/** How long to look, in milliseconds: a learner waits for the verdict. */
const budget = 250;

/**
 * What the solution would have to do to be as wrong as the answer, to follow "as if"; undefined if no change explains the
 * answer, or if several in different lines do.
 */
export async function changeThatExplains(attempt: Attempt, { source, library }: Sources): Promise<string | undefined> {
  const { exercise, done, tolerance } = attempt, end = performance.now() + budget;
  const code = await solutionCode(source, (exercise.solution as { name?: string }).name ?? "");
  if (!code) return undefined;
  const small = done.filter((trial) => !sameAnswer(trial.got, trial.expected, tolerance)).concat(done);
  const found: { as: string; line: number }[] = [];
  for (const { as, line, make } of await changedSolutions(code, library)) {
    if (performance.now() > end) return undefined; // what has not been tried might explain it as well
    const values = await valuesIn(attempt, make, small);
    if (values && explains(values, small, tolerance)) found.push({ as, line });
  }
  const [first] = found;
  return first && found.every(({ line }) => line === first.line) ? first.as : undefined;
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
