/** Small changes of a solution: the mistakes that can be made in it with one stroke. */
import type { Change, Here } from "./change.ts";
import { expressionChanges } from "./expression_changes.ts";
import { namesIn } from "./names_in.ts";
import { type Node, walk } from "./node.ts";
import type { Splice } from "./splice.ts";
import { repeatedChanges } from "./repeated_changes.ts";
import { statementChanges } from "./statement_changes.ts";
import { valueChanges } from "./value_changes.ts";

/** How many of the less likely changes are made: a long solution has hundreds, and a learner waits. */
const mostRare = 300;

/** All changes of a program: those of few strokes first, each kind in the order of the text. */
export function changesOf(program: Node, code: string): Change[] {
  const found: Change[] = [], names = namesIn(program);
  for (const kinds of [[...expressionChanges, ...statementChanges], [...valueChanges, ...repeatedChanges]]) {
    const rare = kinds.includes(valueChanges[0]);
    const add = (splices: Splice | Splice[], as: string, at: number): void => {
      found.push({ splices: [splices].flat(), as, at, rare });
    };
    walk(program, (node, above) => {
      const here: Here = { node, above, code, add, names };
      for (const kind of kinds) kind(here);
    });
  }
  return [...found.filter(({ rare }) => !rare), ...found.filter(({ rare }) => rare).slice(0, mostRare)];
}
