/**
 * loadMNIST: loads MNIST from a folder, the cache or a mirror, and draws synthetic digits if it is nowhere to be found.
 */
import { expectNumber } from "../lib/tensor/expect_number.ts";
import type { ImageDataset } from "./dataset.ts";
import { describeLack, describePlace, type Folder, lacking, lookInto, may } from "./folder.ts";
import { datasetsOf, MNIST_FILES, type MNISTContents } from "./mnist_files.ts";
import { MNIST_MIRRORS } from "./mnist_mirrors.ts";
import { obtainFiles } from "./obtain.ts";
import { type LoadProgress, note, progressBar } from "./report.ts";
import { readContents } from "./read_contents.ts";
import { syntheticDigits } from "./synthetic_digits.ts";
import { keepVerified, readVerified } from "./verified.ts";

/** Where to look for MNIST, and how to download it. */
export interface LoadMNISTOptions {
  /** The folder with the four files. With it nothing else is tried: missing files are an error. */
  directory?: string;
  /** Whether to draw synthetic digits without looking for MNIST. */
  synthetic?: boolean;
  /** The seed of synthetic digits; 1 by default. */
  seed?: number;
  /** The folder where downloads are kept (`data/cache` by default), or `false` to keep none. */
  cache?: string | false;
  /** Where to download from: URLs of folders, tried in this order; `[]` downloads nothing. */
  mirrors?: readonly string[];
  /** How long a mirror may take to answer, in milliseconds; 4000 by default. */
  connectTimeout?: number;
  /** How long it may pause while it sends, in milliseconds; 10000 by default. */
  stallTimeout?: number;
  /** Stops a download; `loadMNIST` then rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Is called with the progress of a download; by default a progress bar is drawn. */
  onProgress?: (progress: LoadProgress) => unknown;
  /** Is called with one line for anything worth knowing; by default it is printed. */
  onNote?: (line: string) => unknown;
}

/** What {@linkcode loadMNIST} found. */
export interface MNIST {
  /** The training set: 60,000 images of MNIST, or 12,000 synthetic ones. */
  train: ImageDataset;
  /** The test set: 10,000 images of MNIST, or 2,000 synthetic ones. */
  test: ImageDataset;
  /** What the images are, and where they are from, in words: `MNIST from ../mnist`, `synthetic digits, seed 1`. */
  source: string;
  /** What the images are: MNIST itself, by its checksums; other files in the format of MNIST; or synthetic digits. */
  kind: "mnist" | "other" | "synthetic";
}

type Settings = Required<Omit<LoadMNISTOptions, "directory" | "synthetic" | "signal">> & { signal?: AbortSignal };

/**
 * Loads the MNIST digits. It looks in `directory`, or else in the folder that the environment variable `MNIST_DIR`
 * names, then in the cache (`data/cache`). Then it downloads from the mirrors, verifies the checksums and fills the
 * cache. Without files and network it prints one line and goes on with {@linkcode syntheticDigits}, so that a lesson
 * runs anywhere. It never prompts for a permission: what is not permitted is not tried.
 *
 * @param options Where to look.
 * @returns The two sets, and where they are from.
 * @throws {RangeError} If `directory` lacks files, images and labels do not match, or a mirror is not a URL.
 * @throws {SyntaxError} If a file in `directory` or `MNIST_DIR` is damaged or not a file of MNIST.
 * @throws {TypeError} If `directory` is given together with `synthetic`.
 *
 * @example
 * ```ts
 * import { loadMNIST } from "@gradually/gradually/data";
 * import { assertEquals } from "@std/assert";
 *
 * const { train, test, source } = await loadMNIST({ synthetic: true, seed: 3 });
 * assertEquals(train.shape, [12000, 1, 28, 28]);
 * assertEquals(test.labels.length, 2000);
 * assertEquals(source, "synthetic digits, seed 3");
 * ```
 */
export async function loadMNIST(options: LoadMNISTOptions = {}): Promise<MNIST> {
  const { directory, synthetic = false } = options;
  if (directory !== undefined && synthetic) {
    throw new TypeError("loadMNIST takes directory or synthetic and got both: leave out one of them");
  }
  const settings = withDefaults(options);
  for (const option of ["connectTimeout", "stallTimeout"] as const) {
    expectNumber("loadMNIST", option, settings[option]);
  }
  if (synthetic) return draw(settings.seed);
  if (directory !== undefined) return await fromDirectory(directory, cacheOf(settings));
  return await fromEnvironment(settings) ?? await fromCacheOrMirrors(settings);
}

