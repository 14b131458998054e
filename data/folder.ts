/** Finds MNIST's files in a folder, under the names that downloads and unpackers give them, and reads them. */
import { gunzip, isGzip } from "./gunzip.ts";
import { MNIST_FILES, type MNISTFile } from "./mnist_files.ts";

/** What a folder holds. */
export interface Folder {
  /** The folder. */
  readonly path: string;
  /** Which of the four files are there, by name, and where. */
  readonly found: ReadonlyMap<string, string>;
  /** Whatever else is there. */
  readonly others: readonly string[];
}

/** Some unpackers write `train-images.idx3-ubyte`, with a dot; that is the same file. */
function spellings(file: MNISTFile): string[] {
  const dotted = file.name.replace("-idx", ".idx");
  return [file.name, `${file.name}.gz`, dotted, `${dotted}.gz`];
}

/** Whether this path may be read, or written, without asking anybody. */
export async function may(name: "read" | "write", path: string): Promise<boolean> {
  return (await Deno.permissions.query({ name, path })).state === "granted";
}

/**
 * Looks into a folder.
 *
 * @returns What is there.
 * @throws What `Deno.readDir` throws, if there is no such folder or it cannot be read.
 */
export async function lookInto(path: string): Promise<Folder> {
  const names = new Set<string>();
  const folders = new Set<string>();
  for await (const entry of Deno.readDir(path)) (entry.isDirectory ? folders : names).add(entry.name);
  const found = new Map<string, string>();
  for (const file of MNIST_FILES) {
    const name = spellings(file).find((spelling) => names.has(spelling));
    if (name === undefined) continue;
    found.set(file.name, join(path, name));
    names.delete(name);
  }
  const others = [...names, ...Array.from(folders, (name) => `${name}/`)].sort();
  return { path, found, others };
}

/** Which of the four files a folder lacks. */
export function lacking(folder: Folder): MNISTFile[] {
  return MNIST_FILES.filter((file) => !folder.found.has(file.name));
}

/** What a folder lacks, and what it has instead, as part of a sentence. */
export function describeLack(folder: Folder): string {
  const files = Array.from(folder.found.values(), (path) => path.slice(path.lastIndexOf("/") + 1));
  const present = [...files, ...folder.others];
  const shown = present.slice(0, 6).join(", ") + (present.length > 6 ? ` and ${present.length - 6} more` : "");
  const lacks = lacking(folder).map((file) => file.name).join(", ");
  return `${folder.path} lacks ${lacks} (each as it is or with .gz); it holds ${shown || "nothing"}`;
}

/**
 * Reads a file and unpacks it where it is gzip, whatever its name says.
 *
 * @throws {SyntaxError} If it is a gzip file, and truncated or corrupt.
 */
export async function readUnpacked(path: string): Promise<Uint8Array> {
  const bytes = await Deno.readFile(path);
  return isGzip(bytes) ? await gunzip(bytes, path) : bytes;
}

/** A path inside a folder; `/` works on every system. */
export function join(folder: string, name: string): string {
  return /[/\\]$/.test(folder) ? folder + name : `${folder}/${name}`;
}
