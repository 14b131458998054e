/** Turns the TypeScript of one cell into a script that the engine can evaluate, with every line in its original place. */

import { stripTypeScriptTypes } from "node:module";
import { absoluteSpecifier, importsIn } from "../document/imports.ts";
import { type Token, tokenize } from "../document/tokenize.ts";
import type { RequestedName } from "./imported.ts";

/** Replaces `import.meta`. It has the same length, so that no column moves. The Worker defines it. */
export const META_NAME = "$importMeta";
/** Checks that a module has the names that are imported from it; see `imported`. The Worker defines it. */
export const IMPORTED_NAME = "$imported";

/** A cell's code, ready for `Runtime.evaluate`. */
interface CellScript {
  code: string;
  /** Whether to display the value of the last expression, as a notebook does. */
  showsValue: boolean;
}

/**
 * Turns a cell into a script: types become spaces, `import` becomes `await import()` and a check of the names, `export` is removed, and
 * empty lines in front move line 1 of the cell to its line in the file.
 *
 * @param source The cell's code.
 * @param line The line of the file on which it begins.
 * @param base The URL of the lesson, against which relative imports are resolved.
 * @throws {SyntaxError} When the types cannot be stripped; the error has no location (see `locateSyntaxError`).
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const { code } = cellScript('import { a as b } from "./x.ts";', 3, "file:///lessons/01.ts");
 * assertEquals(
 *   code.split("\n")[2],
 *   'const { a: b } = $imported(await import("file:///lessons/x.ts"), "./x.ts", [["a",3,10]]);',
 * );
 * ```
 */
export function cellScript(source: string, line: number, base: string): CellScript {
  const code = rewriteModuleSyntax(stripTypes(source), line, base);
  const strict = "'use strict'; void 0;"; // a module is strict; void 0 keeps the directive from being the value
  const padding = line > 1 ? strict + "\n".repeat(line - 1) : "";
  return { code: padding + code, showsValue: endsWithExpression(code) };
}

/** Types become spaces; enums and parameter properties, for which spaces are not enough, are translated. */
function stripTypes(source: string): string {
  try {
    return stripTypeScriptTypes(source);
  } catch (error) {
    if (!/not supported in strip-only mode/.test(String(error))) throw error;
    return stripTypeScriptTypes(source, { mode: "transform" });
  }
}

/** One replacement of `source.slice(start, end)`. */
interface Edit {
  start: number;
  end: number;
  text: string;
}

function rewriteModuleSyntax(source: string, line: number, base: string): string {
  const tokens = tokenize(source).filter((token) => token.kind !== "comment");
  const text = (token: Token | undefined): string => token ? source.slice(token.start, token.end) : "";
  const isStatement = (token: Token): boolean =>
    token.depth === 0 && startsStatement(source, tokens, tokens.findIndex(({ start }) => start === token.start));
  const edits: Edit[] = [];

  for (const { kind, keyword, specifier } of importsIn(source)) {
    if (kind === "call") {
      edits.push({ start: specifier.start, end: specifier.end, text: resolve(text(specifier), base) });
    } else if (kind === "import" && isStatement(keyword)) {
      edits.push(importEdit({ source, line, base }, keyword, specifier));
    }
  }
  for (const [i, token] of tokens.entries()) {
    if (token.kind !== "word") continue;
    const word = text(token);
    if (/^import\.meta\b/.test(word)) {
      edits.push({ start: token.start, end: token.start + "import.meta".length, text: META_NAME });
    } else if (word === "export" && isStatement(token)) {
      const next = text(tokens[i + 1]);
      const stop = next === "default" ? tokens[i + 1] : token;
      if (next !== "{" && next !== "*") {
        edits.push({ start: token.start, end: stop.end, text: blank(source, token.start, stop.end) });
      }
    }
  }
  let result = source;
  for (const edit of edits.sort((a, b) => b.start - a.start)) {
    result = result.slice(0, edit.start) + edit.text + result.slice(edit.end);
  }
  return result;
}

