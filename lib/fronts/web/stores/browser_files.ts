/** Keeps the learner's files in the browser: small ones where they are saved at once, large ones in a database. */

import { Files } from "../stand_in/files.ts";

/** What stands before the path of a file in the storage of the browser, which other pages of the host share. */
const PREFIX = "gradually:";
/** Files that grow or are large: the database takes them. What the learner must not lose is saved before the call ends. */
const LARGE = /\.(jsonl|safetensors)$/;
const DATABASE = "gradually";
const STORE = "files";

/** The files, and what keeps them. */
interface KeptFiles {
  files: Files;
  /** Why nothing is kept; undefined if everything is. */
  problem?: string;
}

/** Reads what was kept. Where storage is blocked, the files live as long as the page. */
export async function browserFiles(): Promise<KeptFiles> {
  const [storage, database] = [openStorage(), await databaseFiles().catch(() => undefined)];
  const keep = (path: string, content: string | Uint8Array<ArrayBuffer> | undefined): void => {
    if (LARGE.test(path)) return database?.put(path, content);
    if (content === undefined) storage?.removeItem(PREFIX + path);
    else if (typeof content === "string") storage?.setItem(PREFIX + path, content);
  };
  const look = (path: string): string | undefined =>
    LARGE.test(path) ? undefined : storage?.getItem(PREFIX + path) ?? undefined;
  const files = new Files(keep, look);
  for (const key of storage ? Object.keys(storage) : []) {
    if (key.startsWith(PREFIX)) files.load(key.slice(PREFIX.length), storage!.getItem(key)!);
  }
  await database?.readAll(files).catch(() => {});
  const problem = storage
    ? undefined
    : "this browser keeps nothing for this page: your place is lost when you close it";
  return { files, problem };
}

/** The database of the browser, for large files. */
export async function databaseFiles(): Promise<{
  put(path: string, content: string | Uint8Array | undefined): void;
  readAll(files: Files): Promise<void>;
}> {
  const database = await openDatabase();
  return { put: (path, content) => put(database, path, content), readAll: (files) => readAll(database, files) };
}

function openStorage(): Storage | undefined {
  try {
    const probe = `${PREFIX}probe`;
    localStorage.setItem(probe, "1");
    localStorage.removeItem(probe);
    return localStorage;
  } catch {
    return undefined;
  }
}

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** A write that fails costs a training that is done again, or a line of the journal. */
function put(database: IDBDatabase, path: string, content: string | Uint8Array | undefined): void {
  const store = database.transaction(STORE, "readwrite").objectStore(STORE);
  if (content === undefined) store.delete(path);
  else store.put(content, path);
}

function readAll(database: IDBDatabase, files: Files): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = database.transaction(STORE).objectStore(STORE).openCursor();
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const cursor = request.result;
      if (!cursor) return resolve();
      files.load(String(cursor.key), cursor.value);
      cursor.continue();
    };
  });
}
