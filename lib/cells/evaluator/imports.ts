/** Loads what a cell imports, and refuses a name that a module does not have. */

import { isOnlyType } from "./erase_types.ts";
import type { Names } from "./names.ts";
import { type Node, nodeIn, nodesIn } from "./node.ts";
import { SyntaxProblem } from "./syntax_problem.ts";

/** Loads a module, as a cell names it. */
export type Load = (specifier: string, options?: ImportCallOptions) => Promise<object>;

/** A name of a cell, and where its value is. */
export interface Imported {
  local: string;
  module: object;
  /** The name in the module; undefined for all of it. */
  name?: string;
}

/** A module that could not be loaded. */
export class ImportProblem extends Error {
  /** Where in the cell's source the specifier stands. */
  readonly offset: number;

  constructor(cause: unknown, offset: number) {
    super("", { cause });
    this.offset = offset;
  }
}

/**
 * Loads the modules one after the other.
 *
 * @throws {SyntaxProblem} Where a name is not in its module.
 * @throws {ImportProblem} Where a module cannot be loaded; its cause is what was thrown.
 */
export async function loadImports(program: Node, load: Load): Promise<Imported[]> {
  const all: Imported[] = [];
  for (const statement of nodesIn(program, "body")) {
    const source = nodeIn(statement, "source");
    if (!source || isOnlyType(statement)) continue;
    const specifier = String(source.value);
    const module = await load(specifier, optionsOf(statement)).catch((error) => {
      throw new ImportProblem(error, source.start);
    });
    for (const one of nodesIn(statement, "specifiers")) {
      if (one.importKind === "type" || one.exportKind === "type") continue;
      const asked = one.type === "ExportSpecifier" ? nodeIn(one, "local") : nodeIn(one, "imported");
      const name = one.type === "ImportDefaultSpecifier" ? "default" : asked && String(asked.name ?? asked.value);
      if (name !== undefined && !(name in module)) throw missing(specifier, name, (asked ?? one).start);
      const local = nodeIn(one, "local")!;
      if (one.type !== "ExportSpecifier") all.push({ local: local.name as string, module, name });
    }
  }
  return all;
}

/** Puts what was loaded into its slots. A function is copied there; any other value may change, and is read from the module. */
export function giveImports(imported: readonly Imported[], names: Names): void {
  for (const { local, module, name } of imported) {
    const slot = names.declare(local, "import");
    const value = name === undefined ? module : (module as Record<string, unknown>)[name];
    slot.value = value;
    if (name === undefined || typeof value === "function") continue;
    slot.module = module;
    slot.imported = name;
  }
}

function missing(specifier: string, name: string, offset: number): SyntaxProblem {
  // A plain run drops what is only used as a type; a cell cannot know what later cells use it for.
  const type = name === "default" ? "" : `; a type is imported as "type ${name}"`;
  return new SyntaxProblem(
    `The requested module '${specifier}' does not provide an export named '${name}'${type}`,
    offset,
  );
}

function optionsOf(statement: Node): ImportCallOptions | undefined {
  const attributes = nodesIn(statement, "attributes").map((attribute) => {
    const key = nodeIn(attribute, "key")!;
    return [String(key.name ?? key.value), String(nodeIn(attribute, "value")!.value)];
  });
  return attributes.length ? { with: Object.fromEntries(attributes) } : undefined;
}
