/** Finds an import of an answer that its lesson could not load either: a type check would fetch it, without the fence around the cells. */

import { fileURLToPath } from "node:url";
import { importsIn } from "../../cells/document/imports.ts";

/** An import that is not for a lesson. */
interface ForeignImport {
  specifier: string;
  /** Where it stands in the code. */
  offset: number;
  /** Whether it is for types alone: running the code does not load it, so nothing else says what is wrong with it. */
  onlyTypes: boolean;
}

/** Comments that name a module of types. */
const DIRECTIVES =
  /\/\/\/\s*<reference\s[^>]*?=\s*["']([^"']*)["']|@(?:deno|ts)-types\s*=\s*["']?([^"'\s]+)|@jsxImportSource\w*\s+(\S+)/g;

/**
 * The first import of something that is neither built in, nor named in the configuration, nor in a folder that the lesson can read.
 *
 * @param url The URL of the lesson, which the code's imports are relative to.
 * @param readable The folders that the lesson can read.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const code = 'import "./b.ts";\nimport type { T } from "https://example.com/t.ts";\n';
 * const specifier = "https://example.com/t.ts";
 * assertEquals(foreignImport(code, "file:///course/a.ts", ["/course"]), { specifier, offset: 17, onlyTypes: true });
 * ```
 */
export function foreignImport(code: string, url: string, readable: readonly string[]): ForeignImport | undefined {
  const named: ForeignImport[] = importsIn(code).map(({ kind, keyword, specifier: { start, end } }) => ({
    specifier: code.slice(start + 1, end - 1),
    offset: keyword.start,
    onlyTypes: kind === "call"
      ? isTypeQuery(code, keyword.start, end)
      : /^\s*type\s+[^\s,=]/.test(code.slice(keyword.end)),
  }));
  for (const match of code.matchAll(DIRECTIVES)) {
    named.push({ specifier: match[1] ?? match[2] ?? match[3], offset: match.index, onlyTypes: true });
  }
  return named.find(({ specifier }) => !isOwn(specifier, url, readable));
}

/** Whether `import("…")` is a type, as in `let x: import("./a.ts").A`. */
function isTypeQuery(code: string, start: number, end: number): boolean {
  return !/\bawait\s+$/.test(code.slice(0, start)) &&
    /^\s*\)\s*\.\s*(?!then\b|catch\b|finally\b)\w/.test(code.slice(end));
}

function isOwn(specifier: string, url: string, readable: readonly string[]): boolean {
  const relative = /^\.{0,2}\//.test(specifier);
  if (!relative && !/^[\w+.-]+:/.test(specifier)) return true; // a name from the configuration
  if (specifier.startsWith("node:")) return true;
  try {
    return isIn(fileURLToPath(relative ? new URL(specifier, url) : specifier), readable);
  } catch {
    return false; // not the address of a file
  }
}

/** Whether a path leads, links followed, into one of the folders. */
function isIn(path: string, folders: readonly string[]): boolean {
  const separator = Deno.build.os === "windows" ? "\\" : "/";
  const target = real(path);
  return folders.some((folder) => target.startsWith(real(folder).replace(/[\\/]*$/, "") + separator));
}

/** The path without links; of what does not exist, the path as it is. */
function real(path: string): string {
  try {
    return Deno.realPathSync(path);
  } catch {
    return path;
  }
}
