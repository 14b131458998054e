// A mirror that does everything wrong: each time there is a reason, in time, and the cache holds nothing that is damaged.
import { assert, assertEquals } from "@std/assert";
import { obtainFiles } from "../../data/obtain.ts";
import { filesFor, gzip, tinyContents } from "../data/fixtures.ts";
import { withTempDir } from "../support.ts";

/** What a server sends for a file, and whether it then hangs up or falls silent. */
interface Fault {
  readonly send: (packed: Uint8Array) => Uint8Array;
  readonly silent?: boolean;
}

const encode = (text: string) => new TextEncoder().encode(text);
function answer(head: string, body: Uint8Array = new Uint8Array()): Uint8Array {
  const start = encode(`HTTP/1.1 ${head}\r\nConnection: close\r\n\r\n`);
  const bytes = new Uint8Array(start.length + body.length);
  bytes.set(start);
  bytes.set(body, start.length);
  return bytes;
}
const file = (packed: Uint8Array, length = packed.length) => answer(`200 OK\r\nContent-Length: ${length}`, packed);

/** All of them, by name. */
const FAULTS: Record<string, Fault> = {
  truncated: { send: (packed) => file(packed.subarray(0, -20)) },
  corrupt: { send: (packed) => file(packed.with(packed.length >> 1, packed[packed.length >> 1] ^ 64)) },
  "another file": { send: () => file(encode("<!DOCTYPE html>")) },
  empty: { send: () => file(new Uint8Array()) },
  "no answer": { send: () => new Uint8Array(), silent: true },
  "half of the headers": { send: () => encode("HTTP/1.1 200 OK\r\nContent-Le"), silent: true },
  "a stall": { send: (packed) => file(packed).subarray(0, -30), silent: true },
  "a redirect in a circle": { send: () => answer("302 Found\r\nLocation: /again\r\nContent-Length: 0") },
  "status 403": { send: () => answer("403 Forbidden\r\nContent-Length: 0") },
  "status 500": { send: () => answer("500 Internal Server Error\r\nContent-Length: 0") },
  "too much": { send: (packed) => file(Uint8Array.from([...packed, ...new Uint8Array(1000).fill(65)])) },
  "far too much": { send: () => answer("200 OK", new Uint8Array(70e6)) },
  "no HTTP": { send: () => encode("SSH-2.0-OpenSSH_9.2\r\n") },
  ...Object.fromEntries(
    Array.from({ length: 10 }, (_, tenth) => [
      `dropped at ${tenth} tenths`,
      { send: (packed: Uint8Array) => file(packed.subarray(0, packed.length * tenth / 10), packed.length) },
    ]),
  ),
};

/** How many faults there are; throws for the first that does harm. */
export async function downloadFaults(options: { stallTimeout: number }): Promise<number> {
  const contents = tinyContents(), files = await filesFor(contents);
  const packed = new Map(
    await Promise.all(Array.from(contents, async ([n, b]) => [`${n}.gz`, await gzip(b)] as const)),
  );
  for (const [name, fault] of Object.entries(FAULTS)) {
    await withTempDir(async (folder) => {
      await using server = faulty(fault, packed);
      const started = performance.now();
      const { failures, contents: found } = await obtainFiles(files, {
        mirrors: [server.url],
        cache: `${folder}/cache`,
        connectTimeout: options.stallTimeout,
        stallTimeout: options.stallTimeout,
        onNote: () => {},
        onProgress: () => {},
      });
      assertEquals(failures.length, 1, name);
      assert(failures[0].length > 20, name);
      assertEquals([found.size, [...entriesOf(`${folder}/cache`)]], [0, []], name);
      assert(performance.now() - started < options.stallTimeout + 4000, name);
    });
  }
  return Object.keys(FAULTS).length;
}

function entriesOf(folder: string): string[] {
  try {
    return [...Deno.readDirSync(folder)].map(({ name }) => name);
  } catch {
    return [];
  }
}

function faulty({ send, silent }: Fault, packed: ReadonlyMap<string, Uint8Array>): AsyncDisposable & { url: string } {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 }), open = new Set<Deno.Conn>();
  const serve = async (connection: Deno.Conn) => {
    open.add(connection);
    try {
      const buffer = new Uint8Array(4096), length = await connection.read(buffer) ?? 0;
      const name = /^GET \/(\S+)/.exec(new TextDecoder().decode(buffer.subarray(0, length)))?.[1] ?? "";
      const bytes = send(packed.get(name) ?? new Uint8Array(100));
      for (let at = 0; at < bytes.length;) at += await connection.write(bytes.subarray(at));
      if (silent) return;
    } catch {
      // the client has had enough
    }
    if (open.delete(connection)) connection.close();
  };
  const served = (async () => {
    const each: Promise<void>[] = [];
    for await (const connection of listener) each.push(serve(connection));
    await Promise.all(each);
  })();
  return {
    url: `http://127.0.0.1:${(listener.addr as Deno.NetAddr).port}/`,
    async [Symbol.asyncDispose]() {
      for (const connection of open) {
        open.delete(connection);
        connection.close();
      }
      listener.close();
      await served;
    },
  };
}
