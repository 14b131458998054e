/** Colors TypeScript for the terminal. */

import hljs from "highlight.js/lib/core";
import typescript from "highlight.js/lib/languages/typescript";
import type { Mark, Style } from "./style.ts";
import { visible } from "./visible.ts";

hljs.registerLanguage("typescript", typescript);

const ENTITIES: Record<string, string> = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#x27;": "'", "&amp;": "&" };

/**
 * The code with colors, if the style has any, and with a sign for each character that a terminal would obey.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { styleOf } from "./style.ts";
 *
 * assertEquals(highlight("const a = 1;", styleOf(false)), "const a = 1;");
 * assertEquals(highlight("return", styleOf(true)), "\x1b[35mreturn\x1b[39m");
 * ```
 */
export function highlight(code: string, style: Style): string {
  const shown = visible(code);
  if (!style.color) return shown;
  const html = hljs.highlight(shown, { language: "typescript", ignoreIllegals: true }).value;
  const open: Mark[] = []; // the spans around the current text
  let result = "";
  for (const [, tag, name, text] of html.matchAll(/(<span class="hljs-([\w-]+)[^"]*">|<\/span>)|([^<]+)/g)) {
    if (text === undefined) {
      if (tag === "</span>") open.pop();
      else open.push(markOf(name, style));
      continue;
    }
    const plain = text.replace(/&(?:lt|gt|quot|#x27|amp);/g, (entity) => ENTITIES[entity]);
    const mark = open.at(-1);
    result += mark ? plain.split("\n").map(mark).join("\n") : plain; // a color never continues across a line break
  }
  return result;
}

function markOf(name: string, style: Style): Mark {
  if (name === "keyword" || name === "literal") return style.keyword;
  if (name === "string" || name === "regexp") return style.string;
  if (name === "number") return style.number;
  if (name === "comment" || name === "doctag") return style.comment;
  if (name === "title") return style.name;
  return (text) => text;
}
