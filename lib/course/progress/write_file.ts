/** Writes a file so that whoever reads it finds either the old one or the new one, and never a part. */

/**
 * Writes a temporary file and renames it. After an error, no temporary file is left, and the old file is unchanged.
 *
 * @param durable Waits until the bytes are on the disk, so that a power cut loses nothing either.
 */
export function writeWhole(path: string, content: string | Uint8Array, durable = false): void {
  const temporary = `${path}.${Deno.pid}.tmp`;
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  try {
    writeAll(temporary, bytes, durable);
    Deno.renameSync(temporary, path);
  } catch (error) {
    try {
      Deno.removeSync(temporary);
    } catch {
      // It does not exist, or cannot be removed either: the first error says why.
    }
    throw error;
  }
}

function writeAll(path: string, bytes: Uint8Array, durable: boolean): void {
  using file = Deno.openSync(path, { write: true, create: true, truncate: true });
  for (let written = 0; written < bytes.length;) written += file.writeSync(bytes.subarray(written));
  if (durable) file.syncDataSync();
}
