/** The evaluator for a lesson that is a file, with what it needs of Deno. */

import { Evaluator } from "./evaluator.ts";
import type { Host } from "./types.ts";

const { inspect } = Deno;
const PROJECT = new URL("../../../", import.meta.url);

/** Whose code stands where, as URLs of folders and files. */
export interface Folders {
  /** Its frames are left out. */
  runtime: readonly string[];
  /** Its frames are told, but an error is the learner's line that led there. */
  library: readonly string[];
}

const FOLDERS: Folders = {
  runtime: [new URL("lib/cells/", PROJECT).href],
  library: ["lib/", "data/", "mod.ts"].map((part) => new URL(part, PROJECT).href),
};

/** The evaluator in a Worker or process of Deno: it loads with Deno's import, which knows the import map of the project. */
export class DenoEvaluator extends Evaluator {
  /** @param lesson The URL of the lesson, against which imports are resolved. */
  constructor(lesson: string, folders: Folders = FOLDERS) {
    super(lesson, hostFor(lesson, folders));
  }
}

function hostFor(lesson: string, folders: Folders): Host {
  const filename = pathOf(lesson);
  const library = folders.library.map(pathOf);
  return {
    load: async (specifier, options) => await import(specifier, options),
    meta: {
      url: lesson,
      filename,
      dirname: filename.replace(/\/[^/]*$/, ""),
      main: true,
      resolve: (specifier: string) => new URL(specifier, lesson).href,
    },
    fileOf: (url) =>
      url.startsWith("file:") && !folders.runtime.some((part) => url.startsWith(part)) ? pathOf(url) : undefined,
    isLibrary: (file) => library.some((part) => file.startsWith(part)),
    inspect: (value) => inspect(value, { colors: false }),
    explain,
  };
}

/** The flags that Deno recommends are not the learner's to give: the header of the lesson says what it may do. */
function explain(message: string): string {
  return message.replace(
    /(Requires .*?), run again with the (--\S+) flag/,
    "$1, and code in a lesson does not get it: it may compute and read the project, and beyond that only what the permissions in the lesson's header name",
  );
}

/** The path of a `file:` URL; anything else stays as it is. */
function pathOf(url: string): string {
  if (!url.startsWith("file:")) return url;
  const path = decodeURIComponent(new URL(url).pathname);
  return /^\/[A-Za-z]:\//.test(path) ? path.slice(1) : path;
}
