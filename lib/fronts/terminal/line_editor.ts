/** Edits a text as keys are typed: a pure function, (text and cursor, key) → (text and cursor). */

import { graphemesOf } from "../../text/graphemes.ts";
import type { Key } from "./keys.ts";

/** The typed text and its cursor; `at` counts UTF-16 units and is never inside a character. */
export interface Draft {
  readonly text: string;
  readonly at: number;
}

/** Keys with a name of several letters do not insert text. */
const NAMED = /^[a-z][a-z-]+$/;

/**
 * The draft after a key. An unknown key returns the same draft.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const type = (keys: string[]) => keys.reduce(typed, { text: "", at: 0 });
 * assertEquals(type(["数", "b", "left", "backspace"]), { text: "b", at: 0 });
 * assertEquals(type(["a", "space", "b", "ctrl-w", "paste:c\nd"]).text, "a c\nd");
 * ```
 */
export function typed(draft: Draft, key: Key): Draft {
  const { text, at } = draft;
  const insert = (piece: string): Draft => ({
    text: text.slice(0, at) + piece + text.slice(at),
    at: at + piece.length,
  });
  const remove = (from: number, to: number): Draft => ({ text: text.slice(0, from) + text.slice(to), at: from });
  if (key.startsWith("paste:")) return insert(key.slice(6).replaceAll("\t", "  "));
  const lineStart = text.lastIndexOf("\n", at - 1) + 1;
  const lineEnd = text.indexOf("\n", at) < 0 ? text.length : text.indexOf("\n", at);
  switch (key) {
    case "space":
      return insert(" ");
    case "tab":
      return insert("  ");
    case "newline":
    case "ctrl-j":
      return insert("\n");
    case "left":
    case "ctrl-b":
      return { text, at: before(text, at) };
    case "right":
    case "ctrl-f":
      return { text, at: after(text, at) };
    case "home":
    case "ctrl-a":
      return { text, at: lineStart };
    case "line-end":
    case "ctrl-e":
      return { text, at: lineEnd };
    case "backspace":
    case "ctrl-h":
      return remove(before(text, at), at);
    case "delete":
      return remove(at, after(text, at));
    case "ctrl-k":
      return remove(at, lineEnd);
    case "ctrl-u":
      return remove(lineStart, at);
    case "ctrl-w":
      return remove(at - /\S*\s*$/.exec(text.slice(0, at))![0].length, at);
    case "up":
    case "down":
      return vertical(draft, key);
  }
  return NAMED.test(key) && key.length > 1 ? draft : insert(key);
}

/** The draft with the cursor in the same column of the line above or below; the same draft if there is no such line. */
function vertical(draft: Draft, key: "up" | "down"): Draft {
  const lines = draft.text.split("\n");
  let row = 0;
  let column = draft.at;
  while (column > lines[row].length) column -= lines[row++].length + 1;
  const target = row + (key === "up" ? -1 : 1);
  if (target < 0 || target >= lines.length) return draft;
  const start = lines.slice(0, target).reduce((sum, line) => sum + line.length + 1, 0);
  return { text: draft.text, at: start + Math.min(column, lines[target].length) };
}

function before(text: string, at: number): number {
  let last = 0;
  for (const { index } of graphemesOf(text)) if (index < at) last = index;
  return last;
}

function after(text: string, at: number): number {
  for (const { index } of graphemesOf(text)) if (index > at) return index;
  return text.length;
}
