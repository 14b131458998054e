/** The small changes of expressions: a name, an operator, a number, a function for another. */
import { type Here, longest, quote, replace, startOf } from "./change.ts";
import { inside, listIn, type Node } from "./node.ts";
import { isRead } from "./reads.ts";
import { TICK } from "./solution_code.ts";

const operators: Record<string, string[]> = {
  "+": ["-", "*"],
  "-": ["+"],
  "*": ["/", "+"],
  "/": ["*"],
  "%": ["/"],
  "<": ["<=", ">"],
  "<=": ["<"],
  ">": [">=", "<"],
  ">=": [">", "<="],
  "===": ["!=="],
  "!==": ["==="],
  "&&": ["||"],
  "||": ["&&"],
};

const functions: Record<string, string[]> = {
  floor: ["ceil", "round"],
  max: ["min"],
  min: ["max"],
  log: ["log2", "log10", "log1p"],
};

/** The kinds of changes. */
export const expressionChanges: readonly ((here: Here) => void)[] = [
  /** A name for another. */
  (here) => {
    const { node, above, names } = here, parent = above.at(-1);
    if (node.type !== "Identifier" || !parent || !isRead(node, parent, above)) return;
    for (const other of names.like(node)) {
      replace(here, node, other, `${quote(node.name as string)} were ${quote(other)}`);
    }
  },
  /** An operand dropped, an operator for another. */
  (here) => {
    const { node, code, add } = here;
    if (node.type !== "BinaryExpression" && node.type !== "LogicalExpression") return;
    const [left, right] = [inside(node, "left"), inside(node, "right")];
    const text = (each: Node) => code.slice(each.start, each.end);
    const operator = node.operator as string, start = code.indexOf(operator, endOf(left, code));
    if (!/[<>=!]/.test(operator)) {
      for (const [kept, dropped] of [[left, right], [right, left]]) {
        const size = dropped.end - dropped.start;
        const what = size <= longest ? quote(text(dropped)) : `what begins with ${startOf(text(dropped))}`;
        const changed = operator === "-" && kept === right ? `(-${text(kept)})` : text(kept);
        const as = `${what} were missing`;
        // A short name is in many places: the reply shows where.
        if (size <= 8) replace(here, node, `(${changed})`, as);
        else add({ start: node.start, end: node.end, text: `(${changed})` }, as, node.start);
      }
    }
    for (const other of operators[operator] ?? []) {
      const changed = code.slice(node.start, start) + other + code.slice(start + operator.length, node.end);
      replace(here, node, changed, `${quote(operator)} were ${quote(other)} before ${startOf(text(right))}`);
    }
    for (const operand of [left, right]) {
      if (
        !/^[-*/%]$/.test(operator) || operand.type !== "BinaryExpression" ||
        !/^[-+*/]$/.test(operand.operator as string)
      ) continue;
      const open = code.lastIndexOf("(", operand.start), close = code.indexOf(")", operand.end);
      if (
        open < node.start - 1 || code.slice(open + 1, operand.start).trim() || code.slice(operand.end, close).trim()
      ) continue;
      if (open < node.start || close > node.end) continue;
      const changed = code.slice(node.start, open) + text(operand) + code.slice(close + 1, node.end);
      replace(here, node, changed, `there were no parentheses around ${quote(text(operand))}`);
    }
    if (/^[-/%]$/.test(operator)) replace(here, node, `(${text(right)}) ${operator} (${text(left)})`);
  },
  /** The two sides of a condition exchanged, or only one of them. */
  ({ node, code, add }) => {
    if (node.type !== "ConditionalExpression") return;
    const [test, yes, no] = ["test", "consequent", "alternate"].map((field) => inside(node, field));
    const text = (each: Node) => code.slice(each.start, each.end);
    const condition = test.end - test.start <= longest ? quote(text(test)) : "a condition";
    add(
      { start: test.start, end: test.end, text: `!(${text(test)})` },
      `${condition} were the other way around`,
      test.start,
    );
    add({ start: node.start, end: node.end, text: `(${text(yes)})` }, `${condition} always held`, test.start);
    add({ start: node.start, end: node.end, text: `(${text(no)})` }, `${condition} never held`, test.start);
  },
  /** A number that is one off, 0, or another number of the code. */
  (here) => {
    const { node, above, names } = here;
    if (node.type !== "Literal" || typeof node.value !== "number") return;
    if (above.some(({ type }) => type === "VariableDeclarator") && above.at(-1)?.type === "Property") return;
    const value = node.value;
    for (const other of new Set([value + 1, value - 1, 0, 0.5, ...names.numbers])) {
      if (other !== value) replace(here, node, other < 0 ? `(${other})` : String(other));
    }
  },
  /** A call without its function, another function, its arguments exchanged. */
  (here) => {
    const { node, code, add } = here;
    if (node.type !== "CallExpression") return;
    const callee = inside(node, "callee"), given = listIn(node, "arguments");
    const text = (each: Node) => code.slice(each.start, each.end);
    const math = callee.type === "MemberExpression" && inside(callee, "object").name === "Math";
    const called = (callee.name ?? (callee.property as Node | undefined)?.name) as string;
    if (called === TICK) return;
    if (given.length === 1 && given[0].type !== "SpreadElement" && (math || callee.type === "Identifier")) {
      add(
        { start: node.start, end: node.end, text: `(${text(given[0])})` },
        `${quote(text(callee))} were not called`,
        node.start,
      );
    }
    for (const other of math ? functions[called] ?? [] : []) {
      const as = `\`Math.${called}\` were \`Math.${other}\``;
      add({ start: callee.start, end: callee.end, text: `Math.${other}` }, as, node.start);
    }
    if (given.length === 1 && callee.type === "MemberExpression" && !math && /^(times|plus|minus)$/.test(called)) {
      replace(here, node, text(inside(callee, "object")), `${quote(called)} were not called`);
    }
    for (let i = 1; i < given.length; i++) {
      const [a, b] = [text(given[i - 1]), text(given[i])];
      if (a === b || /=>/.test(a + b)) continue;
      replace(
        here,
        node,
        code.slice(node.start, given[i - 1].start) + b + code.slice(given[i - 1].end, given[i].start) + a +
          code.slice(given[i].end, node.end),
        `two arguments of ${quote(text(callee))} were exchanged`,
      );
    }
  },
  /** A sign dropped. */
  (here) => {
    if (here.node.type !== "UnaryExpression" || here.node.operator !== "-") return;
    const inner = inside(here.node, "argument");
    replace(here, here.node, here.code.slice(inner.start, inner.end));
  },
  /** Two entries of a list exchanged. */
  ({ node, code, add }) => {
    if (node.type !== "ArrayExpression" && node.type !== "ArrayPattern") return;
    const entries = listIn(node, "elements");
    if (
      entries.length !== (node.elements as unknown[]).length || entries.some(({ type }) => type === "SpreadElement")
    ) return;
    for (let i = 1; i < entries.length; i++) {
      const [a, b] = [entries[i - 1], entries[i]],
        [one, other] = [code.slice(a.start, a.end), code.slice(b.start, b.end)];
      if (one === other) continue;
      const short = one.length + other.length < longest;
      add(
        [{ start: a.start, end: a.end, text: other }, { start: b.start, end: b.end, text: one }],
        short ? `${quote(one)} and ${quote(other)} were exchanged` : "two entries of a list were exchanged",
        a.start,
      );
    }
  },
];

/** Where an operand ends, with the parentheses around it. */
function endOf(node: Node, code: string): number {
  let end = node.end;
  while (/[\s)]/.test(code[end])) end++;
  return end;
}
