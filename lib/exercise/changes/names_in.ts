/** The names in a function, by what they stand for: so that one is exchanged only for another of its kind. */
import { inside, listIn, type Node, walk } from "./node.ts";

/** The names of a program. */
interface Names {
  /** The other names of the same kind in the function around a name. */
  like(name: Node): string[];
  /** Whether a name stands for a number. */
  isNumber(name: Node): boolean;
  /** The names that stand for numbers in the function around a node. */
  numbersNear(node: Node): string[];
  /** The numbers that are written in the program. */
  readonly numbers: readonly number[];
}

/** The names that each top function of a program declares. */
export function namesIn(program: Node): Names {
  const functions = listIn(program, "body").map((node) => ({ node, ...kindsIn(node) }));
  const numbers = new Set<number>();
  walk(program, ({ type, value }) => {
    if (type === "Literal" && typeof value === "number") numbers.add(value);
  });
  return {
    numbers: [...numbers],
    isNumber(name: Node): boolean {
      const found = functions.find(({ node }) => node.start <= name.start && name.end <= node.end);
      const own = name.name as string;
      return found !== undefined && found.declared.has(own) && found.numbers.has(own);
    },
    numbersNear(node: Node): string[] {
      const found = functions.find(({ node: { start, end } }) => start <= node.start && node.end <= end);
      return found ? [...found.numbers].filter((name) => found.declared.has(name) && !found.things.has(name)) : [];
    },
    like(name: Node): string[] {
      const found = functions.find(({ node }) => node.start <= name.start && name.end <= node.end);
      if (!found) return [];
      const own = name.name as string, { declared, things, numbers } = found;
      const kind = things.has(own) && !numbers.has(own)
        ? things
        : numbers.has(own) && !things.has(own)
        ? numbers
        : declared;
      return [...declared].filter((other) => other !== own && kind.has(other) && declared.has(own));
    },
  };
}

/** The names that are declared in a function, those that stand for things with fields, and those for numbers. */
function kindsIn(root: Node): { declared: Set<string>; things: Set<string>; numbers: Set<string> } {
  const [declared, things, numbers] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const declare = (pattern: Node | null): void => {
    if (!pattern) return;
    if (pattern.type === "Identifier") declared.add(pattern.name as string);
    else if (pattern.type === "AssignmentPattern") declare(inside(pattern, "left"));
    else if (pattern.type === "ArrayPattern") listIn(pattern, "elements").forEach(declare);
    else if (pattern.type === "ObjectPattern") {
      for (const property of listIn(pattern, "properties")) declare((property.value ?? property.argument) as Node);
    }
  };
  walk(root, (node, above) => {
    if (node.type === "VariableDeclarator" && !/Function/.test((node.init as Node | null)?.type ?? "")) {
      declare(inside(node, "id"));
    }
    if (/Function/.test(node.type)) listIn(node, "params").forEach(declare);
    const parent = above.at(-1);
    if (node.type !== "Identifier" || !parent) return;
    const name = node.name as string;
    if (parent.type === "MemberExpression" && parent.object === node) things.add(name);
    else if (parent.type === "CallExpression" && inside(parent, "callee").type === "Identifier") {
      if (parent.callee !== node) things.add(name);
    } else if (parent.type === "ForOfStatement" && parent.right === node) things.add(name);
    else if (/^(Binary|Update|Unary)Expression$/.test(parent.type) || parent.type === "MemberExpression") {
      numbers.add(name);
    } else if (parent.type === "CallExpression" && parent.callee !== node) numbers.add(name);
  });
  return { declared, things, numbers };
}
