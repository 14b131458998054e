/** Small changes of a solution: the mistakes that can be made in it with one stroke. */
import type { Change, Here } from "./change.ts";
import { expressionChanges } from "./expression_changes.ts";
import { namesIn } from "./names_in.ts";
import { type Node, walk } from "./node.ts";
import type { Splice } from "./splice.ts";
import { statementChanges } from "./statement_changes.ts";

/** All changes of a program, in the order of its text. */
export function changesOf(program: Node, code: string): Change[] {
  const found: Change[] = [], names = namesIn(program);
  const add = (splices: Splice | Splice[], as: string, at: number): void => {
    found.push({ splices: [splices].flat(), as, at });
  };
  walk(program, (node, above) => {
    const here: Here = { node, above, code, add, names };
    for (const kind of [...expressionChanges, ...statementChanges]) kind(here);
  });
  return found;
}
