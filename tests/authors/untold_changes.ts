/** untoldChanges: the small changes of a solution that the inputs of its exercise do not tell from the solution itself. */
import { run } from "../../lib/exercise/attempt.ts";
import { changedSolutions } from "../../lib/exercise/changes/changed_solutions.ts";
import { solutionCode } from "../../lib/exercise/changes/solution_code.ts";
import { sameAnswer } from "../../lib/exercise/compare.ts";
import type { Exercise } from "../../lib/exercise/mod.ts";
import * as library from "../../mod.ts";

/** How many trials a change has to show itself. */
const trials = 24;

/**
 * What each such change does, with the line of the solution, to follow "as if". Some of them are not mistakes: `n < N` and
 * `n !== N` are the same in a loop. For each of the others, draw inputs that tell it from the solution.
 *
 * @param source The text of the file of the exercise.
 */
export async function untoldChanges(
  exercise: Exercise<readonly unknown[], unknown>,
  source: string,
): Promise<string[]> {
  const code = await solutionCode(source, (exercise.solution as { name?: string }).name ?? "");
  if (!code) return [];
  const random = new library.Random(1), cases: { inputs: readonly unknown[]; expected: unknown }[] = [];
  for (let i = 0; i < trials; i++) {
    const inputs = exercise.inputs(random, i);
    cases.push({ inputs, expected: await run(exercise, exercise.solution, inputs) });
  }
  const lines = code.text.split("\n"), untold: string[] = [];
  for (const { as, line, make } of await changedSolutions(code, library)) {
    if (await isTold(exercise, make, cases)) continue;
    untold.push(`${as} (in: ${lines[line - 1].trim()})`);
  }
  return untold;
}

/** Whether the change gives something else in any of these cases. */
async function isTold(
  exercise: Exercise<readonly unknown[], unknown>,
  make: () => unknown,
  cases: readonly { inputs: readonly unknown[]; expected: unknown }[],
): Promise<boolean> {
  try {
    const answer = make();
    for (const { inputs, expected } of cases) {
      const value = await run(exercise, answer, inputs, expected);
      if (!sameAnswer(value, expected, exercise.tolerance ?? 1e-5)) return true;
    }
    return false;
  } catch {
    return true;
  }
}
