/** smallest: the smallest inputs on which an answer is wrong, to be looked at in full. */
import type { Random } from "../tensor/random.ts";
import { Tensor } from "../tensor/tensor.ts";
import { type Attempt, run, type Trial } from "./attempt.ts";
import { isNumbers, partsOf, samePart } from "./compare.ts";

/** How many inputs are drawn to find small ones. */
const drawn = 18;

/** The trial with the fewest numbers in which this part of the answer is wrong, among those done and some more. */
export async function smallest(attempt: Attempt, path: string, random: Random): Promise<Trial> {
  const { exercise, answer, done, tolerance } = attempt;
  const wrong = ({ got, expected }: Trial) => !samePart(partsOf(got).get(path), partsOf(expected).get(path), tolerance);
  let best = done.filter(wrong).reduce((a, b) => sizeOf(b) < sizeOf(a) ? b : a);
  for (let i = 0; i < drawn; i++) {
    const inputs = exercise.inputs(random, i);
    if (sizeOf({ inputs }) >= sizeOf(best)) continue;
    try {
      const expected = await run(exercise, exercise.solution, inputs);
      const trial = { inputs, expected, got: await run(exercise, answer, inputs, expected) };
      if (partsOf(trial.got).has(path) && wrong(trial)) best = trial;
    } catch { /* an answer that stops is not shown as numbers */ }
  }
  return best;
}

/** How many numbers there are in the inputs of a trial. */
export function sizeOf({ inputs }: Pick<Trial, "inputs">): number {
  return inputs.reduce<number>(
    (sum, input) => sum + (input instanceof Tensor ? input.size : isNumbers(input) ? input.length : 1),
    0,
  );
}
