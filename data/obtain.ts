/** Gets files from the cache, and from the mirrors what the cache does not hold whole. */
import { lookInto, may, readUnpacked } from "./folder.ts";
import { downloadFiles, type MirrorOptions } from "./mirrors.ts";
import { type MNISTFile, sha256 } from "./mnist_files.ts";

/** What {@linkcode obtainFiles} got. */
export interface Obtained {
  /** The unpacked files, by name; all of them unless `failures` says why not. */
  contents: Map<string, Uint8Array>;
  /** Where they are from, for people. */
  source: string;
  /** Why files are missing: a reason for each mirror, none when all files are there. */
  failures: string[];
}

/**
 * Gets the files. A damaged file in the cache counts as missing, and so is downloaded anew and written over.
 *
 * @throws The signal's reason, if the download was aborted; every other failure is in the answer.
 */
export async function obtainFiles(files: readonly MNISTFile[], options: MirrorOptions): Promise<Obtained> {
  const { cache, onNote } = options;
  const contents = cache === undefined ? new Map<string, Uint8Array>() : await readCache(files, cache, onNote);
  const missing = files.filter((file) => !contents.has(file.name));
  if (missing.length === 0) return { contents, source: `MNIST from ${cache}`, failures: [] };
  const { hosts, failures, contents: fresh } = await downloadFiles(missing, options);
  for (const [name, bytes] of fresh) contents.set(name, bytes);
  if (contents.size === files.length) {
    return { contents, source: `MNIST downloaded from ${hosts.join(" and ")}`, failures: [] };
  }
  return { contents, source: "", failures: failures.length > 0 ? failures : ["no mirror is named"] };
}

async function readCache(
  files: readonly MNISTFile[],
  path: string,
  onNote: (line: string) => unknown,
): Promise<Map<string, Uint8Array>> {
  const contents = new Map<string, Uint8Array>();
  const found = await filesIn(path);
  for (const file of files) {
    const at = found.get(file.name);
    const bytes = at === undefined ? undefined : await readWhole(at, file);
    if (bytes) contents.set(file.name, bytes);
    else if (at !== undefined) await onNote(`${at} is damaged and is downloaded again`);
  }
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

async function readWhole(path: string, file: MNISTFile): Promise<Uint8Array | undefined> {
  try {
    const bytes = await readUnpacked(path);
    return sha256(bytes) === file.sha256 ? bytes : undefined;
  } catch {
    return undefined;
  }
}
