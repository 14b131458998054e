/** Small changes of a solution: the mistakes that can be made in it with one stroke. */
import { inside, listIn, type Node, walk } from "./node.ts";
import { namesIn } from "./names_in.ts";
import { TICK } from "./solution_code.ts";
import type { Splice } from "./splice.ts";

/** One change of the code. */
export interface Change {
  readonly splices: readonly Splice[];
  /** What the code then does, to follow "as if": "`n * C + label` were `label`". */
  readonly as: string;
  /** Where in the code it is. */
  readonly at: number;
}

/** All changes of a program, in the order of its text. */
export function changesOf(program: Node, code: string): Change[] {
  const found: Change[] = [], names = namesIn(program);
  const add = (splices: Splice | Splice[], as: string, at: number): void => {
    found.push({ splices: [splices].flat(), as, at });
  };
  walk(program, (node, above) => {
    const here: Here = { node, above, code, add, names };
    for (const kind of kinds) kind(here);
  });
  return found;
}

/** A node, and what a kind of change needs to know about it. */
interface Here {
  readonly node: Node;
  readonly above: readonly Node[];
  readonly code: string;
  readonly names: ReturnType<typeof namesIn>;
  add(splices: Splice | Splice[], as: string, at: number): void;
}

/** A piece of code in a reply: on one line, and without what the loops report. */
function quote(text: string): string {
  return `\`${text.replaceAll(`${TICK}();`, "").replace(/\s+/g, " ").trim()}\``;
}

/** The longest code that a reply shows. More would be the line itself. */
const longest = 32;

