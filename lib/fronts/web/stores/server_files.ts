/** Keeps the learner's files where the terminal keeps them: the server of `deno task web` reads and writes them. */

import { Files } from "../stand_in/files.ts";
import { databaseFiles } from "./browser_files.ts";

/** What the learner's folder is called. */
const STATE = ".gradually/";
/** What the server does not keep. */
const LARGE = /\.safetensors$/;

/** Reads all files. Each is asked for again before it is used, as the terminal may have written it meanwhile. */
export async function serverFiles(site: URL): Promise<{ files: Files; problem?: string }> {
  const place = (path: string): URL => new URL(`state/${path.slice(STATE.length)}`, site);
  const known = new Map<string, string>();
  const database = await databaseFiles().catch(() => undefined);
  const files: Files = new Files((path, content) => {
    if (LARGE.test(path)) return database?.put(path, content);
    if (!path.startsWith(STATE) || content instanceof Uint8Array || /progress\.lock$|\.tmp$/.test(path)) return;
    if (content === undefined) {
      known.delete(path);
      return void request("DELETE", place(path));
    }
    const before = known.get(path);
    known.set(path, content);
    const isLonger = path.endsWith(".jsonl") && before !== undefined && content.startsWith(before);
    const url = place(path);
    if (isLonger) url.searchParams.set("append", "");
    request("PUT", url, isLonger ? content.slice(before.length) : content);
  }, (path) => {
    if (!path.startsWith(STATE) || !/progress\.json$|\/answers\/.*\.ts$/.test(path)) return undefined;
    try {
      const found = request("GET", place(path));
      if (found !== undefined) known.set(path, found);
      return found;
    } catch {
      return undefined; // the server is gone: what is known here has to do
    }
  });
  const all = await fetch(new URL("state", site)).then((response) => response.json()) as Record<string, string>;
  for (const [path, text] of Object.entries(all)) {
    known.set(STATE + path, text);
    files.load(STATE + path, text);
  }
  await database?.readAll(files);
  return { files };
}

/** The stores of the course take no promise: a request to the same machine takes a millisecond. Undefined for a file that is not there. */
function request(method: string, url: URL, body?: string): string | undefined {
  const call = new XMLHttpRequest();
  call.open(method, url, false);
  call.send(body);
  if (call.status === 204) return undefined;
  if (call.status !== 200) {
    throw new Error(`the server of the course answered ${call.status}: ${call.responseText.trim()}`);
  }
  return call.responseText;
}
