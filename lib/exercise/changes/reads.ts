/** isRead: whether a name in a syntax tree is the value of something. */
import type { Node } from "./node.ts";

/** Whether a name is read here, and neither declared, nor called, nor the name of a field. */
export function isRead(node: Node, parent: Node, above: readonly Node[]): boolean {
  if (parent.type === "MemberExpression") return parent.object === node || parent.computed === true;
  if (parent.type === "CallExpression") return parent.callee !== node;
  if (parent.type === "Property") {
    return parent.value === node && parent.shorthand !== true && !above.some(({ type }) => /Pattern$/.test(type));
  }
  if (/Pattern$|^VariableDeclarator$/.test(parent.type)) return parent.init === node;
  if (/Function/.test(parent.type)) return parent.body === node;
  return parent.type !== "UpdateExpression" && parent.type !== "AssignmentExpression" || parent.right === node;
}
