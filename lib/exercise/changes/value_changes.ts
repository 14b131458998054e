/** The small changes of values: always the same, doubled, one off, without their sign, times another. */
import { type Here, longest, quote, replace } from "./change.ts";
import { inside, listIn, type Node, walk } from "./node.ts";
import { isRead } from "./reads.ts";
import type { Splice } from "./splice.ts";

/** Numbers that a size or a share may have been in the head of somebody. */
const fixed = [0, 1, 2, 3, 4, 10, 28, 0.1, 0.5, 0.9];

/** What may have been done to a number on its own. */
const done: readonly ((name: string) => string)[] = [
  (name) => `2 * ${name}`,
  (name) => `${name} + 1`,
  (name) => `${name} - 1`,
  (name) => `${name} * ${name}`,
  (name) => `Math.sqrt(${name})`,
  (name) => `Math.sign(${name})`,
  (name) => `Math.abs(${name})`,
];

/** The kinds of changes. They are tried after those that need fewer strokes. */
export const valueChanges: readonly ((here: Here) => void)[] = [
  /** A constant or an argument of the function that is always the same number. */
  ({ node, above, names, add }) => {
    if (node.type !== "Identifier" || !names.isNumber(node) || !isDeclared(node, above)) return;
    const name = node.name as string, root = above.findLast(({ type }) => /Function/.test(type));
    const reads = root ? readsOf(root, name) : [];
    for (const value of reads.length > 0 ? fixed : []) {
      add(reads.map((read) => ({ ...read, text: String(value) })), `${quote(name)} were ${value}`, node.start);
    }
  },
  /** A number doubled, one off, squared, without its size or its sign, or times another. */
  (here) => {
    const { node, above, names, code } = here, parent = above.at(-1);
    if (parent?.type !== "BinaryExpression" || !/^[-+*/%]$/.test(parent.operator as string)) return;
    const entry = node.type === "MemberExpression" && node.end - node.start <= 24;
    if (!entry && !(node.type === "Identifier" && names.isNumber(node))) return;
    const own = code.slice(node.start, node.end), others = names.numbersNear(node).filter((other) => other !== own);
    const texts = [
      ...done.map((of) => of(own)),
      ...(entry ? others : []),
      ...(parent.operator === "*" ? others.map((other) => `${own} * ${other}`) : []),
      ...(/^[%/]$/.test(parent.operator as string) && parent.right === node ? fixed.slice(2, 7).map(String) : []),
    ];
    for (const text of texts) {
      replace(here, node, /^[\w.]+$/.test(text) ? text : `(${text})`, `${quote(own)} were ${quote(text)}`);
    }
  },
  /** A square that is only a size. */
  (here) => {
    const { node, code } = here;
    if (node.type !== "BinaryExpression" || node.operator !== "**" || inside(node, "right").value !== 2) return;
    const left = inside(node, "left"),
      open = code.lastIndexOf("(", left.start),
      parens = code.slice(open + 1, left.start).trim() === "" && open >= node.start;
    const base = parens ? code.slice(open + 1, left.end) : code.slice(left.start, left.end);
    replace(here, node, `Math.abs(${base})`, `you took the size of ${briefly(base)}, not its square`);
  },
  /** A remainder instead of a whole part, and the other way round. */
  (here) => {
    const { node, code } = here;
    const text = (each: Node) => code.slice(each.start, each.end);
    if (node.type === "BinaryExpression" && node.operator === "%") {
      replace(here, node, `Math.floor((${text(inside(node, "left"))}) / (${text(inside(node, "right"))}))`);
    }
    if (node.type !== "CallExpression" || text(inside(node, "callee")) !== "Math.floor") return;
    const [given] = listIn(node, "arguments");
    if (given?.type !== "BinaryExpression" || given.operator !== "/") return;
    replace(here, node, `((${text(inside(given, "left"))}) % (${text(inside(given, "right"))}))`);
  },
  /** A sum of which only one term is multiplied, a difference that is divided, a fraction upside down. */
  ({ node, code, add }) => {
    if (node.type !== "BinaryExpression") return;
    const left = inside(node, "left"), right = inside(node, "right"), operator = node.operator as string;
    const text = (each: Node) => code.slice(each.start, each.end);
    const put = (to: string, as: string) => add({ start: node.start, end: node.end, text: `(${to})` }, as, node.start);
    if (operator === "-") {
      put(text(right), `${briefly(text(node))} were ${briefly(text(right))}`);
      if (left.type === "BinaryExpression") {
        put(`(${text(left)}) / (${text(right)})`, `\`-\` were \`/\` before ${briefly(text(right))}`);
      }
    }
    if (operator === "/" && left.type === "BinaryExpression" && left.operator === "*") {
      const [a, b] = [text(inside(left, "left")), text(inside(left, "right"))];
      put(`${a} / (${b}) * (${text(right)})`, `the fraction ${briefly(b)} by ${briefly(text(right))} were upside down`);
    }
    if (!/^[*/]$/.test(operator) || left.type !== "BinaryExpression" || !/^[-+]$/.test(left.operator as string)) return;
    const [first, second] = [text(inside(left, "left")), text(inside(left, "right"))];
    put(
      `${first} ${operator} ${text(right)} ${left.operator} ${second}`,
      `${briefly(second)} were not ${operator === "*" ? "multiplied" : "divided"} by ${briefly(text(right))}`,
    );
  },
  /** A function called at 0, or along the other axis. */
  (here) => {
    const { node, code, names, add } = here;
    if (node.type !== "CallExpression") return;
    const callee = inside(node, "callee"), given = listIn(node, "arguments");
    if (
      callee.type === "Identifier" && given.length > 1 &&
      given.every((each) => each.type === "Identifier" && names.isNumber(each))
    ) replace(here, node, `${callee.name}(${given.map(() => 0).join(", ")})`);
    const method = callee.type === "MemberExpression" ? inside(callee, "property").name as string : "";
    if (method === "map" && /Function/.test(given[0]?.type ?? "")) {
      const list = code.slice(inside(callee, "object").start, inside(callee, "object").end);
      add(
        { start: node.start, end: node.end, text: `[...${list}]` },
        `${briefly(`${list}.map`)} were not called`,
        node.start,
      );
    }
    if (method !== "forward" || given.length !== 1 || given[0].type !== "Identifier") return;
    const x = given[0].name as string;
    add(
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

/** Whether a name is an argument of a function, or the name of a constant. */
function isDeclared(node: Node, above: readonly Node[]): boolean {
  const parent = above.at(-1)!;
  if (/Function/.test(parent.type)) return listIn(parent, "params").includes(node);
  const declaration = above.findLast(({ type }) => type === "VariableDeclaration");
  const declarator = above.findLast(({ type }) => type === "VariableDeclarator");
  if (!declarator?.init || declaration?.kind !== "const") return false;
  const id = inside(declarator, "id");
  return id === node || id.type === "ArrayPattern" && listIn(id, "elements").includes(node);
}

/** Where a name is read in a piece of code. */
function readsOf(root: Node, name: string): Splice[] {
  const found: Splice[] = [];
  walk(root, (node, above) => {
    const parent = above.at(-1);
    if (node.type !== "Identifier" || node.name !== name || !parent || !isRead(node, parent, above)) return;
    found.push({ start: node.start, end: node.end, text: "" });
  });
  return found;
}
