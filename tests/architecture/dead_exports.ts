// Exports that are not needed: what no other file imports is either dead or does not need its `export`.
import type { SourceFile } from "./source_tree.ts";

/** The folders that follow this rule. What a `mod.ts` re-exports counts as used. */
const CHECKED: readonly string[] = [
  "data",
  "lib/exercise",
  "lib/layers",
  "lib/losses",
  "lib/optimizers",
  "lib/show",
  "lib/std",
  "lib/tensor",
  "lib/training",
];

/** Every export in these folders that no file imports, or that only tests import and its own file does not use. */
export function deadExports(tree: SourceFile[], folders: readonly string[] = CHECKED): string[] {
  const importers = importersByName(tree);
  return tree
    .filter(({ path }) => folders.some((folder) => path.startsWith(`${folder}/`)) && !path.endsWith("/mod.ts"))
    .flatMap((file) =>
      exportsOf(file.text).flatMap(({ name, line }) => {
        const users = [...importers.get(`${file.path} ${name}`) ?? [], ...importers.get(`${file.path} *`) ?? []];
        const place = `${file.path}:${line} exports ${name}`;
        if (users.length === 0) return [`${place}, and no file imports it: remove the export, or all of it`];
        const tested = users.every((path) => path.startsWith("tests/"));
        return tested && !usesItself(file.text, name) ? [`${place}, and only tests use it: remove it`] : [];
      })
    );
}

/** Who imports what, by "path name"; "path *" if a file is imported as a whole. */
function importersByName(tree: SourceFile[]): Map<string, string[]> {
  const importers = new Map<string, string[]>();
  for (const { path, imports } of tree) {
    for (const { target, names } of imports) {
      for (const name of target === undefined ? [] : names) {
        const key = `${target} ${name}`;
        importers.set(key, [...importers.get(key) ?? [], path]);
      }
    }
  }
  return importers;
}

/** The names that a file declares and exports. */
function exportsOf(text: string): { name: string; line: number }[] {
  const declaration =
    /^export\s+(?:declare\s+)?(?:abstract\s+)?(?:async\s+)?(?:function\*?|class|const|let|interface|type|enum)\s+(\w+)/gm;
  const found = new Map<string, number>(); // overloads declare a name several times
  for (const match of text.matchAll(declaration)) {
    if (!found.has(match[1])) found.set(match[1], text.slice(0, match.index).split("\n").length);
  }
  return Array.from(found, ([name, line]) => ({ name, line }));
}

/** Whether a file names something outside comments more often than it declares it. */
function usesItself(text: string, name: string): boolean {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "");
  const count = (pattern: string) => code.match(new RegExp(pattern, "gm"))?.length ?? 0;
  return count(`\\b${name}\\b`) > count(`^export\\s[^=({]*?\\b${name}\\b`);
}
