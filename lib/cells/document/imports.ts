/** Finds the imports in a piece of code: the one place that knows where a module specifier can appear. */

import { type Token, tokenize } from "./tokenize.ts";

/** One `import …`, `export … from` or `import(…)` that names its module with a string. */
interface FoundImport {
  kind: "import" | "export" | "call";
  /** The keyword that starts it. */
  keyword: Token;
  /** The string that names the module, with its quotes. */
  specifier: Token;
}

/**
 * Every import of a piece of code, in order. Text that only looks like one, in a string or a comment, is left out.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const code = 'import a from "./a.ts";\nawait import("b"); // import "c"';
 * assertEquals(importsIn(code).map(({ kind, specifier }) => [kind, code.slice(specifier.start, specifier.end)]), [
 *   ["import", '"./a.ts"'],
 *   ["call", '"b"'],
 * ]);
 * ```
 */
export function importsIn(code: string): FoundImport[] {
  const tokens = tokenize(code).filter((token) => token.kind !== "comment");
  const word = (at: number): string => tokens[at] ? code.slice(tokens[at].start, tokens[at].end) : "";
  const found: FoundImport[] = [];
  const keywords = new Map<number, number>(); // the last `import` or `export`, by its depth
  for (const [i, specifier] of tokens.entries()) {
    if (specifier.kind === "word" && /^(import|export)$/.test(word(i))) keywords.set(specifier.depth, i);
    if (specifier.kind !== "string") continue;
    if (word(i - 1) === "import") found.push({ kind: "import", keyword: tokens[i - 1], specifier });
    else if (word(i - 1) === "(" && word(i - 2) === "import") {
      found.push({ kind: "call", keyword: tokens[i - 2], specifier });
    } else if (word(i - 1) === "from") {
      const start = keywords.get(specifier.depth);
      if (start === undefined) continue;
      found.push({ kind: word(start) as "import" | "export", keyword: tokens[start], specifier });
    }
  }
  return found;
}

/** The code with every specifier replaced by the result of `change`; nothing else changes. */
export function mapSpecifiers(code: string, change: (specifier: string) => string): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { specifier: { start, end } } of importsIn(code)) {
    pieces.push(code.slice(at, start + 1), change(code.slice(start + 1, end - 1)));
    at = end - 1;
  }
  return pieces.join("") + code.slice(at);
}

/**
 * The code with relative specifiers made absolute; bare ones are left to the import map.
 *
 * @param base The URL that they are relative to.
 */
export function absoluteImports(code: string, base: string): string {
  return mapSpecifiers(code, (specifier) => absoluteSpecifier(specifier, base));
}

/** A relative specifier as an absolute URL; any other is returned as it is. */
function absoluteSpecifier(specifier: string, base: string): string {
  return /^\.{0,2}\//.test(specifier) ? new URL(specifier, base).href : specifier;
}
