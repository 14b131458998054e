/** A small change of code, and how a reply speaks of it. */
import type { namesIn } from "./names_in.ts";
import type { Node } from "./node.ts";
import { TICK } from "./solution_code.ts";
import type { Splice } from "./splice.ts";

/** One change of the code. */
export interface Change {
  readonly splices: readonly Splice[];
  /** What the code then does, to follow "as if": "`n * C + label` were `label`". */
  readonly as: string;
  /** Where in the code it is. */
  readonly at: number;
  /** Whether it takes more strokes, and is less likely, than those that are not. */
  readonly rare: boolean;
}

/** A node, and what a kind of change needs to know about it. */
export interface Here {
  readonly node: Node;
  readonly above: readonly Node[];
  readonly code: string;
  readonly names: ReturnType<typeof namesIn>;
  add(splices: Splice | Splice[], as: string, at: number): void;
}

/** A piece of code in a reply: on one line, and without what the loops report. */
export function quote(text: string): string {
  return `\`${bare(text.replaceAll(`${TICK}();`, "").replace(/\s+/g, " ").trim())}\``;
}

/** Without parentheses around a name, a number, or all of it. */
function bare(text: string): string {
  const inner = /^\(([^()]*)\)$/.exec(text)?.[1] ?? text;
  return inner.replace(/(^|[^\w.])\((-?[\w.]+)\)/g, "$1$2");
}

/** The longest code that a reply shows. More would be the line itself. */
export const longest = 32;

/** Replaces a node; the reply shows the expression around it, if that is short, or else says `otherwise`. */
export function replace({ above, code, add }: Here, node: Node, text: string, otherwise?: string): void {
  const change = { start: node.start, end: node.end, text };
  let shown = node;
  for (const outer of above.toReversed()) {
    if (outer === node) continue;
    const named = outer.type === "VariableDeclarator" && shown === node;
    if (!named && !/^(Binary|Logical|Unary|Call|Member)Expression$/.test(outer.type)) break;
    if (outer.end - outer.start > longest) break;
    shown = outer;
    if (named || outer.type === "BinaryExpression") break;
  }
  const before = code.slice(shown.start, shown.end);
  const after = code.slice(shown.start, node.start) + text + code.slice(node.end, shown.end);
  const long = before.length > longest || after.length > longest;
  const other = otherwise ?? `a part of the expression with ${startOf(before)} were another`;
  add(change, long ? other : `${quote(before)} were ${quote(after)}`, node.start);
}

/** The beginning of an expression that is too long to show. */
export function startOf(text: string): string {
  return quote(/^[\w.]+/.exec(text)?.[0] ?? text.slice(0, 12));
}
