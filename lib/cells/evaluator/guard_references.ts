/** Rewrites the places where a name's variable alone would not do: what is constant, forgotten, or may change in its module. */

import type { Declaration } from "./declarations.ts";
import type { Edits } from "./edits.ts";
import type { Names } from "./names.ts";
import type { ParsedCell } from "./parsed_cell.ts";
import type { Reference } from "./references.ts";

/**
 * `k = 2` becomes `guarded.k = 2` where that has to throw.
 *
 * @param declared What the cell itself declares.
 * @param guarded The expression for {@linkcode Names.guarded} in the cell.
 */
export function guardReferences(
  cell: ParsedCell,
  declared: ReadonlyMap<string, Declaration>,
  names: Names,
  guarded: string,
  edits: Edits,
): void {
  for (const reference of cell.references.names) {
    const { name, node } = reference;
    const own = declared.get(name);
    if (reference.own && !own) continue; // using
    if (!names.get(name) || !needsGuard(reference, own, names)) continue;
    names.guard(name);
    const property = `${guarded}.${name}`;
    // A function that gets its name from the variable gets it, and then is given to all.
    const naming = reference.naming && (own ?? names.get(name)!).kind === "function" ? ` = ${name}` : "";
    const text = (reference.shorthand ? `${name}: ` : "") + property + naming;
    edits.replace(node.start, node.start + nameLength(cell.source, reference), text);
  }
}

function needsGuard({ name, node, writes, deferred }: Reference, own: Declaration | undefined, names: Names): boolean {
  const slot = names.get(name)!;
  const { kind } = own ?? slot;
  if (writes && (kind === "const" || kind === "import" || kind === "function")) return true;
  if (own) { // V8 refuses what comes too early, but not if the variable had been passed before
    if (kind === "import") return slot.module !== undefined;
    return slot.isAbsent && kind !== "function" && kind !== "var" && !deferred && node.start < own.from;
  }
  return slot.isAbsent || slot.module !== undefined;
}

/** How long a name is in the source, where it may be escaped and have a type behind it. */
function nameLength(source: string, { node, name }: Reference): number {
  if (source.startsWith(name, node.start)) return name.length;
  return /^(?:\\u(?:\{[^}]*\}|.{4})|[\p{ID_Continue}$\u200c\u200d])+/u.exec(source.slice(node.start))![0].length;
}
