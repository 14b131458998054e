/** Parses the TypeScript of a cell, or of a whole lesson, into a tree with exact offsets. */

import { tsPlugin } from "@sveltejs/acorn-typescript";
import { type Options, Parser } from "acorn";
import type { Node } from "./node.ts";
import { SyntaxProblem } from "./syntax_problem.ts";

const OPTIONS: Options = {
  ecmaVersion: "latest",
  sourceType: "module",
  allowHashBang: true,
  preserveParens: true, // (a) as T: the type begins after the parenthesis
};

/** A cell may export what another one declares. */
function withoutExportCheck(Base: typeof Parser): typeof Parser {
  return class extends Base {
    checkLocalExport(): void {}
  } as typeof Parser;
}

const TypeScript = Parser.extend(tsPlugin(), withoutExportCheck);
const JavaScript = Parser.extend(withoutExportCheck);

/**
 * The tree of a cell.
 *
 * @throws {SyntaxProblem} Where it does not parse.
 *
 * @example
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * assertEquals(parseCell("const a: number = 1;").type, "Program");
 * const problem = assertThrows(() => parseCell("a = ;"), SyntaxProblem, "Unexpected token ';'");
 * assertEquals(problem.offset, 4);
 * ```
 */
export function parseCell(source: string): Node {
  try {
    return TypeScript.parse(source, OPTIONS) as unknown as Node;
  } catch (error) {
    try { // the plugin refuses some plain code: a ? (b) : c => d
      return JavaScript.parse(source, OPTIONS) as unknown as Node;
    } catch {
      throw problemOf(error, source);
    }
  }
}

/** What acorn throws has its place twice, in properties and behind the message, and does not say at which token. */
function problemOf(error: unknown, source: string): unknown {
  if (!(error instanceof SyntaxError)) return error;
  const { pos = 0 } = error as SyntaxError & { pos?: number };
  const message = error.message.replace(/\s*\(\d+:\d+\)$/, "");
  if (message !== "Unexpected token") return new SyntaxProblem(message, pos);
  const token = /^(?:[\p{ID_Continue}$]+|[^\s])/u.exec(source.slice(pos));
  return new SyntaxProblem(token ? `Unexpected token '${token[0]}'` : "Unexpected end of input", pos);
}
