/** Finds which names of a cell are its own at the top or come from outside, and what is done to them. */

import { boundNames, childrenOf, isAnonymousFunction, type Node, nodeIn, nodesIn, unwrapped } from "./node.ts";
import { Scope } from "./scope.ts";

/** A place where a name stands that no scope inside the cell declares. */
export interface Reference {
  name: string;
  node: Node;
  /** Whether the cell itself declares it, at its top. */
  own: boolean;
  /** Whether the place gives it a value. */
  writes: boolean;
  /** The value that it gets, if that gets its name from here: `f = () => 1`. */
  naming: boolean;
  /** Whether it stands in a function, and so is reached later, or never. */
  deferred: boolean;
  /** Whether that function is declared at the top of the cell, and so can be called before it is come to. */
  hoisted: boolean;
  /** `{ name }`, which has to become `{ name: … }` where another expression stands for the name. */
  shorthand: boolean;
}

/** What a cell refers to. */
export interface References {
  /** In the order of the source, more or less. */
  names: Reference[];
  /** The `var` declarations that belong to the top of the cell, wherever they stand, each with what it stands in. */
  vars: { node: Node; parent: Node }[];
  /** `import.meta`. */
  metas: Node[];
  /** `import(…)`. */
  imports: Node[];
}

/** Looks through the tree of a cell. */
export function referencesOf(program: Node): References {
  const finder = new Finder();
  finder.all(nodesIn(program, "body"), finder.top, program);
  return {
    names: finder.found.flatMap(({ scope, ...reference }) => {
      const home = scope.find(reference.name);
      return home === undefined || home === finder.top ? [{ ...reference, own: home !== undefined }] : [];
    }),
    vars: finder.vars,
    metas: finder.metas,
    imports: finder.imports,
  };
}

type Target = Pick<Reference, "writes" | "naming" | "shorthand">;
const READ: Target = { writes: false, naming: false, shorthand: false };
const WRITE: Target = { writes: true, naming: false, shorthand: false };

class Finder {
  readonly top = new Scope(undefined, true);
  readonly found: (Omit<Reference, "own"> & { scope: Scope })[] = [];
  readonly vars: References["vars"] = [];
  readonly metas: Node[] = [];
  readonly imports: Node[] = [];
  #functions = 0; // how many the walk is in
  #hoisted = false; // whether the outermost of them is declared at the top

  all(nodes: Node[], scope: Scope, parent: Node): void {
    for (const node of nodes) this.visit(node, scope, parent);
  }

  visit(node: Node | undefined, scope: Scope, parent: Node): void {
    if (!node || node.declare === true) return;
    switch (node.type) {
      case "Identifier":
        return this.#refer(node, scope, READ);
      case "FunctionDeclaration":
        if (nodeIn(node, "id")) scope.names.add(nodeIn(node, "id")!.name as string);
        if (scope !== this.top || this.#functions > 0) return this.#function(node, scope);
        this.#hoisted = true;
        this.#function(node, scope);
        this.#hoisted = false;
        return;
      case "FunctionExpression":
        return this.#function(node, this.#named(node, scope));
      case "ArrowFunctionExpression":
        return this.#function(node, scope);
      case "ClassDeclaration":
        if (nodeIn(node, "id")) scope.names.add(nodeIn(node, "id")!.name as string);
        return this.#class(node, this.#named(node, scope));
      case "ClassExpression":
        return this.#class(node, this.#named(node, scope));
      case "VariableDeclaration":
        return this.#variables(node, scope, parent);
      case "ImportDeclaration":
        for (const specifier of nodesIn(node, "specifiers")) {
          if (specifier.importKind !== "type") scope.names.add(nodeIn(specifier, "local")!.name as string);
        }
        return;
      case "TSEnumDeclaration":
        return this.#enum(node, scope);
      case "BlockStatement":
        return this.all(nodesIn(node, "body"), new Scope(scope), node);
      case "ForStatement":
      case "ForInStatement":
      case "ForOfStatement":
        return this.#for(node, new Scope(scope));
      case "SwitchStatement":
        this.visit(nodeIn(node, "discriminant"), scope, node);
        return this.all(nodesIn(node, "cases"), new Scope(scope), node);
      case "CatchClause": {
        const inner = new Scope(scope);
        if (nodeIn(node, "param")) this.#declare(nodeIn(node, "param")!, inner, inner);
        return this.visit(nodeIn(node, "body"), inner, node);
      }
      case "AssignmentExpression": {
        const [left, right] = [nodeIn(node, "left")!, nodeIn(node, "right")!];
        const naming = node.operator === "=" && left.type === "Identifier" && isAnonymousFunction(right);
        this.#target(left, scope, { ...WRITE, naming });
        return this.visit(right, scope, node);
      }
      case "UpdateExpression":
        return this.#target(nodeIn(node, "argument")!, scope, WRITE);
      case "MetaProperty":
        if (nodeIn(node, "meta")?.name === "import") this.metas.push(node);
        return;
      case "ImportExpression":
        this.imports.push(node);
        break;
      case "LabeledStatement":
        return this.visit(nodeIn(node, "body"), scope, node);
      case "BreakStatement":
      case "ContinueStatement":
        return;
      case "ExportNamedDeclaration": // { a as b } does not use a
      case "ExportDefaultDeclaration":
        return this.visit(nodeIn(node, "declaration"), scope, node);
      case "Property":
        if (node.shorthand === true) return this.#refer(nodeIn(node, "value")!, scope, { ...READ, shorthand: true });
    }
    if (isType(node)) return;
    for (const child of childrenOf(node)) if (!isName(node, child)) this.visit(child, scope, node);
  }

  #refer(node: Node, scope: Scope, target: Target): void {
    const [deferred, hoisted] = [this.#functions > 0, this.#hoisted];
    this.found.push({ name: node.name as string, node, scope, ...target, deferred, hoisted });
  }

  /** A function or class expression sees its own name. */
  #named(node: Node, scope: Scope): Scope {
    const id = nodeIn(node, "id");
    if (!id) return scope;
    const inner = new Scope(scope);
    inner.names.add(id.name as string);
    return inner;
  }

