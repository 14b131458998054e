/** Splits TypeScript into tokens, just finely enough to tell code from strings, templates and comments. */

/** What a piece of source is. A template literal is split into its text pieces; the code inside `${…}` is split into ordinary tokens. */
type TokenKind = "word" | "punctuator" | "string" | "template" | "regex" | "comment";

/** One piece of source, `source.slice(start, end)`. */
export interface Token {
  kind: TokenKind;
  start: number;
  end: number;
  /** How many brackets, braces and parentheses are open around it; an opening one has the depth of what is outside it. */
  depth: number;
  /** For template pieces: where the whole literal begins. */
  opened?: number;
}

/** After one of these words a slash starts a regular expression, not a division. */
const BEFORE_REGEX = new Set(
  ("return typeof instanceof in of new delete void throw case do else await yield").split(" "),
);
const WORD = /[\p{ID_Start}\p{ID_Continue}$_#@\u200c\u200d.]+/uy;

/**
 * The tokens of `source`, in order, without white space. Never throws: a token that is still open at the end of the source ends there.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const source = "const s = `a ${b} c`; // done";
 * assertEquals(
 *   tokenize(source).map((token) => source.slice(token.start, token.end)),
 *   ["const", "s", "=", "`a ${", "b", "} c`", ";", "// done"],
 * );
 * ```
 */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  const templates: { depth: number; opened: number }[] = []; // literals whose ${ is open now
  let depth = 0;
  let at = 0;

  const push = (kind: TokenKind, end: number, opened?: number): void => {
    tokens.push({ kind, start: at, end, depth, ...(opened === undefined ? {} : { opened }) });
    at = end;
  };
  const template = (opened: number): void => {
    let end = at + 1;
    while (end < source.length && source[end] !== "`") {
      if (source[end] === "\\") end++;
      else if (source.startsWith("${", end)) {
        push("template", end + 2, opened);
        templates.push({ depth, opened });
        depth++;
        return;
      }
      end++;
    }
    push("template", Math.min(end + 1, source.length), opened);
  };

  while (at < source.length) {
    const char = source[at];
    if (/\s/.test(char)) at++;
    else if (source.startsWith("//", at)) push("comment", endOfLine(source, at));
    else if (source.startsWith("/*", at)) {
      const close = source.indexOf("*/", at + 2);
      push("comment", close < 0 ? source.length : close + 2);
    } else if (char === '"' || char === "'") push("string", endOfString(source, at));
    else if (char === "`") template(at);
    else if (char === "}" && templates.length && templates.at(-1)!.depth === depth - 1) {
      depth--;
      template(templates.pop()!.opened);
    } else if (char === "/" && startsRegex(source, tokens)) push("regex", endOfRegex(source, at));
    else if ("([{".includes(char)) {
      push("punctuator", at + 1);
      depth++;
    } else if (")]}".includes(char)) {
      depth = Math.max(0, depth - 1);
      push("punctuator", at + 1);
    } else {
      WORD.lastIndex = at;
      const word = char === "." ? null : WORD.exec(source);
      if (word) push("word", at + word[0].length);
      else push("punctuator", at + 1);
    }
  }
  return tokens;
}

function endOfLine(source: string, at: number): number {
  const end = source.indexOf("\n", at);
  if (end < 0) return source.length;
  return source[end - 1] === "\r" ? end - 1 : end;
}

/** A string ends at its quote; an unclosed one ends with its line, so that it cannot swallow the rest. */
function endOfString(source: string, at: number): number {
  const quote = source[at];
  for (let end = at + 1; end < source.length; end++) {
    if (source[end] === "\\") end += source.startsWith("\r\n", end + 1) ? 2 : 1;
    else if (source[end] === quote) return end + 1;
    else if (source[end] === "\n") return end;
  }
  return source.length;
}

function endOfRegex(source: string, at: number): number {
  let inClass = false;
  for (let end = at + 1; end < source.length; end++) {
    if (source[end] === "\\") end++;
    else if (source[end] === "\n") return end;
    else if (source[end] === "[") inClass = true;
    else if (source[end] === "]") inClass = false;
    else if (source[end] === "/" && !inClass) {
      while (/[a-z]/.test(source[end + 1] ?? "")) end++;
      return end + 1;
    }
  }
  return source.length;
}

/** After a value, a slash divides; after anything else, it starts a regular expression. */
function startsRegex(source: string, tokens: Token[]): boolean {
  const before = tokens.findLast((token) => token.kind !== "comment");
  if (!before) return true;
  const text = source.slice(before.start, before.end);
  if (before.kind === "word") return BEFORE_REGEX.has(text);
  if (before.kind === "punctuator") return !")]}".includes(text);
  return before.kind === "template" && text.endsWith("${");
}
