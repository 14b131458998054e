/** Reads the commented YAML header of a lesson: the small part of YAML that jupytext and the lessons use. */

import { shown } from "./shown.ts";

/** The longest line: to find the comment in a line takes time that grows with the square of its length. */
const MAX_LINE = 400;
/** The line that jupytext writes above the header when it saves a file with letters beyond ASCII. */
const CODING = /^\/\/ -\*- coding: [\w.-]+ -\*-\s*$/;

/** A header: its lines, its values by dotted path, and how many lines of the file it occupies. */
interface Header {
  header: string[];
  values: Map<string, unknown>;
  length: number;
}

/**
 * Reads the header at the top of a file, `// ---` to `// ---`: nested keys, words, numbers, quoted strings and `[a, b]` lists. A line
 * that states the coding of the file may stand above it.
 *
 * @throws {SyntaxError} When the header is not closed, or a line is not a `key: value` pair.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const { values, length } = readHeader(["// ---", "// jupyter:", "//   gradually:", "//     minutes: 20", "// ---"], "x.ts");
 * assertEquals(values.get("jupyter.gradually.minutes"), 20);
 * assertEquals(length, 5);
 * ```
 */
export function readHeader(lines: readonly string[], file: string): Header {
  const values = new Map<string, unknown>();
  const open = CODING.test(lines[0] ?? "") ? 1 : 0;
  if (lines[open]?.trimEnd() !== "// ---") return { header: [], values, length: open };
  const close = lines.findIndex((line, i) => i > open && line.trimEnd() === "// ---");
  if (close < 0) {
    throw new SyntaxError(
      `${file}:${open + 1}:1: the header that starts here is not closed: end it with the line "// ---"`,
    );
  }

  const header: string[] = [];
  const path: { indent: number; key: string }[] = [];
  for (let i = open + 1; i < close; i++) {
    const text = lines[i].replace(/^\/\/ ?/, "");
    header.push(text);
    if (!lines[i].startsWith("//")) {
      throw new SyntaxError(`${file}:${i + 1}:1: a header line must start with "//": ${shown(lines[i])}`);
    }
    if (text.length > MAX_LINE) {
      throw new SyntaxError(
        `${file}:${i + 1}:1: a header line takes ${MAX_LINE} characters and got ${text.length}: shorten it`,
      );
    }
    if (/^\s*(#|$)/.test(text)) continue;
    const match = /^(\s*)([^\s:#][^:]*):(?:\s+(.*))?$/.exec(text);
    if (!match) throw new SyntaxError(`${file}:${i + 1}:4: a header line must be "key: value": ${shown(text.trim())}`);
    const [, spaces, key, value] = match;
    while (path.length && path.at(-1)!.indent >= spaces.length) path.pop();
    path.push({ indent: spaces.length, key: key.trim() });
    const content = (value ?? "").replace(/(^|\s)#(?=([^"']|"[^"]*"|'[^']*')*$).*$/, "").trim();
    if (content) values.set(path.map((part) => part.key).join("."), scalar(content));
  }
  return { header, values, length: close + 1 };
}

function scalar(text: string): unknown {
  const list = /^\[(.*)\]$/.exec(text);
  if (list) return list[1].trim() === "" ? [] : list[1].split(",").map((item) => scalar(item.trim()));
  if (/^".*"$/.test(text)) {
    try {
      return JSON.parse(text);
    } catch {
      return text.slice(1, -1);
    }
  }
  if (/^'.*'$/.test(text)) return text.slice(1, -1).replaceAll("''", "'");
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  if (text === "true" || text === "false") return text === "true";
  return text;
}