/** Replaces a node; the reply shows the expression around it, if that is short, or else says `otherwise`. */
function replace({ above, code, add }: Here, node: Node, text: string, otherwise?: string): void {
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
function startOf(text: string): string {
  return quote(/^[\w.]+/.exec(text)?.[0] ?? text.slice(0, 12));
}

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

const assignments: Record<string, string[]> = { "+=": ["=", "-="], "-=": ["+=", "="], "=": ["+="] };

const functions: Record<string, string[]> = {
  floor: ["ceil", "round"],
  max: ["min"],
  min: ["max"],
  log: ["log2", "log10", "log1p"],
};

/** The kinds of changes. */
const kinds: readonly ((here: Here) => void)[] = [
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
        const short = dropped.end - dropped.start <= longest;
        const missing = `${short ? quote(text(dropped)) : `what begins with ${startOf(text(dropped))}`} were missing`;
        const changed = operator === "-" && kept === right ? `(-${text(kept)})` : text(kept);
        add({ start: node.start, end: node.end, text: `(${changed})` }, missing, node.start);
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
      `${condition} were the other way round`,
      test.start,
    );
    add({ start: node.start, end: node.end, text: `(${text(yes)})` }, `${condition} always held`, test.start);
    add({ start: node.start, end: node.end, text: `(${text(no)})` }, `${condition} never held`, test.start);
  },
  /** += for =, and the other way round. */
  ({ node, code, add }) => {
    if (node.type !== "AssignmentExpression") return;
    const left = inside(node, "left"), operator = node.operator as string;
    if (/Pattern$/.test(left.type)) return;
    const start = code.indexOf(operator, left.end);
    for (const other of assignments[operator] ?? []) {
      if (other === "+=" && left.type !== "MemberExpression") continue;
      const what = quote(/^[\w.]+/.exec(code.slice(left.start))![0]);
      add(
        { start, end: start + operator.length, text: other },
        `\`${operator}\` were \`${other}\` where you write to ${what}`,
        start,
      );
    }
  },
  /** A number that is one off, 0, or another number of the code. */
  (here) => {
    const { node, above, names } = here;
    if (node.type !== "Literal" || typeof node.value !== "number") return;
    if (above.some(({ type }) => type === "VariableDeclarator") && above.at(-1)?.type === "Property") return;
    const value = node.value;
    for (const other of new Set([value + 1, value - 1, 0, ...names.numbers])) {
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
      replace(here, node, `(${text(given[0])})`, `${quote(text(callee))} were not called`);
    }
    if (math) {
      for (const other of functions[called] ?? []) {
        replace(here, node, `Math.${other}${code.slice(callee.end, node.end)}`);
      }
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
  /** A statement left out. */
  ({ node, code, add }) => {
    if (node.type === "IfStatement") {
      const test = inside(node, "test"), short = test.end - test.start <= longest;
      const condition = short
        ? quote(code.slice(test.start, test.end))
        : `the condition with ${startOf(code.slice(test.start))}`;
      add({ start: test.start, end: test.end, text: "true" }, `${condition} always held`, test.start);
      add({ start: test.start, end: test.end, text: "false" }, `${condition} never held`, test.start);
    }
    if (node.type !== "ExpressionStatement") return;
    const text = code.slice(node.start, node.end);
    if (text.startsWith(TICK)) return;
    const what = /^([\w.]+)[^=]*?(\+\+|--|[-+*/]?=)/.exec(text);
    const says = what && what[2] !== "="
      ? `nothing were ${what[2].startsWith("-") ? "subtracted from" : "added to"} ${quote(what[1])}`
      : what
      ? `nothing were written to ${quote(what[1])}`
      : `the call of ${startOf(text)} were left out`;
    add({ start: node.start, end: node.end, text: ";" }, says, node.start);
  },
  /** A loop that begins one later, ends one earlier, or runs once. */
  ({ node, code, add }) => {
    if (!/^For\w*Statement$/.test(node.type)) return;
    const body = inside(node, "body"), [init, test] = [node.init as Node | null, node.test as Node | null];
    const variable = /^(?:let|const)\s+(\[?[\w, ]+\]?)/.exec(code.slice((init ?? inside(node, "left")).start))?.[1]
      .trim();
    const loop = variable ? `the loop over ${quote(variable)}` : "a loop";
    add({ start: body.end - 1, end: body.end - 1, text: " break; " }, `${loop} ran only once`, node.start);
    if (test?.type === "BinaryExpression" && /^<=?$/.test(test.operator as string)) {
      add({ start: test.end, end: test.end, text: " - 1" }, `${loop} ended one too early`, test.start);
    }
    const first = init && listIn(init, "declarations")[0]?.init as Node | undefined;
    if (first?.type === "Literal" && typeof first.value === "number") {
      add(
        { start: first.start, end: first.end, text: String(first.value + 1) },
        `${loop} began at ${first.value + 1}`,
        first.start,
      );
    }
  },
  /** A variable of a loop that keeps what it had in the turn before. */
  ({ node, above, code, add }) => {
    if (node.type !== "VariableDeclaration" || node.kind !== "let") return;
    const loop = above.findLastIndex(({ type }) => /^(For|While|DoWhile)\w*Statement$/.test(type));
    const [declared, ...more] = listIn(node, "declarations");
    if (loop < 0 || above.at(-1)?.type !== "BlockStatement" || more.length > 0 || above[loop + 1] === node) return;
    const name = inside(declared, "id").name as string | undefined, init = declared.init as Node | null;
    if (!name || !init) return;
    const top = above.find(({ type, body }) =>
      type === "FunctionDeclaration" && (body as Node).type === "BlockStatement"
    );
    if (!top) return;
    const start = inside(top, "body").start + 1;
    add(
      [{ start, end: start, text: ` let ${name};` }, {
        start: node.start,
        end: node.end,
        text: `${name} ??= ${code.slice(init.start, init.end)};`,
      }],
      `${quote(name)} kept what it had in the turn before`,
      node.start,
    );
  },
];

/** Whether a name is read here, and neither declared, nor called, nor the name of a field. */
function isRead(node: Node, parent: Node, above: readonly Node[]): boolean {
  if (parent.type === "MemberExpression") return parent.object === node || parent.computed === true;
  if (parent.type === "CallExpression") return parent.callee !== node;
  if (parent.type === "Property") {
    return parent.value === node && parent.shorthand !== true && !above.some(({ type }) => /Pattern$/.test(type));
  }
  if (/Pattern$|^VariableDeclarator$/.test(parent.type)) return parent.init === node;
  if (/Function/.test(parent.type)) return parent.body === node;
  return parent.type !== "UpdateExpression" && parent.type !== "AssignmentExpression" || parent.right === node;
}

/** Where an operand ends, with the parentheses around it. */
function endOf(node: Node, code: string): number {
  let end = node.end;
  while (/[\s)]/.test(code[end])) end++;
  return end;
}
