/** The evaluator for a document that is a file, with what it needs of Deno. */

import { Evaluator } from "./evaluator.ts";
import type { Host } from "./types.ts";

const { inspect } = Deno;
/** The runtime itself: lib/cells, wherever it lies. */
const RUNTIME = [new URL("../", import.meta.url).href];

/** What tells the reader's own code from everything else. */
interface Surroundings {
  /** URLs of folders and files whose frames are left out; the cells' own by default. */
  runtime?: readonly string[];
  /** URLs of folders and files whose frames are shown, but an error is placed at the reader's line that led there. */
  libraries: readonly string[];
  /** What to do if a cell lacks a permission; follows the words "Requires net access". */
  sandboxAdvice: string;
  /** Loads a module; by default with Deno's import, which knows the import map of the project. */
  load?: Host["load"];
}

/** The evaluator in a Worker of Deno, or of a page that puts what is needed of Deno in its place. */
export class DenoEvaluator extends Evaluator {
  /** @param url The URL of the document, against which imports are resolved. */
  constructor(url: string, surroundings: Surroundings) {
    super(url, hostFor(url, surroundings));
  }
}

function hostFor(
  url: string,
  { runtime = RUNTIME, libraries, sandboxAdvice, load }: Surroundings,
): Host {
  const filename = pathOf(url);
  const library = libraries.map(pathOf);
  return {
    load: load ?? (async (specifier, options) => await import(specifier, options)),
    meta: {
      url,
      filename,
      dirname: filename.replace(/\/[^/]*$/, ""),
      main: true,
      resolve: (specifier: string) => new URL(specifier, url).href,
    },
    fileOf: (address) =>
      address.startsWith("file:") && !runtime.some((part) => address.startsWith(part)) ? pathOf(address) : undefined,
    isLibrary: (file) => library.some((part) => file.startsWith(part)),
    inspect: (value) => inspect(value, { colors: false }),
    explain: (message) => withAdvice(message, sandboxAdvice),
  };
}

/** A message with the notebook's own advice: the flags that Deno recommends are not for the reader to set. */
export function withAdvice(message: string, sandboxAdvice: string): string {
  return message.replace(/(Requires .*?), run again with the (--\S+) flag/, `$1: ${sandboxAdvice}`);
}

/** The path of a `file:` URL; anything else stays as it is. */
function pathOf(url: string): string {
  if (!url.startsWith("file:")) return url;
  const path = decodeURIComponent(new URL(url).pathname);
  return /^\/[A-Za-z]:\//.test(path) ? path.slice(1) : path;
}
