/** Translates an enum: V8 does not know it. */

import { blankOf, type Edits } from "./edits.ts";
import { type Node, nodeIn, nodesIn } from "./node.ts";

const NAME = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;
/** What a member may be called, and a variable may not. */
const RESERVED = new Set(
  ("arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for " +
    "function if implements import in instanceof interface let new null package private protected public return static super switch this " +
    "throw true try typeof var void while with yield").split(" "),
);

/**
 * Makes an expression of an enum; what gives its members their values stays where it is.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Edits } from "./edits.ts";
 * import { nodesIn } from "./node.ts";
 * import { parseCell } from "./parse_cell.ts";
 *
 * const source = 'enum Color { Red = 3, Green, Text = "text" }';
 * const edits = new Edits(source);
 * translateEnum(nodesIn(parseCell(source), "body")[0], edits);
 * assertEquals((0, eval)(edits.apply().text), { 3: "Red", 4: "Green", Red: 3, Green: 4, Text: "text" });
 * ```
 */
export function translateEnum(node: Node, edits: Edits): void {
  const name = nodeIn(node, "id")!.name as string;
  const members = nodesIn(node, "members");
  let at = node.start;
  let text = `(() => { const ${name} = {};`;
  let before: string | undefined;
  const put = (until: number): void => { // the code between two values, and the lines that it takes
    const lines = blankOf(edits.source.slice(at, until)).replace(/ /g, "");
    if (until > at) edits.replace(at, until, text + lines);
    text = "";
  };
  for (const member of members) {
    const id = nodeIn(member, "id")!;
    const key = String(id.type === "Identifier" ? id.name : id.value);
    const value = nodeIn(member, "initializer");
    const property = `${name}[${JSON.stringify(key)}]`;
    const variable = NAME.test(key) && !RESERVED.has(key) && key !== name ? key : undefined;
    text += variable ? ` const ${variable} = ` : ` ${property} = `;
    if (value) {
      put(value.start);
      at = value.end;
    } else text += before === undefined ? "0" : `${before} + 1`;
    text += ";";
    if (variable) text += ` ${property} = ${variable};`;
    text += ` if (typeof ${property} !== "string") ${name}[${property}] = ${JSON.stringify(key)};`;
    before = property;
  }
  text += ` return ${name}; })()`;
  put(node.end);
}
