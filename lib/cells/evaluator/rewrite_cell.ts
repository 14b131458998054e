/** Rewrites a cell as the body of a function: what it declares at its top goes to slots, which other cells see. */

import { type Declaration, declarationIn, type Kind } from "./declarations.ts";
import { Edits } from "./edits.ts";
import { eraseEnum, eraseTypes, isOnlyType } from "./erase_types.ts";
import { guardReferences } from "./guard_references.ts";
import type { Names } from "./names.ts";
import { boundNames, isAnonymousFunction, type Node, nodeIn, nodesIn } from "./node.ts";
import type { OffsetMap } from "./offset_map.ts";
import type { ParsedCell } from "./parsed_cell.ts";
import type { Slot } from "./slot.ts";

/** Names that are declared together. */
export type Step = { slot: Slot; kind: Kind }[];

/** A cell as the body of an `async` function. */
interface RewrittenCell {
  text: string;
  map: OffsetMap;
  /** What is reached together, by its number: `helper.reached(0, value)` gives `value`. */
  steps: Step[];
  /** Whether it returns the value of its last expression. */
  showsValue: boolean;
}

/**
 * Rewrites a cell. Lines stay where they are, and columns where nothing stands in front of them that had to be longer.
 *
 * @param names What is known of the names by now.
 * @param helper The name under which the code finds what it needs.
 */
export function rewriteCell(cell: ParsedCell, names: Names, helper: string): RewrittenCell {
  const rewriter = new Rewriter(cell, names, helper);
  return rewriter.rewrite();
}

class Rewriter {
  readonly #cell: ParsedCell;
  readonly #names: Names;
  readonly #helper: string;
  readonly #edits: Edits;
  readonly #declared: Map<string, Declaration>;
  readonly #steps: Step[] = [];

  constructor(cell: ParsedCell, names: Names, helper: string) {
    this.#cell = cell;
    this.#names = names;
    this.#helper = helper;
    this.#edits = new Edits(cell.source);
    this.#declared = new Map(cell.declarations.map((declaration) => [declaration.name, declaration]));
  }

  rewrite(): RewrittenCell {
    const { program, references, source } = this.#cell;
    if (source.startsWith("#!")) this.#edits.replace(0, 2, "//");
    const statements = nodesIn(program, "body");
    const last = statements.findLast((one) => one.type !== "EmptyStatement" && !isOnlyType(one));
    for (const statement of statements) this.#statement(statement, statement === last);
    for (const { node, parent } of references.vars) {
      if (parent !== program && !/^Export/.test(parent.type)) this.#nestedVar(node, parent);
    }
    for (const { start, end } of references.metas) this.#edits.replace(start, end, `${this.#helper}.meta`);
    for (const { start } of references.imports) {
      this.#edits.replace(start, start + "import".length, `${this.#helper}.load`);
    }
    guardReferences(this.#cell, this.#declared, this.#names, `${this.#helper}.names`, this.#edits);
    return { ...this.#edits.apply(), steps: this.#steps, showsValue: last?.type === "ExpressionStatement" };
  }

  #statement(statement: Node, isLast: boolean): void {
    const edits = this.#edits;
    if (isOnlyType(statement)) return edits.blank(statement.start, statement.end, ";");
    const node = declarationIn(statement);
    switch (statement.type) {
      case "ImportDeclaration":
      case "ExportAllDeclaration":
        return edits.blank(statement.start, statement.end, ";");
      case "ExportNamedDeclaration":
        if (node === statement) return edits.blank(statement.start, statement.end, ";");
        edits.blank(statement.start, statement.start + "export".length);
        break;
      case "ExportDefaultDeclaration":
        return this.#default(statement, node);
      case "ExpressionStatement":
        if (isLast) {
          const expression = nodeIn(statement, "expression")!;
          edits.before(expression.start, "return (");
          edits.after(expression.end, ")");
        }
        break;
    }
    this.#declaration(node);
  }

  #declaration(node: Node): void {
    switch (node.type) {
      case "VariableDeclaration":
        if (/using/.test(String(node.kind))) break;
        return this.#variables(node);
      case "ClassDeclaration": {
        const declaration = this.#declared.get(nodeIn(node, "id")!.name as string)!;
        return this.#given(node, declaration, () => eraseTypes(node, this.#edits));
      }
      case "TSEnumDeclaration": {
        const declaration = this.#declared.get(nodeIn(node, "id")!.name as string)!;
        return this.#given(node, declaration, () => eraseEnum(node, this.#edits));
      }
    }
    eraseTypes(node, this.#edits);
  }

  /** `export default`: a name is declared as without it, anything else is an expression. */
  #default(statement: Node, node: Node): void {
    const edits = this.#edits;
    const isNamed = /Declaration$/.test(node.type) && nodeIn(node, "id") !== undefined;
    edits.blank(statement.start, node.start, ";");
    if (isNamed) return this.#declaration(node);
    edits.before(node.start, "(");
    edits.after(node.end, ")");
    edits.stop(node.end, ";");
    eraseTypes(node, edits);
  }

