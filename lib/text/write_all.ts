/** Writes all of a text, although a system may take only a part of it at a time. */

/** What takes bytes and says how many it took: a file, stdout, stderr. */
interface ByteSink {
  writeSync(bytes: Uint8Array): number;
}

/**
 * Writes a text as UTF-8, or bytes as they are, to their end.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const taken: number[] = [];
 * writeAll({ writeSync: (bytes) => taken.push(bytes[0]) && 1 }, "one");
 * assertEquals(String.fromCharCode(...taken), "one");
 * ```
 */
export function writeAll(to: ByteSink, content: string | Uint8Array): void {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  for (let written = 0; written < bytes.length;) written += to.writeSync(bytes.subarray(written));
}
