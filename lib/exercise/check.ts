/** check, hint, solution: what a lesson calls, whatever the front end. */
import { show } from "../show/display.ts";
import { Random } from "../tensor/random.ts";
import type { Exercise } from "./exercise.ts";
import { judge, type Verdict } from "./judge.ts";

/** Where a front end receives what there is to know of an exercise; without it, the text is shown and mistakes throw. */
export const VERDICT: unique symbol = Symbol.for("gradually.verdict");

/** A verdict as a front end receives it: with all that it may reveal, one by one. */
export interface ExerciseEvent extends Verdict {
  /** Which exercise: `relu-backward`. */
  readonly id: string;
  /** What helps, in order. */
  readonly hints: readonly string[];
  /** The reference solution as code. */
  readonly solution: string;
  /** Why it is the solution. */
  readonly explanation: string;
}

/** An answer that is not right. */
export class CheckError extends Error {
  override readonly name: string = "CheckError";
}

/** The calls of a course whose exercises lie in one folder. */
export interface CourseExercises {
  /** Judges an answer; an open exercise is passed over, a wrong answer throws where no front end takes the verdict. */
  check(id: string, answer: unknown): Promise<Verdict>;
  /** Shows the next hint. */
  hint(id: string): Promise<void>;
  /** Shows the solution with its explanation: after passing, or after the last hint. */
  solution(id: string): Promise<void>;
}

/**
 * The exercises in `folder`: `relu-backward` is the default export of `relu_backward.ts`.
 *
 * @param folder The URL of the folder, with a slash at the end: `import.meta.resolve("./")`.
 */
export function exercisesIn(folder: string): CourseExercises {
  const hintsSeen = new Map<string, number>();
  const passed = new Set<string>();
  return {
    async check(id, answer): Promise<Verdict> {
      const exercise = await load(folder, id);
      const verdict = await judge(exercise, answer, freshRandom());
      if (verdict.kind === "passed") passed.add(id);
      const hook = (globalThis as Record<symbol, unknown>)[VERDICT];
      if (typeof hook === "function") {
        const { hints, explanation } = exercise;
        const event: ExerciseEvent = { ...verdict, id, hints, explanation, solution: codeOf(exercise) };
        await hook(event);
        return verdict;
      }
      if (verdict.kind !== "passed" && verdict.kind !== "open") {
        throw new CheckError(`✗ ${id}: ${verdict.message}. For help: await hint("${id}")`);
      }
      await show(verdict.kind === "passed" ? `✓ ${id}: ${verdict.message}` : `○ ${id} is still open`);
      return verdict;
    },
    async hint(id): Promise<void> {
      const { hints } = await load(folder, id);
      const seen = Math.min((hintsSeen.get(id) ?? 0) + 1, hints.length);
      hintsSeen.set(id, seen);
      const last = seen === hints.length ? `\nThat was the last one; now there is: await solution("${id}")` : "";
      await show(`Hint ${seen} of ${hints.length}: ${hints[seen - 1]}${last}`);
    },
    async solution(id): Promise<void> {
      const exercise = await load(folder, id);
      const left = exercise.hints.length - (hintsSeen.get(id) ?? 0);
      if (left > 0 && !passed.has(id)) {
        await show(
          `The solution opens after you pass, or after ${left} more ${
            left === 1 ? "hint" : "hints"
          }: await hint("${id}")`,
        );
        return;
      }
      await show(`${codeOf(exercise)}\n\n${exercise.explanation}`);
    },
  };
}

async function load(folder: string, id: string): Promise<Exercise> {
  const file = `${folder}${id.replaceAll("-", "_")}.ts`;
  try {
    return (await import(file)).default;
  } catch (cause) {
    if (cause instanceof TypeError && /not found|Cannot find/i.test(cause.message)) {
      throw new RangeError(`There is no exercise "${id}": its file would be ${file}`, { cause });
    }
    throw cause;
  }
}

/** The solution as a learner reads it: the code of the function in the exercise's own file. */
function codeOf(exercise: Exercise): string {
  const code = exercise.solution.toString();
  return /^(async\s+)?(function|\(|\w+\s*=>)/.test(code) ? code : `function ${code}`;
}

/** Inputs that no one has seen before: an answer must not pass by knowing them. */
function freshRandom(): Random {
  return new Random(crypto.getRandomValues(new Uint32Array(1))[0]);
}
