/** Loads what a cell imports, and refuses a name that a module does not have. */

import { isOnlyType } from "./erase_types.ts";
import type { Names } from "./names.ts";
import { type Node, nodeIn, nodesIn } from "./node.ts";
import { SyntaxProblem } from "./syntax_problem.ts";

/** Loads a module, as a cell names it. */
type Load = (specifier: string, options?: ImportCallOptions) => Promise<object>;

/** A module that a cell imports. */
export interface ImportRequest {
  specifier: string;
  options?: ImportCallOptions;
  /** Where in the cell's source the specifier stands. */
  offset: number;
  names: {
    /** The name in the module; undefined for all of it. */
    name?: string;
    /** The name in the cell; undefined for what is only exported again. */
    local?: string;
    offset: number;
  }[];
}

/** A name of a cell, and where its value is. */
interface Imported {
  local: string;
  module: object;
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

/** What a cell imports, types left out. */
export function importsOf(program: Node): ImportRequest[] {
  const requests: ImportRequest[] = [];
  for (const statement of nodesIn(program, "body")) {
    const source = nodeIn(statement, "source");
    if (!source || isOnlyType(statement)) continue;
    const names: ImportRequest["names"] = [];
    for (const one of nodesIn(statement, "specifiers")) {
      if (one.importKind === "type" || one.exportKind === "type") continue;
      const isExport = one.type === "ExportSpecifier";
      const asked = nodeIn(one, isExport ? "local" : "imported");
      const name = one.type === "ImportDefaultSpecifier" ? "default" : asked && String(asked.name ?? asked.value);
      const local = isExport ? undefined : nodeIn(one, "local")!.name as string;
      names.push({ name, local, offset: (asked ?? one).start });
    }
    requests.push({ specifier: String(source.value), options: optionsOf(statement), offset: source.start, names });
  }
  return requests;
}

/**
 * Loads modules one after the other.
 *
 * @throws {ImportProblem} Where a module cannot be loaded; its cause is what was thrown.
 */
export async function loadModules(requests: readonly ImportRequest[], load: Load): Promise<object[]> {
  const modules: object[] = [];
  for (let i = 0; i < requests.length; i++) { // a cell may have broken iterators, and push
    const { specifier, options, offset } = requests[i];
    try {
      modules[i] = await load(specifier, options);
    } catch (error) {
      throw new ImportProblem(error, offset);
    }
  }
  return modules;
}

/**
 * Finds the names that are asked for.
 *
 * @throws {SyntaxProblem} Where a name is not in its module.
 */
export function findImports(requests: readonly ImportRequest[], modules: readonly object[]): Imported[] {
  const all: Imported[] = [];
  for (const [i, { specifier, names }] of requests.entries()) {
    for (const { name, local, offset } of names) {
      const module = modules[i];
      if (name !== undefined && !(name in module)) throw missing(specifier, name, offset);
      if (local !== undefined) all.push({ local, module, name });
    }
  }
  return all;
}

/** Puts what was loaded into its slots. A function is copied there; any other value may change, and is read from the module. */
export function giveImports(imported: readonly Imported[], names: Names): void {
  for (const { local, module, name } of imported) {
    const slot = names.get(local)!;
    names.declare(slot, "import");
    const value = name === undefined ? module : (module as Record<string, unknown>)[name];
    slot.value = value;
    if (name === undefined || typeof value === "function") continue;
    slot.module = module;
    slot.imported = name;
  }
}

function missing(specifier: string, name: string, offset: number): SyntaxProblem {
  // A plain run drops what is only used as a type; a cell cannot know what later cells use it for.
  const type = name === "default" ? "" : `; to import a type, write "type ${name}"`;
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
