// Tiny files in MNIST's form, and servers on this machine that give them, well or badly.
import { encodeIDX } from "../../data/idx.ts";
import { MNIST_FILES, type MNISTFile, sha256 } from "../../data/mnist_files.ts";

/** Packs as gzip does. */
export async function gzip(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new CompressionStream("gzip"));
  return await new Response(stream).bytes();
}

/** The four files with a few images each, unpacked, by name. Pixels are telling: image i is all i + 1. */
export function tinyContents(train = 4, test = 2): Map<string, Uint8Array> {
  const images = (n: number) => encodeIDX([n, 28, 28], Uint8Array.from({ length: n * 784 }, (_, i) => i / 784 + 1));
  const labels = (n: number) => encodeIDX([n], Uint8Array.from({ length: n }, (_, i) => (i + 5) % 10));
  const all = [images(train), labels(train), images(test), labels(test)];
  return new Map(MNIST_FILES.map((file, i) => [file.name, all[i]]));
}

/** The list of files to which these contents are the right ones. */
export async function filesFor(contents: ReadonlyMap<string, Uint8Array>): Promise<MNISTFile[]> {
  return await Promise.all(
    Array.from(contents, async ([name, bytes]) => ({
      name,
      sha256: sha256(bytes),
      packedSize: (await gzip(bytes)).length,
      size: bytes.length,
    })),
  );
}

/** Writes contents into a folder, each under the name that `spell` gives it. */
export async function writeFolder(
  folder: string,
  contents: ReadonlyMap<string, Uint8Array>,
  spell = (name: string): string => name,
): Promise<void> {
  for (const [name, bytes] of contents) await Deno.writeFile(`${folder}/${spell(name)}`, bytes);
}

/** A mirror on 127.0.0.1 and what it was asked for. */
export interface Mirror extends AsyncDisposable {
  /** Its address. */
  readonly url: string;
  /** Host and port. */
  readonly host: string;
  /** The names of the files that it was asked for. */
  readonly asked: string[];
}

/** Starts a mirror whose answers `answer` makes. */
export function mirror(answer: (name: string) => Response | Promise<Response>): Mirror {
  const asked: string[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    const name = new URL(request.url).pathname.slice(1);
    asked.push(name);
    return answer(name);
  });
  const host = `127.0.0.1:${server.addr.port}`;
  return { url: `http://${host}/`, host, asked, [Symbol.asyncDispose]: () => server.shutdown() };
}

/** A mirror that gives these contents, packed. */
export function goodMirror(contents: ReadonlyMap<string, Uint8Array>): Mirror {
  return mirror(async (name) => {
    const bytes = contents.get(name.replace(/\.gz$/, ""));
    return bytes ? new Response(await gzip(bytes)) : new Response("Not here", { status: 404 });
  });
}

/** A server that promises 1000 bytes, sends some, and then hangs up or, where `hangUp` is false, falls silent. */
export function brokenMirror({ hangUp }: { hangUp: boolean }): Mirror {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const asked: string[] = [];
  const open: Deno.Conn[] = [];
  const served = (async () => {
    for await (const connection of listener) {
      asked.push("?");
      await connection.read(new Uint8Array(4096));
      await connection.write(
        new TextEncoder().encode("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + "x".repeat(100)),
      );
      if (hangUp) connection.close();
      else open.push(connection);
    }
  })();
  const host = `127.0.0.1:${(listener.addr as Deno.NetAddr).port}`;
  return {
    url: `http://${host}/`,
    host,
    asked,
    async [Symbol.asyncDispose]() {
      for (const connection of open) connection.close();
      listener.close();
      await served;
    },
  };
}

/** The names in a folder, in order; [] where there is none. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await Array.fromAsync(Deno.readDir(folder))).map((entry) => entry.name).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return [];
    throw error;
  }
}
