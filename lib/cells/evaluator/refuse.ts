/** Refuses what parses and still cannot run in a cell, with its place: V8 would refuse it without one, or run something else. */

import { childrenOf, type Node, nodeIn, nodesIn } from "./node.ts";
import { isOnlyType } from "./erase_types.ts";
import { SyntaxProblem } from "./syntax_problem.ts";

/**
 * Looks through a tree.
 *
 * @throws {SyntaxProblem} At the first thing that a cell cannot have.
 */
export function refuse(node: Node): void {
  const problem = problemOf(node);
  if (problem) throw new SyntaxProblem(problem, node.start);
  if (isOnlyType(node)) return;
  for (const child of childrenOf(node)) refuse(child);
}

function problemOf(node: Node): string | undefined {
  switch (node.type) {
    case "Decorator":
      return "a cell takes no decorators: call the function that decorates on the class";
    case "PropertyDefinition":
      return node.accessor === true ? "a cell takes no accessor fields: write get and set" : undefined;
    case "TSModuleDeclaration":
      return node.declare === true || isOnlyTypes(nodeIn(node, "body"))
        ? undefined
        : "a cell takes no namespace with values: use an object, or a module in a file of its own";
    case "TSImportEqualsDeclaration":
      return 'a cell takes no import with "=": write import … from "…", or const a = b.c';
    case "TSExportAssignment":
      return 'a cell takes no export with "=": write export default';
    case "TSNamespaceExportDeclaration":
      return "a cell takes no export as namespace: remove it";
    default:
      return undefined;
  }
}

function isOnlyTypes(body: Node | undefined): boolean {
  if (!body) return true;
  if (body.type === "TSModuleDeclaration") return isOnlyTypes(nodeIn(body, "body"));
  return nodesIn(body, "body").every((statement) =>
    statement.type === "TSModuleDeclaration" ? isOnlyTypes(nodeIn(statement, "body")) : isOnlyType(statement)
  );
}
