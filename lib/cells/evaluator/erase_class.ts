/** Puts blanks over what a class and its members say of types: modifiers, `implements`, members without code. */

import type { Edits } from "./edits.ts";
import { nextToken, wordAt } from "./next_token.ts";
import { type Node, nodeIn, nodesIn } from "./node.ts";
import { assignParameters } from "./parameter_properties.ts";

const MODIFIERS = ["public", "private", "protected", "readonly", "abstract", "override", "declare"];

/** Erases what concerns the class itself; types inside its members are left to `eraseTypes`. */
export function eraseClass(node: Node, edits: Edits): void {
  const { source } = edits;
  const body = nodeIn(node, "body")!;
  if (node.abstract === true && wordAt(source, node.start) === "abstract") {
    edits.blank(node.start, node.start + "abstract".length);
  }
  const heritage = nodesIn(node, "implements");
  if (heritage.length) {
    const before = ["superTypeParameters", "superClass", "typeParameters", "id"].map((key) => nodeIn(node, key))
      .find((part) => part !== undefined);
    edits.blank(nextToken(source, before?.end ?? source.indexOf("class", node.start) + 5), heritage.at(-1)!.end);
  }
  for (const member of nodesIn(body, "body")) eraseMember(member, edits);
  assignParameters(node, edits);
}

/** Whether a member has no code: an overload, an index signature, what is abstract or only declared. */
export function isBodiless(member: Node): boolean {
  return member.type === "TSIndexSignature" || member.abstract === true || member.declare === true ||
    nodeIn(member, "value")?.type === "TSDeclareMethod";
}

function eraseMember(member: Node, edits: Edits): void {
  if (isBodiless(member)) return; // erased as a whole
  if (member.type !== "MethodDefinition" && member.type !== "PropertyDefinition") return;
  const { source } = edits;
  const key = nodeIn(member, "key")!;
  for (let at = member.start; at < key.start;) {
    const word = wordAt(source, at);
    if (word === "") break;
    // The line before may end without a semicolon: a = 1⏎private [b] = 2
    if (MODIFIERS.includes(word)) edits.blank(at, at + word.length, at === member.start ? ";" : " ");
    at = nextToken(source, at + word.length);
  }
  const annotation = nodeIn(member, "typeAnnotation");
  const isField = member.type === "PropertyDefinition" && !nodeIn(member, "value");
  // A field called get, set or static would swallow the next member.
  const stop = isField && source[member.end - 1] !== ";" ? ";" : " ";
  if (member.optional === true || member.definite === true) {
    let mark = nextToken(source, key.end);
    if (member.computed === true) mark = nextToken(source, mark + 1);
    edits.blank(mark, mark + 1, annotation ? " " : stop);
  }
  if (annotation) edits.blank(annotation.start, annotation.end, stop);
}