function withDefaults(options: LoadMNISTOptions): Settings {
  return {
    seed: options.seed ?? 1,
    cache: options.cache ?? defaultCache(),
    mirrors: (options.mirrors ?? MNIST_MIRRORS).map(mirrorAddress),
    connectTimeout: options.connectTimeout ?? 4_000,
    stallTimeout: options.stallTimeout ?? 10_000,
    signal: options.signal,
    onProgress: options.onProgress ?? progressBar(),
    onNote: options.onNote ?? note,
  };
}

function cacheOf({ cache }: Settings): string | undefined {
  return cache === false ? undefined : cache;
}

function mirrorAddress(mirror: string): string {
  if (/^https?:/.test(mirror) && URL.canParse(mirror)) return mirror.endsWith("/") ? mirror : `${mirror}/`;
  throw new RangeError(
    `loadMNIST takes mirrors as URLs, such as ${MNIST_MIRRORS[0]}, and got ${JSON.stringify(mirror)}`,
  );
}

/**
 * In a checkout, the folder beside this file; if the library itself was loaded over the network, one in the current
 * folder.
 */
function defaultCache(): string {
  const { protocol, pathname } = new URL("./cache", import.meta.url);
  return protocol === "file:" ? decodeURIComponent(pathname).replace(/^\/(?=[A-Za-z]:)/, "") : "data/cache";
}

function draw(seed: number): MNIST {
  return { ...syntheticDigits({ seed }), source: `synthetic digits, seed ${seed}`, kind: "synthetic" };
}

/** Loads from the folder that the caller named: anything wrong there is an error, as going on would hide it. */
async function fromDirectory(path: string, cache: string | undefined): Promise<MNIST> {
  if (!await may("read", path)) {
    throw new RangeError(`loadMNIST needs permission to read the folder ${path}: run with --allow-read=${path}`);
  }
  let folder: Folder;
  try {
    folder = await lookInto(path);
  } catch (error) {
    throw new RangeError(
      `loadMNIST cannot look into ${JSON.stringify(path)}: ${noFolder(error)}. Name the folder that holds ${
        MNIST_FILES[0].name
      }.gz ` +
        "and the other three files of MNIST, or leave out directory to download them",
      { cause: error },
    );
  }
  if (lacking(folder).length > 0) {
    throw new RangeError(
      `${describeLack(folder)}. Put all four files of MNIST there, or leave out directory to download them`,
    );
  }
  return await fromFolder(folder, cache);
}

async function fromEnvironment(settings: Settings): Promise<MNIST | undefined> {
  const { state } = await Deno.permissions.query({ name: "env", variable: "MNIST_DIR" });
  const path = state === "granted" ? Deno.env.get("MNIST_DIR") : undefined;
  if (!path) return undefined;
  let problem: string;
  if (!await may("read", path)) {
    problem = `reading ${path} is not permitted without --allow-read=${path}`;
  } else {
    try {
      const folder = await lookInto(path);
      if (lacking(folder).length === 0) return await fromFolder(folder, cacheOf(settings));
      problem = describeLack(folder);
    } catch (error) {
      if (error instanceof SyntaxError || error instanceof RangeError) throw error; // the files are there, and damaged
      problem = `${path}: ${noFolder(error)}`;
    }
  }
  await settings.onNote(`MNIST_DIR is ignored: ${problem}`);
  return undefined;
}

function noFolder(error: unknown): string {
  if (error instanceof Deno.errors.NotFound) return "there is no such folder";
  if (error instanceof Deno.errors.NotADirectory) return "it is a file, not a folder";
  return (error as Error).message;
}

async function fromFolder(folder: Folder, cache: string | undefined): Promise<MNIST> {
  const contents: MNISTContents = new Map();
  const verified = await readVerified(cache);
  const known = verified.size;
  let allGenuine = true;
  for (const file of MNIST_FILES) {
    const called = describePlace(folder, file.name);
    const read = await readContents(folder.found.get(file.name)!, file, { called, verified });
    contents.set(file.name, read.contents);
    allGenuine &&= read.genuine;
  }
  if (verified.size > known) await keepVerified(cache, verified);
  const kind = allGenuine ? "mnist" : "other";
  const source = kind === "mnist"
    ? `MNIST from ${folder.path}`
    : `images from ${folder.path}, not MNIST by their checksums`;
  return { ...datasetsOf(contents, (name) => describePlace(folder, name)), source, kind };
}

async function fromCacheOrMirrors(settings: Settings): Promise<MNIST> {
  const { contents, source, failures } = await obtainFiles(MNIST_FILES, { ...settings, cache: cacheOf(settings) });
  if (failures.length === 0) return { ...datasetsOf(contents), source, kind: "mnist" };
  await settings.onNote(
    `MNIST is not on this machine and cannot be downloaded (${
      failures.join("; ")
    }): going on with synthetic digits, seed ` +
      `${settings.seed}. If you have the four files of MNIST, name their folder in MNIST_DIR`,
  );
  return draw(settings.seed);
}
