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
function spellings(name: string): string[] {
  const dotted = name.replace("-idx", ".idx");
  return [name, `${name}.gz`, dotted, `${dotted}.gz`];
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
  const lost: string[] = [];
  for await (const { name, isDirectory, isSymlink } of Deno.readDir(path)) {
    const kind = isSymlink ? await behindLink(join(path, name)) : isDirectory ? "folder" : "file";
    if (kind === "nothing") lost.push(`${name} (a link that leads nowhere)`);
    else (kind === "folder" ? folders : names).add(name);
  }
  const found = new Map<string, string>();
  for (const file of MNIST_FILES) {
    const name = spellings(file.name).find((spelling) => names.has(spelling));
    if (name === undefined) continue;
    found.set(file.name, join(path, name));
    names.delete(name);
  }
  const others = [...names, ...Array.from(folders, (name) => `${name}/`), ...lost].sort();
  return { path, found, others };
}

/** What a link leads to; one that may not be looked behind counts as a file, and reading it says why not. */
async function behindLink(path: string): Promise<"file" | "folder" | "nothing"> {
  try {
    return (await Deno.stat(path)).isDirectory ? "folder" : "file";
  } catch (error) {
    return error instanceof Deno.errors.NotFound ? "nothing" : "file";
  }
}

/** Where a file lies, for an error: its path, and the other spelling beside it that is not read because of it. */
export function describePlace({ found, others }: Folder, name: string): string {
  const path = found.get(name)!;
  const hidden = spellings(name).find((spelling) => others.includes(spelling));
  return hidden === undefined ? path : `${path} (which is read in place of ${hidden} beside it)`;
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
 * @param called What to call it in an error.
 * @throws {SyntaxError} If it is a gzip file, and truncated or corrupt.
 */
export async function readUnpacked(path: string, called: string = path): Promise<Uint8Array> {
  const bytes = await Deno.readFile(path);
  return isGzip(bytes) ? await gunzip(bytes, called) : bytes;
}

/** A path inside a folder; `/` works on every system. */
export function join(folder: string, name: string): string {
  return /[/\\]$/.test(folder) ? folder + name : `${folder}/${name}`;
}
