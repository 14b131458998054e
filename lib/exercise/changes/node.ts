/** The nodes of a syntax tree, and how to walk over them. */

/** A node as acorn makes it: a type, a place in the text, and fields that depend on the type. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

/** Whether a value is a node. */
function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && typeof (value as Node).type === "string";
}

/** The nodes right below a node, in the order of the text. */
function childrenOf(node: Node): Node[] {
  return Object.values(node).flatMap((value) => Array.isArray(value) ? value : [value]).filter(isNode);
}

/** Visits a node and everything below it, with the nodes above it, the nearest last. */
export function walk(node: Node, visit: (node: Node, above: readonly Node[]) => void, above: Node[] = []): void {
  visit(node, above);
  above.push(node);
  for (const child of childrenOf(node)) walk(child, visit, above);
  above.pop();
}

/** The node in a field that always has one. */
export function inside(node: Node, field: string): Node {
  return node[field] as Node;
}

/** The nodes in a field that is a list; a hole in the list is left out. */
export function listIn(node: Node, field: string): Node[] {
  return ((node[field] ?? []) as (Node | null)[]).filter(isNode);
}
