/** Gets files from the cache, and those that the cache lacks from the mirrors. */
import { lookInto, may, readUnpacked } from "./folder.ts";
import { downloadFiles, type MirrorOptions } from "./mirrors.ts";
import { type MNISTFile, sha256 } from "./mnist_files.ts";

/** The result of {@linkcode obtainFiles}. */
export interface Obtained {
  /** The unpacked files, by name; if some are missing, `failures` tells why. */
  contents: Map<string, Uint8Array>;
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
  const contents = cache === undefined ? new Map<string, Uint8Array>() : await readCache(files, cache, onNote);
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
    const bytes = await readUnpacked(path, path, file.size);
    return sha256(bytes) === file.sha256 ? bytes : undefined;
  } catch {
    return undefined;
  }
}
