/** Begins to run cells in a browser's Worker: gives them the modules of the site, and takes the place of what Deno would do. */

import type { WorkerTools } from "../../../cells/engine/cell_worker.ts";
import * as bridge from "../../../course/bridge.ts";
import { Files } from "../stand_in/files.ts";
import { makeConsole } from "../stand_in/console.ts";
import { useFiles } from "../stand_in/deno.ts";
import { BRIDGE, ROOT } from "./places.ts";
import { watchLocally } from "./local_watch.ts";

/** What a site gives to its cells. */
interface SiteModules {
  /** Loads the modules that lessons import, by their paths in the project: `mod.ts`. */
  modules: Readonly<Record<string, () => Promise<object>>>;
  /** The address of the folder with the files of MNIST and `names.json`, which lists them. */
  data: string;
}

/** The folder of the data, as lessons see it. */
const DATA = "MNIST";

/**
 * Serves the cells.
 *
 * @param port What came with the first message.
 * @param serve Begins to take requests; its module may only be loaded after the stand-in for Deno is there.
 */
export async function startCells(
  { modules, data }: SiteModules,
  { port, isShared }: { port: MessagePort; isShared: boolean },
  serve: (tools: WorkerTools) => (port: MessagePort) => void,
): Promise<void> {
  const listed: unknown = await fetch(`${data}names.json`).then((response) => response.json()).catch(() => []);
  const names = Array.isArray(listed) ? listed.map(String) : [];
  useFiles(new Files(), {
    env: names.length > 0 ? { MNIST_DIR: DATA } : {},
    listFolder: (path) => Promise.resolve(path === DATA ? names : undefined),
    fetchFile: async (path) => {
      const name = path.startsWith(`${DATA}/`) ? path.slice(DATA.length + 1) : undefined;
      if (name === undefined || !names.includes(name)) return undefined;
      const response = await fetch(data + name);
      if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
      return new Uint8Array(await response.arrayBuffer());
    },
  });
  const begin = serve({
    load: async (specifier) => {
      if (specifier === BRIDGE) return bridge;
      const path = specifier.startsWith(ROOT) ? specifier.slice(ROOT.length) : undefined;
      if (path !== undefined && Object.hasOwn(modules, path)) return await modules[path]();
      throw new TypeError(`Module not found "${path ?? specifier}": a page has only the modules of the course`);
    },
    loadConsole: (write) => Promise.resolve(() => makeConsole(write)),
  });
  begin(isShared ? port : watchLocally(port));
}
