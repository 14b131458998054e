/** exercise: the definition of an exercise; a learner solves it in a cell of a lesson. */
import type { Random } from "../tensor/random.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** What an answer may return, and what is compared: numbers, text, tensors, and arrays and objects of these. */
export type Value =
  | Tensor
  | number
  | string
  | boolean
  | ArrayLike<number>
  | readonly Value[]
  | { readonly [name: string]: Value };

/** What a learner writes by default: a function of the inputs. */
export type AnswerFunction<Inputs extends readonly unknown[]> = (...inputs: Inputs) => Value;

/** A common wrong answer, and the reply to it. */
export interface Mistake<Answer> {
  /** What someone with this mistake would have written. */
  readonly answer: Answer;
  /** Tells the learner what the mistake is. No period at the end. */
  readonly reply: string;
  /** Whether the reply says only that the answer is always the same: a constant is evidence of nothing else. */
  readonly always?: boolean;
}

/** An exercise: the answer of a learner is compared with `solution` and with every mistake, on the same new inputs. */
export interface Exercise<
  Inputs extends readonly unknown[] = readonly unknown[],
  Answer = AnswerFunction<Inputs>,
> {
  /**
   * Draws the inputs of one trial: other sizes, strides and windows in each, and never those of the lesson. `trial`
   * counts from 0, for what must come up in some trials and not in others.
   */
  inputs(random: Random, trial?: number): Inputs;
  /** The right answer, with the name that it has in the lesson. */
  readonly solution: Answer;
  /** Why the solution is right, in a few sentences. */
  readonly explanation: string;
  /** The common wrong answers, the most specific first. */
  readonly mistakes: readonly Mistake<Answer>[];
  /** The hints, in order. */
  readonly hints: readonly string[];
  /**
   * Computes a value from an answer that is not a function of the inputs: builds the learner's layer, say, and runs it.
   * The solution and the mistakes are used in the same way. Without it an answer is called with the inputs.
   */
  use?(answer: Answer, ...inputs: Inputs): Value | Promise<Value>;
  /**
   * Whether `use` returns a list with the result of the answer for each of many cases. The reply to a wrong answer then
   * speaks of cases; `evidence` can show one.
   */
  readonly cases?: boolean;
  /**
   * The code that the learner gets, if it has a planted bug instead of a blank: an answer that still does the same is
   * open, not wrong.
   */
  readonly planted?: Answer;
  /** Evidence for the verdict on a wrong answer, such as the report of a gradient check. */
  evidence?(answer: Answer, ...inputs: Inputs): string | Promise<string>;
  /** How far a number may be off, relative to the largest; 1e-5 by default. */
  readonly tolerance?: number;
}

/**
 * Declares an exercise: checks that it is complete, and returns it.
 *
 * @throws {TypeError} If there is no explanation, fewer than three mistakes or fewer than two hints.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { exercise } from "@gradually/gradually/exercise";
 *
 * const square = exercise({
 *   inputs: (random): [number] => [random.normal()],
 *   solution: (x: number) => x * x,
 *   explanation: "A square is a number times itself",
 *   mistakes: [
 *     { answer: (x: number) => 2 * x, reply: "That is twice x" },
 *     { answer: (x: number) => x, reply: "That is x itself" },
 *     { answer: (x: number) => x ** 3, reply: "That is x three times" },
 *   ],
 *   hints: ["How long is the side?", "x times what?"],
 * });
 * assertEquals(square.solution(3), 9);
 * ```
 */
export function exercise<Inputs extends readonly unknown[], Answer>(
  definition: Exercise<Inputs, Answer> & Required<Pick<Exercise<Inputs, Answer>, "use">>,
): Exercise<Inputs, Answer>;
/** Declares an exercise whose answer is a function of the inputs. */
export function exercise<Inputs extends readonly unknown[]>(definition: Exercise<Inputs>): Exercise<Inputs>;
export function exercise<Inputs extends readonly unknown[], Answer>(
  definition: Exercise<Inputs, Answer>,
): Exercise<Inputs, Answer> {
  const { explanation, mistakes, hints } = definition;
  if (!explanation || mistakes.length < 3 || hints.length < 2) {
    throw new TypeError(
      `An exercise takes an explanation, at least three mistakes and at least two hints and got ` +
        `${explanation ? "an" : "no"} explanation, ${mistakes.length} mistakes and ${hints.length} hints`,
    );
  }
  return definition;
}
