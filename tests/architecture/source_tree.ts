// The project's source as the architecture rules see it: each file with its text and its imports.

/** One file of the project. */
export interface SourceFile {
  /** Its path from the project's root, with forward slashes: "lib/layers/fc.ts". */
  path: string;
  /** Its content. */
  text: string;
  /** What it imports and re-exports. */
  imports: Import[];
}

/** One import, static or dynamic, or one re-export. */
export interface Import {
  /** As written: "../tensor/mod.ts", "@std/assert". */
  specifier: string;
  /** The path of the imported file, from the root; undefined for a package. */
  target?: string;
  /** The names that it takes, as the other file exports them; "*" for all of them, none for an import without names. */
  names: string[];
  /** Whether it imports only types, so that nothing of it is left when the program runs. */
  typeOnly: boolean;
  /** Its line, counting from 1. */
  line: number;
}

/** The folders and the file with source code. Everything else is text, data or configuration. */
const ROOTS = ["mod.ts", "lib", "data", "lessons", "tests", "docs"];
const LEFT_OUT = ["data/cache", "tests/fixtures"];
const SOURCE = /\.(tsx?|js|mjs|css|html)$/;

/** A tree from texts by path, for planted examples. */
export function treeOf(texts: Record<string, string>): SourceFile[] {
  return Object.entries(texts).map(([path, text]) => ({ path, text, imports: importsOf(path, text) }));
}

/** The tree of a folder. Needs `{ read: true }`. */
export async function readTree(root: URL): Promise<SourceFile[]> {
  const texts: Record<string, string> = {};
  for (const path of ROOTS) {
    const stat = await Deno.stat(new URL(path, root)).catch(() => undefined);
    if (stat?.isFile) texts[path] = await Deno.readTextFile(new URL(path, root));
    if (stat?.isDirectory) await readFolder(root, path, texts);
  }
  return treeOf(texts);
}

async function readFolder(root: URL, folder: string, texts: Record<string, string>): Promise<void> {
  for await (const entry of Deno.readDir(new URL(folder, root))) {
    const path = `${folder}/${entry.name}`;
    if (LEFT_OUT.includes(path) || entry.name.startsWith(".")) continue;
    if (entry.isDirectory) await readFolder(root, path, texts);
    else if (SOURCE.test(entry.name)) texts[path] = await Deno.readTextFile(new URL(path, root));
  }
}

/**
 * `deno fmt` puts every top-level statement at the start of a line, and the text of a comment after a star or slashes. So
 * the position tells a statement from an example in a comment. A dynamic import may be anywhere in a line.
 */
function importsOf(path: string, text: string): Import[] {
  const found: Import[] = [];
  const add = (index: number, specifier: string, typeOnly: boolean, names: string[]) => {
    const line = text.slice(0, index).split("\n").length;
    found.push({ specifier, target: targetOf(path, specifier), names, typeOnly, line });
  };
  const statement = /^(?:import|export)\s+(type\s+)?(?:[^"';()=]*?\sfrom\s+)?["']([^"'\n]+)["']/gm;
  for (const match of text.matchAll(statement)) {
    add(match.index, match[2], match[1] !== undefined || ONLY_TYPES.test(match[0]), namesIn(match[0]));
  }
  const dynamic = /^(?!\s*(?:\/\/|\*|\/\*)).*?\bimport\(\s*["']([^"'\n]+)["']/gm;
  for (const match of text.matchAll(dynamic)) add(match.index, match[1], false, ["*"]);
  return found;
}

/** The names in `import a, { b, type C as D } from …` or `export * from …`: default, b, C; or "*". */
function namesIn(statement: string): string[] {
  const clause = /^(?:import|export)\s+(?:type\s+)?([^"']*?)\s+from\s/.exec(statement)?.[1];
  if (clause === undefined) return [];
  const [, first, list] = /^([^{]*)(?:\{([^}]*)\})?/.exec(clause.replace(/\/\/.*$/gm, ""))!;
  const names = (list ?? "").split(",").map((name) => name.trim().replace(/^type\s+/, "").split(/\s+as\s+/)[0]);
  const whole = first.includes("*") ? ["*"] : /\w/.test(first) ? ["default"] : [];
  return [...whole, ...names.filter((name) => name !== "")];
}

/** `import { type A, type B } from …` */
const ONLY_TYPES = /^\w+\s*\{(?:\s*type\s[^,}]+(?:,|(?=\})))+\s*\}/;

function targetOf(path: string, specifier: string): string | undefined {
  if (!specifier.startsWith(".")) return undefined;
  return new URL(specifier, new URL(path, "root:///")).pathname.slice(1);
}
