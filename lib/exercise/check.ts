/** check, hint, solution: what a lesson calls, whatever the front end. */
import { show } from "../show/display.ts";
import { Random } from "../tensor/random.ts";
import { codeOf } from "./code_of.ts";
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

/**
 * Thrown by `check` for an answer that is not right, where no front end takes the verdict.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { CheckError } from "@gradually/gradually/exercise";
 *
 * const error = new CheckError("✗ relu-backward: Your answer is right but for its sign");
 * assert(error instanceof Error && error.name === "CheckError");
 * ```
 */
export class CheckError extends Error {
  /** The name that the runtime prints. */
  override readonly name: string = "CheckError";
}

/** Shows something of an exercise. */
export type Helper = (id: string) => Promise<void>;

/** Judges an answer; its helpers come along, so that a lesson imports one name. */
export interface Check {
  /** An open exercise is passed over; a wrong answer throws where no front end takes the verdict. */
  (id: string, answer: unknown): Promise<Verdict>;
  /** Shows the next hint. */
  readonly hint: Helper;
  /** Shows the solution with its explanation: after passing, or after the last hint. */
  readonly solution: Helper;
}

/** The calls of a course. */
export interface CourseExercises {
  /** Judges an answer. */
  readonly check: Check;
  /** Shows the next hint: `check.hint`. */
  readonly hint: Helper;
  /** Shows the solution: `check.solution`. */
  readonly solution: Helper;
}

/** Imports the file of an exercise by its name without the ending. */
export type ExerciseLoader = (file: string) => Promise<unknown>;

/** Imports the same file as text. */
export type SourceLoader = (file: string) => Promise<{ default: string }>;

/**
 * The exercises of a course: `relu-backward` is the default export of `relu_backward.ts`.
 *
 * @param load Imports such a file. Written as ``(file) => import(`./exercises/${file}.ts`)`` it takes no permission:
 * Deno finds the files of the folder before the program starts.
 * @param loadSource The same with `{ with: { type: "text" } }`, so that solutions are shown as they were written. Without
 * it they are shown as the engine prints them: without their types.
 *
 * @example A course with one exercise
 * ```ts
 * import { assertEquals, assertRejects } from "@std/assert";
 * import { CheckError, exercise, exercisesIn } from "@gradually/gradually/exercise";
 *
 * const square = exercise({
 *   inputs: (random): [number] => [random.uniform(3, 4)],
 *   solution: (x: number) => x * x,
 *   explanation: "A square is a number times itself",
 *   mistakes: [
 *     { answer: (x: number) => 2 * x, reply: "That is twice x" },
 *     { answer: (x: number) => x, reply: "That is x itself" },
 *     { answer: (x: number) => x ** 3, reply: "That is x three times" },
 *   ],
 *   hints: ["How long is the side?", "x times what?"],
 * });
 * const { check } = exercisesIn((_file) => Promise.resolve({ default: square })); // a course imports the file
 * assertEquals((await check("square", (x: number) => x ** 2)).kind, "passed");
 * await assertRejects(() => check("square", (x: number) => x + x), CheckError, "That is twice x");
 * ```
 */
export function exercisesIn(load: ExerciseLoader, loadSource?: SourceLoader): CourseExercises {
  const hintsSeen = new Map<string, number>();
  const passed = new Set<string>();

  async function judgeAnswer(id: string, answer: unknown): Promise<Verdict> {
    const exercise = await find(load, id);
    const verdict = await judge(exercise, answer, freshRandom());
    if (verdict.kind === "passed") passed.add(id);
    const hook = (globalThis as Record<symbol, unknown>)[VERDICT];
    if (typeof hook === "function") {
      const { hints, explanation } = exercise;
      const event: ExerciseEvent = { ...verdict, id, hints, explanation, solution: await code(id, exercise) };
      await hook(event);
      return verdict;
    }
    const help = `For help: await check.hint("${id}")`;
    if (verdict.kind === "passed") await show(`✓ ${id}: ${verdict.message}`);
    else if (verdict.kind === "open") await show(`○ ${id} is still open. ${verdict.message}\n  ${help}`);
    else throw new CheckError(`✗ ${id}: ${verdict.message}\n  ${help}`);
    return verdict;
  }

  async function hint(id: string): Promise<void> {
    const { hints } = await find(load, id);
    const seen = Math.min((hintsSeen.get(id) ?? 0) + 1, hints.length);
    hintsSeen.set(id, seen);
    const last = seen === hints.length ? `\nThat was the last one; now there is: await check.solution("${id}")` : "";
    await show(`Hint ${seen} of ${hints.length}: ${hints[seen - 1]}${last}`);
  }

  async function solution(id: string): Promise<void> {
    const exercise = await find(load, id);
    const left = exercise.hints.length - (hintsSeen.get(id) ?? 0);
    if (left > 0 && !passed.has(id)) {
      const hints = left === 1 ? "one more hint" : `${left} more hints`;
      await show(`The solution opens after you pass, or after ${hints}: await check.hint("${id}")`);
      return;
    }
    await show(`${await code(id, exercise)}\n\n${exercise.explanation}`);
  }

  async function code(id: string, exercise: Exercise): Promise<string> {
    return codeOf(exercise, (await loadSource?.(fileOf(id)))?.default);
  }

  return { check: Object.assign(judgeAnswer, { hint, solution }), hint, solution };
}

async function find(load: ExerciseLoader, id: string): Promise<Exercise> {
  const file = fileOf(id);
  let module: { default?: Exercise };
  try {
    module = await load(file) as typeof module;
  } catch (cause) {
    if ((cause as { code?: string })?.code !== "ERR_MODULE_NOT_FOUND") throw cause;
    throw new RangeError(`There is no exercise "${id}": its file would be ${file}.ts`, { cause });
  }
  if (!module.default) throw new TypeError(`${file}.ts is not an exercise: it has no default export`);
  return module.default;
}

/** The file of an exercise, without the ending. */
function fileOf(id: string): string {
  return id.replaceAll("-", "_");
}

/** Inputs that no one has seen before: an answer must not pass by knowing them. */
function freshRandom(): Random {
  return new Random(crypto.getRandomValues(new Uint32Array(1))[0]);
}
