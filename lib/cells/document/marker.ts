/** Reads and writes the line that starts a cell: `// %% Title [markdown] tags=["exercise"] id="x"`. */

import type { Cell } from "./document.ts";
import { shown } from "./shown.ts";

type Marker = Pick<Cell, "kind" | "title" | "tags" | "id" | "metadata">;

const KEY = /(?:^|\s)([A-Za-z_][\w.-]*)=/g;

/**
 * The parts of a marker line.
 *
 * @throws {SyntaxError} When a value is not JSON, or `tags` is not a list of words.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const marker = readMarker('// %% Guess tags=["predict"] id="stops"', "lesson.ts", 1);
 * assertEquals(marker, { kind: "code", title: "Guess", tags: ["predict"], id: "stops", metadata: {} });
 * ```
 */
export function readMarker(line: string, file: string, lineNumber: number): Marker {
  const text = line.slice(line.search(/%%/)).replace(/^%+\s*/, "");
  const metadata: Record<string, unknown> = {};
  let rest = "";
  let end = 0; // of the last value
  for (const found of text.matchAll(KEY)) {
    if (found.index < end) continue; // inside a value
    const [pair, key] = found;
    const from = found.index + pair.length;
    rest += text.slice(end, found.index);
    end = valueEnd(text, from);
    const value = text.slice(from, end);
    try {
      metadata[key] = JSON.parse(value);
    } catch {
      const column = line.length - text.length + from - key.length;
      throw new SyntaxError(
        `${file}:${lineNumber}:${column}: ${
          shown(`${key}=${value}`)
        } in a cell's marker: the value must be JSON, such as "x" or ["exercise"]`,
      );
    }
  }
  rest += text.slice(end);
  let kind: Cell["kind"] = "code";
  rest = rest.replace(/(?:^|\s)\[(markdown|md|raw)\](?=\s|$)/, (_match, name: string) => {
    kind = name === "raw" ? "raw" : "markdown";
    return "";
  });
  const { tags = [], id = "", ...others } = metadata;
  if (!Array.isArray(tags) || tags.some((tag) => typeof tag !== "string")) {
    const column = line.indexOf("tags=") + 1;
    throw new SyntaxError(`${file}:${lineNumber}:${column}: tags must be a list of words, such as tags=["exercise"]`);
  }
  return { kind, title: rest.trim(), tags, id: String(id), metadata: others };
}

/** Where a value ends: at the first space outside strings, lists and objects; an unclosed one ends with the text. */
function valueEnd(text: string, from: number): number {
  let open = 0;
  for (const { 0: piece, index } of text.slice(from).matchAll(/"(?:[^"\\]|\\.)*"?|[[{]|[\]}]|\s/g)) {
    if (/^[[{]/.test(piece)) open++;
    else if (/^[\]}]/.test(piece)) open--;
    else if (open <= 0 && /^\s/.test(piece)) return from + index;
  }
  return text.length;
}

/** The line from which {@linkcode readMarker} reads the same marker. */
export function writeMarker(marker: Marker): string {
  const parts = ["// %%"];
  if (marker.title) parts.push(marker.title);
  if (marker.kind !== "code") parts.push(`[${marker.kind}]`);
  if (marker.tags.length) parts.push(`tags=[${marker.tags.map((tag) => JSON.stringify(tag)).join(", ")}]`);
  if (marker.id) parts.push(`id=${JSON.stringify(marker.id)}`);
  for (const [key, value] of Object.entries(marker.metadata)) parts.push(`${key}=${JSON.stringify(value)}`);
  return parts.join(" ");
}
