/** writeFile: writes a file as a whole: whoever reads it finds the old bytes or the new ones, never a part of either. */
import { pathOf } from "./path_of.ts";

/**
 * Writes the bytes beside the file, waits until they are on the disk, and renames.
 *
 * @param before What to do when the new bytes are safe and the old ones are still in place.
 * @throws What the file system throws; then the file is as it was, and nothing is left beside it.
 */
export async function writeFile(path: string | URL, bytes: Uint8Array, before?: () => Promise<void>): Promise<void> {
  const temporary = `${pathOf(path)}.${crypto.randomUUID().slice(0, 8)}.tmp`;
  try {
    const file = await Deno.open(temporary, { write: true, createNew: true });
    try {
      for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
      await file.syncData(); // or a power cut after the renaming leaves an empty file
    } finally {
      file.close();
    }
    await before?.();
    await Deno.rename(temporary, path);
  } catch (error) {
    await Deno.remove(temporary).catch(() => {}); // it may not exist; the first failure is the one to report
    throw error;
  }
}
