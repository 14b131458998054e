// Exports that are not needed: what no other file imports is either dead or does not need its `export`.
import type { SourceFile } from "./source_tree.ts";

/** The folders that follow this rule. What a `mod.ts` re-exports counts as used. */
const CHECKED: readonly string[] = [
  "data",
  "lib/cells",
  "lib/commands",
  "lib/contract",
  "lib/course",
  "lib/exercise",
  "lib/fronts",
  "lib/kernel",
  "lib/layers",
  "lib/losses",
  "lib/optimizers",
  "lib/show",
  "lib/std",
  "lib/tensor",
  "lib/text",
  "lib/training",
];

/** The source of another compiler, which has rules of its own. */
const LEFT_OUT: readonly string[] = ["lib/kernel/simd/assembly/"];

/** What a task of deno.json runs, or a script that `site` writes, by its path and its name; a test may import it to call it. */
const ENTRANCE = new RegExp(
  "^lib/(commands/\\w+/main\\.ts main|fronts/web/realm/start_cells\\.ts startCells|fronts/web/offline/serve_offline\\.ts serveOffline)$",
);

/** Programs among the tests: what a task of deno.json runs is as good a reason for an export as the library is. */
const PROGRAMS: readonly string[] = ["tests/authors/", "tests/bench/"];

/**
 * Every export in these folders that no file imports, or that only tests import and its own file does not use. An example
 * in a comment is a test; a file that is loaded by its URL is imported as a whole.
 */
export function deadExports(tree: SourceFile[], folders: readonly string[] = CHECKED): string[] {
  const importers = importersByName(tree);
  return tree
    .filter(({ path }) => folders.some((folder) => path.startsWith(`${folder}/`)) && !path.endsWith("/mod.ts"))
    .filter(({ path }) => !LEFT_OUT.some((folder) => path.startsWith(folder)))
    .flatMap((file) =>
      exportsOf(file.text).flatMap(({ name, line }) => {
        if (ENTRANCE.test(`${file.path} ${name}`)) return [];
        const users = [...importers.get(`${file.path} ${name}`) ?? [], ...importers.get(`${file.path} *`) ?? []];
        if (hasExample(file.text, name) && !file.path.startsWith("lib/std/")) users.push("tests/");
        const place = `${file.path}:${line} exports ${name}`;
        if (users.length === 0) return [`${place}, and no file imports it: remove the export, or all of it`];
        const tested = users.every(isTest) && !file.path.startsWith("lib/std/"); // tests are what it is for
        return tested && !usesItself(file.text, name) ? [`${place}, and only tests use it: remove it`] : [];
      })
    );
}

function isTest(path: string): boolean {
  return path.startsWith("tests/") && !PROGRAMS.some((folder) => path.startsWith(folder));
}

/** Who imports what, by "path name"; "path *" if a file is imported as a whole. */
function importersByName(tree: SourceFile[]): Map<string, string[]> {
  const importers = new Map<string, string[]>();
  const add = (key: string, path: string) => importers.set(key, [...importers.get(key) ?? [], path]);
  for (const { path, text, imports } of tree) {
    for (const { target, names, specifier } of imports) {
      // A stand-in is used where its package is named; its mod.ts and its own tests do not count.
      const targets = target === undefined ? standIns(specifier, tree) : [target];
      const counts = target === undefined ? !path.startsWith("tests/std/") : path !== "lib/std/assert/mod.ts";
      for (const name of counts ? names : []) for (const each of targets) add(`${each} ${name}`, path);
    }
    for (const [, loaded] of text.matchAll(/\bnew URL\("(\.[^"]+\.ts)", import\.meta\.url\)/g)) {
      add(`${new URL(loaded, new URL(path, "root:///")).pathname.slice(1)} *`, path);
    }
  }
  return importers;
}

/** The files that stand in for a package: `@std/fmt/colors` is one, `@std/assert` all of its folder. */
function standIns(specifier: string, tree: SourceFile[]): string[] {
  const [, name, path] = /^@std\/(\w+)(?:\/(.+))?$/.exec(specifier) ?? [];
  if (name === undefined) return [];
  if (path !== undefined) return [`lib/std/${name}/${path.replaceAll("-", "_")}.ts`];
  return tree.map((file) => file.path).filter((each) => each.startsWith(`lib/std/${name}/`));
}

/** Whether an example in a comment calls something. */
function hasExample(text: string, name: string): boolean {
  const examples = text.matchAll(/^ *\* ```ts\n([\s\S]*?)^ *\* ```$/gm);
  return Array.from(examples, ([, code]) => code).some((code) => new RegExp(`\\b${name}\\(`).test(code));
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
