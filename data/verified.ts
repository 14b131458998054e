/** Which packed files were unpacked before, and found to be right: they need not be unpacked again to know it. */
import { keepFile } from "./cache.ts";
import { join, may } from "./folder.ts";

const NAME = "verified.json";
/** The most files that are listed; the oldest leave. */
const MAX_FILES = 16;

/** What is known of packed files: the SHA-256 of what is in them, by the SHA-256 of the packed bytes. */
export type Verified = Map<string, string>;

/**
 * Reads the list that an earlier program kept. Whatever is no checksum is left out, and without a list none is known.
 *
 * @param folder The folder of the cache; `undefined` if there is none.
 */
export async function readVerified(folder: string | undefined): Promise<Verified> {
  if (folder === undefined || !await may("read", folder)) return new Map();
  try {
    const list: unknown = JSON.parse(await Deno.readTextFile(join(folder, NAME)));
    return new Map(Object.entries(list as object).filter((entry) => entry.every(isSum)).slice(-MAX_FILES));
  } catch {
    return new Map(); // nobody has kept one yet, or it is damaged: files are unpacked to see what is in them
  }
}

/** Keeps the list, if the cache may be written; without it, the files are unpacked again the next time. */
export async function keepVerified(folder: string | undefined, verified: Verified): Promise<void> {
  if (folder === undefined || !await may("write", folder)) return;
  const list = Object.fromEntries([...verified].slice(-MAX_FILES));
  await keepFile(folder, NAME, new TextEncoder().encode(JSON.stringify(list, undefined, 1) + "\n")).catch(() => {});
}

function isSum(value: unknown): boolean {
  return typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
}
