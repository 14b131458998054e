/** The solution of an exercise as JavaScript, together with the functions of its file that it calls. */
import { inside, listIn, type Node, walk } from "./node.ts";
import { type Splice, splice } from "./splice.ts";

/** Code that can be run on its own, given what it imports. */
export interface SolutionCode {
  /** The declarations, one after another. */
  readonly text: string;
  /** The name of the solution in it. */
  readonly name: string;
  /** The names that it takes from imports. */
  readonly imports: readonly string[];
}

/** The name under which loops report that they are still running. */
export const TICK = "$tick";

/**
 * Takes the solution out of the file of an exercise: without types, and with a report to {@linkcode TICK} at the start of
 * each turn of a loop. Nothing, if the file does not declare a function of that name.
 */
export async function solutionCode(source: string, name: string): Promise<SolutionCode | undefined> {
  const { Parser } = await import("acorn");
  const { tsPlugin } = await import("@sveltejs/acorn-typescript");
  const options = { ecmaVersion: "latest", sourceType: "module", locations: true } as const;
  // deno-lint-ignore no-explicit-any -- the plugin is written for another version of acorn's types
  const program = Parser.extend(tsPlugin() as any).parse(source, options) as unknown as Node;
  const declared = declarationsIn(program);
  if (!declared.has(name)) return undefined;
  const needed = new Set<string>([name]), used = new Set<string>();
  for (const each of needed) { // grows on the way
    walk(declared.get(each)!, (node) => {
      if (node.type !== "Identifier") return;
      if (declared.has(node.name as string)) needed.add(node.name as string);
      else used.add(node.name as string);
    });
  }
  const nodes = [...new Set([...needed].map((each) => declared.get(each)!))].sort((a, b) => a.start - b.start);
  const text = nodes.map((node) => splice(source, [...editsIn(node, source), ...around(node, source)]).trim()).join(
    "\n",
  );
  return { text, name, imports: importsIn(program).filter((each) => used.has(each)) };
}

/** Cuts away everything that is not this node. */
function around({ start, end }: Node, source: string): Splice[] {
  return [{ start: 0, end: start, text: "" }, { start: end, end: source.length, text: "" }];
}

/** The functions and constants at the top of a file, by name. */
function declarationsIn(program: Node): Map<string, Node> {
  const found = new Map<string, Node>();
  for (const node of listIn(program, "body")) {
    if (node.type === "FunctionDeclaration") found.set(inside(node, "id").name as string, node);
    if (node.type !== "VariableDeclaration") continue;
    for (const each of listIn(node, "declarations")) {
      if (inside(each, "id").type === "Identifier") found.set(inside(each, "id").name as string, node);
    }
  }
  return found;
}

/** The names that a file imports as values. */
function importsIn(program: Node): string[] {
  return listIn(program, "body").filter(({ type, importKind }) => type === "ImportDeclaration" && importKind !== "type")
    .flatMap((node) => listIn(node, "specifiers"))
    .filter(({ importKind }) => importKind !== "type")
    .map((each) => inside(each, "local").name as string);
}

/** What makes JavaScript of a node, with its loops reporting. */
function editsIn(root: Node, source: string): Splice[] {
  const edits: Splice[] = [], blank = (start: number, end: number) => edits.push({ start, end, text: "" });
  const visit = (node: Node): void => {
    if (node.type === "TSNonNullExpression") {
      visit(inside(node, "expression"));
      return void blank(node.end - 1, node.end);
    }
    if (node.type === "TSAsExpression" || node.type === "TSSatisfiesExpression") {
      const expression = inside(node, "expression");
      visit(expression);
      const word = /\b(?:as|satisfies)\b/.exec(source.slice(expression.end))!.index; // parentheses may come before it
      return void blank(expression.end + word, node.end);
    }
    if (node.type.startsWith("TS")) return void blank(node.start, node.end);
    if (node.type === "Identifier" && node.optional) {
      const mark = source.indexOf("?", node.start);
      blank(mark, mark + 1);
    }
    if (/^(For|While|DoWhile)\w*Statement$/.test(node.type)) {
      const body = inside(node, "body"), block = body.type === "BlockStatement";
      edits.push({
        start: block ? body.start + 1 : body.start,
        end: block ? body.start + 1 : body.start,
        text: block ? ` ${TICK}();` : `{ ${TICK}(); `,
      });
      if (!block) edits.push({ start: body.end, end: body.end, text: " }" });
    }
    for (const value of Object.values(node)) {
      for (const child of Array.isArray(value) ? value : [value]) {
        if (typeof child?.type === "string" && typeof child.start === "number") visit(child);
      }
    }
  };
  visit(root);
  return edits;
}
