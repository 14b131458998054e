/** Gets files from the cache, and those that the cache lacks from the mirrors. */
import { lookInto, may } from "./folder.ts";
import { downloadFiles, type MirrorOptions } from "./mirrors.ts";
import type { MNISTContents, MNISTFile } from "./mnist_files.ts";
import type { PackedPixels } from "./packed_pixels.ts";
import { readContents } from "./read_contents.ts";
import { keepVerified, readVerified, type Verified } from "./verified.ts";

/** The result of {@linkcode obtainFiles}. */
export interface Obtained {
  /** The files, by name, images perhaps still packed; if some are missing, `failures` tells why. */
  contents: MNISTContents;
  /** Where they are from, in words. */
  source: string;
  /** Why files are missing: the reasons with their mirrors; empty if no file is missing. */
  failures: string[];
}

/**
 * Gets the files. A damaged file in the cache counts as missing, so it is downloaded again and overwritten.
 *
 * @throws The signal's reason, if the download was aborted; every other failure is in the result.
 */
export async function obtainFiles(files: readonly MNISTFile[], options: MirrorOptions): Promise<Obtained> {
  const { cache, onNote } = options;
  const contents = cache === undefined ? new Map() : await readCache(files, cache, onNote);
  const missing = files.filter((file) => !contents.has(file.name));
  if (missing.length === 0) return { contents, source: `MNIST from ${cache}`, failures: [] };
  const { hosts, failures, contents: fresh } = await downloadFiles(missing, options);
  for (const [name, bytes] of fresh) contents.set(name, bytes);
  if (contents.size === files.length) {
    return { contents, source: `MNIST downloaded from ${hosts.join(" and ")}`, failures: [] };
  }
  return { contents, source: "", failures: failures.length > 0 ? failures : ["there are no mirrors"] };
}

async function readCache(
  files: readonly MNISTFile[],
  path: string,
  onNote: (line: string) => unknown,
): Promise<MNISTContents> {
  const contents: MNISTContents = new Map();
  const verified = await readVerified(path);
  const known = verified.size;
  const found = await filesIn(path);
  for (const file of files) {
    const at = found.get(file.name);
    const bytes = at === undefined ? undefined : await readWhole(at, file, verified);
    if (bytes) contents.set(file.name, bytes);
    else if (at !== undefined) await onNote(`${at} is damaged and is downloaded again`);
  }
  if (verified.size > known) await keepVerified(path, verified);
  return contents;
}

async function filesIn(path: string): Promise<ReadonlyMap<string, string>> {
  if (!await may("read", path)) return new Map();
  try {
    return (await lookInto(path)).found;
  } catch {
    return new Map(); // no cache yet
  }
}

async function readWhole(
  path: string,
  file: MNISTFile,
  verified: Verified,
): Promise<Uint8Array | PackedPixels | undefined> {
  try {
    const { contents, genuine } = await readContents(path, file, { most: file.size, verified });
    return genuine ? contents : undefined;
  } catch {
    return undefined;
  }
}
