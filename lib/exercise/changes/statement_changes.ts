/** The small changes of statements: left out, once instead of often, = instead of +=. */
import { type Here, longest, quote, startOf } from "./change.ts";
import { inside, listIn, type Node } from "./node.ts";
import { TICK } from "./solution_code.ts";

const assignments: Record<string, string[]> = { "+=": ["=", "-="], "-=": ["+=", "="], "*=": ["+=", "="], "=": ["+="] };

/** The kinds of changes. */
export const statementChanges: readonly ((here: Here) => void)[] = [
  /** += for =, and the other way round. */
  ({ node, code, add }) => {
    if (node.type !== "AssignmentExpression") return;
    const left = inside(node, "left"), operator = node.operator as string;
    if (/Pattern$/.test(left.type)) return;
    const start = code.indexOf(operator, left.end);
    for (const other of assignments[operator] ?? []) {
      if (other === "+=" && operator === "=" && left.type !== "MemberExpression") continue;
      const what = quote(/^[\w.]+/.exec(code.slice(left.start))![0]);
      add(
        { start, end: start + operator.length, text: other },
        `\`${operator}\` were \`${other}\` where you write to ${what}`,
        start,
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
      const other = `!(${code.slice(test.start, test.end)})`;
      add({ start: test.start, end: test.end, text: other }, `${condition} were the other way around`, test.start);
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
  ({ node, code, add, names }) => {
    if (!/^For\w*Statement$/.test(node.type)) return;
    const body = inside(node, "body"), [init, test] = [node.init as Node | null, node.test as Node | null];
    const variable = /^(?:let|const)\s+(\[?[\w, ]+\]?)/.exec(code.slice((init ?? inside(node, "left")).start))?.[1]
      .trim();
    const loop = variable ? `the loop over ${quote(variable)}` : "a loop";
    add({ start: body.end - 1, end: body.end - 1, text: " break; " }, `${loop} ran only once`, node.start);
    if (test?.type === "BinaryExpression" && /^<=?$/.test(test.operator as string)) {
      add({ start: test.end, end: test.end, text: " - 1" }, `${loop} ended one too early`, test.start);
    }
    if (node.type === "ForOfStatement") {
      const list = inside(node, "right"), text = code.slice(list.start, list.end);
      for (const [rest, which] of [["1", "first"], ["0, -1", "last"]]) {
        const change = { start: list.start, end: list.end, text: `[...${text}].slice(${rest})` };
        add(change, `${loop} left out the ${which} one`, node.start);
      }
    }
    const first = init && listIn(init, "declarations")[0]?.init as Node | undefined;
    if (first?.type === "Literal" && typeof first.value === "number") {
      add(
        { start: first.start, end: first.end, text: String(first.value + 1) },
        `${loop} began at ${first.value + 1}`,
        first.start,
      );
      for (const name of names.numbersNear(first).filter((each) => each !== variable)) {
        add({ start: first.start, end: first.end, text: name }, `${loop} began at ${quote(name)}`, first.start);
      }
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
