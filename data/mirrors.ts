/**
 * Downloads the missing files of MNIST from the first mirror that has the right bytes, with a progress bar, into the
 * cache.
 */
import { keepFile, whyNotKept } from "./cache.ts";
import { download, DownloadError } from "./download.ts";
import { may } from "./folder.ts";
import { gunzip, isGzip } from "./gunzip.ts";
import { type MNISTFile, sha256 } from "./mnist_files.ts";
import type { LoadProgress } from "./report.ts";

/** No compressed file of MNIST is larger; a mirror that sends more sends something else. */
const LIMIT = 64e6;

/** How to download. */
export interface MirrorOptions {
  /** URLs of folders, each with a slash at its end, tried in this order. */
  mirrors: readonly string[];
  /** The folder of the cache, or `undefined` to keep nothing. */
  cache?: string;
  /** How long a mirror may take to answer, in milliseconds. */
  connectTimeout: number;
  /** How long it may pause afterward, in milliseconds. */
  stallTimeout: number;
  /** Stops the download. */
  signal?: AbortSignal;
  /** Is called with the progress of the download. */
  onProgress: (progress: LoadProgress) => unknown;
  /** Is called with one line for anything worth knowing. */
  onNote: (line: string) => unknown;
}

/** The result of {@linkcode downloadFiles}. */
interface Downloaded {
  /** The unpacked files that were downloaded, by name. */
  contents: Map<string, Uint8Array>;
  /** The hosts that sent them. */
  hosts: string[];
  /** Why mirrors failed: each reason with its hosts. */
  failures: string[];
}

/**
 * Downloads files. A mirror that fails once, by silence or by a wrong checksum, is not tried again.
 *
 * @throws The signal's reason, if it was aborted; every other failure is in the result.
 */
export async function downloadFiles(files: readonly MNISTFile[], options: MirrorOptions): Promise<Downloaded> {
  const contents = new Map<string, Uint8Array>();
  const hosts: string[] = [];
  const failures = new Map<string, string[]>(); // reason → hosts
  const keep = keeper(options);
  const progress = new Meter(files, options.onProgress);
  for (const mirror of options.mirrors) {
    const missing = files.filter((file) => !contents.has(file.name));
    if (missing.length === 0) break;
    const host = new URL(mirror).host;
    try {
      for (const file of missing) {
        const packed = await fetchFile(new URL(`${file.name}.gz`, mirror), file, options, progress);
        const bytes = await checked(packed, file);
        contents.set(file.name, bytes);
        if (!hosts.includes(host)) hosts.push(host);
        // Some servers send the file unpacked: the name in the cache tells which it is
        await keep(isGzip(packed) ? `${file.name}.gz` : file.name, packed);
      }
    } catch (error) {
      if (!(error instanceof DownloadError)) throw error;
      failures.set(error.message, [...failures.get(error.message) ?? [], host]);
    }
  }
  await progress.end();
  return { contents, hosts, failures: Array.from(failures, ([reason, hosts]) => `${hosts.join(" and ")}: ${reason}`) };
}

async function fetchFile(url: URL, file: MNISTFile, options: MirrorOptions, meter: Meter): Promise<Uint8Array> {
  const { connectTimeout, stallTimeout, signal } = options;
  const onBytes = (received: number, total?: number) => meter.at(url.host, file, received, total);
  return await download(url, { connectTimeout, stallTimeout, signal, limit: LIMIT, onBytes });
}

/** The unpacked file, after a check that it is the right one. */
async function checked(packed: Uint8Array, file: MNISTFile): Promise<Uint8Array> {
  let bytes = packed;
  if (isGzip(packed)) {
    try {
      bytes = await gunzip(packed, `${file.name}.gz`, file.size);
    } catch (error) {
      throw new DownloadError((error as Error).message.replace(/: download it again.*$/, ""), { cause: error });
    }
  }
  if (sha256(bytes) === file.sha256) return bytes;
  const page = new TextDecoder().decode(bytes.subarray(0, 64)).trimStart().startsWith("<");
  throw new DownloadError(page ? `it sent a web page for ${file.name}` : `its ${file.name} has a wrong checksum`);
}

/** Keeps files in the cache until one cannot be kept, which it tells once, as the others would fail, too. */
function keeper({ cache, onNote }: MirrorOptions): (name: string, bytes: Uint8Array) => Promise<void> {
  let folder = cache;
  const giveUp = async (reason: string): Promise<void> => {
    await onNote(`MNIST cannot be kept in ${folder}: ${reason}. It stays in memory and is downloaded again next time`);
    folder = undefined;
  };
  return async (name, bytes) => {
    if (folder === undefined) return;
    const flags = (["read", "write"] as const).map(async (kind) =>
      await may(kind, folder!) ? "" : `--allow-${kind}=${folder}`
    );
    const lacking = (await Promise.all(flags)).filter(Boolean).join(" ");
    if (lacking) return await giveUp(`not permitted without ${lacking}`);
    try {
      await keepFile(folder, name, bytes);
    } catch (error) {
      await giveUp(whyNotKept(error));
    }
  };
}

/** Adds up the bytes of all files. */
class Meter {
  #started?: number;
  #last?: LoadProgress;
  readonly #sizes: Map<string, number>;
  readonly #received = new Map<string, number>();
  readonly #listener: (progress: LoadProgress) => unknown;

  constructor(files: readonly MNISTFile[], listener: (progress: LoadProgress) => unknown) {
    this.#sizes = new Map(files.map((file) => [file.name, file.packedSize]));
    this.#listener = listener;
  }

  async at(from: string, file: MNISTFile, received: number, total?: number): Promise<void> {
    this.#started ??= performance.now();
    this.#received.set(file.name, received);
    this.#sizes.set(file.name, Math.max(received, total ?? file.packedSize));
    this.#last = {
      from,
      file: file.name,
      received: sum(this.#received.values()),
      total: sum(this.#sizes.values()),
      seconds: (performance.now() - this.#started) / 1000,
      done: false,
    };
    await this.#listener(this.#last);
  }

  /** The last report, so that the bar ends its line even if the download failed. */
  async end(): Promise<void> {
    if (this.#last) await this.#listener({ ...this.#last, done: true });
  }
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
