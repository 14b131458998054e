/** The small changes of values: always the same, doubled, without their sign, times another, in another order of work. */
import { type Here, longest, quote, replace } from "./change.ts";
import { inside, listIn, type Node, walk } from "./node.ts";
import { isRead } from "./reads.ts";
import type { Splice } from "./splice.ts";

/** Numbers that a size may have been in the head of somebody: few, a digit's side, the classes. */
const fixed = [0, 1, 2, 3, 10, 28];

/** What may have been done to a number on its own. */
const done: readonly ((name: string) => string)[] = [
  (name) => `2 * ${name}`,
  (name) => `${name} * ${name}`,
  (name) => `Math.sign(${name})`,
  (name) => `Math.abs(${name})`,
];

/** The kinds of changes. They are tried after those that need fewer strokes. */
export const valueChanges: readonly ((here: Here) => void)[] = [
  /** A constant of the function that is always the same number. */
  ({ node, above, names, add }) => {
    if (node.type !== "Identifier" || !declaredConstant(node, above)) return;
    const name = node.name as string, root = above.find(({ type }) => /Function/.test(type));
    if (!root || !names.isNumber(node)) return;
    const reads = readsOf(root, name);
    for (const value of reads.length > 0 ? fixed : []) {
      add(
        reads.map(({ start, end }) => ({ start, end, text: String(value) })),
        `${quote(name)} were ${value}`,
        node.start,
      );
    }
  },
  /** A number doubled, squared, without its size or its sign, or times another. */
  (here) => {
    const { node, above, names } = here, parent = above.at(-1);
    if (node.type !== "Identifier" || !parent || !names.isNumber(node) || !isRead(node, parent, above)) return;
    if (parent.type !== "BinaryExpression" || !/^[-+*/]$/.test(parent.operator as string)) return;
    const name = node.name as string;
    const others = parent.operator === "*" ? names.like(node).map((other) => `${name} * ${other}`) : [];
    for (const text of [...done.map((of) => of(name)), ...others]) {
      replace(here, node, `(${text})`, `${quote(name)} were ${quote(text)}`);
    }
  },
  /** A sum of which only one term is multiplied, or a difference that is divided. */
  ({ node, code, add }) => {
    if (node.type !== "BinaryExpression") return;
    const left = inside(node, "left"), right = inside(node, "right"), operator = node.operator as string;
    const text = (each: Node) => code.slice(each.start, each.end);
    if (operator === "-" && left.type === "BinaryExpression") {
      const to = `(${text(left)}) / (${text(right)})`;
      add(
        { start: node.start, end: node.end, text: `(${to})` },
        `\`-\` were \`/\` before ${briefly(text(right))}`,
        node.start,
      );
    }
    if (!/^[*/]$/.test(operator) || left.type !== "BinaryExpression" || !/^[-+]$/.test(left.operator as string)) return;
    const [first, second] = [inside(left, "left"), inside(left, "right")];
    add(
      {
        start: node.start,
        end: node.end,
        text: `(${text(first)} ${operator} ${text(right)} ${left.operator} ${text(second)})`,
      },
      `${briefly(text(second))} were not ${operator === "*" ? "multiplied" : "divided"} by ${briefly(text(right))}`,
      node.start,
    );
  },
  /** A function called at 0, or along the other axis. */
  (here) => {
    const { node, code, names } = here;
    if (node.type !== "CallExpression") return;
    const callee = inside(node, "callee"), given = listIn(node, "arguments");
    if (
      callee.type === "Identifier" && given.length > 1 &&
      given.every((each) => each.type === "Identifier" && names.isNumber(each))
    ) {
      replace(here, node, `${callee.name}(${given.map(() => 0).join(", ")})`);
    }
    const method = callee.type === "MemberExpression" ? inside(callee, "property").name as string : "";
    if (method !== "forward" || given.length !== 1 || given[0].type !== "Identifier") return;
    const x = given[0].name as string;
    here.add(
      {
        start: node.start,
        end: node.end,
        text: `${code.slice(callee.start, callee.end)}(${x}.transpose()).transpose()`,
      },
      `${quote(method)} ran down the columns of ${quote(x)}, not along its rows`,
      node.start,
    );
  },
];

/** A piece of code, or its beginning. */
function briefly(text: string): string {
  return quote(text.length <= longest ? text : `${text.slice(0, 12)}…`);
}

/** Whether a constant gets its name here. */
function declaredConstant(node: Node, above: readonly Node[]): boolean {
  const declaration = above.findLast(({ type }) => type === "VariableDeclaration");
  const declarator = above.findLast(({ type }) => type === "VariableDeclarator");
  if (!declarator?.init || declaration?.kind !== "const") return false;
  const id = inside(declarator, "id");
  return id === node || id.type === "ArrayPattern" && listIn(id, "elements").includes(node);
}

/** Where a name is read in a function. */
function readsOf(root: Node, name: string): Splice[] {
  const found: Splice[] = [];
  walk(root, (node, above) => {
    const parent = above.at(-1);
    if (node.type !== "Identifier" || node.name !== name || !parent || !isRead(node, parent, above)) return;
    found.push({ start: node.start, end: node.end, text: "" });
  });
  return found;
}
