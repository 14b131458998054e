/** The evaluator for a notebook that is a file, with what it needs of Deno. */

import { Evaluator } from "./evaluator.ts";
import type { Host } from "./types.ts";

const { inspect } = Deno;
const RUNTIME = new URL("../", import.meta.url).href;

/** What distinguishes the reader's own code from everything else. */
export interface Surroundings {
  /** URLs of folders and files whose frames are not the reader's own. */
  libraries: readonly string[];
  /** What to do if a cell lacks a permission. */
  sandboxAdvice: string;
}

/** The evaluator in a Worker or process of Deno: it loads with Deno's import, which knows the import map of the project. */
export class DenoEvaluator extends Evaluator {
  /** @param url The URL of the document, against which imports are resolved. */
  constructor(url: string, surroundings: Surroundings) {
    super(url, hostFor(url, surroundings));
  }
}

function hostFor(url: string, { libraries, sandboxAdvice }: Surroundings): Host {
  const filename = pathOf(url);
  const paths = libraries.map(pathOf);
  return {
    load: async (specifier, options) => await import(specifier, options),
    meta: {
      url,
      filename,
      dirname: filename.replace(/\/[^/]*$/, ""),
      main: true,
      resolve: (specifier: string) => new URL(specifier, url).href,
    },
    fileOf: (url) => url.startsWith("file:") && !url.startsWith(RUNTIME) ? pathOf(url) : undefined,
    isLibrary: (file) => paths.some((path) => file.startsWith(path)),
    inspect: (value) => inspect(value, { colors: false }),
    // The flags that Deno recommends are not the reader's to give.
    explain: (message) =>
      message.replace(
        /(Requires .*?), run again with the (--\S+) flag/,
        (_, needs: string) => `${needs}: ${sandboxAdvice}`,
      ),
  };
}

/** The path of a `file:` URL; anything else stays as it is. */
function pathOf(url: string): string {
  if (!url.startsWith("file:")) return url;
  const path = decodeURIComponent(new URL(url).pathname);
  return /^\/[A-Za-z]:\//.test(path) ? path.slice(1) : path;
}
