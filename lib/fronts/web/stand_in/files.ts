/** Files in memory, with the calls of Deno that the course makes: its stores keep the same files in a page as under Deno. */

import { errors } from "./errors.ts";

/** A file. What was written as text is kept as text until somebody asks for bytes. */
interface StoredFile {
  content: string | Uint8Array<ArrayBuffer>;
  mtime: number;
}

/** Is told what has changed, to keep it: `undefined` for a file that is gone. */
type Keep = (path: string, content: string | Uint8Array<ArrayBuffer> | undefined) => void;

/** Looks at a file where it is kept: another tab may have written it. */
type Look = (path: string) => string | undefined;

/** A small file system. Folders exist as soon as something is in them, or when they are made. */
export class Files {
  readonly #files = new Map<string, StoredFile>();
  readonly #folders = new Set<string>();
  readonly #keep: Keep;
  readonly #look?: Look;

  /**
   * @param keep Called for each change; what it throws, the caller gets.
   * @param look Gives the newest content of a file that others may have changed.
   */
  constructor(keep: Keep = () => {}, look?: Look) {
    this.#keep = keep;
    this.#look = look;
  }

  /** Puts a file there without keeping it: that is where it comes from. */
  load(path: string, content: string | Uint8Array<ArrayBuffer>, mtime: number = Date.now()): void {
    this.#files.set(tidy(path), { content, mtime });
  }

  /** Forgets a file that is gone where it was kept. */
  unload(path: string): void {
    this.#files.delete(tidy(path));
  }

  /** The paths of all files below a folder. */
  below(folder: string): string[] {
    const prefix = folder === "" ? "" : `${tidy(folder)}/`;
    return [...this.#files.keys()].filter((path) => path.startsWith(prefix));
  }

  /** Makes a folder. */
  makeFolder(path: string): void {
    this.#folders.add(tidy(path));
  }

  /** The text of a file. */
  readText(path: string): string {
    const { content } = this.#get(path);
    return typeof content === "string" ? content : new TextDecoder().decode(content);
  }

  /** The bytes of a file. */
  readBytes(path: string): Uint8Array<ArrayBuffer> {
    const { content } = this.#get(path);
    return typeof content === "string" ? new TextEncoder().encode(content) : content.slice();
  }

  /** Writes a file, or adds to its end. */
  write(path: string, content: string | Uint8Array, append = false): void {
    const file = tidy(path);
    const before = append && this.#has(file) ? this.readText(file) : "";
    const whole = typeof content === "string" ? before + content : content.slice();
    this.#put(file, whole);
  }

  /** Removes a file, or a folder with all that is in it. */
  remove(path: string, recursive = false): void {
    const file = tidy(path);
    const found = this.#has(file) ? [file] : recursive ? this.below(file) : [];
    if (recursive) this.#folders.delete(file);
    if (found.length === 0) throw new errors.NotFound(`No such file or directory: ${path}`);
    for (const each of found) {
      this.#files.delete(each);
      this.#keep(each, undefined);
    }
  }

  /** Gives a file another name. */
  rename(from: string, to: string): void {
    const { content } = this.#get(from);
    this.#put(tidy(to), content);
    this.remove(from);
  }

  /** Copies a file. */
  copy(from: string, to: string): void {
    this.#put(tidy(to), this.#get(from).content);
  }

  /** What is at a path. */
  stat(path: string): Deno.FileInfo {
    const file = tidy(path);
    const isFile = this.#has(file);
    if (!isFile && this.below(file).length === 0) throw new errors.NotFound(`No such file or directory: ${path}`);
    const found = isFile ? this.#get(file) : undefined;
    const size = found === undefined ? 0 : this.readBytes(file).length;
    const mtime = found ? new Date(found.mtime) : null;
    return { isFile, isDirectory: !isFile, isSymlink: false, size, mtime } as Deno.FileInfo;
  }

  /** What is in a folder. */
  readDir(path: string): Deno.DirEntry[] {
    const folder = tidy(path);
    const start = folder === "" ? 0 : folder.length + 1;
    const found = new Map<string, Deno.DirEntry>();
    for (const file of this.below(folder)) {
      const [name, ...rest] = file.slice(start).split("/");
      found.set(name, { name, isFile: rest.length === 0, isDirectory: rest.length > 0, isSymlink: false });
    }
    if (found.size === 0 && !this.#folders.has(folder)) throw new errors.NotFound(`No such file or directory: ${path}`);
    return [...found.values()];
  }

  /** An open file, as far as the course writes one. */
  open(path: string, { truncate }: { truncate?: boolean } = {}): OpenFile {
    const file = tidy(path);
    let bytes: Uint8Array = truncate || !this.#has(file) ? new Uint8Array() : this.readBytes(file);
    let at = 0;
    let changed = false;
    const close = (): void => {
      if (changed) this.#put(file, decoded(bytes));
      changed = false;
    };
    return {
      writeSync(given) {
        const longer = new Uint8Array(Math.max(bytes.length, at + given.length));
        longer.set(bytes);
        longer.set(given, at);
        [bytes, at, changed] = [longer, at + given.length, true];
        return given.length;
      },
      readSync(into) {
        const part = bytes.subarray(at, at + into.length);
        into.set(part);
        at += part.length;
        return part.length === 0 ? null : part.length;
      },
      seekSync: (offset) => at = offset,
      syncDataSync: () => {},
      lockSync: () => {},
      close,
      [Symbol.dispose]: close,
    };
  }

  #has(file: string): boolean {
    this.#refresh(file);
    return this.#files.has(file);
  }

  #get(path: string): StoredFile {
    const file = tidy(path);
    this.#refresh(file);
    const found = this.#files.get(file);
    if (!found) throw new errors.NotFound(`No such file or directory: ${path}`);
    return found;
  }

  #refresh(file: string): void {
    const newest = this.#look?.(file);
    if (newest !== undefined && newest !== this.#files.get(file)?.content) this.load(file, newest);
  }

  #put(file: string, content: string | Uint8Array<ArrayBuffer>): void {
    this.#keep(file, content);
    this.#files.set(file, { content, mtime: Date.now() });
  }
}

/** What the course does with an open file. */
interface OpenFile {
  writeSync(bytes: Uint8Array): number;
  readSync(into: Uint8Array): number | null;
  seekSync(offset: number): number;
  syncDataSync(): void;
  lockSync(): void;
  close(): void;
  [Symbol.dispose](): void;
}

/** Bytes that are a text become one: most files of the course are. */
function decoded(bytes: Uint8Array): string | Uint8Array<ArrayBuffer> {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return bytes.slice();
  }
}

/** The path without "./", double slashes and a slash at its ends. */
function tidy(path: string): string {
  return String(path).replaceAll("\\", "/").split("/").filter((part) => part !== "" && part !== ".").join("/");
}
