/** CheckpointPlace: where `fit` keeps its checkpoints, the newest and the one before. */
import { pathOf } from "../files/path_of.ts";
import { writeFile } from "../files/write_file.ts";

/** Where checkpoints of a training are kept. */
export interface CheckpointPlace {
  /** What there is, the newest first. */
  load(): Promise<Uint8Array[]>;
  /** Keeps these bytes as the newest. */
  save(bytes: Uint8Array): Promise<void>;
  /** What an error calls it. */
  readonly name: string;
}

/** A file this old that was never renamed is abandoned, in milliseconds. */
const ABANDONED_MS = 60_000;

/**
 * Two files: `path`, and `path` with `.previous` behind it. At any time one of them is whole: the new one is written
 * beside them, and is safe on the disk before the others are renamed.
 */
export function placeAt(path: string | URL): CheckpointPlace {
  const newest = pathOf(path), previous = `${newest}.previous`;
  return {
    name: newest,
    async load() {
      await sweep(newest);
      const found = await Promise.all([newest, previous].map(readIfThere));
      return found.filter((bytes) => bytes !== undefined);
    },
    async save(bytes) {
      await writeFile(newest, bytes, () => ifThere(() => Deno.rename(newest, previous)));
    },
  };
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  return await ifThere(() => Deno.readFile(path));
}

/** What it returns; undefined if there is no such file. */
async function ifThere<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Removes what processes that were killed while they wrote have left; nobody else would. */
async function sweep(path: string): Promise<void> {
  const at = Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1;
  const [folder, name] = [path.slice(0, at) || ".", path.slice(at)];
  try {
    for await (const { name: found } of Deno.readDir(folder)) {
      if (!found.startsWith(`${name}.`) || !/\.[0-9a-f]{8}\.tmp$/.test(found)) continue;
      const { mtime } = await Deno.stat(path.slice(0, at) + found);
      if (mtime && Date.now() - mtime.getTime() > ABANDONED_MS) await Deno.remove(path.slice(0, at) + found);
    }
  } catch {
    // Tidying up is optional: it may not be permitted, or another process was faster.
  }
}
