/** check, hint, solution: what a lesson calls, whatever the front end. */
import { type ExerciseEvent, shared, STALE_ANSWER, VERDICT, type VerdictKind } from "../contract/contract.ts";
import { hintsBeforeSolution, nextHint } from "../contract/help.ts";
import { show } from "../show/display.ts";
import { Random } from "../tensor/random.ts";
import { codeOf } from "./code_of.ts";
import type { Exercise } from "./exercise.ts";
import { judge, type Verdict } from "./judge.ts";
import { type RightParts, since } from "./since.ts";

export { type ExerciseEvent, VERDICT, type VerdictKind };

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

/** Shows a hint or the solution of an exercise. */
export type Helper = (id: string) => Promise<void>;

/** Judges an answer. The helpers are its properties, so that a lesson imports one name. */
export interface Check {
  /** Judges an answer. If no front end receives verdicts, a wrong answer throws; an open exercise does not. */
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

/** Imports the file of an exercise, by its name without the extension. */
export type ExerciseLoader = (file: string) => Promise<unknown>;

/** Imports the same file as text. */
export type SourceLoader = (file: string) => Promise<{ default: string }>;

/**
 * The exercises of a course: `relu-backward` is the default export of `relu_backward.ts`.
 *
 * @param load Imports such a file. Written as ``(file) => import(`./exercises/${file}.ts`)`` it needs no permission:
 * Deno finds the files of the folder before the program starts.
 * @param loadSource The same with `{ with: { type: "text" } }`, so that solutions are shown as they are written.
 * Without it they are shown as the engine prints them: without types.
 *
 * @param library What the files of exercises import from the library, by name. With it and `loadSource` a reply may say
 * which small change of the solution gives the same wrong numbers.
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
export function exercisesIn(
  load: ExerciseLoader,
  loadSource?: SourceLoader,
  library?: Readonly<Record<string, unknown>>,
): CourseExercises {
  const hintsSeen = new Map<string, number>();
  const passed = new Set<string>();
  const lastTry = new Map<string, RightParts>();

  async function judgeAnswer(id: string, answer: unknown): Promise<Verdict> {
    const exercise = await find(load, id);
    const stale = typeof answer === "function" ? await shared[STALE_ANSWER]?.(answer.name) : undefined;
    if (stale !== undefined) throw new CheckError(`✗ ${id}: not judged, because ${stale}`);
    const source = (await loadSource?.(fileOf(id)))?.default;
    const judged = await judge(exercise, answer, freshRandom(), source && library ? { source, library } : undefined);
    const verdict = sinceLastTry(id, judged);
    if (verdict.kind === "passed") passed.add(id);
    const hook = shared[VERDICT];
    if (typeof hook === "function") {
      const { hints, explanation } = exercise;
      await hook({ ...verdict, id, hints, explanation, solution: await code(id, exercise) });
      return verdict;
    }
    const help = `For help: await check.hint("${id}")`;
    if (verdict.kind === "passed") await show(`✓ ${id}: ${verdict.message}`);
    else if (verdict.kind === "open") await show(`○ ${id} is still open. ${verdict.message}\n  ${help}`);
    else {
      const picture = verdict.picture ? `\n${verdict.picture}` : "";
      throw new CheckError(`✗ ${id}: ${verdict.message}${picture}\n  ${help}`);
    }
    return verdict;
  }

  /** The verdict, with what has changed since the try before. */
  function sinceLastTry(id: string, verdict: Verdict): Verdict {
    const before = lastTry.get(id), now = verdict.parts;
    if (now) lastTry.set(id, now);
    const changed = before && now && since(before, now);
    return changed ? { ...verdict, message: `${changed}. ${verdict.message}` } : verdict;
  }

  async function hint(id: string): Promise<void> {
    const { hints } = await find(load, id);
    const seen = nextHint({ hints: hintsSeen.get(id) ?? 0 }, hints.length);
    hintsSeen.set(id, seen);
    const last = seen === hints.length ? `\nThat was the last hint. The solution: await check.solution("${id}")` : "";
    await show(`Hint ${seen} of ${hints.length}: ${hints[seen - 1]}${last}`);
  }

  async function solution(id: string): Promise<void> {
    const exercise = await find(load, id);
    const left = hintsBeforeSolution(
      { hints: hintsSeen.get(id) ?? 0, passed: passed.has(id) },
      exercise.hints.length,
    );
    if (left > 0) {
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
    throw new RangeError(`check takes the id of an exercise and got "${id}": there is no file ${file}.ts`, { cause });
  }
  if (!module.default) throw new TypeError(`check takes an exercise as the default export of ${file}.ts and got none`);
  return module.default;
}

/** The file of an exercise, without the extension. */
function fileOf(id: string): string {
  return id.replaceAll("-", "_");
}

/** A source of inputs that nobody has seen before: an answer must not pass by knowing them. */
function freshRandom(): Random {
  return new Random(crypto.getRandomValues(new Uint32Array(1))[0]);
}
