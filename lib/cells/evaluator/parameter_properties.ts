/** Translates `constructor(private x: number)`: the field is declared, and gets the parameter's value. */

import type { Edits } from "./edits.ts";
import { boundNames, type Node, nodeIn, nodesIn } from "./node.ts";

/** Adds the fields and the assignments that TypeScript would add to a class; the modifiers become blanks. */
export function assignParameters(node: Node, edits: Edits): void {
  const body = nodeIn(node, "body")!;
  for (const member of nodesIn(body, "body")) {
    const code = nodeIn(member, "value");
    if (member.type !== "MethodDefinition" || member.kind !== "constructor" || !code) continue;
    const properties = nodesIn(code, "params").filter(({ type }) => type === "TSParameterProperty");
    const block = nodeIn(code, "body");
    if (!block || properties.length === 0) continue;
    for (const property of properties) { // a default value does not tell where the name begins
      const parameter = nodeIn(property, "parameter")!;
      edits.blank(property.start, (nodeIn(parameter, "left") ?? parameter).start);
    }
    const names = properties.flatMap(boundNames);
    edits.after(body.start + 1, names.map((name) => `${name};`).join(""));
    const before = statementBefore(block);
    const stop = !before || edits.source[before.end - 1] === ";" ? "" : ";";
    edits.after(before?.end ?? block.start + 1, stop + names.map((name) => `this.${name} = ${name};`).join(""));
  }
}

/** Behind the call of `super`, which makes `this`; otherwise behind directives such as "use strict". */
function statementBefore(block: Node): Node | undefined {
  const statements = nodesIn(block, "body");
  const isSuper = (statement: Node): boolean => {
    const call = statement.type === "ExpressionStatement" ? nodeIn(statement, "expression") : undefined;
    return call?.type === "CallExpression" && nodeIn(call, "callee")?.type === "Super";
  };
  return statements.find(isSuper) ?? statements.findLast(({ directive }) => directive !== undefined);
}