  /** `class A {}` becomes `A = class A {};`. */
  #given(node: Node, declaration: Declaration, erase: () => void): void {
    const reached = this.#reached([declaration]);
    this.#edits.before(node.start, `;${declaration.name} = ${reached ? `${reached}, ` : "("}`);
    this.#edits.after(node.end, ")");
    this.#edits.stop(node.end, ";" + this.#copied([declaration]));
    erase();
  }

  /** `const a = 1` becomes `;     a = 1`. */
  #variables(node: Node): void {
    const edits = this.#edits;
    const kind = String(node.kind);
    edits.blank(node.start, node.start + kind.length, ";");
    const all: Declaration[] = [];
    for (const declarator of nodesIn(node, "declarations")) {
      const id = nodeIn(declarator, "id")!;
      const init = nodeIn(declarator, "init");
      const declared = boundNames(id).map((name) => this.#declared.get(name)!);
      all.push(...declared);
      const isObject = id.type === "ObjectPattern";
      const reached = kind === "var" ? undefined : this.#reached(declared);
      if (isObject) edits.before(id.start, "(");
      if (isObject) edits.after(declarator.end, ")");
      if (!init && kind !== "var") edits.after(declarator.end, ` = ${reached ? `${reached})` : "void 0"}`);
      if (init) this.#valued(id, init, reached);
      eraseTypes(declarator, edits);
    }
    // let x⏎[1]: x stops being a declaration, so the statement needs its own end
    edits.stop(node.end, (edits.source[node.end - 1] === ";" ? "" : ";") + this.#copied(all));
  }

  /** The value of a declaration, which V8 places where it begins, and not at its name. */
  #valued(id: Node, init: Node, reached?: string): void {
    const edits = this.#edits;
    if (id.type === "Identifier" && isAnonymousFunction(init)) { // in brackets it would get no name
      if (reached) edits.before(id.start, `${reached}), `);
      return;
    }
    edits.before(init.start, reached ? `${reached}, ` : "(0, ");
    edits.after(init.end, ")");
  }

  /** `for (var i = 0; …)` becomes `for (i = 0; …)`. */
  #nestedVar(node: Node, parent: Node): void {
    const edits = this.#edits;
    edits.blank(node.start, node.start + "var".length, /^(BlockStatement|SwitchCase)$/.test(parent.type) ? ";" : " ");
    const isHead = /^For(In|Of)Statement$/.test(parent.type) && parent.left === node;
    const isStatement = !isHead && parent.init !== node;
    if (isStatement && edits.source[node.end - 1] !== ";") edits.stop(node.end, ";");
    for (const declarator of nodesIn(node, "declarations")) {
      const id = nodeIn(declarator, "id")!;
      const wrap = id.type === "ObjectPattern" && !isHead || isHead && id.name === "async";
      if (wrap) edits.before(id.start, "(");
      if (wrap) edits.after(declarator.end, ")");
      if (nodeIn(declarator, "init")) this.#valued(id, nodeIn(declarator, "init")!);
    }
  }

  /** The beginning of a call that says that names are declared now; undefined where that is known already. */
  #reached(declared: Declaration[]): string | undefined {
    const step = this.#stepOf(declared);
    return step.every(({ slot }) => slot.isSet) ? undefined : `${this.#helper}.reached(${this.#steps.push(step) - 1}`;
  }

  #stepOf(declared: Declaration[]): Step {
    return declared.map(({ name, kind }) => ({ slot: this.#names.get(name)!, kind }));
  }

  /** A call that gives names' values to their copies, where they have any. */
  #copied(declared: Declaration[]): string {
    const copied = this.#stepOf(declared).filter(({ slot }) => slot.copies.length > 0);
    return copied.length ? `${this.#helper}.copy(${this.#steps.push(copied) - 1});` : "";
  }
}
