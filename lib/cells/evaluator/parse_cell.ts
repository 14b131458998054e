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

/** What acorn calls in itself, as far as it is changed here. */
interface Inside {
  checkLocalExport(id: unknown): void;
  raiseRecoverable(pos: number, message: string): void;
  readonly scopeStack: unknown[];
}
type ParserClass = new (...args: never[]) => Inside;

/** A cell may export what another one declares. */
function forCell(Base: typeof Parser): typeof Parser {
  return class extends (Base as unknown as ParserClass) {
    override checkLocalExport(): void {}
  } as unknown as typeof Parser;
}

/** In a file of many cells, one may also declare again what another one has declared. */
function forFile(Base: typeof Parser): typeof Parser {
  return class extends (Base as unknown as ParserClass) {
    override raiseRecoverable(pos: number, message: string): void {
      const isTop = this.scopeStack.length === 1;
      if (!isTop || !message.endsWith("has already been declared")) super.raiseRecoverable(pos, message);
    }
  } as unknown as typeof Parser;
}

const PARSERS = [Parser.extend(tsPlugin(), forCell), Parser.extend(forCell)];
const FILE_PARSERS = PARSERS.map((parser) => parser.extend(forFile));

/**
 * The tree of a cell.
 *
 * @param isFile Whether it is a whole file of cells.
 * @throws {SyntaxProblem} Where it does not parse.
 *
 * @example
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 * import { SyntaxProblem } from "./syntax_problem.ts";
 *
 * assertEquals(parseCell("const a: number = 1;").type, "Program");
 * const problem = assertThrows(() => parseCell("a = ;"), SyntaxProblem, "Unexpected token ';'");
 * assertEquals(problem.offset, 4);
 * ```
 */
export function parseCell(source: string, isFile = false): Node {
  const [typescript, javascript] = isFile ? FILE_PARSERS : PARSERS;
  try {
    return typescript.parse(source, OPTIONS) as unknown as Node;
  } catch (error) {
    try { // the plugin refuses some plain code: a ? (b) : c => d
      return javascript.parse(source, OPTIONS) as unknown as Node;
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
  const token = /^(?:[\p{ID_Continue}$]+|[^\s])/u.exec(source.slice(pos))?.[0];
  if (!token) return new SyntaxProblem("Unexpected end of input", pos);
  return new SyntaxProblem(/["'`]/.test(token) ? "Unexpected string" : `Unexpected token '${token}'`, pos);
}
