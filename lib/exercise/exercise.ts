/** exercise: what an exercise consists of, apart from the cell in which it is solved. */
import type { Random } from "../tensor/random.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** What an answer may give, and what is compared: numbers, text, tensors, arrays and records of them. */
export type Value =
  | Tensor
  | number
  | string
  | boolean
  | ArrayLike<number>
  | readonly Value[]
  | { readonly [name: string]: Value };

/** What a learner writes where nothing else is said: a function of the inputs. */
export type AnswerFunction<Inputs extends readonly unknown[]> = (...inputs: Inputs) => Value;

/** A wrong answer that learners give, and what to tell them. */
export interface Mistake<Answer> {
  /** What someone with this mistake would have written. */
  readonly answer: Answer;
  /** What the mistake is, said to the one who made it. No period at the end. */
  readonly reply: string;
}

/** An exercise: the answer of a learner is held against `solution` and every mistake, on the same fresh inputs. */
export interface Exercise<
  Inputs extends readonly unknown[] = readonly unknown[],
  Answer = AnswerFunction<Inputs>,
> {
  /** Draws the inputs of one trial. */
  inputs(random: Random): Inputs;
  /** The right answer, under the name that it has in the lesson. */
  readonly solution: Answer;
  /** Why the solution is the solution, in a few sentences. */
  readonly explanation: string;
  /** The usual wrong answers, the most telling first. */
  readonly mistakes: readonly Mistake<Answer>[];
  /** What helps, one after the other. */
  readonly hints: readonly string[];
  /**
   * Makes a value out of an answer, where that is not a function of the inputs: builds the learner's layer, say, and runs
   * it. The solution and the mistakes go the same way. Without it an answer is called with the inputs.
   */
  use?(answer: Answer, ...inputs: Inputs): Value | Promise<Value>;
  /**
   * Whether `use` gives a list with what the answer gave in each of many cases. What is said of a wrong answer then speaks
   * of cases; `evidence` can show one.
   */
  readonly cases?: boolean;
  /**
   * The code as it is handed out, where it is not a blank but has a bug planted in it: an answer that still does the same
   * is open, not wrong.
   */
  readonly planted?: Answer;
  /** What an instrument shows of an answer that is not right, the report of a gradient check for example; for the verdict. */
  evidence?(answer: Answer, ...inputs: Inputs): string | Promise<string>;
  /** How far a number may be off, relative to the largest; 1e-5 unless told otherwise. */
  readonly tolerance?: number;
}

/**
 * Declares an exercise: checks that it is complete, and returns it as it is.
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
      `An exercise takes an explanation, at least three mistakes and at least two hints: ` +
        `this one has ${mistakes.length} mistakes and ${hints.length} hints`,
    );
  }
  return definition;
}
