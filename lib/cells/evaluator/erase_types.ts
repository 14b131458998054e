/** Puts blanks over the types of a cell, so that what is left is JavaScript with everything where it was. */

import { eraseClass, isBodiless } from "./erase_class.ts";
import type { Edits } from "./edits.ts";
import { nextToken } from "./next_token.ts";
import { childrenOf, type Node, nodeIn, nodesIn } from "./node.ts";
import { translateEnum } from "./translate_enum.ts";

/**
 * Erases the types in a node and below it.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Edits } from "./edits.ts";
 * import { parseCell } from "./parse_cell.ts";
 *
 * const source = "f(x as number, (a?: T): void => {});";
 * const edits = new Edits(source);
 * eraseTypes(parseCell(source), edits);
 * assertEquals(edits.apply().text, "f(x          , (a    )       => {});");
 * ```
 */
export function eraseTypes(node: Node, edits: Edits): void {
  if (isOnlyType(node)) return edits.blank(node.start, node.end, ";");
  switch (node.type) {
    case "TSTypeAnnotation":
    case "TSTypeParameterDeclaration":
    case "TSTypeParameterInstantiation":
      return edits.blank(node.start, node.end);
    case "TSAsExpression":
    case "TSSatisfiesExpression":
      return eraseAs(node, edits);
    case "TSNonNullExpression":
      eraseTypes(nodeIn(node, "expression")!, edits);
      return edits.blank(nodeIn(node, "expression")!.end, node.end);
    case "TSTypeAssertion": { // <T>{} would become a block
      const expression = nodeIn(node, "expression")!;
      edits.blank(node.start, expression.start, "(");
      edits.after(node.end, ")");
      return eraseTypes(expression, edits);
    }
    case "TSEnumDeclaration":
      edits.before(node.start, `let ${nodeIn(node, "id")!.name} = `);
      edits.after(node.end, ";");
      return eraseEnum(node, edits);
    case "MethodDefinition":
    case "PropertyDefinition":
    case "TSIndexSignature":
      if (isBodiless(node)) return edits.blank(node.start, node.end, ";");
      break;
    case "ClassDeclaration":
    case "ClassExpression":
      eraseClass(node, edits);
      break;
    case "ArrowFunctionExpression":
      if (keepArrowTogether(node, edits)) return;
      break;
    case "BinaryExpression": { // what is evaluated is a script, where <!-- begins a comment
      const operator = nextToken(edits.source, nodeIn(node, "left")!.end);
      if (edits.source.startsWith("<!--", operator)) edits.after(operator + 1, " ");
      break;
    }
    case "Identifier":
      if (node.optional === true) blankMark(node, edits);
      break;
    case "VariableDeclarator":
      if (node.definite === true) blankMark(nodeIn(node, "id")!, edits);
      break;
  }
  if (!node.type.startsWith("TS")) eraseThis(node, edits);
  for (const child of childrenOf(node)) if (!isErased(node, child)) eraseTypes(child, edits);
}

/** Makes an expression of an enum, and erases what the values of its members say of types. */
export function eraseEnum(node: Node, edits: Edits): void {
  translateEnum(node, edits);
  for (const member of nodesIn(node, "members")) {
    const value = nodeIn(member, "initializer");
    if (value) eraseTypes(value, edits);
  }
}

/** Whether a statement or a part of it says something of types only. */
export function isOnlyType(node: Node): boolean {
  if (node.declare === true && /Declaration$/.test(node.type)) return true;
  switch (node.type) {
    case "TSInterfaceDeclaration":
    case "TSTypeAliasDeclaration":
    case "TSDeclareFunction":
    case "TSModuleDeclaration": // others are refused
      return true;
    case "ImportDeclaration":
      return node.importKind === "type";
    case "ExportAllDeclaration":
      return node.exportKind === "type";
    case "ExportNamedDeclaration":
    case "ExportDefaultDeclaration": {
      const declaration = nodeIn(node, "declaration");
      return node.exportKind === "type" || declaration !== undefined && isOnlyType(declaration);
    }
    default:
      return false;
  }
}

/** What {@linkcode eraseClass} and {@linkcode eraseThis} have erased already. */
function isErased(node: Node, child: Node): boolean {
  if (node.type === "PropertyDefinition" && child === node.typeAnnotation) return true;
  if (child.type === "Identifier" && child.name === "this" && nodesIn(node, "params")[0] === child) return true;
  return nodesIn(node, "implements").includes(child);
}

/** `x as T`, then a line that begins with a bracket: with the type a statement ends here, without it a call would go on. */
function eraseAs(node: Node, edits: Edits): void {
  const expression = nodeIn(node, "expression")!;
  eraseTypes(expression, edits);
  edits.blank(expression.end, node.end);
  if (/[([`]/.test(edits.source[nextToken(edits.source, node.end)] ?? "")) edits.stop(node.end, ";");
}

/** The `?` or `!` behind a name. */
function blankMark(identifier: Node, edits: Edits): void {
  const name = /^(?:\\u\{?[0-9a-fA-F]+\}?|[\p{ID_Continue}$\u200c\u200d])+/u.exec(
    edits.source.slice(identifier.start),
  );
  const mark = nextToken(edits.source, identifier.start + (name?.[0].length ?? 0));
  if (/[?!]/.test(edits.source[mark])) edits.blank(mark, mark + 1);
}

/** `function f(this: T, a)`: `this` is not a parameter and goes, with its comma. */
function eraseThis(node: Node, edits: Edits): void {
  const [first] = nodesIn(node, "params");
  if (first?.type !== "Identifier" || first.name !== "this") return;
  const next = nextToken(edits.source, first.end);
  edits.blank(first.start, edits.source[next] === "," ? next + 1 : first.end);
}

/**
 * Between `async`, the parameters and `=>` no line may end, but a type between them may be long: then the bracket moves over it.
 *
 * @returns Whether the function is done.
 */
function keepArrowTogether(node: Node, edits: Edits): boolean {
  const { source } = edits;
  const endsLine = (start: number, end: number): boolean => /[\n\r\u2028\u2029]/.test(source.slice(start, end));
  const parameters = nodeIn(node, "typeParameters");
  const result = nodeIn(node, "returnType");
  const open = parameters && nextToken(source, parameters.end);
  const close = result && closeOf(node, source);
  const opensEarly = parameters !== undefined && endsLine(parameters.start, open!);
  const closesLate = result !== undefined && endsLine(close!, result.end);
  if (!opensEarly && !closesLate) return false;
  if (parameters) edits.blank(parameters.start, parameters.end, opensEarly ? "(" : " ");
  if (opensEarly) edits.blank(open!, open! + 1);
  if (closesLate) edits.blank(close!, close! + 1);
  if (result) edits.blank(result.start, closesLate ? result.end - 1 : result.end);
  if (closesLate) edits.replace(result.end - 1, result.end, ")");
  eraseThis(node, edits);
  for (const child of childrenOf(node)) {
    if (child !== parameters && child !== result && !isErased(node, child)) eraseTypes(child, edits);
  }
  return true;
}

/** Where the bracket behind the parameters of a function stands. */
function closeOf(node: Node, source: string): number {
  const last = nodesIn(node, "params").at(-1);
  let at = nextToken(source, last?.end ?? nodeIn(node, "typeParameters")?.end ?? node.start);
  if (!last && source.startsWith("async", at)) at = nextToken(source, at + "async".length);
  while (source[at] !== ")" && at < source.length) at = nextToken(source, at + 1);
  return at;
}
