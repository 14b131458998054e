/** The syntax tree of a cell, as far as the evaluator looks at it. */

/** A node of ESTree, or of what acorn-typescript adds to it. Offsets count UTF-16 units of the source. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** Whether a property of a node is a node itself. */
function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && typeof (value as Node).type === "string" &&
    typeof (value as Node).start === "number";
}

/** The node that stands in a property, if one does. */
export function nodeIn(node: Node, key: string): Node | undefined {
  const value = node[key];
  return isNode(value) ? value : undefined;
}

/** The nodes of a list in a property, without the holes of `[, a]`. */
export function nodesIn(node: Node, key: string): Node[] {
  const value = node[key];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** All nodes below a node, in the order of the source. In `{ a }` the name stands once. */
export function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  for (const key of Object.keys(node)) {
    if (key === "key" && node.shorthand === true) continue;
    const value = node[key];
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) children.push(child);
  }
  return children.sort((a, b) => a.start - b.start);
}

/** The expression inside parentheses and the wrappers of types: of `((a as T)!)` it is `a`. */
export function unwrapped(node: Node): Node {
  const inner = /^(ParenthesizedExpression|TS(As|Satisfies|NonNull|Instantiation)Expression|TSTypeAssertion)$/
      .test(node.type)
    ? nodeIn(node, "expression")
    : undefined;
  return inner ? unwrapped(inner) : node;
}

/** The names that a pattern binds, in their order. */
export function boundNames(pattern: Node): string[] {
  switch (pattern.type) {
    case "Identifier":
      return [pattern.name as string];
    case "ObjectPattern":
      return nodesIn(pattern, "properties").flatMap((property) => boundNames(nodeIn(property, "value") ?? property));
    case "ArrayPattern":
      return nodesIn(pattern, "elements").flatMap(boundNames);
    case "AssignmentPattern":
      return boundNames(nodeIn(pattern, "left")!);
    case "RestElement":
      return boundNames(nodeIn(pattern, "argument")!);
    case "TSParameterProperty":
      return boundNames(nodeIn(pattern, "parameter")!);
    default:
      return [];
  }
}

/** Whether a value gets its name from the variable that it is given to: `const f = () => 1`. */
export function isAnonymousFunction(node: Node): boolean {
  const inner = node.type === "ParenthesizedExpression" ? nodeIn(node, "expression")! : node;
  if (inner !== node) return isAnonymousFunction(inner);
  if (node.type === "ArrowFunctionExpression") return true;
  return (node.type === "FunctionExpression" || node.type === "ClassExpression") && !nodeIn(node, "id");
}
