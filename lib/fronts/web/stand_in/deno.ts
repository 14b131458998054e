/**
 * Puts in place what the course, the library and the lessons use of Deno: files in memory, `inspect`, and permissions that are all refused. It
 * has to be the first import of a script, before any module that looks at `Deno`.
 */

import { errors } from "./errors.ts";
import type { Files } from "./files.ts";
import { inspect } from "./inspect.ts";
import { sha256 } from "./sha256.ts";

/** What differs between a page and the Worker of its cells. */
interface Surroundings {
  /** Environment variables. */
  env?: Readonly<Record<string, string>>;
  /** Reads a file that is not in memory, such as one of the site's. */
  fetchFile?(path: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** The names in a folder of the site. */
  listFolder?(path: string): Promise<readonly string[] | undefined>;
}

const GLOBAL = globalThis as unknown as { Deno?: unknown; process?: unknown };
let files: Files | undefined;
let surroundings: Surroundings = {};

/** The files that the calls are about. */
function memory(): Files {
  if (files === undefined) throw new errors.NotFound("there are no files here");
  return files;
}

/** Says where the files are, and what else there is. */
export function useFiles(given: Files, more: Surroundings = {}): void {
  files = given;
  surroundings = more;
}

const isTerminal = (): boolean => false;
const writeSync = (bytes: Uint8Array): number => bytes.length;
const denied = { state: "denied", onchange: null, partial: false };
const granted = { ...denied, state: "granted" };
type Asked = { name: string; variable?: string; path?: string | URL };
const mayI = ({ name, variable, path }: Asked): typeof denied => {
  if (name === "env") return variable !== undefined && surroundings.env?.[variable] !== undefined ? granted : denied;
  return name === "read" && path !== undefined ? granted : denied;
};

async function* readFolder(path: string): AsyncGenerator<Deno.DirEntry> {
  const names = await surroundings.listFolder?.(path);
  if (!names) return yield* memory().readDir(path);
  for (const name of names) yield { name, isFile: true, isDirectory: false, isSymlink: false };
}

GLOBAL.Deno ??= {
  errors,
  inspect,
  noColor: true,
  args: [],
  pid: 1,
  version: { deno: "0.0.0", v8: "", typescript: "" },
  build: { os: "linux", arch: "wasm", target: "web" },
  SeekMode: { Start: 0, Current: 1, End: 2 },
  stdin: { isTerminal },
  stdout: { isTerminal, writeSync, write: (bytes: Uint8Array) => Promise.resolve(writeSync(bytes)) },
  stderr: { isTerminal, writeSync, write: (bytes: Uint8Array) => Promise.resolve(writeSync(bytes)) },
  env: { get: (name: string) => surroundings.env?.[name] },
  permissions: { query: (asked: Asked) => Promise.resolve(mayI(asked)), querySync: mayI },
  cwd: () => "/",
  exit(code?: number): never {
    throw new Error(`Deno.exit(${code ?? ""}): a page cannot end`);
  },
  unrefTimer: () => {},
  readTextFileSync: (path: string) => memory().readText(path),
  readTextFile: (path: string) => Promise.resolve().then(() => memory().readText(path)),
  readFileSync: (path: string) => memory().readBytes(path),
  readFile: async (path: string) => await surroundings.fetchFile?.(path) ?? memory().readBytes(path),
  writeTextFileSync: (path: string, text: string, { append = false } = {}) => memory().write(path, text, append),
  writeFileSync: (path: string, bytes: Uint8Array) => memory().write(path, bytes),
  mkdirSync: (path: string) => memory().makeFolder(path),
  removeSync: (path: string, { recursive = false } = {}) => memory().remove(path, recursive),
  renameSync: (from: string, to: string) => memory().rename(from, to),
  copyFileSync: (from: string, to: string) => memory().copy(from, to),
  statSync: (path: string) => memory().stat(path),
  lstatSync: (path: string) => memory().stat(path),
  stat: (path: string) => Promise.resolve().then(() => memory().stat(path)),
  readDirSync: (path: string) => memory().readDir(path),
  readDir: readFolder,
  openSync: (path: string, options?: { truncate?: boolean }) => memory().open(path, options),
  realPathSync: (path: string) => path,
};

/** What the course asks of Node: a checksum. */
GLOBAL.process ??= {
  getBuiltinModule: (name: string) => name === "node:crypto" ? { createHash } : undefined,
};

function createHash(): { update(content: string | Uint8Array): { digest(): string } } {
  return {
    update: (content) => ({
      digest: () => sha256(typeof content === "string" ? new TextEncoder().encode(content) : content),
    }),
  };
}

/** A turn of the event loop without a timer's four milliseconds, as Deno and Node have it: training takes one twenty times a second. */
const turns = new MessageChannel();
const waiting: (() => void)[] = [];
turns.port1.onmessage = () => waiting.shift()?.();
(GLOBAL as { setImmediate?: unknown }).setImmediate ??= (then: () => void) => {
  waiting.push(then);
  turns.port2.postMessage(0);
};
