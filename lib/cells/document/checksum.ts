/** A checksum of a content, which differs when the content differs. */

/** The first hexadecimal digits of the SHA-256 of a text, as UTF-8, or of bytes. */
export function checksum(content: string | Uint8Array, digits: number): string {
  // Loaded when it is first needed: whoever opens a lesson waits for every module that comes before its first screen.
  // deno-lint-ignore no-process-global -- importing it would load it
  const { createHash } = process.getBuiltinModule("node:crypto");
  return createHash("sha256").update(content).digest("hex").slice(0, digits);
}
