/** Writes a downloaded file into the cache: completely or not at all. */
import { join } from "./folder.ts";

/** The part of the file system that is used; a test passes one that is full. */
export type CacheFileSystem = Pick<typeof Deno, "mkdir" | "writeFile" | "rename" | "remove" | "readDir" | "stat">;

/** A part file this old is abandoned, in milliseconds. */
const ABANDONED_MS = 3_600_000;

/**
 * Writes `bytes` to a temporary file in the same folder and renames it, so that a reader, another process, or the next
 * run after a crash sees the complete file or none.
 *
 * @throws What the file system throws; then the temporary file is removed.
 */
export async function keepFile(
  folder: string,
  name: string,
  bytes: Uint8Array,
  fileSystem: CacheFileSystem = Deno,
): Promise<void> {
  await fileSystem.mkdir(folder, { recursive: true });
  await sweep(folder, fileSystem);
  const temporary = join(folder, `${name}.${crypto.randomUUID().slice(0, 8)}.part`);
  try {
    await fileSystem.writeFile(temporary, bytes, { createNew: true });
    await fileSystem.rename(temporary, join(folder, name));
  } catch (error) {
    await fileSystem.remove(temporary).catch(() => {}); // it may not exist; the first failure is the one to report
    throw error;
  }
}

/** Why a file could not be kept, as part of a sentence. */
export function whyNotKept(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  if (code === "ENOSPC" || code === "EDQUOT" || /no space|disk full|quota/i.test(`${message}`)) {
    return "the disk is full";
  }
  if (code === "EROFS") return "the disk is read-only";
  if (error instanceof Deno.errors.PermissionDenied) return "it belongs to another user or is read-only";
  if (error instanceof Deno.errors.NotADirectory || error instanceof Deno.errors.AlreadyExists) {
    return "a part of its path is a file, not a folder";
  }
  return `${message}`;
}

/** Removes part files of processes that were killed while they wrote; nobody else would. */
async function sweep(folder: string, fileSystem: CacheFileSystem): Promise<void> {
  try {
    for await (const { name } of fileSystem.readDir(folder)) {
      if (!name.endsWith(".part")) continue;
      const { mtime } = await fileSystem.stat(join(folder, name));
      if (mtime && Date.now() - mtime.getTime() > ABANDONED_MS) await fileSystem.remove(join(folder, name));
    }
  } catch {
    // Tidying up is optional: another process may have been faster
  }
}
