/** Reads and writes the line that starts a cell: `// %% Title [markdown] tags=["exercise"] id="x"`. */

import type { Cell } from "./lesson.ts";

type Marker = Pick<Cell, "kind" | "title" | "tags" | "id" | "metadata">;

const PAIR = /(?:^|\s)([A-Za-z_][\w.-]*)=("(?:[^"\\]|\\.)*"|\[[^\]]*\]|\{.*\}|[^\s"[{]+)(?=\s|$)/g;

/**
 * What a marker line says.
 *
 * @throws {SyntaxError} When a value is not JSON, or `tags` is no list of words.
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
  const start = line.search(/%%/);
  let rest = line.slice(start).replace(/^%+\s*/, "");
  const metadata: Record<string, unknown> = {};
  rest = rest.replace(PAIR, (pair: string, key: string, value: string) => {
    try {
      metadata[key] = JSON.parse(value);
    } catch {
      const column = line.indexOf(pair.trim()) + 1;
      throw new SyntaxError(
        `${file}:${lineNumber}:${column}: ${key}=${value} in a cell's marker: the value is to be JSON, such as "x" or ["exercise"]`,
      );
    }
    return "";
  });
  let kind: Cell["kind"] = "code";
  rest = rest.replace(/(?:^|\s)\[(markdown|md|raw)\](?=\s|$)/, (_match, name: string) => {
    kind = name === "raw" ? "raw" : "markdown";
    return "";
  });
  const { tags = [], id = "", ...others } = metadata;
  if (!Array.isArray(tags) || tags.some((tag) => typeof tag !== "string")) {
    const column = line.indexOf("tags=") + 1;
    throw new SyntaxError(`${file}:${lineNumber}:${column}: tags is to be a list of words, such as tags=["exercise"]`);
  }
  return { kind, title: rest.trim(), tags, id: String(id), metadata: others };
}

/** The line that {@linkcode readMarker} reads back to the same. */
export function writeMarker(marker: Marker): string {
  const parts = ["// %%"];
  if (marker.title) parts.push(marker.title);
  if (marker.kind !== "code") parts.push(`[${marker.kind}]`);
  if (marker.tags.length) parts.push(`tags=[${marker.tags.map((tag) => JSON.stringify(tag)).join(", ")}]`);
  if (marker.id) parts.push(`id=${JSON.stringify(marker.id)}`);
  for (const [key, value] of Object.entries(marker.metadata)) parts.push(`${key}=${JSON.stringify(value)}`);
  return parts.join(" ");
}