  #function(node: Node, scope: Scope): void {
    const parameters = new Scope(scope, true);
    if (node.type !== "ArrowFunctionExpression") parameters.names.add("arguments");
    this.#functions++;
    for (const parameter of nodesIn(node, "params")) this.#declare(parameter, parameters, parameters);
    const body = nodeIn(node, "body");
    const inner = new Scope(parameters, true);
    if (body?.type === "BlockStatement") this.all(nodesIn(body, "body"), inner, body);
    else this.visit(body, inner, node);
    this.#functions--;
  }

  #class(node: Node, scope: Scope): void {
    this.visit(nodeIn(node, "superClass"), scope, node);
    for (const member of nodesIn(nodeIn(node, "body")!, "body")) {
      if (member.declare === true || member.abstract === true) continue;
      if (member.computed === true) this.visit(nodeIn(member, "key"), scope, member);
      const inner = new Scope(scope, true); // a block or the value of a field has a `this`, and a `var`, of its own
      const later = member.type === "PropertyDefinition" && member.static !== true;
      if (later) this.#functions++;
      if (member.type === "StaticBlock") this.all(nodesIn(member, "body"), inner, member);
      else this.visit(nodeIn(member, "value"), inner, member);
      if (later) this.#functions--;
    }
  }

  #variables(node: Node, scope: Scope, parent: Node): void {
    const home = node.kind === "var" ? scope.forVar : scope;
    if (node.kind === "var" && home === this.top) this.vars.push({ node, parent });
    for (const declarator of nodesIn(node, "declarations")) {
      this.#declare(nodeIn(declarator, "id")!, home, scope);
      this.visit(nodeIn(declarator, "init"), scope, declarator);
    }
  }

  #enum(node: Node, scope: Scope): void {
    scope.names.add(nodeIn(node, "id")!.name as string);
    const inner = new Scope(scope);
    inner.names.add(nodeIn(node, "id")!.name as string);
    for (const member of nodesIn(node, "members")) {
      inner.names.add(String(nodeIn(member, "id")!.name ?? nodeIn(member, "id")!.value));
      this.visit(nodeIn(member, "initializer"), inner, member);
    }
  }

  #for(node: Node, scope: Scope): void {
    const left = nodeIn(node, "left");
    if (left && left.type !== "VariableDeclaration") this.#target(left, scope, WRITE);
    else this.visit(left, scope, node);
    for (const key of ["init", "test", "update", "right", "body"]) this.visit(nodeIn(node, key), scope, node);
  }

  /** The names of a pattern are declared in `home`; what it computes on the way is looked up in `scope`. */
  #declare(pattern: Node, home: Scope, scope: Scope): void {
    for (const name of boundNames(pattern)) home.names.add(name);
    this.#pattern(pattern, scope, () => {});
  }

  /** What gets a value. */
  #target(node: Node, scope: Scope, target: Target): void {
    this.#pattern(unwrapped(node), scope, (leaf, shorthand) => {
      const inner = unwrapped(leaf);
      if (inner.type === "Identifier") this.#refer(inner, scope, { ...target, shorthand });
      else if (inner !== leaf && /Pattern$/.test(inner.type)) this.#target(inner, scope, target);
      else this.visit(inner, scope, node);
    });
  }

  /** Visits the keys and defaults of a pattern, and hands on its leaves. */
  #pattern(node: Node, scope: Scope, leaf: (node: Node, shorthand: boolean) => void, shorthand = false): void {
    switch (node.type) {
      case "ObjectPattern":
        for (const property of nodesIn(node, "properties")) {
          if (property.computed === true) this.visit(nodeIn(property, "key"), scope, property);
          this.#pattern(nodeIn(property, "value") ?? property, scope, leaf, property.shorthand === true);
        }
        return;
      case "ArrayPattern":
        for (const element of nodesIn(node, "elements")) this.#pattern(element, scope, leaf);
        return;
      case "AssignmentPattern":
        this.#pattern(nodeIn(node, "left")!, scope, leaf, shorthand);
        return this.visit(nodeIn(node, "right"), scope, node);
      case "RestElement":
        return this.#pattern(nodeIn(node, "argument")!, scope, leaf);
      case "TSParameterProperty":
        return this.#pattern(nodeIn(node, "parameter")!, scope, leaf);
      default:
        return leaf(node, shorthand);
    }
  }
}

/** Whether a node says only something of types, all of it. */
function isType(node: Node): boolean {
  return node.type.startsWith("TS") && unwrapped(node) === node;
}

/** Whether a child is a name in another sense: a property, a type argument. */
function isName(node: Node, child: Node): boolean {
  if (isType(child)) return true;
  if (node.type === "MemberExpression") return child === node.property && node.computed !== true;
  return node.type === "Property" && child === node.key && node.computed !== true;
}
