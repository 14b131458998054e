/** Finds MNIST's files in a folder, under the names that downloads and unpackers give them. */
import { MNIST_FILES, type MNISTFile } from "./mnist_files.ts";

/** The contents of a folder. */
export interface Folder {
  /** The path of the folder. */
  readonly path: string;
  /** The paths of those of the four files that are there, by name. */
  readonly found: ReadonlyMap<string, string>;
  /** Everything else that is there. */
  readonly others: readonly string[];
}

/** The names that a file may have: some unpackers write `train-images.idx3-ubyte`, with a dot. */
function spellings(name: string): string[] {
  const dotted = name.replace("-idx", ".idx");
  return [name, `${name}.gz`, dotted, `${dotted}.gz`];
}

/** Whether this path may be read, or written, without a prompt. */
export async function may(name: "read" | "write", path: string): Promise<boolean> {
  return (await Deno.permissions.query({ name, path })).state === "granted";
}

/**
 * Looks into a folder.
 *
 * @returns Its contents.
 * @throws What `Deno.readDir` throws, if there is no such folder or it cannot be read.
 */
export async function lookInto(path: string): Promise<Folder> {
  const names = new Set<string>();
  const folders = new Set<string>();
  const broken: string[] = [];
  for await (const { name, isDirectory, isSymlink } of Deno.readDir(path)) {
    const kind = isSymlink ? await linkTarget(join(path, name)) : isDirectory ? "folder" : "file";
    if (kind === "nothing") broken.push(`${name} (a broken link)`);
    else (kind === "folder" ? folders : names).add(name);
  }
  const found = new Map<string, string>();
  for (const file of MNIST_FILES) {
    const name = spellings(file.name).find((spelling) => names.has(spelling));
    if (name === undefined) continue;
    found.set(file.name, join(path, name));
    names.delete(name);
  }
  const others = [...names, ...Array.from(folders, (name) => `${name}/`), ...broken].sort();
  return { path, found, others };
}

/** The target of a link; one that may not be followed counts as a file, so that reading it tells why. */
async function linkTarget(path: string): Promise<"file" | "folder" | "nothing"> {
  try {
    return (await Deno.stat(path)).isDirectory ? "folder" : "file";
  } catch (error) {
    return error instanceof Deno.errors.NotFound ? "nothing" : "file";
  }
}

/** The path of a file for an error, and the other spelling beside it that is not read because of it. */
export function describePlace({ found, others }: Folder, name: string): string {
  const path = found.get(name)!;
  const hidden = spellings(name).find((spelling) => others.includes(spelling));
  return hidden === undefined ? path : `${path} (which is read instead of ${hidden} beside it)`;
}

/** Those of the four files that a folder lacks. */
export function lacking(folder: Folder): MNISTFile[] {
  return MNIST_FILES.filter((file) => !folder.found.has(file.name));
}

/** What a folder lacks, and what it holds instead, as part of a sentence. */
export function describeLack(folder: Folder): string {
  const files = Array.from(folder.found.values(), (path) => path.slice(path.lastIndexOf("/") + 1));
  const present = [...files, ...folder.others];
  const shown = present.slice(0, 6).join(", ") + (present.length > 6 ? ` and ${present.length - 6} more` : "");
  const lacks = lacking(folder).map((file) => file.name).join(", ");
  return `${folder.path} lacks ${lacks} (with or without .gz); it holds ${shown || "nothing"}`;
}

/** A path in a folder; `/` works on every system. */
export function join(folder: string, name: string): string {
  return /[/\\]$/.test(folder) ? folder + name : `${folder}/${name}`;
}
