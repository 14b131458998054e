/** Lists what a cell declares at its top: the names that later cells will see. */

import { isOnlyType } from "./erase_types.ts";
import { boundNames, type Node, nodeIn, nodesIn } from "./node.ts";

/** How a name is declared. A `using` ends with its cell, so it is none of these. */
export type Kind = "import" | "function" | "var" | "let" | "const" | "class" | "enum";

/** A name that a cell declares. */
export interface Declaration {
  name: string;
  kind: Kind;
  /** From which offset on the name has its value, if the cell runs from top to bottom. */
  from: number;
}

/** What has its value before the cell begins, then the others in their order. */
export function declarationsOf(program: Node, vars: readonly Node[]): Declaration[] {
  const early: Declaration[] = [];
  const late: Declaration[] = [];
  for (const statement of nodesIn(program, "body")) {
    if (isOnlyType(statement)) continue;
    if (statement.type === "ImportDeclaration") {
      for (const specifier of nodesIn(statement, "specifiers")) {
        if (specifier.importKind === "type") continue;
        early.push({ name: nodeIn(specifier, "local")!.name as string, kind: "import", from: 0 });
      }
      continue;
    }
    const node = declarationIn(statement);
    const id = nodeIn(node, "id")?.name as string | undefined;
    if (node.type === "FunctionDeclaration" && id) early.push({ name: id, kind: "function", from: 0 });
    if (node.type === "ClassDeclaration" && id) late.push({ name: id, kind: "class", from: node.end });
    if (node.type === "TSEnumDeclaration" && id) late.push({ name: id, kind: "enum", from: node.end });
    if (node.type === "VariableDeclaration" && (node.kind === "let" || node.kind === "const")) {
      for (const declarator of nodesIn(node, "declarations")) {
        for (const name of boundNames(nodeIn(declarator, "id")!)) {
          late.push({ name, kind: node.kind, from: declarator.end });
        }
      }
    }
  }
  const names = vars.flatMap((node) => nodesIn(node, "declarations")).flatMap((one) => boundNames(nodeIn(one, "id")!));
  const varied = [...new Set(names)].map((name): Declaration => ({ name, kind: "var", from: 0 }));
  return [...early, ...varied, ...late];
}

/** The declaration in `export const a`; anything else is its own. */
export function declarationIn(statement: Node): Node {
  return /^Export(Named|Default)Declaration$/.test(statement.type)
    ? nodeIn(statement, "declaration") ?? statement
    : statement;
}
