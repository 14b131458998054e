/** Writes a downloaded file into the cache: whole or not at all. */
import { join } from "./folder.ts";

/** What is needed of the file system; a test brings one that is full. */
export type CacheFileSystem = Pick<typeof Deno, "mkdir" | "writeFile" | "rename" | "remove" | "readDir" | "stat">;

/** A part file this old belongs to nobody any more. */
const ABANDONED_MS = 3_600_000;

/**
 * Writes `bytes` under a temporary name beside its place and renames that, so that a reader, another process, or the next run
 * after a crash sees the whole file or none.
 *
 * @throws What the file system throws; the temporary file is gone then.
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
    await fileSystem.remove(temporary).catch(() => {}); // it may never have been made; the first failure is the one to tell
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
  if (error instanceof Deno.errors.PermissionDenied) return "it belongs to somebody else or is read-only";
  if (error instanceof Deno.errors.NotADirectory || error instanceof Deno.errors.AlreadyExists) {
    return "a part of its path is a file, not a folder";
  }
  return `${message}`;
}

/** A process that was killed while it wrote leaves its part file behind; nobody else would take it away. */
async function sweep(folder: string, fileSystem: CacheFileSystem): Promise<void> {
  try {
    for await (const { name } of fileSystem.readDir(folder)) {
      if (!name.endsWith(".part")) continue;
      const { mtime } = await fileSystem.stat(join(folder, name));
      if (mtime && Date.now() - mtime.getTime() > ABANDONED_MS) await fileSystem.remove(join(folder, name));
    }
  } catch {
    // Tidying up is a courtesy: another process may have been faster
  }
}
