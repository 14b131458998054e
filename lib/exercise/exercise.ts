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

/** A wrong answer that learners give, and what to tell them. */
export interface Mistake<Inputs extends readonly unknown[]> {
  /** Computes what someone with this mistake would have computed. */
  answer(...inputs: Inputs): Value;
  /** What the mistake is, said to the one who made it. No period at the end. */
  reply: string;
}

/** An exercise: the answer of a learner is held against `solution` and every mistake, on the same fresh inputs. */
export interface Exercise<Inputs extends readonly unknown[] = readonly unknown[]> {
  /** Draws the inputs of one trial. */
  inputs(random: Random): Inputs;
  /** The right answer. */
  solution(...inputs: Inputs): Value;
  /** Why the solution is the solution, in a few sentences. */
  explanation: string;
  /** The usual wrong answers, the most telling first. */
  mistakes: readonly Mistake<Inputs>[];
  /** What helps, one after the other. */
  hints: readonly string[];
  /**
   * Makes a value out of what the learner wrote, where that is no function of the inputs: builds their layer, say, and
   * runs it. Without it the answer itself is called with the inputs, or, if it is no function, is the value.
   */
  use?(answer: never, ...inputs: Inputs): Value | Promise<Value>;
  /** How far a number may be off, relative to the largest; 1e-5 unless told otherwise. */
  tolerance?: number;
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
 *   inputs: (random) => [random.normal()],
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
export function exercise<Inputs extends readonly unknown[]>(definition: Exercise<Inputs>): Exercise<Inputs> {
  const { explanation, mistakes, hints } = definition;
  if (!explanation || mistakes.length < 3 || hints.length < 2) {
    throw new TypeError(
      `An exercise takes an explanation, at least three mistakes and at least two hints: ` +
        `this one has ${mistakes.length} mistakes and ${hints.length} hints`,
    );
  }
  return definition;
}
