/** Writes a file so that whoever reads it finds either the old one or the new one, and never a part. */

import { writeAll } from "../../text/write_all.ts";

/**
 * Writes a temporary file and renames it. After an error, no temporary file is left, and the old file is unchanged.
 *
 * @param durable Waits until the bytes are on the disk, so that a power cut loses nothing either.
 */
export function writeWhole(path: string, content: string | Uint8Array, durable = false): void {
  const temporary = `${path}.${Deno.pid}.tmp`;
  try {
    fill(temporary, content, durable);
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

function fill(path: string, content: string | Uint8Array, durable: boolean): void {
  using file = Deno.openSync(path, { write: true, create: true, truncate: true });
  writeAll(file, content);
  if (durable) file.syncDataSync();
}
