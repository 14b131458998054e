/** The solution of an exercise with one change at a time, ready to be run. */
import type { Node } from "./node.ts";
import { changesOf } from "./changes_of.ts";
import { type SolutionCode, TICK } from "./solution_code.ts";
import { splice } from "./splice.ts";

/** A solution with a change in it. */
export interface ChangedSolution {
  /** What it does, to follow "as if". */
  readonly as: string;
  /** The line of the change, among the lines of the code. */
  readonly line: number;
  /** Whether it is less likely than the changes before it: they are all tried first. */
  readonly rare: boolean;
  /**
   * Makes the function. A call of it ends with an error when its loops turn too often.
   *
   * @throws {SyntaxError} If the change left no valid code.
   */
  make(): (...inputs: readonly unknown[]) => unknown;
}

/** How many turns of loops one call may take. Exercises are small: no solution turns more than 2000 times. */
const mostTurns = 30_000;

/** The solution itself, but a call of it ends with an error when its loops turn too often. */
export function guardedSolution(
  { text, name, imports }: SolutionCode,
  library: Readonly<Record<string, unknown>>,
): (...inputs: readonly unknown[]) => unknown {
  let turns = 0;
  const tick = () => {
    if (++turns > mostTurns) throw new RangeError("the loops of a changed solution turn too often");
  };
  const code = new Function(TICK, ...imports, `"use strict";\n${text}\nreturn ${name};`);
  const made = code(tick, ...imports.map((each) => library[each]));
  return (...inputs: readonly unknown[]) => {
    turns = 0;
    return made(...inputs);
  };
}

/**
 * Every small change of a solution, each code only once.
 *
 * @param library Where the imports of the exercise come from.
 */
export async function changedSolutions(
  { text, name, imports }: SolutionCode,
  library: Readonly<Record<string, unknown>>,
): Promise<ChangedSolution[]> {
  const { parse } = await import("acorn");
  const program = parse(text, { ecmaVersion: "latest", sourceType: "module" }) as unknown as Node;
  const seen = new Set<string>([text]);
  return changesOf(program, text).flatMap(({ splices, as, at, rare }) => {
    const changed = splice(text, splices);
    if (seen.has(changed)) return [];
    seen.add(changed);
    const make = () => guardedSolution({ text: changed, name, imports }, library);
    return [{ as, line: text.slice(0, at).split("\n").length, rare, make }];
  });
}