/** Spaces and line breaks, as long as a piece of the source. */
function blank(source: string, start: number, end: number): string {
  return source.slice(start, end).replace(/[^\n]/g, " ");
}

function startsStatement(source: string, tokens: Token[], i: number): boolean {
  if (i === 0) return true;
  if (")]};".includes(source[tokens[i].start])) return false;
  const before = tokens[i - 1];
  const gap = source.slice(before.end, tokens[i].start);
  return gap.includes("\n") || [";", "}"].includes(source.slice(before.start, before.end));
}

/** `import a, { b as c } from "x"` becomes `const { default: a, b: c } = …`, over as many lines as before. */
function importEdit(cell: { source: string; line: number; base: string }, first: Token, last: Token): Edit {
  const { source, line, base } = cell;
  const { start } = first;
  let { end } = last;
  const quoted = source.slice(last.start, end);
  const call = `await import(${resolve(quoted, base)}${attributes()})`;
  const clause = source.slice(first.end, last.start).replace(
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*/g,
    (text) => blank(text, 0, text.length),
  );
  const named = /(?<=\{)[^}]*/.exec(clause);
  const whole = /\*\s*as\s+([\p{ID_Continue}$]+)/u.exec(clause)?.[1];
  const fallback = /^\s*(?!from\s*$)([\p{ID_Continue}$]+)/u.exec(clause);

  const parts: string[] = [];
  const names: RequestedName[] = [];
  const request = (name: string, offset: number): void => {
    const before = source.slice(0, first.end + offset).split("\n");
    names.push([name.replace(/^(["'])(.*)\1$/, "$2"), line + before.length - 1, before.at(-1)!.length + 1]);
  };
  if (fallback) {
    parts.push(`default: ${fallback[1]}`);
    request("default", fallback[0].length - fallback[1].length);
  }
  for (const { 0: part, index } of named?.[0].matchAll(/[^\s,][^,]*/g) ?? []) {
    parts.push(part.trim().replace(/\s+as\s+/, ": "));
    request(/^\S+/.exec(part)![0], named!.index + index);
  }
  const found = names.length ? `${IMPORTED_NAME}(${call}, ${quoted}, ${JSON.stringify(names)})` : call;
  let text = call;
  if (whole) text = `const ${whole} = ${found}` + (fallback ? `, { default: ${fallback[1]} } = ${whole}` : "");
  else if (parts.length) text = `const { ${parts.join(", ")} } = ${found}`;
  const lines = source.slice(start, end).split("\n").length - 1;
  return { start, end, text: text + "\n".repeat(lines) };

  function attributes(): string {
    const after = /^\s*with\s*(\{[^}]*\})/.exec(source.slice(end));
    if (!after) return "";
    end += after[0].length;
    return `, { with: ${after[1]} }`;
  }
}

/** A specifier with its quotes; a relative one is made absolute. */
function resolve(quoted: string, base: string): string {
  const specifier = quoted.slice(1, -1);
  const absolute = absoluteSpecifier(specifier, base);
  return absolute === specifier ? quoted : JSON.stringify(absolute);
}

/** Whether code ends with an expression: a block, a loop or a declaration at the end has no value worth showing. */
function endsWithExpression(code: string): boolean {
  const tokens = tokenize(code).filter((token) => token.kind !== "comment");
  const text = (i: number): string => tokens[i] ? code.slice(tokens[i].start, tokens[i].end) : "";
  if (tokens.length === 0 || text(tokens.length - 1) === "}") return false;
  const last = tokens.findLastIndex((token, i) => token.depth === 0 && startsStatement(code, tokens, i) && !isBody(i));
  return !/^(for|while|if|else|do)$/.test(text(last));

  /** Whether a token follows the head of a loop or a condition: `if (…)`, `for await (…)`, `else`. */
  function isBody(i: number): boolean {
    if (text(i - 1) === "else") return true;
    if (text(i - 1) !== ")") return false;
    const open = tokens.findLastIndex((token, j) => j < i - 1 && token.depth === 0 && text(j) === "(");
    return /^(for|await|while|if)$/.test(text(open - 1));
  }
}
